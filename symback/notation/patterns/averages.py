"""Sums over several axes, divided by their lengths: the means that stand in products."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from symback.notation.writing.sums import without_length
from symback.tensor import indices
from symback.tensor.algebra import monomial
from symback.tensor.dims import Dim
from symback.tensor.monomial import independent
from symback.tensor.poly import Factor, Monomial, Poly


class Average(NamedTuple):
    """`times` * the mean of `entries` * `scalars` * the product of `others`."""

    times: Fraction
    entries: Poly
    scalars: tuple[Factor, ...]
    others: Monomial


def average(rank: int, mono: Monomial, times: Fraction) -> Average | None:
    """Find a mean over two or more axes in a product whose labels from `rank` on are summed."""
    bound = {rank + k: length for k, length in enumerate(mono.bound)}
    indexed = [f for f in mono.factors if f.indices]
    for own, members in independent(indexed, bound):
        order = list(
            dict.fromkeys(k for f in members for i in f.indices for k in indices.labels(i))
        )
        if len(own) < 2 or set(order) != own:
            continue
        scalars = tuple(f for f in mono.factors if not f.indices)
        divided = _divided(scalars, times, [bound[label] for label in order])
        if divided is None:
            continue
        whole = _moved(members, order, 0)
        entries = monomial(tuple(bound[label] for label in order), whole, 1, {})
        left = [label for label in bound if label not in own]
        rest = _moved([f for f in indexed if f not in members], left, rank)
        others = Monomial(tuple(rest), tuple(bound[label] for label in left))
        return Average(divided[1], entries, divided[0], others)
    return None


def _moved(factors: list[Factor], labels: list[int], start: int) -> list[Factor]:
    """Number labels from `start` on."""
    place: dict[int, indices.Index] = {label: start + k for k, label in enumerate(labels)}
    return [f._replace(indices=indices.substituted(f.indices, place)) for f in factors]


def _divided(
    scalars: tuple[Factor, ...], times: Fraction, lengths: list[Dim]
) -> tuple[tuple[Factor, ...], Fraction] | None:
    """Take one division by each length out of a product of scalars and a number."""
    whole = 1
    for length in lengths:
        if isinstance(length, int):
            whole *= length
            continue
        found = without_length(scalars, length)
        if found is None:
            return None
        scalars = found
    if not whole or times.denominator % whole:
        return None
    return scalars, times * whole
