"""Formulas made as people would write them: no factors 1, numbers worked out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symback.language import fold, rebuild
from symback.language.tree import Binary, Call, Expression, Literal, Negate, Number, Transpose

ONE = Number(Fraction(1))


def tidied(tree: Expression) -> Expression:
    """Work out numbers, and leave out factors and exponents 1 and double signs."""

    def combine(node: Expression, parts: list[Expression]) -> Expression:
        return _plain(rebuild(node, parts) if parts else node)

    return fold(tree, combine)


def _plain(node: Expression) -> Expression:
    match node:
        case Binary(op, Number(a), Number(b)) if op in "+-*":
            return _number(a + b if op == "+" else a - b if op == "-" else a * b)
        case Binary("*" | "/" | "**", other, right) if right == ONE:
            return other
        case Binary("*", left, other) if left == ONE:
            return other
        case Binary("@", Call("eye"), other) | Binary("@", other, Call("eye")):
            return other
        case Call("sum" | "mean" | "var", (inner,), keywords) if (
            "axis",
            Literal(None),
        ) in keywords:
            return Call(node.function, (inner,))
        case Binary("**", _, Number(value)) if value == 0:
            return ONE
        case Negate(Negate(inner)) | Transpose(Transpose(inner)):
            return inner
        case Binary("*", left, Number() as right) if not isinstance(left, Number):
            return Binary("*", right, left)
        case _:
            return node


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
