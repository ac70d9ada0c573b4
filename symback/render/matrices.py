"""Values as people draw them: vectors in round brackets, matrices in tall ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from symback.numeric import Digits
from symback.numeric.value import Value
from symback.render.numbers import digits_of, number_text

#: Longer axes are shown by their first entries and the last one.
MAX_ROWS, MAX_COLUMNS, MAX_ENTRIES = 8, 8, 12
#: How many entries an axis that is too long shows before the dots.
HEAD = 3
#: How many matrices of an array with three or more axes are drawn.
MAX_SLICES = 2

Cell = Callable[[tuple[int, ...]], Digits]


def block_of(value: Value, digits: int | None = None, width: int = 100, base: int = 0) -> list[str]:
    """Return a value in lines of at most `width` columns where that can be.

    A scalar or vector takes one line or several, a matrix one a row; of large arrays the first
    and last entries are shown, and the shape. Slices are counted from `base`.
    """

    def cell(place: tuple[int, ...]) -> Digits:
        return digits_of(value, place, digits)

    shape = value.shape
    if not shape:
        return [number_text(cell(()))]
    if 0 in shape:
        return [f"empty, {shape_text(shape)}"]
    if len(shape) == 1:
        return _vector(shape[0], cell, width)
    if len(shape) == 2:
        return _matrix(shape, cell, (), width)
    return _slices(shape, cell, width, base)


def shape_text(shape: Sequence[object]) -> str:
    """Return the lengths of the axes: `2 × 3`, `4m × d`."""
    lengths = (re.sub(r"(?<=\d)\*", "", str(one)).replace("*", "·") for one in shape)
    return " × ".join(lengths)


def size_text(shape: Sequence[object]) -> str:
    """Return the size of an array: `3 entries`, `2 × 3`."""
    return shape_text(shape) + (" entries" if len(shape) == 1 else "")


def kept(length: int, most: int) -> list[int | None]:
    """Return the places of an axis to be shown; None stands for those left out."""
    if length <= most:
        return list(range(length))
    return [*range(min(HEAD, most)), None, length - 1]


def _vector(length: int, cell: Cell, width: int) -> list[str]:
    places = kept(length, MAX_ENTRIES)
    words = ["…" if k is None else number_text(cell((k,))) for k in places]
    tail = f"   {length} entries" if None in places else ""
    words = [word + "," for word in words[:-1]] + [words[-1] + ")" + tail]
    words[0] = "(" + words[0]
    lines = [words[0]]
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(" " + word)
    return lines


def _matrix(shape: tuple[int, ...], cell: Cell, lead: tuple[int, ...], width: int) -> list[str]:
    rows = kept(shape[-2], MAX_ROWS)
    most = MAX_COLUMNS
    while True:
        columns = kept(shape[-1], most)
        lines = _drawn(rows, columns, cell, lead)
        if not lead and (None in rows or None in columns):
            lines[-1] += f"   {shape_text(shape[-2:])}"
        if len(lines[-1]) <= width or most <= 1:
            return lines
        most -= 1


def _drawn(
    rows: list[int | None], columns: list[int | None], cell: Cell, lead: tuple[int, ...]
) -> list[str]:
    drawn = []
    for j in columns:
        words = [
            ("⋮" if i is None else "…")
            if i is None or j is None
            else number_text(cell((*lead, i, j)))
            for i in rows
        ]
        drawn.append(aligned(words))
    lines = ["  ".join(column[i] for column in drawn) for i in range(len(rows))]
    return bracketed(lines)


def aligned(words: Sequence[str]) -> list[str]:
    """Return words of equal width with their decimal points under each other."""
    heads = [word.partition(".")[0] if word not in "⋮…" else "" for word in words]
    whole = max(map(len, heads))
    shifted = [
        word if word in "⋮…" else " " * (whole - len(head)) + word
        for word, head in zip(words, heads, strict=True)
    ]
    width = max(map(len, shifted))
    return [word.center(width) if word in "⋮…" else word.ljust(width) for word in shifted]


def bracketed(lines: Sequence[str]) -> list[str]:
    """Return the rows of a matrix between tall brackets."""
    if len(lines) == 1:
        return [f"[{lines[0]}]"]
    left = ["⎡", *"⎢" * (len(lines) - 2), "⎣"]
    right = ["⎤", *"⎥" * (len(lines) - 2), "⎦"]
    return [a + line + b for a, line, b in zip(left, lines, right, strict=True)]


def _slices(shape: tuple[int, ...], cell: Cell, width: int, base: int) -> list[str]:
    """Return the first matrices of an array with three axes or more, each with its place."""
    count = 1
    for length in shape[:-2]:
        count *= length
    lines = []
    for number in range(min(count, MAX_SLICES)):
        lead = place_of(number, shape[:-2])
        label = "[" + ",".join(str(k + base) for k in lead) + ",:,:] "
        rows = _matrix(shape, cell, lead, width - len(label))
        lines += [label + rows[0], *(" " * len(label) + row for row in rows[1:])]
    lines.append(("… " if count > MAX_SLICES else "") + shape_text(shape))
    return lines


def place_of(number: int, shape: tuple[int, ...]) -> tuple[int, ...]:
    """Return the place of the `number`th entry in the order of rows."""
    place: list[int] = []
    for length in reversed(shape):
        number, k = divmod(number, length)
        place.insert(0, k)
    return tuple(place)
