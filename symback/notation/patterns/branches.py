"""Conditions as factors: choices written with `where`, comparisons without needless terms."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symback.language import size
from symback.language.tree import Binary, Call, Compare, Expression, Name, Negate, Number
from symback.notation.writing import trees
from symback.notation.writing.bounds import outside
from symback.notation.writing.pieces import Read
from symback.notation.writing.sums import content
from symback.tensor.algebra import group, multiply
from symback.tensor.elementwise import TRUTHS, function
from symback.tensor.poly import (
    CONDITIONS,
    FUNCTION,
    GROUP,
    Factor,
    Monomial,
    Poly,
    add,
    as_atom,
    number,
    poly,
    scale,
)

#: Sums with more conditions than this are not searched for choices.
MAX_CONDITIONS = 3


TURNED = {">": "<", ">=": "<=", "<": ">", "<=": ">=", "==": "==", "!=": "!="}
OPPOSITE = {">": "<=", ">=": "<", "<": ">=", "<=": ">", "==": "!=", "!=": "=="}


def choices(value: Poly, read: Read) -> Iterator[Expression]:
    """Read c*a + (1 - c)*b as `where(c, a, b)`, for each condition c among the factors.

    Numbers and factors that all terms have stand in front of it.
    """
    if len(value.terms) < 2:
        return
    rank = len(value.shape)
    factors = (f for mono, _ in value.terms for f in mono.factors)
    truths = dict.fromkeys(f for f in factors if _is_truth(f) and not _is_summed(f, rank))
    if not truths or len(truths) > MAX_CONDITIONS:
        return
    shared = content([Fraction(times) for _, times in value.terms])
    for times in dict.fromkeys((shared, Fraction(1))):
        for truth in truths:
            yield from _with_choice(value, truth, times, read)


def _with_choice(value: Poly, truth: Factor, times: Fraction, read: Read) -> Iterator[Expression]:
    """Read a sum as a choice by one condition, with a number in front of it."""
    shared = _shared(value)
    inner = scale(value, 1 / times)
    for factor in shared:
        inner = _coefficient(inner, factor)
    choice = _choice(inner, truth, read)
    if choice is not None:
        tree, own = choice
        above = [*(_power(f, value, read) for f in shared if f.exponent > 0), tree]
        below = [_power(f, value, read) for f in shared if f.exponent < 0]
        tree = trees.quotient(trees.product(above), trees.product(below))
        scaled = trees.scaled(abs(times * own), tree)
        yield trees.negated(scaled) if times * own < 0 else scaled


def _choice(value: Poly, truth: Factor, read: Read) -> tuple[Expression, Fraction] | None:
    """Return the choice that a sum makes by a condition, and a number in front of it."""
    condition = poly(value.shape, {Monomial((truth,), ()): 1})
    whole, times, axes = group(add([number(1, value.shape), scale(condition, -1)]))
    true = _coefficient(value, truth)
    false = scale(_coefficient(value, Factor(whole, axes, 1)), times)
    both = [
        poly(value.shape, {mono: times})
        for mono, times in value.terms
        if not any(f == truth or f.atom is whole for f in mono.factors)
    ]
    if not both and not false.terms:
        return None
    parts = (condition, add([true, *both]), add([false, *both]))
    clipped = _clipped(*parts)
    if clipped is not None:
        inner, limit, times = clipped
        limits = (trees.negated(read.inner(limit)), read.inner(limit))
        return Call("clip", (read.inner(inner), *limits)), times
    return outside(*map(read.inner, parts)), Fraction(1)


def _clipped(condition: Poly, true: Poly, false: Poly) -> tuple[Poly, Poly, Fraction] | None:
    """Return u, c and k where u up to |u| = c, c*sign(u) beyond, times k, is k*clip(u, -c, c)."""
    base = as_atom(condition)
    if base is None or base.name not in ("ge", "gt") or not true.terms:
        return None
    limit, size = base.args
    absolute = as_atom(size)
    if absolute is None or absolute.name != "abs" or not _is_surely_positive(limit):
        return None
    inner, true = absolute.args[0], _plain(true)
    times = Fraction(true.terms[0][1]) / Fraction(inner.terms[0][1])
    if scale(inner, times) is not true:
        return None
    beyond = scale(multiply(limit, function("sign", [inner])), times)
    if beyond is not false:
        return None
    return (inner, limit, times) if times > 0 else (scale(inner, -1), limit, -times)


def _plain(value: Poly) -> Poly:
    """Return a number times a sum in brackets as the sum that it is."""
    ((mono, times), *others) = value.terms
    if others or mono.bound or len(mono.factors) != 1:
        return value
    base, at, exponent = mono.factors[0]
    whole = base.shape == value.shape and at == tuple(range(len(at)))
    if base.kind != GROUP or exponent != 1 or not whole:
        return value
    return scale(base.args[0], times)


def _is_surely_positive(value: Poly) -> bool:
    """Tell whether a tensor is a positive number, or a product of names of what is positive."""
    return len(value.terms) == 1 and all(
        times > 0 and all("positive" in f.atom.facts for f in mono.factors)
        for mono, times in value.terms
    )


def _shared(value: Poly) -> list[Factor]:
    """Return the factors that all terms have, but for conditions and what is summed."""
    (first, _), *others = value.terms
    return [
        f
        for f in first.factors
        if f.atom.kind not in CONDITIONS
        and not _is_truth(f)
        and not _is_summed(f, len(value.shape))
        and all(f in mono.factors for mono, _ in others)
    ]


def _power(factor: Factor, owner: Poly, read: Read) -> Expression:
    size = factor.exponent if factor.exponent > 0 else -factor.exponent
    return read.inner(poly(owner.shape, {Monomial((factor._replace(exponent=size),), ()): 1}))


def _coefficient(value: Poly, factor: Factor) -> Poly:
    """Return what the terms that have a factor are without it."""
    having = {
        Monomial(tuple(f for f in mono.factors if f != factor), mono.bound): times
        for mono, times in value.terms
        if factor in mono.factors
    }
    return poly(value.shape, having)


def _is_truth(factor: Factor) -> bool:
    return factor.atom.kind == FUNCTION and factor.atom.name in TRUTHS


def _is_summed(factor: Factor, rank: int) -> bool:
    return any(not isinstance(i, int) or i >= rank for i in factor.indices)


def complement(value: Poly, read: Read) -> Expression | None:
    """Read 1 - sigmoid(-u) as sigmoid(u), and 1 - (x > 0) as x <= 0."""
    if len(value.terms) != 2:
        return None
    (one, first), (other, second) = value.terms
    if one.factors:
        (one, first), (other, second) = (other, second), (one, first)
    if one.factors or first != 1 or second != -1 or other.bound or len(other.factors) != 1:
        return None
    base, index, exponent = other.factors[0]
    if base.name in TRUTHS:
        return _opposite(read.inner(poly(value.shape, {other: 1})))
    if base.name != "sigmoid" or exponent != 1 or index != tuple(range(len(value.shape))):
        return None
    argument = scale(base.args[0], -1)
    shorter = size(read.inner(argument)) < size(read.inner(base.args[0]))
    return Call("sigmoid", (read.inner(argument),)) if shorter else None


def _opposite(condition: Expression) -> Expression | None:
    """Return 1 - c for a comparison c, None for other trees."""
    match condition:
        case Compare(op, left, right):
            return Compare(OPPOSITE[op], left, right)
        case _:
            return None


def compared(op: str, left: Expression, right: Expression) -> Expression:
    """Return a comparison without a difference, its number or name on the right: `abs(x) < k`."""
    if right == trees.ZERO:
        match left:
            case Negate(inner):
                return compared(TURNED[op], inner, right)
            case Binary("-", first, second):
                return compared(op, first, second)
            case Binary("+", first, Number() as constant):
                return Compare(op, first, Negate(constant))
    if _simplicity(left) > _simplicity(right):
        return Compare(TURNED[op], right, left)
    return Compare(op, left, right)


def _simplicity(tree: Expression) -> int:
    match tree:
        case Number() | Negate(Number()):
            return 2
        case _:
            return 1 if isinstance(tree, Name) else 0
