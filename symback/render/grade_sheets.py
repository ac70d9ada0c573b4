"""Feedback sheets for students: every answer, what is wrong with it and the right line.

Several sheets are put under each other, with the common mistakes of the class at the end.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence

from symback.check.verdicts import CORRECT, Judgement, Report
from symback.explain.solution import Solution
from symback.language.tree import Expression
from symback.render.feedback import SIGNS, WORDS, common, pieces, remarks, score, title_of
from symback.render.formulas import Formulas
from symback.render.html.mathml import mathml
from symback.render.markdown import mathematics, prose
from symback.render.tex_text import tex_text
from symback.render.visible import one_line

#: Common mistakes listed for a class.
MOST = 10

_LATEX_SIGNS = {"✓": r"\(\checkmark\)", "≈": r"\(\approx\)", "→": r"\(\to\)", "✗": r"\(\times\)"}
_LATEX = r"""\documentclass[11pt]{article}
\usepackage[a4paper, margin=26mm]{geometry}
\usepackage{amsmath, amssymb}
\setlength{\parindent}{0pt}
\sloppy
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
.follow_through, .unread {{ color: #8a5a00 }} .points {{ float: right }}
@media (prefers-color-scheme: dark) {{ :root {{ color-scheme: dark }}
.correct, .rounding {{ color: #6cc67f }} .wrong {{ color: #ff8a80 }}
.follow_through, .unread {{ color: #e3b341 }} }}
</style>
"""

Formula = Callable[[Expression], str]


def markdown_of(solution: Solution, reports: Sequence[Report]) -> str:
    """Return the sheets in Markdown with `$` mathematics."""
    formulas = Formulas(solution)

    def formula(tree: Expression) -> str:
        return f"${mathematics(formulas.latex(tree))}$"

    blocks = []
    for report in reports:
        points = f"{score(report.points)} of {score(report.of)} points"
        blocks.append(f"# {prose(title_of(report, solution))}\n\n**{points}**")
        lines = []
        for one in report.answers:
            latex = _name(one, formulas)
            name = prose(one.quantity) if latex is None else f"${mathematics(latex)}$"
            written = f"`` {one_line(one.written).replace('`', chr(39))} ``"
            lines.append(f"- {SIGNS[one.verdict]} {name}: {written}{_said(one, prose)}")
            lines += [f"  - {_sentence(s, formula, prose)}" for s in _remarks(one)]
        blocks.append("\n".join(lines))
    if len(reports) > 1:
        blocks.append("# Common mistakes")
        blocks.append("\n".join(f"- {prose(line)}" for line in _common(reports)))
    return "\n\n".join(blocks) + "\n"


def latex_of(solution: Solution, reports: Sequence[Report]) -> str:
    """Return the sheets as one LaTeX document, each on pages of its own."""
    formulas = Formulas(solution)

    def formula(tree: Expression) -> str:
        return rf"\({formulas.latex(tree)}\)"

    bodies = []
    for report in reports:
        points = f"{score(report.points)} of {score(report.of)} points"
        lines = [rf"\section*{{{tex_text(title_of(report, solution))}}}", rf"\textbf{{{points}}}"]
        lines.append(r"\begin{itemize}")
        for one in report.answers:
            sign = _LATEX_SIGNS.get(SIGNS[one.verdict], "?")
            latex = _name(one, formulas)
            name = tex_text(one.quantity) if latex is None else rf"\({latex}\)"
            written = rf"\texttt{{{tex_text(one.written)}}}"
            lines.append(rf"\item[{sign}] {name}: {written}{_said(one, tex_text)}")
            lines += [rf"\\ {_sentence(s, formula, tex_text)}" for s in _remarks(one)]
        lines.append(r"\end{itemize}")
        bodies.append("\n".join(lines))
    if len(reports) > 1:
        items = "\n".join(rf"\item {tex_text(line)}" for line in _common(reports))
        bodies.append(
            "\\section*{Common mistakes}\n\\begin{itemize}\n" + items + "\n\\end{itemize}"
        )
    return _LATEX + "\n\\clearpage\n".join(bodies) + "\n\\end{document}\n"


def html_of(solution: Solution, reports: Sequence[Report]) -> str:
    """Return the sheets as one HTML page without scripts."""
    formulas = Formulas(solution)

    def formula(tree: Expression) -> str:
        return mathml(formulas.latex(tree), formulas.text(tree))

    parts = [_HTML.format(title=_text(title_of(reports[0], solution)))]
    for report in reports:
        points = f"{score(report.points)} of {score(report.of)} points"
        parts.append(
            f'<h1>{_text(title_of(report, solution))}</h1>\n<p class="points">{points}</p>'
        )
        parts.append("<dl>")
        for one in report.answers:
            latex = _name(one, formulas)
            name = _text(one.quantity) if latex is None else mathml(latex, one.quantity)
            sign = f'<span class="{one.verdict}">{SIGNS[one.verdict]}</span>'
            written = f"<code>{_text(one.written)}</code>"
            parts.append(f"<dt>{sign} {name}: {written}{_said(one, _text)}</dt>")
            parts += [f"<dd>{_sentence(s, formula, _text)}</dd>" for s in _remarks(one)]
        parts.append("</dl>")
    if len(reports) > 1:
        items = "\n".join(f"<li>{_text(line)}</li>" for line in _common(reports))
        parts.append(f"<h1>Common mistakes</h1>\n<ul>\n{items}\n</ul>")
    return "\n".join(parts) + "\n</html>\n"


def _text(text: str) -> str:
    return html.escape(one_line(text))


def _name(one: Judgement, formulas: Formulas) -> str | None:
    """Return the quantity in LaTeX, None for what the problem does not know: any text at all."""
    if one.name is None:
        return None
    part, dot, rest = one.quantity.rpartition(".")
    name = formulas.latex_name(rest)
    return rf"\text{{{tex_text(part)}: }}{name}" if dot else name


def _said(one: Judgement, plain: Callable[[str], str]) -> str:
    return "" if one.verdict == CORRECT else f" ({plain(WORDS[one.verdict])})"


def _remarks(one: Judgement) -> list[str]:
    return [] if one.verdict == CORRECT and not one.note else remarks(one)


def _sentence(sentence: str, formula: Formula, plain: Callable[[str], str]) -> str:
    return "".join(
        plain(piece.text) if piece.formula is None else formula(piece.formula)
        for piece in pieces(sentence)
    )


def _common(reports: Sequence[Report]) -> list[str]:
    return [
        f"{quantity}: {kind.replace('_', ' ')} ({count} sheets)"
        for quantity, kind, count in common(reports)[:MOST]
    ]
