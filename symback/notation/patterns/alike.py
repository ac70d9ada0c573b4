"""Factors that are read at the same place: one factor, their product."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from symback.tensor.algebra import contract
from symback.tensor.dims import Shape
from symback.tensor.indices import Indices
from symback.tensor.poly import CONDITIONS, GROUP, Factor, atom


def read_alike(factors: Iterable[Factor]) -> list[Factor]:
    """Join the factors that have the same axes and the same index along each."""
    found: dict[tuple[Indices, Shape], list[Factor]] = {}
    conditions = []
    for factor in factors:
        if factor.atom.kind in CONDITIONS:
            conditions.append(factor)
        else:
            found.setdefault((factor.indices, factor.atom.shape), []).append(factor)
    return [*map(_joined, found.values()), *conditions]


def _joined(factors: Sequence[Factor]) -> Factor:
    first = factors[0]
    if len(factors) == 1:
        return first
    axes = tuple(range(len(first.indices)))
    plain = [factor._replace(indices=axes) for factor in factors]
    whole = contract(first.atom.shape, [], {}, plain)
    return Factor(atom(GROUP, shape=whole.shape, args=(whole,)), first.indices, 1)
