"""Lines of equations in columns: formulas to the left, values to the right or underneath."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from symback.render.visible import columns, one_line

INDENT = "  "
GAP = "     "
#: Formulas longer than this share of the width have their value underneath.
SHARE = 0.56
#: A line is broken only where this share of it is filled.
FILLED = 0.4
_OPERATORS = (" = ", " + ", " − ", " · ", " ⊙ ", " / ", ", ")


@dataclass(frozen=True, slots=True)
class Row:
    """`left` is what is said, `= value` what it comes to; `note` stands to the right of both.

    `block` gives the lines of the value in at most so many columns; None: no value.
    `equals` is the column of the sign in `left` under which continuations stand.
    """

    left: str
    block: Callable[[int], Sequence[str]] | None = None
    sign: str = "="
    note: str = ""
    equals: int = 0


def laid_out(sections: Sequence[Sequence[Row]], width: int) -> Iterator[list[str]]:
    """Yield the lines of each section; the column of values is the same in all of them."""
    rows = [row for section in sections for row in section]
    column = _column(rows, width)
    for section in sections:
        yield [line.rstrip() for row in section for line in _lines(row, column, width)]


def _column(rows: Sequence[Row], width: int) -> int | None:
    """Return where the values stand, None where they go under their formulas.

    It is as far to the left as can be for most values to stand beside their formulas.
    """
    sizes = [
        (columns(row.left), max(map(columns, row.block(width)), default=0))
        for row in rows
        if row.block is not None
    ]
    places = sorted({left for left, _ in sizes if left <= width * SHARE})
    room = width - len(INDENT) - len(" = ") - len(" =")
    beside = {
        place: sum(left <= place and place + value <= room for left, value in sizes)
        for place in places
    }
    best = max(places, key=beside.__getitem__, default=None)
    return len(INDENT) + best + len(" = ") if best is not None and beside[best] else None


def _fits(block: Sequence[str], width: int) -> bool:
    return all(columns(line) <= width for line in block)


def _lines(row: Row, column: int | None, width: int) -> list[str]:
    room = width - len(INDENT)
    lines = wrapped(row.left, room, row.equals + 2 if row.equals else 2)
    lines = [INDENT + line for line in lines]
    if row.block is not None:
        _put_value(lines, row, column, width)
    if row.note:
        _put_note(lines, row.note, width)
    return lines


def _put_value(lines: list[str], row: Row, column: int | None, width: int) -> None:
    assert row.block is not None
    under = len(INDENT) + row.equals
    if column is not None:
        block = row.block(width)
        if _fits(block, width - column - 2):
            if columns(lines[-1]) + 1 >= column:
                lines.append("")
            _append(lines, block, column, row.sign)
            return
    lines.append("")
    _append(lines, row.block(width - under - 2), under, row.sign)


def _append(lines: list[str], block: Sequence[str], column: int, sign: str) -> None:
    lines[-1] = padded(lines[-1], column) + sign + " " + block[0]
    lines.extend(" " * (column + 2) + line for line in block[1:])


def _put_note(lines: list[str], note: str, width: int) -> None:
    for place, line in enumerate(lines):
        if columns(line) + len(GAP) + columns(note) <= width:
            lines[place] = line + GAP + note
            return
    lines.extend(prose(note, width, INDENT * 2))


def padded(text: str, width: int) -> str:
    """Return a text with spaces up to a width."""
    return text + " " * (width - columns(text))


def prose(text: str, width: int, margin: str = "") -> list[str]:
    """Break text of the file or of ours at spaces that may be broken; controls are made visible."""
    lines = [""]
    for word in one_line(text).split(" "):
        longer = f"{lines[-1]} {word}".lstrip()
        if lines[-1] and columns(longer) > width - len(margin):
            lines.append(word)
        else:
            lines[-1] = longer
    return [margin + line.replace("\u00a0", " ") for line in lines]


def wrapped(text: str, width: int, indent: int) -> list[str]:
    """Break a formula at operators, at the least deeply nested ones that are far enough right.

    Continuations start with the operator, indented by `indent` columns; the sign of another side
    of an equation by two less.
    """
    lines = []
    rest = text
    lead = ""
    while columns(lead + rest) > width:
        place = _break(rest, width - len(lead))
        if place is None:
            break
        lines.append(lead + rest[:place].rstrip())
        rest = rest[place:].lstrip()
        lead = " " * (max(indent - 2, 0) if rest.startswith("= ") else indent)
    return [*lines, lead + rest]


def _break(text: str, width: int) -> int | None:
    """Return where to break so that the first piece has at most `width` columns."""
    best: tuple[float, int] | None = None
    for place, depth in _places(text):
        used = columns(text[:place])
        if used > width:
            break
        if used < width * FILLED:
            continue
        score = depth - used / width
        if best is None or score <= best[0]:
            best = score, place
    if best is None:
        return next((place for place, _ in _places(text)), None)
    return best[1]


def _places(text: str) -> Iterator[tuple[int, float]]:
    """Yield where a text can be broken, and how deep inside brackets that is.

    Between the sides of an equation is a better place than inside one.
    """
    depth = 0
    for place, character in enumerate(text):
        depth += (character in "([") - (character in ")]")
        if place and character == " ":
            if not depth and text.startswith(" = ", place):
                yield place, -1 / 2
            elif text.startswith(_OPERATORS, place) or text[place - 1] == ",":
                yield place, depth
            elif text[place - 1] not in "=+−·⊙/<>":
                yield place, depth + 1
