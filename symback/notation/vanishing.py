"""Sums that are zero whatever the entries are: deviations from a mean, added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from symback.notation.spread import opened, spreads
from symback.tensor import indices
from symback.tensor.algebra import contract
from symback.tensor.dims import Dim
from symback.tensor.poly import GROUP, LEAF, Atom, Factor, Monomial, Poly, add, poly

Definitions = Mapping[Atom, Poly]


def without_vanishing(value: Poly, definitions: Definitions) -> Poly | None:
    """Return an equal tensor without the terms that are zero for such a sum, None if it has none.

    A sum of several terms that is added up is added up term by term.
    """
    parts, kept, expected = [], [], 0
    for mono, times in value.terms:
        term = poly(value.shape, {mono: times})
        place = next((k for k, f in enumerate(mono.factors) if _is_added_up(f, mono, value)), None)
        parts.append(term if place is None else opened(term, mono, times, place))
        expected += 1 if place is None else len(mono.factors[place].atom.args[0].terms)
    whole = add(parts) if parts else value
    for mono, times in whole.terms:
        if not any(_vanishes(f, axis, definitions) for f, axis in _lone(mono, len(whole.shape))):
            kept.append(poly(whole.shape, {mono: times}))
    if len(kept) == expected:
        return None
    return add(kept) if kept else poly(whole.shape, {})


def _is_added_up(factor: Factor, mono: Monomial, owner: Poly) -> bool:
    lone = any(f is factor for f, _ in _lone(mono, len(owner.shape)))
    return lone and spreads(factor) and factor.exponent == 1


def _lone(mono: Monomial, rank: int) -> Iterator[tuple[Factor, int]]:
    """Yield the factors that alone have a summed label, and the axis at which they have it."""
    uses = Counter(label for f in mono.factors for i in f.indices for label in indices.labels(i))
    for factor in mono.factors:
        for axis, index in enumerate(factor.indices):
            if not isinstance(index, int) or index < rank or uses[index] > 1:
                continue
            if mono.bound[index - rank] == factor.atom.shape[axis]:
                yield factor, axis


def _vanishes(factor: Factor, axis: int, definitions: Definitions) -> bool:
    """Tell whether the entries of a factor along an axis have the sum 0."""
    base = factor.atom
    if factor.exponent != 1:
        return False
    if base.kind == GROUP:
        return _adds_up_to_zero(base.args[0], axis, definitions)
    if base.kind == LEAF and base in definitions:
        return _adds_up_to_zero(definitions[base], axis, definitions)
    return False


def _adds_up_to_zero(value: Poly, axis: int, definitions: Definitions) -> bool:
    rank = len(value.shape)
    if len(value.terms) == 1:
        mono = value.terms[0][0]
        having = [
            (f, place)
            for f in mono.factors
            for place, index in enumerate(f.indices)
            if axis in indices.labels(index)
        ]
        if len(having) != 1:
            return False
        factor, place = having[0]
        whole = factor.indices[place] == axis and factor.atom.shape[place] == value.shape[axis]
        return whole and _vanishes(factor, place, definitions)
    place_of = [k for k in range(rank) if k != axis]
    at = tuple(rank if k == axis else place_of.index(k) for k in range(rank))
    shape = tuple(value.shape[k] for k in place_of)
    bound: dict[int, Dim] = {rank: value.shape[axis]}
    return not contract(shape, [(value, at)], bound).terms


__all__ = ["without_vanishing"]
