"""Where an index can go: the least and greatest value over the ranges of its labels."""

from __future__ import annotations

from typing import TypeAlias

from symback.tensor import indices
from symback.tensor.dims import Dim, NamedDim, Shape
from symback.tensor.indices import Index, affine
from symback.tensor.poly import ONES, Factor

#: The lengths of summed labels.
Bound: TypeAlias = dict[int, Dim]


def certainly_within(index: Index, size: Dim, free: Shape, bound: Bound) -> bool:
    """Tell whether an index can never leave [0, size)."""
    low, high = extent(index, free, bound)
    return not_negative(low) and not_negative(size - 1 - high)


def outside(factor: Factor, free: Shape, bound: Bound) -> list[tuple[Index, Dim]]:
    """Return the positions of a factor that can leave their axes, with the lengths of these."""
    base, index, _ = factor
    sizes = base.params if base.kind == ONES else base.shape
    return [
        (position, size)
        for position, size in zip(index, sizes, strict=False)
        if not certainly_within(position, size, free, bound)
    ]


def range_of(label: int, free: Shape, bound: Bound) -> Dim:
    """Return the number of values of a label."""
    return free[label] if label < len(free) else bound[label]


def extent(index: Index, free: Shape, bound: Bound) -> tuple[Dim, Dim]:
    """Return the least and greatest value of an index over the ranges of its labels."""
    low = high = affine(index).const
    for label, times in affine(index).terms:
        last = range_of(label, free, bound) - 1
        if indices.is_negative(times):
            low = low + times * last
        else:
            high = high + times * last
    return low, high


def not_negative(value: Dim) -> bool:
    """Tell whether a length is certainly at least 0; named lengths count as large."""
    if not isinstance(value, NamedDim):
        return value >= 0
    return all(count > 0 for names, count in value.terms if names)
