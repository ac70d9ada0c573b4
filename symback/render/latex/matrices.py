r"""Values in LaTeX: vectors in round brackets, matrices as `pmatrix`, large ones by their ends."""

from __future__ import annotations

from symback.numeric.value import Value
from symback.render.matrices import (
    MAX_COLUMNS,
    MAX_ENTRIES,
    MAX_ROWS,
    MAX_SLICES,
    kept,
    place_of,
)
from symback.render.numbers import digits_of, number_latex


def value_latex(value: Value, digits: int | None = None) -> str:
    r"""Return a value for mathematics mode; `\;` stands where a vector may be broken."""
    shape = value.shape
    if not shape:
        return number_latex(digits_of(value, (), digits))
    if 0 in shape:
        return rf"\text{{empty, }}{_shape(shape)}"
    if len(shape) == 1:
        return _vector(value, digits)
    if len(shape) == 2:
        return _matrix(value, (), digits)
    count = 1
    for length in shape[:-2]:
        count *= length
    slices = [
        _matrix(value, place_of(k, shape[:-2]), digits) for k in range(min(count, MAX_SLICES))
    ]
    dots = r",\; \ldots" if count > MAX_SLICES else ""
    drawn = r",\; ".join(slices)
    return rf"\left({drawn}{dots}\right)\quad {_shape(shape)}"


def _shape(shape: tuple[int, ...]) -> str:
    lengths = r" \times ".join(map(str, shape))
    return f"[{lengths}]"


def _vector(value: Value, digits: int | None) -> str:
    places = kept(value.shape[0], MAX_ENTRIES)
    words = [
        r"\ldots" if k is None else number_latex(digits_of(value, (k,), digits)) for k in places
    ]
    tail = rf"\quad {_shape(value.shape)}" if None in places else ""
    entries = r",\; ".join(words)
    return f"({entries}){tail}"


def _matrix(value: Value, lead: tuple[int, ...], digits: int | None) -> str:
    rows = kept(value.shape[-2], MAX_ROWS)
    columns = kept(value.shape[-1], MAX_COLUMNS)

    def word(i: int | None, j: int | None) -> str:
        if i is None or j is None:
            return r"\ddots" if i is j is None else r"\vdots" if i is None else r"\cdots"
        return number_latex(digits_of(value, (*lead, i, j), digits))

    lines = r" \\ ".join(" & ".join(word(i, j) for j in columns) for i in rows)
    tail = ""
    if not lead and (None in rows or None in columns):
        tail = rf"\quad {_shape(value.shape)}"
    return rf"\begin{{pmatrix}} {lines} \end{{pmatrix}}{tail}"
