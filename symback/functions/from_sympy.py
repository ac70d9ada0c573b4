"""SymPy's expressions in the expression language, by a table of their classes.

Whatever the table lacks, an unevaluated derivative above all, is an error and never a zero.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from symback.language.tree import Binary, Call, Compare, Expression, Name, Negate, Number


class Untranslatable(ValueError):
    """A SymPy expression has no counterpart in the expression language."""


def translate(value: Any) -> Expression:
    """Return a SymPy expression as a tree of the expression language.

    Raises: Untranslatable for what the language has no name for.
    """
    if value.is_Symbol:
        return Name(value.name)
    if value.is_Rational:
        return _rational(Fraction(value.p, value.q))
    form = FORMS.get(type(value).__name__)
    if form is None:
        raise Untranslatable(str(type(value).__name__))
    if isinstance(form, str):
        return Call(form, tuple(map(translate, value.args)))
    return form(value)


def _rational(value: Fraction) -> Expression:
    """Return p/q as a quotient of integers, with the sign in front."""
    number: Expression = Number(Fraction(abs(value.numerator)))
    if value.denominator != 1:
        number = Binary("/", number, Number(Fraction(value.denominator)))
    return _negative(number) if value < 0 else number


def _negative(value: Expression) -> Expression:
    """Return -value with the sign on the first factor."""
    if isinstance(value, Binary) and value.op in "*/":
        return replace(value, left=_negative(value.left))
    return Negate(value)


def _sum(value: Any) -> Expression:
    """Return a sum, negative terms after a minus."""
    first, *others = value.as_ordered_terms()
    result = translate(first)
    for term in others:
        negative = term.could_extract_minus_sign()
        part = translate(-term if negative else term)
        result = Binary("-" if negative else "+", result, part)
    return result


def _product(value: Any) -> Expression:
    """Return a product as one quotient, the sign in front."""
    import sympy

    if value.could_extract_minus_sign():
        return _negative(translate(-value))
    above, below = sympy.fraction(value, exact=True)
    if below != 1:
        return Binary("/", translate(above), translate(below))
    first, *others = value.as_ordered_factors()
    result = translate(first)
    for factor in others:
        result = Binary("*", result, translate(factor))
    return result


def _power(value: Any) -> Expression:
    """Return a power, roots by name and negative exponents as reciprocals."""
    base, exponent = value.as_base_exp()
    if exponent.could_extract_minus_sign():
        return Binary("/", Number(Fraction(1)), translate(1 / value))
    if exponent.is_Rational and exponent.p == 1 and exponent.q == 2:
        return Call("sqrt", (translate(base),))
    return Binary("**", translate(base), translate(exponent))


def _nested(function: str) -> Callable[[Any], Expression]:
    """Return the form of a function of any number of arguments that the language has for two."""

    def form(value: Any) -> Expression:
        first, *others = map(translate, value.args)
        for other in others:
            first = Call(function, (first, other))
        return first

    return form


def _piecewise(value: Any) -> Expression:
    """Return cases as nested `where`; the last case must hold otherwise."""
    *cases, (last, condition) = value.args
    if condition != True:  # noqa: E712 - SymPy's true is not Python's
        raise Untranslatable("Piecewise without a last case")
    result = translate(last)
    for case, condition in reversed(cases):
        result = Call("where", (translate(condition), translate(case), result))
    return result


def _comparison(op: str) -> Callable[[Any], Expression]:
    return lambda value: Compare(op, translate(value.lhs), translate(value.rhs))


def _polygamma(value: Any) -> Expression:
    """Return digamma and trigamma under their names, other orders as polygamma."""
    order, x = value.args
    name = {0: "digamma", 1: "trigamma"}.get(order)
    return Call(name, (translate(x),)) if name else Call("polygamma", _translated(value))


def _heaviside(value: Any) -> Expression:
    """Return `step` for the value 0 at 0, else `heaviside`."""
    x, at_zero = value.args
    return Call("step", (translate(x),)) if at_zero == 0 else Call("heaviside", _translated(value))


def _incomplete_gamma(function: str) -> Callable[[Any], Expression]:
    """Return the form of an incomplete gamma function, which SymPy does not regularise."""

    def form(value: Any) -> Expression:
        order = translate(value.args[0])
        return Binary("*", Call(function, _translated(value)), Call("gamma", (order,)))

    return form


def _incomplete_beta(value: Any) -> Expression:
    """Return the regularised incomplete beta function from 0."""
    a, b, low, x = value.args
    if low != 0:
        raise Untranslatable("betainc from another point than 0")
    return Call("betainc", (translate(a), translate(b), translate(x)))


def _elliptic_e(value: Any) -> Expression:
    """Return the complete integral only."""
    if len(value.args) != 1:
        raise Untranslatable("incomplete elliptic_e")
    return Call("ellipe", _translated(value))


def _translated(value: Any) -> tuple[Expression, ...]:
    return tuple(map(translate, value.args))


SAME_NAME = (
    "exp log sin cos tan sec csc cot asin acos atan asec acsc acot atan2"
    " sinh cosh tanh sech csch coth asinh acosh atanh asech acsch acoth"
    " sign floor erf erfc erfi erfinv erfcinv gamma beta zeta expint"
    " besselj bessely besseli besselk airyai airybi airyaiprime airybiprime"
)

FORMS: Mapping[str, str | Callable[[Any], Expression]] = {
    **{name: name for name in SAME_NAME.split()},
    "Abs": "abs",
    "ceiling": "ceil",
    "loggamma": "lgamma",
    "Ci": "cosint",
    "Si": "sinint",
    "elliptic_k": "ellipk",
    "elliptic_e": _elliptic_e,
    "Pi": lambda value: Name("pi"),
    "Exp1": lambda value: Call("exp", (Number(Fraction(1)),)),
    "Add": _sum,
    "Mul": _product,
    "Pow": _power,
    "Max": _nested("maximum"),
    "Min": _nested("minimum"),
    "Piecewise": _piecewise,
    "StrictGreaterThan": _comparison(">"),
    "GreaterThan": _comparison(">="),
    "StrictLessThan": _comparison("<"),
    "LessThan": _comparison("<="),
    "Equality": _comparison("=="),
    "Unequality": _comparison("!="),
    "polygamma": _polygamma,
    "Heaviside": _heaviside,
    "lowergamma": _incomplete_gamma("gammainc_lower"),
    "uppergamma": _incomplete_gamma("gammainc_upper"),
    "betainc_regularized": _incomplete_beta,
}
"""SymPy class name: the function of that meaning, or how its expressions are written."""
