"""Tensors with other leaves in the place of some: the way to use one rule for many nodes."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from symback.tensor.algebra import group
from symback.tensor.poly import (
    FUNCTION,
    GROUP,
    LEAF,
    Atom,
    Factor,
    Monomial,
    Poly,
    Rational,
    atom,
    begins_negative,
    factor_key,
    poly,
    rational,
)


def with_leaves(value: Poly, leaves: Mapping[Atom, Atom]) -> Poly | None:
    """Return an elementwise tensor with `leaves` replaced by others of the same shapes and facts.

    None for a tensor that is more than products, sums and functions along the same axes.
    """
    total: dict[Monomial, Rational] = {}
    for mono, times in value.terms:
        factors = []
        if mono.bound:
            return None
        for base, index, exponent in mono.factors:
            found = _replaced(base, leaves)
            if found is None or (found[1] != 1 and not isinstance(exponent, int)):
                return None
            factors.append(Factor(found[0], index, exponent))
            if found[1] != 1:
                times = rational(times * Fraction(found[1]) ** int(exponent))
        if len(factors) > 1:
            factors.sort(key=factor_key)
        total[Monomial(tuple(factors), ())] = times
    return poly(value.shape, total)


def _replaced(base: Atom, leaves: Mapping[Atom, Atom]) -> tuple[Atom, Rational] | None:
    """Return the new atom and the number that the old one is to be multiplied by for it."""
    if base.kind == LEAF:
        return leaves.get(base, base), 1
    if base.kind == GROUP:
        inner = with_leaves(base.args[0], leaves)
        if inner is None:
            return None
        whole, content, _ = group(inner)
        return whole, content
    if base.kind != FUNCTION:
        return (base, 1) if not base.args else None
    args: list[Poly] = []
    for before in base.args:
        after = with_leaves(before, leaves)
        if after is None or begins_negative(after) != begins_negative(before):
            return None  # odd and even functions look at the sign of the first term
        args.append(after)
    return atom(FUNCTION, base.name, base.shape, tuple(args), base.params), 1
