"""Sums that a branch was taken out of: max(u, 0) + log(1 + exp(-|u|)) is log(1 + exp(u))."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symback.tensor.algebra import apply, contract
from symback.tensor.poly import (
    FUNCTION,
    Factor,
    Poly,
    add,
    as_atom,
    from_atom,
    scale,
    zero,
)

HALF = Fraction(1, 2)


def smooth(value: Poly) -> Poly:
    """Write the parts of a smooth function as that function, wherever this makes a sum shorter.

    A ramp beside softplus(-|u|) is softplus(u), a step beside sign(u)*sigmoid(-|u|) sigmoid(u).
    """
    if len(value.terms) < 2:
        return value
    for mono, times in value.terms:
        for place, factor in enumerate(mono.factors):
            inner = _beyond(factor)
            if inner is None:
                continue
            rest = [f for k, f in enumerate(mono.factors) if k != place]
            rank = len(value.shape)
            bound = {rank + k: size for k, size in enumerate(mono.bound)}
            for change, left in _changes(inner, factor, rest):
                by = contract(value.shape, [(change, factor.indices)], bound, left)
                shorter = add([value, scale(by, times)])
                if len(shorter.terms) < len(value.terms):
                    return smooth(shorter)
    return value


def _beyond(factor: Factor) -> Poly | None:
    """Return u where a factor is softplus(-|u|) or sigmoid(-|u|)."""
    base, _, exponent = factor
    if base.kind != FUNCTION or base.name not in ("softplus", "sigmoid") or exponent != 1:
        return None
    size = as_atom(scale(base.args[0], -1))
    if size is None or size.kind != FUNCTION or size.name != "abs":
        return None
    return size.args[0]


def _changes(
    inner: Poly, factor: Factor, rest: list[Factor]
) -> Iterator[tuple[Poly, list[Factor]]]:
    """Yield sums that are 0, one term of which is the factor, and what they are multiplied by."""
    own = from_atom(factor.atom)
    if factor.atom.name == "softplus":
        for u in (inner, scale(inner, -1)):
            for ramp in _ramps(u):
                yield add([apply("softplus", [u]), scale(own, -1), scale(ramp, -1)]), rest
        return
    sign = as_atom(apply("sign", [inner]))
    partner = next((f for f in rest if f.atom is sign and f.indices == factor.indices), None)
    if partner is None or partner.exponent != 1:
        return
    left = [f for f in rest if f is not partner]
    every = tuple(range(len(inner.shape)))
    whole = contract(inner.shape, [(own, every), (from_atom(partner.atom), every)])
    for u, turn in ((inner, 1), (scale(inner, -1), -1)):
        difference = add([apply("step", [u]), scale(apply("sigmoid", [u]), -1)])
        yield add([scale(difference, turn), scale(whole, -1)]), left


def _ramps(u: Poly) -> Iterator[Poly]:
    """Yield the spellings of max(u, 0)."""
    nothing = zero(u.shape)
    yield apply("relu", [u])
    yield apply("maximum", [nothing, u])
    yield scale(apply("minimum", [nothing, scale(u, -1)]), -1)
    yield scale(add([u, apply("abs", [u])]), HALF)
