"""Elementwise functions as atoms, in the one form that equal formulas share."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import factorial

from symback.tensor.algebra import apply, content_of, monomial, multiply
from symback.tensor.logarithms import exponential_plus_one, logarithm
from symback.tensor.modes import GUARDED
from symback.tensor.poly import (
    FUNCTION,
    GROUP,
    Factor,
    Monomial,
    Poly,
    Rational,
    add,
    as_atom,
    as_number,
    begins_negative,
    number,
    poly,
    rational,
    scale,
    zero,
)
from symback.tensor.powers import is_nonnegative, power

#: Functions that are powers: they merge with other powers of the same base.
POWERS: dict[str, Rational] = {"sqrt": Fraction(1, 2), "rsqrt": Fraction(-1, 2), "square": 2}

#: f(g(x)) = x wherever the left side is defined.
INVERSES = {("exp", "log"), ("log", "exp"), ("sigmoid", "logit"), ("logit", "sigmoid")}

#: Values that are exact at an exact argument.
EXACT: dict[str, dict[int, Rational]] = {
    "exp": {0: 1},
    "log": {1: 0},
    "sin": {0: 0},
    "cos": {0: 1},
    "tan": {0: 0},
    "tanh": {0: 0},
    "sinh": {0: 0},
    "cosh": {0: 1},
    "log1p": {0: 0},
    "expm1": {0: 0},
    "sigmoid": {0: Fraction(1, 2)},
    "gamma": {n: factorial(n - 1) for n in range(1, 9)},
}


def function(name: str, args: Sequence[Poly], parity: str = "") -> Poly:
    """Return the elementwise function `name` of tensors of one shape.

    Powers become powers, inverses cancel, odd and even functions lose the sign of their argument,
    and 1/(1 + exp(-x)) is sigmoid(x) however it was written.
    """
    if name in POWERS:
        return power(args[0], POWERS[name])
    if name == "power":
        return raised(args[0], args[1])
    if name == "where":
        return _where(*args)
    if len(args) == 1:
        return _unary(name, args[0], parity)
    if name in BESSEL:
        return _bessel(name, *args)
    if name == "beta" and (known := _whole_beta(*args)) is not None:
        return number(known, args[0].shape)
    if name in SYMMETRIC:
        args = sorted(args, key=_rank)
    return apply(name, args)


def _whole_beta(a: Poly, b: Poly) -> Fraction | None:
    """Return beta(a, b) for two small whole numbers."""
    exact = EXACT["gamma"]
    m, n = as_number(a), as_number(b)
    if m in exact and n in exact and isinstance(m, int) and isinstance(n, int):
        return Fraction(factorial(m - 1) * factorial(n - 1), factorial(m + n - 1))
    return None


#: Functions that do not depend on the order of their two arguments.
SYMMETRIC = frozenset({"maximum", "minimum", "hypot", "logaddexp", "beta", "lbeta"})


def _rank(argument: Poly) -> tuple[bool, bytes]:
    """Order arguments independently of the input's order, numbers first."""
    return as_number(argument) is None, argument.digest


#: Bessel functions: what a negative whole order -n is, besides order n: the sign (-1)**n or 1.
BESSEL = {"besselj": -1, "bessely": -1, "besseli": 1, "besselk": 1}


def _bessel(name: str, order: Poly, argument: Poly) -> Poly:
    known = as_number(order)
    if isinstance(known, int) and known < 0:
        return scale(apply(name, [scale(order, -1), argument]), BESSEL[name] ** -known)
    return apply(name, [order, argument])


def _where(condition: Poly, chosen: Poly, other: Poly) -> Poly:
    """Return a choice; between 1 and 0 it is the condition itself."""
    if chosen == other:
        return chosen
    ends = (as_number(chosen), as_number(other))
    if ends in ((1, 0), (0, 1)):
        truth = (
            condition if _is_truth(condition) else compare("ne", condition, zero(condition.shape))
        )
        if ends == (1, 0):
            return truth
        opposite = _opposite(truth) if GUARDED.get() is not None else None
        return opposite or add([number(1, truth.shape), scale(truth, -1)])
    return apply("where", [condition, chosen, other])


#: Functions whose value is 0 or 1.
TRUTHS = frozenset({"step", "gt", "ge", "eq", "ne"})


def _is_truth(value: Poly) -> bool:
    """Tell whether a tensor is a product of comparisons."""
    if len(value.terms) != 1:
        return False
    (factors, bound), times = value.terms[0]
    return (
        times == 1
        and not bound
        and all(f.atom.kind == FUNCTION and f.atom.name in TRUTHS for f in factors)
    )


def _opposite(truth: Poly) -> Poly | None:
    """Return the comparison that holds where this one does not."""
    base = as_atom(truth)
    if base is None:
        return None
    match base.name:
        case "step":
            return apply("ge", [zero(truth.shape), base.args[0]])
        case "eq" | "ne":
            return apply("ne" if base.name == "eq" else "eq", base.args)
        case _:
            return apply("ge" if base.name == "gt" else "gt", base.args[::-1])


def _unary(name: str, argument: Poly, parity: str) -> Poly:
    known = as_number(argument)
    if isinstance(known, int) and known in EXACT.get(name, ()):
        return number(EXACT[name][known], argument.shape)
    inner = _lone_function(argument)
    if inner is not None and (name, inner[0]) in INVERSES:
        return inner[1]
    if name == "abs" and _is_nonnegative(argument):
        return argument
    if begins_negative(argument):
        if parity == "odd":
            return scale(apply(name, [scale(argument, -1)]), -1)
        if parity == "even":
            return apply(name, [scale(argument, -1)])
        if name == "exp":
            return power(apply(name, [scale(argument, -1)]), -1)
    return logarithm(name, argument) or apply(name, [argument])


def _lone_function(value: Poly) -> tuple[str, Poly] | None:
    """Return the name and argument if `value` is exactly one function of one argument."""
    base = as_atom(value)
    if base is None or base.kind != FUNCTION or len(base.args) != 1:
        return None
    return base.name, base.args[0]


def _is_nonnegative(value: Poly) -> bool:
    return all(
        coefficient > 0 and all(f.exponent % 2 == 0 or is_nonnegative(f.atom) for f in mono.factors)
        for mono, coefficient in value.terms
    )


def raised(base: Poly, exponent: Poly) -> Poly:
    """Return `base ** exponent`, entry by entry."""
    known = as_number(exponent)
    if known is not None:
        return power(base, known)
    return apply("power", [base, exponent])


def compare(name: str, left: Poly, right: Poly) -> Poly:
    """Return a comparison, 0 or 1: `gt`, `ge`, `eq`, `ne` (and `lt`, `le`, turned round)."""
    if name in ("lt", "le"):
        name, left, right = ("gt" if name == "lt" else "ge"), right, left
    left, right = _without_common(left, right)
    if name == "gt" and as_number(right) == 0:
        return function("step", [left])
    return apply(name, [left, right])


def _without_common(left: Poly, right: Poly) -> tuple[Poly, Poly]:
    """Take away from both sides of a comparison what they share: 3*u > u is u > 0."""
    difference = add([left, scale(right, -1)])
    if not difference.terms or len(difference.terms) >= len(left.terms) + len(right.terms):
        return left, right
    unit = abs(Fraction(content_of(difference)))
    above = {mono: rational(c / unit) for mono, c in difference.terms if c > 0}
    below = {mono: rational(-c / unit) for mono, c in difference.terms if c < 0}
    return poly(left.shape, above), poly(left.shape, below)


def sigmoids(value: Poly) -> Poly:
    """Write (1 + exp(u))^k as sigmoid(-u)^(-k), term by term."""
    if not any(f.atom.kind == GROUP for mono, _ in value.terms for f in mono.factors):
        return value
    total: dict[Monomial, Rational] = {}
    changed = False
    for mono, times in value.terms:
        factors = [_sigmoid(factor) or factor for factor in mono.factors]
        if any(a is not b for a, b in zip(factors, mono.factors, strict=True)):
            changed = True
            factors = _without_exponentials(factors)
            rank = len(value.shape)
            bound = {rank + k: size for k, size in enumerate(mono.bound)}
            for new, coefficient in monomial(value.shape, factors, times, bound).terms:
                total[new] = rational(total.get(new, 0) + coefficient)
        else:
            total[mono] = rational(total.get(mono, 0) + times)
    return poly(value.shape, total) if changed else value


def _without_exponentials(factors: list[Factor]) -> list[Factor]:
    """Write sigmoid(-u)*exp(u) as sigmoid(u)."""
    result = list(factors)
    for one in factors:
        if one.atom.kind != FUNCTION or one.atom.name != "exp" or one.exponent not in (1, -1):
            continue
        argument = scale(one.atom.args[0], one.exponent)
        plain = as_atom(apply("sigmoid", [argument]))
        turned = as_atom(apply("sigmoid", [scale(argument, -1)]))
        if plain is None or turned is None:
            continue
        partner = Factor(turned, one.indices, 1)
        if partner in result:
            result = [f for f in result if f not in (one, partner)]
            result.append(Factor(plain, one.indices, 1))
    return result


def _sigmoid(factor: Factor) -> Factor | None:
    if factor.atom.kind != GROUP:
        return None
    inner = factor.atom.args[0]
    found = exponential_plus_one(inner)
    if found is None:
        return None
    argument = scale(found, -1)
    base = as_atom(apply("sigmoid", [argument]))
    if base is None or base.shape != factor.atom.shape:
        return None
    return Factor(base, factor.indices, -factor.exponent)


__all__ = ["apply", "compare", "function", "multiply", "raised", "sigmoids"]
