"""Tensors that are linear in a leaf: multiplied out until it is a factor, and put in its place."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

from symback.tensor.algebra import contract
from symback.tensor.dims import Dim
from symback.tensor.placing import renamed
from symback.tensor.poly import (
    GROUP,
    Atom,
    Monomial,
    Poly,
    Rational,
    add,
    poly,
    rational,
    scale,
    zero,
)


def distribute(value: Poly, base: Atom) -> Poly:
    """Multiply out the sums that contain `base`, so that each term has it as a factor."""
    pending, done = [value], []
    while pending:
        current = pending.pop()
        for mono, times in current.terms:
            place = next(
                (
                    k
                    for k, f in enumerate(mono.factors)
                    if f.atom.kind == GROUP and mentions(f.atom.args[0], base)
                ),
                None,
            )
            if place is None:
                done.append(_term(current, mono, times))
                continue
            pending.append(_opened(current, mono, times, place))
    return add(done) if done else zero(value.shape)


def _term(owner: Poly, mono: Monomial, times: Rational) -> Poly:
    return poly(owner.shape, {mono: times})


def _opened(owner: Poly, mono: Monomial, times: Rational, place: int) -> Poly:
    """Multiply one group of a product out."""
    rank = len(owner.shape)
    inner = mono.factors[place]
    rest = [f for k, f in enumerate(mono.factors) if k != place]
    whole = inner.atom.args[0]
    parts = []
    for term, coefficient in whole.terms:
        bound = {rank + k: size for k, size in enumerate(mono.bound)}
        fresh = count(rank + len(mono.bound))
        factors = list(renamed(term, whole, inner.indices, fresh, bound))
        found = contract(owner.shape, [], bound, [*factors, *rest])
        parts.append(scale(found, rational(coefficient * times)))
    return add(parts)


def mentions(value: Poly, base: Atom) -> bool:
    """Tell whether a tensor contains an atom, at any depth."""
    stack: list[Poly] = [value]
    seen: set[Poly] = set()
    while stack:
        current = stack.pop()
        if current in seen:
            continue
        seen.add(current)
        for atom in _atoms(current):
            if atom is base:
                return True
            stack.extend(atom.args)
    return False


def _atoms(value: Poly) -> Iterable[Atom]:
    return (f.atom for mono, _ in value.terms for f in mono.factors)


def substitute_leaf(value: Poly, old: Atom, new: Poly) -> Poly:
    """Replace the leaf `old`, which occurs linearly, by `new`, whose extra axes come first."""
    lead = len(new.shape) - len(old.shape)
    shape = (*new.shape[:lead], *value.shape)
    parts = []
    for mono, times in value.terms:
        fresh = count(len(shape))
        bound: dict[int, Dim] = {}
        at = tuple(range(lead, len(shape)))
        factors = list(renamed(mono, value, at, fresh, bound))
        spots = [f for f in factors if f.atom is old]
        rest = [f for f in factors if f.atom is not old]
        (spot,) = spots
        index = (*range(lead), *spot.indices)
        parts.append(scale(contract(shape, [(new, index)], bound, rest), times))
    return add(parts) if parts else zero(shape)
