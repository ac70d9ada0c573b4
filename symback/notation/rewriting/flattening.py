"""Groups of one term, which stand for contracted factors, as these factors."""

from __future__ import annotations

from symback.tensor.algebra import contract
from symback.tensor.poly import GROUP, Monomial, Poly, Rational, add, poly, scale


def flattened(value: Poly) -> Poly:
    """Write groups of one term, which stand for contracted factors, as these factors."""
    parts = []
    for mono, times in value.terms:
        parts.append(_flattened_term(value, mono, times))
    return add(parts) if parts else value


def _flattened_term(owner: Poly, mono: Monomial, times: Rational) -> Poly:
    rank = len(owner.shape)
    lone = [
        f
        for f in mono.factors
        if f.atom.kind == GROUP and len(f.atom.args[0].terms) == 1 and f.exponent == 1
    ]
    if not lone:
        return poly(owner.shape, {mono: times})
    bound = {rank + k: size for k, size in enumerate(mono.bound)}
    rest = [f for f in mono.factors if not any(f is g for g in lone)]
    parts = [(f.atom.args[0], f.indices) for f in lone]
    return scale(contract(owner.shape, parts, bound, rest), times)
