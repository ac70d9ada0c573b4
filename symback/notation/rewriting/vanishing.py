"""Sums that are zero whatever the entries are: deviations from a mean, added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from symback.notation.rewriting.spread import opened, spreads
from symback.tensor import indices
from symback.tensor.algebra import contract
from symback.tensor.dims import Dim
from symback.tensor.poly import CONDITIONS, GROUP, LEAF, Atom, Factor, Monomial, Poly, add, poly

Definitions = Mapping[Atom, Poly]

Axes = frozenset[int]


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
        if not any(_vanishes(f, axes, definitions) for f, axes in _lone(mono, len(whole.shape))):
            kept.append(poly(whole.shape, {mono: times}))
    if len(kept) == expected:
        return None
    return add(kept) if kept else poly(whole.shape, {})


def _is_added_up(factor: Factor, mono: Monomial, owner: Poly) -> bool:
    lone = any(f is factor for f, _ in _lone(mono, len(owner.shape)))
    return lone and spreads(factor) and factor.exponent == 1


def _lone(mono: Monomial, rank: int) -> Iterator[tuple[Factor, Axes]]:
    """Yield the factors that alone have summed labels, and the axes at which they have them."""
    uses = Counter(label for f in mono.factors for i in f.indices for label in indices.labels(i))
    for factor in mono.factors:
        axes = {
            axis
            for axis, index in enumerate(factor.indices)
            if isinstance(index, int)
            and index >= rank
            and uses[index] == 1
            and mono.bound[index - rank] == factor.atom.shape[axis]
        }
        if axes:
            yield factor, frozenset(axes)


def _vanishes(factor: Factor, axes: Axes, definitions: Definitions) -> bool:
    """Tell whether the entries of a factor along some axes have the sum 0."""
    base = factor.atom
    if factor.exponent != 1:
        return False
    if base.kind == GROUP:
        return _adds_up_to_zero(base.args[0], axes, definitions)
    if base.kind == LEAF and base in definitions:
        return _adds_up_to_zero(definitions[base], axes, definitions)
    return False


def _adds_up_to_zero(value: Poly, axes: Axes, definitions: Definitions) -> bool:
    rank = len(value.shape)
    if len(value.terms) == 1:
        mono = value.terms[0][0]
        having = [f for f in mono.factors if axes & _labels(f)]
        if len(having) != 1 or not axes <= _labels(having[0]):
            return False
        if having[0].atom.kind in CONDITIONS:
            return False
        factor = having[0]
        places = {k: index for k, index in enumerate(factor.indices) if index in axes}
        whole = all(factor.atom.shape[k] == value.shape[axis] for k, axis in places.items())
        if len(places) < len(axes) or not whole:
            return False
        return _vanishes(factor, frozenset(places), definitions)
    left = [k for k in range(rank) if k not in axes]
    shape = tuple(value.shape[k] for k in left)
    at = tuple(rank + k if k in axes else left.index(k) for k in range(rank))
    bound: dict[int, Dim] = {rank + k: value.shape[k] for k in axes}
    return not contract(shape, [(value, at)], bound).terms


def _labels(factor: Factor) -> set[int]:
    return {label for i in factor.indices for label in indices.labels(i)}
