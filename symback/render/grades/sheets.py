"""Feedback sheets for students: every answer, what is wrong with it and the right line.

Several sheets are put under each other, with the common mistakes of the class at the end.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Sequence

from symback.check.answers.verdicts import CORRECT, Judgement, Report, Sheet, Ungraded
from symback.explain.solution import Solution
from symback.language.tree import Expression
from symback.render.formulas import Formulas
from symback.render.grades.feedback import (
    SIGNS,
    WORDS,
    common,
    pieces,
    reason,
    remarks,
    score,
    title_of,
)
from symback.render.html.mathml import mathml
from symback.render.latex.prose import tex_text
from symback.render.markdown import mathematics, prose
from symback.render.visible import one_line, plural

#: Common mistakes listed for a class.
MOST = 10

_LATEX_SIGNS = {"✓": r"\(\checkmark\)", "≈": r"\(\approx\)", "→": r"\(\to\)", "✗": r"\(\times\)"}
_LATEX = r"""\documentclass[11pt]{article}
\usepackage[a4paper, margin=26mm]{geometry}
\usepackage{amsmath, amssymb}
\setlength{\parindent}{0pt}
\sloppy
\everymath{\displaystyle}
\lineskiplimit=3pt \lineskip=4pt
\begin{document}
"""
_HTML = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 46rem;
  margin: 2rem auto; padding: 0 1rem }}
dl {{ margin: 0 }} dt {{ margin-top: .8rem }} dd {{ margin: 0 0 0 2rem }}
code {{ font: 14px ui-monospace, monospace; overflow-wrap: anywhere }}
.correct, .rounding {{ color: #1a7f37 }} .wrong {{ color: #b3261e }}
.follow_through, .unread {{ color: #8a5a00 }} math {{ font-size: 1.1em; math-style: normal }}
h1:not(:first-of-type) {{ margin-top: 3rem }}
@media (prefers-color-scheme: dark) {{ :root {{ color-scheme: dark }}
.correct, .rounding {{ color: #6cc67f }} .wrong {{ color: #ff8a80 }}
.follow_through, .unread {{ color: #e3b341 }} }}
</style>
"""

Formula = Callable[[Expression], str]
Plain = Callable[[str], str]


def markdown_of(solution: Solution, sheets: Sequence[Sheet]) -> str:
    """Return the sheets in Markdown with `$` mathematics."""
    formulas = Formulas(solution)

    def mathematical(latex: str) -> str:
        return f"${mathematics(latex)}$"

    def formula(tree: Expression) -> str:
        return mathematical(formulas.latex(tree))

    blocks = []
    for report in _graded(sheets):
        blocks.append(f"# {prose(title_of(report, solution))}")
        blocks.append(f"**{_points(report)}**{_subtitle(report, solution, sheets, prose)}")
        for part, answers in _parts(report):
            if part:
                blocks.append(f"## {prose(part)}")
            lines = []
            for one in answers:
                name = _name(one, part, formulas, mathematical, prose)
                written = f"`` {one_line(one.written).replace('`', chr(39))} ``"
                lines.append(f"- {SIGNS[one.verdict]} {name}: {written}{_said(one, prose)}")
                lines += [f"  - {_sentence(s, formula, prose)}" for s in _remarks(one)]
            blocks.append("\n".join(lines))
    for title, lines in _class(sheets, formulas, mathematical, formula, prose):
        blocks.append(f"# {title}")
        blocks.append("\n".join(f"- {line}" for line in lines))
    return "\n\n".join(blocks) + "\n"


def latex_of(solution: Solution, sheets: Sequence[Sheet]) -> str:
    """Return the sheets as one LaTeX document, each on pages of its own."""
    formulas = Formulas(solution)

    def mathematical(latex: str) -> str:
        return rf"\({latex}\)"

    def formula(tree: Expression) -> str:
        return mathematical(formulas.latex(tree))

    bodies = []
    for report in _graded(sheets):
        lines = [rf"\section*{{{tex_text(title_of(report, solution))}}}"]
        lines.append(
            rf"\textbf{{{_points(report)}}}{_subtitle(report, solution, sheets, tex_text)}"
        )
        for part, answers in _parts(report):
            if part:
                lines.append(rf"\subsection*{{{tex_text(part)}}}")
            lines.append(r"\begin{itemize}")
            for one in answers:
                sign = _LATEX_SIGNS.get(SIGNS[one.verdict], "?")
                name = _name(one, part, formulas, mathematical, tex_text)
                written = rf"\texttt{{{tex_text(one.written)}}}"
                lines.append(rf"\item[{sign}] {name}: {written}{_said(one, tex_text)}")
                lines += [rf"\\ {_sentence(s, formula, tex_text)}" for s in _remarks(one)]
            lines.append(r"\end{itemize}")
        bodies.append("\n".join(lines))
    for title, found in _class(sheets, formulas, mathematical, formula, tex_text):
        items = "\n".join(rf"\item {line}" for line in found)
        bodies.append(f"\\section*{{{title}}}\n\\begin{{itemize}}\n" + items + "\n\\end{itemize}")
    return _LATEX + "\n\\clearpage\n".join(bodies) + "\n\\end{document}\n"


def html_of(solution: Solution, sheets: Sequence[Sheet]) -> str:
    """Return the sheets as one HTML page without scripts."""
    formulas = Formulas(solution)

    def formula(tree: Expression) -> str:
        return mathml(formulas.latex(tree), formulas.text(tree))

    def mathematical(latex: str) -> str:
        return mathml(latex, latex)

    reports = list(_graded(sheets))
    title = title_of(reports[0], solution) if reports else solution.problem.title or "Answers"
    parts = [_HTML.format(title=_text(title))]
    for report in reports:
        subtitle = _subtitle(report, solution, sheets, _text)
        parts.append(f"<h1>{_text(title_of(report, solution))}</h1>")
        parts.append(f"<p><strong>{_points(report)}</strong>{subtitle}</p>")
        for part, answers in _parts(report):
            if part:
                parts.append(f"<h2>{_text(part)}</h2>")
            parts.append("<dl>")
            for one in answers:
                name = _name(one, part, formulas, mathematical, _text)
                sign = f'<span class="{one.verdict}">{SIGNS[one.verdict]}</span>'
                written = f"<code>{_text(one.written)}</code>"
                parts.append(f"<dt>{sign} {name}: {written}{_said(one, _text)}</dt>")
                parts += [f"<dd>{_sentence(s, formula, _text)}</dd>" for s in _remarks(one)]
            parts.append("</dl>")
    for heading, lines in _class(sheets, formulas, mathematical, formula, _text):
        items = "\n".join(f"<li>{line}</li>" for line in lines)
        parts.append(f"<h1>{heading}</h1>\n<ul>\n{items}\n</ul>")
    return "\n".join(parts) + "\n</html>\n"


def _graded(sheets: Sequence[Sheet]) -> Iterator[Report]:
    return (sheet for sheet in sheets if isinstance(sheet, Report))


def _points(report: Report) -> str:
    return f"{score(report.points)} of {score(report.of)} points"


def _subtitle(report: Report, solution: Solution, sheets: Sequence[Sheet], plain: Plain) -> str:
    """Return the problem, and the sheet where there are several, unless they are the title."""
    title = title_of(report, solution)
    known = [solution.problem.title, report.sheet if len(sheets) > 1 else None]
    return "".join(f", {plain(one)}" for one in known if one and one != title)


def _parts(report: Report) -> Iterator[tuple[str, list[Judgement]]]:
    """Yield the answers of a sheet part by part, in their order.

    What has not been understood stays with the answers before it, if it is of their part.
    """
    part, found = "", list[Judgement]()
    for one in report.answers:
        own = one.quantity.rpartition(".")[0] if one.name is not None else ""
        if one.name is None and part and one.quantity.startswith(part + "."):
            own = part
        if own != part and found:
            yield part, found
            found = []
        part = own
        found.append(one)
    if found:
        yield part, found


def _class(
    sheets: Sequence[Sheet],
    formulas: Formulas,
    mathematical: Plain,
    formula: Formula,
    plain: Plain,
) -> Iterator[tuple[str, list[str]]]:
    """Yield what is said of several sheets together: heading and lines."""
    if len(sheets) < 2:
        return
    lines = []
    for one in common(_graded(sheets))[:MOST]:
        name = _name(one.example, "", formulas, mathematical, plain)
        said = f": {_sentence(one.sentence, formula, plain)}" if one.sentence else ""
        lines.append(f"{name}, {plain(one.word)}{said} ({plural(one.sheets, 'sheet')})")
    if lines:
        yield "Common mistakes", lines
    faulty = [one for one in sheets if isinstance(one, Ungraded)]
    if faulty:
        yield "Not graded", [plain(f"{one.sheet}: {reason(one)}") for one in faulty]


def _text(text: str) -> str:
    return html.escape(one_line(text))


def _name(
    one: Judgement, heading: str, formulas: Formulas, mathematical: Plain, plain: Plain
) -> str:
    """Return a quantity with its part, unless that stands above; any text where it is unknown."""
    if one.name is None:
        return plain(one.quantity.removeprefix(heading + "."))
    part, _, rest = one.quantity.rpartition(".")
    name = mathematical(formulas.latex_name(rest))
    return name if part == heading else f"{plain(part)}: {name}"


def _said(one: Judgement, plain: Callable[[str], str]) -> str:
    return "" if one.verdict == CORRECT else f" ({plain(WORDS[one.verdict])})"


def _remarks(one: Judgement) -> list[str]:
    return [] if one.verdict == CORRECT and not one.note else remarks(one)


def _sentence(sentence: str, formula: Formula, plain: Callable[[str], str]) -> str:
    return "".join(
        plain(piece.text) if piece.formula is None else formula(piece.formula)
        for piece in pieces(sentence)
    )
