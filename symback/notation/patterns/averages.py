"""Sums over several axes, divided by their lengths: the means that stand in products."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from symback.notation.writing.sums import without_length
from symback.tensor import indices
from symback.tensor.algebra import monomial
from symback.tensor.dims import Dim
from symback.tensor.monomial import independent, length_factors
from symback.tensor.poly import Factor, Monomial, Poly


class Average(NamedTuple):
    """`times` * the mean of `entries` * `scalars` * the product of `others`."""

    times: Fraction
    entries: Poly
    scalars: tuple[Factor, ...]
    others: Monomial


class Divided(NamedTuple):
    """`times` * a product whose sum over `labels` is a mean."""

    labels: frozenset[int]
    times: Fraction
    product: Monomial


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
        divided = divided_by(scalars, times, [bound[label] for label in order])
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


def divided_by(
    factors: tuple[Factor, ...], times: Fraction, lengths: list[Dim]
) -> tuple[tuple[Factor, ...], Fraction] | None:
    """Take one division by each length out of a product and the number in front of it."""
    whole = 1
    for length in lengths:
        names, count = length_factors(length)
        whole *= int(count)
        for name in names:
            found = without_length(factors, name.atom.params[0])
            if found is None:
                return None
            factors = found
    if whole < 1 or times.denominator % whole:
        return None
    return factors, times * whole


def averages(rank: int, mono: Monomial, times: Fraction) -> Iterator[Divided]:
    """Yield the sums in a product that are divided by the number of their terms.

    They are those over one label, then those over all labels that a part of the product shares.
    """
    bound = {rank + k: length for k, length in enumerate(mono.bound)}
    parts = [frozenset(own) for own, _ in independent(mono.factors, bound) if len(own) > 1]
    for labels in (*(frozenset([label]) for label in bound), *parts):
        lengths = [bound[label] for label in sorted(labels)]
        divided = divided_by(mono.factors, times, lengths)
        if divided is not None and 1 not in lengths:
            yield Divided(labels, divided[1], mono._replace(factors=divided[0]))
