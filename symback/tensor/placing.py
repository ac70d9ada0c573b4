"""A product put at other labels: those of the result, and new ones for what it sums over."""

from __future__ import annotations

from collections.abc import Iterator

from symback.tensor import indices
from symback.tensor.dims import Dim, Shape
from symback.tensor.indices import Index, Indices
from symback.tensor.poly import Factor, Monomial, Poly, within


def renamed(
    mono: Monomial,
    owner: Poly,
    index: Indices,
    fresh: Iterator[int],
    bound: dict[int, Dim],
    free: Shape = (),
) -> Iterator[Factor]:
    """Yield a monomial's factors at `index`, with new numbers for its bound labels.

    `free` are the lengths of the labels that are not in `bound`, as far as they are known.
    """
    if not mono.bound and index == tuple(range(len(index))):
        yield from mono.factors
    else:
        mapping: dict[int, Index] = dict(enumerate(index))
        for k, size in enumerate(mono.bound):
            label = next(fresh)
            mapping[len(owner.shape) + k] = label
            bound[label] = size
        for base, old, exponent in mono.factors:
            yield Factor(base, indices.substituted(old, mapping), exponent)
    for axis, (position, size) in enumerate(zip(index, owner.shape, strict=True)):
        if position.__class__ is int and size == (
            free[position] if position < len(free) else bound.get(position)
        ):
            continue
        if not _keeps(mono, axis, size):  # nothing else keeps the index within this axis
            yield within(position, size)


def _keeps(mono: Monomial, axis: int, size: Dim) -> bool:
    """Tell whether some factor has this axis as one of its own, of the same length."""
    return any(
        i == axis and own == size
        for base, index, _ in mono.factors
        for i, own in zip(index, base.shape, strict=False)
    )
