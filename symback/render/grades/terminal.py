"""Graded sheets for the terminal: each answer with its verdict; many sheets, a line each."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

from symback.check.answers.verdicts import VERDICTS, Judgement, Report, Sheet, Ungraded
from symback.explain.solution import Solution
from symback.render.formulas import Formulas
from symback.render.grades.feedback import (
    SIGNS,
    WORDS,
    common,
    in_text,
    reason,
    remarks,
    score,
    title_of,
)
from symback.render.paint import Paint
from symback.render.visible import columns, one_line, plural

WIDTH = 100
#: Common mistakes listed for a class.
MOST = 10
#: Columns that a quantity and an answer take, an answer at the least, and all that is beside it.
NAME, ANSWER, LEAST = 14, 44, 12
BESIDE = 5 + NAME + 2 + max(map(len, WORDS.values()))


def text_of(
    solution: Solution, sheets: Sequence[Sheet], width: int = WIDTH, colour: bool = False
) -> str:
    """Return one sheet in full, several with a line each and the common mistakes."""
    if len(sheets) == 1 and isinstance(sheets[0], Report):
        return sheet_text(solution, sheets[0], width, Paint(colour))
    lines = [sheet_line(one) for one in sheets]
    legend = "   ".join(f"{SIGNS[verdict]} {WORDS[verdict]}" for verdict in VERDICTS)
    return "\n".join([*lines, "", legend, "", *summary(solution, sheets, width)]) + "\n"


def sheet_text(solution: Solution, report: Report, width: int, paint: Paint) -> str:
    """Return every answer of a sheet with its verdict and what is wrong with it."""
    formulas = Formulas(solution)
    title = one_line(title_of(report, solution))
    points = f"{score(report.points)} of {score(report.of)} points"
    gap = max(2, width - columns(title) - columns(points))
    lines = [paint.title(title + " " * gap + points), ""]
    for one in report.answers:
        lines += _answer(one, formulas, width, paint)
    return "\n".join(lines) + "\n"


def _answer(one: Judgement, formulas: Formulas, width: int, paint: Paint) -> list[str]:
    name = one_line(_name(one, formulas))
    written = one_line(one.written)
    room = max(LEAST, min(ANSWER, width - BESIDE))
    written = written if columns(written) <= room else written[: room - 1] + "…"
    verdict = WORDS[one.verdict] if one.verdict != "correct" else one.note
    colour = {"correct": paint.good, "wrong": paint.bad}.get(one.verdict, paint.doubtful)
    sign = colour(SIGNS[one.verdict])
    head = f"  {sign} {_padded(name, NAME)} {_padded(written, room)}  {verdict}"
    lines = [head.rstrip()]
    for sentence in remarks(one):
        if one.verdict != "correct":
            text = one_line(in_text(sentence, formulas))
            lines += textwrap.wrap(
                text, width, initial_indent=" " * 6, subsequent_indent=" " * 8
            ) or [""]
    return [*lines, *_pointed(one, width - 8)]


def _pointed(one: Judgement, room: int) -> list[str]:
    """Return what is not understood of a formula with a caret under it, on its line."""
    text = one.written
    if one.place is None or text != one_line(text) or columns(text) != len(text):
        return []
    start, stop = one.place
    first = max(0, min(start - room // 3, len(text) - room))
    shown = text[first : first + room]
    if first:
        shown = "…" + shown[1:]
    if first + room < len(text):
        shown = shown[:-1] + "…"
    stop = min(stop, first + len(shown))
    return [" " * 8 + shown, " " * (8 + start - first) + "^" * max(1, stop - start)]


def _name(one: Judgement, formulas: Formulas) -> str:
    if one.name is None:
        return one.quantity
    part, dot, rest = one.quantity.rpartition(".")
    return part + dot + formulas.text_name(rest)


def _padded(text: str, width: int) -> str:
    return text + " " * max(0, width - columns(text))


def sheet_line(sheet: Sheet) -> str:
    """Return one sheet in one line: points, counts of verdicts, name."""
    counts = {verdict: 0 for verdict in VERDICTS}
    if isinstance(sheet, Ungraded):
        gap = len(_counts(counts))
        return f"{'-':>10}  {'not graded':<{gap}}  {one_line(f'{sheet.sheet}: {reason(sheet)}')}"
    for one in sheet.answers:
        counts[one.verdict] += 1
    points = f"{score(sheet.points)} of {score(sheet.of)}"
    who = f"  {one_line(sheet.student)}" if sheet.student else ""
    return f"{points:>10}  {_counts(counts)}  {one_line(sheet.sheet)}{who}"


def _counts(counts: Mapping[str, int]) -> str:
    return "  ".join(f"{SIGNS[verdict]} {count:>3}" for verdict, count in counts.items())


def summary(solution: Solution, sheets: Sequence[Sheet], width: int = WIDTH) -> list[str]:
    """Return how many sheets there are, and the mistakes that several have in common."""
    reports = [sheet for sheet in sheets if isinstance(sheet, Report)]
    mean = sum(float(one.points) for one in reports) / max(1, len(reports))
    lines = [f"{plural(len(reports), 'sheet')}, {mean:.4g} points on average"]
    if len(reports) < len(sheets):
        lines[0] += f"; {plural(len(sheets) - len(reports), 'sheet')} could not be graded"
    formulas = Formulas(solution)
    for mistake in common(reports)[:MOST]:
        name = one_line(_name(mistake.example, formulas))
        said = f": {in_text(mistake.sentence, formulas)}" if mistake.sentence else ""
        text = one_line(mistake.word + said)
        line = f"  {mistake.sheets:>4}  {_padded(name, NAME)} {text}"
        lines.append(line if columns(line) <= width else line[: width - 1] + "…")
    return lines
