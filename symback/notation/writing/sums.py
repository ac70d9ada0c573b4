"""Sums of read terms: the number in front of them."""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm

from symback.language.tree import Expression
from symback.notation.writing import trees
from symback.tensor.dims import Dim
from symback.tensor.poly import CONDITIONS, DIM, Factor, Monomial, Rational, rational


def small(value: Fraction) -> Rational:
    """Return a whole number as an `int`."""
    return value.numerator if value.denominator == 1 else value


def content(coefficients: list[Fraction]) -> Fraction:
    """Return the number that all coefficients share, with their sign if that is one."""
    top = gcd(*(c.numerator for c in coefficients))
    bottom = lcm(*(c.denominator for c in coefficients))
    return Fraction(top, bottom) * (-1 if all(c < 0 for c in coefficients) else 1)


def with_content(terms: list[tuple[Fraction, Expression]], content: Fraction) -> Expression:
    """Add terms up with a number in front, its sign inside a difference where there is one."""
    if content < 0:
        terms, content = _turned_round(terms, content)
    tree = trees.total((small(times / content), term) for times, term in terms)
    if content == 1:
        return tree
    scaled = trees.scaled(abs(content), tree)
    return trees.negated(scaled) if content < 0 else scaled


def _turned_round(
    terms: list[tuple[Fraction, Expression]], content: Fraction
) -> tuple[list[tuple[Fraction, Expression]], Fraction]:
    """Turn the difference in one of several negative terms round, so that one is positive."""
    for k, (times, tree) in enumerate(terms):
        turned = trees.flipped(tree) if len(terms) > 1 else None
        if turned is not None:
            return [*terms[:k], (-times, turned), *terms[k + 1 :]], -content
    return terms, content


def without_length(factors: tuple[Factor, ...], length: Dim) -> tuple[Factor, ...] | None:
    """Take one division by a length out of a product."""
    for place, (base, index, exponent) in enumerate(factors):
        if base.kind == DIM and base.params == (length,) and exponent < 0:
            rest = (*factors[:place], *factors[place + 1 :])
            return rest if exponent == -1 else (*rest, Factor(base, index, exponent + 1))
    return None


def shared_scalars(monomials: list[Monomial]) -> list[Factor]:
    """Return the powers of scalars that all products have in common, in the order of the first."""
    powers = [
        {
            f.atom: f.exponent
            for f in mono.factors
            if not f.indices and f.atom.kind not in CONDITIONS
        }
        for mono in monomials
    ]
    shared = []
    for base in powers[0]:
        exponents = [own.get(base, 0) for own in powers]
        if all(e > 0 for e in exponents) or all(e < 0 for e in exponents):
            least = min(exponents) if exponents[0] > 0 else max(exponents)
            shared.append(Factor(base, (), least))
    return shared


def without_scalars(factors: tuple[Factor, ...], scalars: list[Factor]) -> tuple[Factor, ...]:
    """Divide a product by powers of scalars that it has."""
    taken = {f.atom: f.exponent for f in scalars}
    left = []
    for base, index, exponent in factors:
        rest = exponent if index else rational(exponent - taken.get(base, 0))
        if rest:
            left.append(Factor(base, index, rest))
    return tuple(left)
