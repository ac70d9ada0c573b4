"""Graded sheets for the terminal: each answer with its verdict; many sheets, a line each."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from symback.check.verdicts import VERDICTS, Judgement, Report
from symback.explain.solution import Solution
from symback.render.feedback import SIGNS, WORDS, common, in_text, remarks, score, title_of
from symback.render.formulas import Formulas
from symback.render.visible import columns, one_line

WIDTH = 100
#: Common mistakes listed for a class.
MOST = 10
#: Columns that a quantity and an answer take.
NAME, ANSWER = 14, 44


def text_of(solution: Solution, reports: Sequence[Report], width: int = WIDTH) -> str:
    """Return one sheet in full, several with a line each and the common mistakes."""
    if len(reports) == 1:
        return sheet_text(solution, reports[0], width)
    lines = [sheet_line(report) for report in reports]
    return "\n".join([*lines, "", *summary(reports)]) + "\n"


def sheet_text(solution: Solution, report: Report, width: int = WIDTH) -> str:
    """Return every answer of a sheet with its verdict and what is wrong with it."""
    formulas = Formulas(solution)
    title = one_line(title_of(report, solution))
    points = f"{score(report.points)} of {score(report.of)} points"
    gap = max(2, width - columns(title) - columns(points))
    lines = [title + " " * gap + points, ""]
    for one in report.answers:
        lines += _answer(one, formulas, width)
    return "\n".join(lines) + "\n"


def _answer(one: Judgement, formulas: Formulas, width: int) -> list[str]:
    name = one_line(_name(one, formulas))
    written = one_line(one.written)
    written = written if columns(written) <= ANSWER else written[: ANSWER - 1] + "…"
    verdict = WORDS[one.verdict] if one.verdict != "correct" else one.note
    head = f"  {SIGNS[one.verdict]} {_padded(name, NAME)} {_padded(written, ANSWER)}  {verdict}"
    lines = [head.rstrip()]
    for sentence in remarks(one):
        if one.verdict != "correct":
            text = one_line(in_text(sentence, formulas))
            lines += textwrap.wrap(
                text, width, initial_indent=" " * 6, subsequent_indent=" " * 8
            ) or [""]
    return lines


def _name(one: Judgement, formulas: Formulas) -> str:
    if one.name is None:
        return one.quantity
    part, dot, rest = one.quantity.rpartition(".")
    return part + dot + formulas.text_name(rest)


def _padded(text: str, width: int) -> str:
    return text + " " * max(0, width - columns(text))


def sheet_line(report: Report) -> str:
    """Return one sheet in one line: points, counts of verdicts, name."""
    counts = {verdict: 0 for verdict in VERDICTS}
    for one in report.answers:
        counts[one.verdict] += 1
    signs = "  ".join(f"{SIGNS[v]} {counts[v]:>3}" for v in VERDICTS)
    points = f"{score(report.points)} of {score(report.of)}"
    who = one_line(report.student or "")
    return f"{points:>10}  {signs}  {one_line(report.sheet)}" + (f"  {who}" if who else "")


def summary(reports: Sequence[Report]) -> list[str]:
    """Return the mistakes that several sheets have in common."""
    total = len(reports)
    mean = sum(float(one.points) for one in reports) / total if total else 0.0
    lines = [f"{total} sheets, {mean:.4g} points on average"]
    for quantity, kind, count in common(reports)[:MOST]:
        name, word = one_line(quantity), kind.replace("_", " ")
        lines.append(f"  {count:>4}  {_padded(name, NAME)} {word}")
    return lines
