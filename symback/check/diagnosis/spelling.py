"""Formulas taken apart: signed terms, factors above and below the bar, other spellings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import reduce

from symback.check.diagnosis.tidying import ONE
from symback.language.tree import (
    Binary,
    Call,
    Expression,
    Literal,
    Negate,
    Number,
    Slice,
    Subscript,
    Transpose,
)

COLUMN = (Slice(), Literal(None))


def spelled(tree: Expression) -> Expression:
    """Return a formula with its first operation in another spelling, itself where there is none.

    Products of matrices go from the left, with `inv` for the solution of equations, and without
    diagonal matrices.
    """
    match tree:
        case Call("solve", (matrix, right), ()):
            return Binary("@", Call("inv", (matrix,)), right)
        case Call("dot", (left, right), ()):
            return Binary("@", left, right)
        case Binary("@", Call("diag", (vector,), ()), right):
            return Binary("*", Subscript(vector, COLUMN), right)
        case Binary("@", left, Call("diag", (vector,), ())):
            return Binary("*", left, vector)
        case Binary("@", left, Binary("@", middle, right)):
            return Binary("@", Binary("@", left, middle), right)
        case Transpose(Binary("@", left, right)):
            return Binary("@", Transpose(right), Transpose(left))
        case Transpose(Transpose(inner)):
            return inner
    return tree


def cycled(tree: Expression) -> Expression | None:
    """Return the trace of a product with its factors in the other order, None for all else."""
    match tree:
        case Call("trace", (Binary("@", left, right),), ()):
            return Call("trace", (Binary("@", right, left),))
    return None


def terms_in(tree: Expression, negative: bool = False) -> Iterator[Expression]:
    """Yield the terms of a sum with their signs."""
    match tree:
        case Binary("+" | "-" as op, left, right):
            yield from terms_in(left, negative)
            yield from terms_in(right, negative != (op == "-"))
        case Negate(inner):
            yield from terms_in(inner, not negative)
        case _:
            yield Negate(tree) if negative else tree


def is_product(tree: Expression) -> bool:
    """Tell whether a formula is a product, a quotient or a negative."""
    return isinstance(tree, Negate) or (isinstance(tree, Binary) and tree.op in "*/@")


def factors_in(tree: Expression) -> tuple[Fraction, list[tuple[Expression, bool]]]:
    """Return the number in front of a product, and its factors: above the bar or below."""
    match tree:
        case Number(value) if value:
            return value, []
        case Negate(inner):
            number, rest = factors_in(inner)
            return -number, rest
        case Binary("*" | "/" as op, left, right):
            (a, mine), (b, theirs) = factors_in(left), factors_in(right)
            if op == "*":
                return a * b, mine + theirs
            return a / b, mine + [(one, not up) for one, up in theirs]
        case Binary("@", left, right):
            (a, x), (b, y) = _scaled(left), _scaled(right)
            return a * b, [(replace(tree, left=x, right=y), True)]
        case Transpose(inner):
            number, whole = _scaled(inner)
            return number, [(Transpose(whole), True)]
    return Fraction(1), [(tree, True)]


def _scaled(tree: Expression) -> tuple[Fraction, Expression]:
    """Return the number in front of a product, and the product without it."""
    number, factors = factors_in(tree)
    if number == 1 or not factors:
        return Fraction(1), tree
    over = [one for one, up in factors if up]
    under = [one for one, up in factors if not up]
    whole = reduce(_times, over) if over else ONE
    return number, Binary("/", whole, reduce(_times, under)) if under else whole


def _times(left: Expression, right: Expression) -> Expression:
    return Binary("*", left, right)
