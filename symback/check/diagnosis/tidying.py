"""Formulas made as people would write them: no factors 1, numbers worked out, norms as such."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from symback.language import fold, rebuild
from symback.language.tree import Binary, Call, Expression, Literal, Negate, Number, Transpose

ONE = Number(Fraction(1))
#: Settings of functions that need not be written.
USUAL = (Literal(None), Literal(False))


def tidied(tree: Expression) -> Expression:
    """Work out numbers; leave out factors and exponents 1, double signs and usual settings."""

    def combine(node: Expression, parts: list[Expression]) -> Expression:
        return _plain(rebuild(node, parts) if parts else node)

    return fold(tree, combine)


def _plain(node: Expression) -> Expression:
    match node:
        case Binary("*" | "/" as op, Negate(left), right) | Binary(
            "*" | "/" as op, left, Negate(right)
        ):
            return _plain(Negate(_plain(Binary(op, left, right))))
        case Negate(Negate(inner)) | Transpose(Transpose(inner)):
            return inner
        case Binary("@", Call("eye"), other) | Binary("@", other, Call("eye")):
            return other
        case Binary():
            return _counted(node)
        case Call():
            return _called(node)
        case _:
            return node


def _counted(node: Binary) -> Expression:
    """Work out the numbers of an operation."""
    match node:
        case Binary(op, Number(a), Number(b)) if op in "+-*":
            return _number(a + b if op == "+" else a - b if op == "-" else a * b)
        case Binary("*" | "/" | "**", other, right) if right == ONE:
            return other
        case Binary("*", left, other) if left == ONE or _is_ones(left):
            return other
        case Binary("*", Binary("*", Number(a), other), Number(b)) | Binary(
            "*", Number(a), Binary("*", Number(b), other)
        ):
            return _counted(Binary("*", Number(a * b), other))
        case Binary("/", Binary("*", Number(a), other), Number(b)) if b and not a % b:
            return _counted(Binary("*", Number(a / b), other))
        case Binary("**", _, Number(value)) if value == 0:
            return ONE
        case Binary("*", left, Number() as right):
            return Binary("*", right, left)
    return node


def _is_ones(node: Expression) -> bool:
    return isinstance(node, Call) and node.function == "ones"


def _called(node: Call) -> Expression:
    """Leave out settings as they usually are; the root of a sum of squares is a norm."""
    match node:
        case Call("sum" | "mean" | "var", (_,), keywords) if ("axis", USUAL[0]) in keywords:
            return replace(node, keywords=())
        case Call("sqrt", (Call("sum", (Binary("*", left, right),), ()),)) if left == right:
            return Call("norm", (left,))
    kept = tuple((name, value) for name, value in node.keywords if value not in USUAL)
    return replace(node, keywords=kept)


def _number(value: Fraction) -> Expression:
    return Number(value) if value >= 0 else Negate(Number(-value))


def numbers(tree: Expression, below: bool = False) -> Iterator[Fraction]:
    """Yield the numbers that a product is multiplied by: 2 and 1/4 for 2*a/4."""
    match tree:
        case Number(value) if value:
            yield 1 / value if below else value
        case Negate(operand):
            yield from numbers(operand, below)
        case Binary("*" | "@" | "/" as op, left, right):
            yield from numbers(left, below)
            yield from numbers(right, below != (op == "/"))
