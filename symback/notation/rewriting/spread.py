"""Products of sums multiplied out."""

from __future__ import annotations

from collections.abc import Container
from itertools import count

from symback.tensor.algebra import contract
from symback.tensor.dims import Dim
from symback.tensor.placing import renamed
from symback.tensor.poly import GROUP, Atom, Factor, Monomial, Poly, Rational, add, poly, scale

#: Products of sums are multiplied out up to this many terms.
MAX_SPREAD = 40


def multiplied_out(value: Poly, kept: Container[Atom] = ()) -> Poly | None:
    """Return the tensor with the products of sums multiplied out, None where that is too long.

    The sums in `kept`, of which a step may be made, stay as they are.
    """
    if _terms(value, kept) > MAX_SPREAD:
        return None
    done: list[Poly] = []
    pending = [poly(value.shape, {mono: times}) for mono, times in value.terms]
    steps = count()
    while pending:
        current = pending.pop()
        if next(steps) > 4 * MAX_SPREAD or len(done) + len(pending) > MAX_SPREAD:
            return None
        ((mono, times),) = current.terms or (((None), 0),)
        if mono is None:
            continue
        place = next(
            (k for k, f in enumerate(mono.factors) if spreads(f) and f.atom not in kept), None
        )
        if place is None:
            done.append(current)
        else:
            parts = opened(current, mono, times, place)
            pending.extend(poly(value.shape, {m: c}) for m, c in parts.terms)
    return add(done) if done else None


def _terms(value: Poly, kept: Container[Atom]) -> int:
    """Return how many terms a tensor has when it is multiplied out, if at most MAX_SPREAD."""
    total = 0
    for mono, _ in value.terms:
        terms = 1
        for factor in mono.factors:
            if terms <= MAX_SPREAD and spreads(factor) and factor.atom not in kept:
                terms *= _terms(factor.atom.args[0], kept) ** int(factor.exponent)
        total += terms
        if total > MAX_SPREAD:
            break
    return total


def spreads(factor: Factor) -> bool:
    """Tell whether a factor is a sum, or its square, that may be multiplied out."""
    return (
        factor.atom.kind == GROUP
        and factor.exponent in (1, 2)
        and (len(factor.atom.args[0].terms) <= 6)
    )


def opened(owner: Poly, mono: Monomial, times: Rational, place: int) -> Poly:
    """Multiply out one sum among the factors of a product."""
    rank = len(owner.shape)
    inner = mono.factors[place]
    whole = inner.atom.args[0]
    parts = []
    for term, coefficient in whole.terms:
        bound: dict[int, Dim] = {rank + k: size for k, size in enumerate(mono.bound)}
        fresh = count(rank + len(mono.bound))
        factors = list(renamed(term, whole, inner.indices, fresh, bound))
        rest = [f for k, f in enumerate(mono.factors) if k != place]
        if inner.exponent == 2:
            rest.append(Factor(inner.atom, inner.indices, 1))
        found = contract(owner.shape, [], bound, [*factors, *rest])
        parts.append(scale(found, coefficient * times))
    return add(parts)
