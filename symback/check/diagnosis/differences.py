"""What two formulas differ in: the differences there are, and what each costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from symback.check.mistakes.alterations import DERIVATIVE
from symback.language import size
from symback.language.tree import Binary, Expression, Literal, Name, Number

#: What a difference costs, one that no slip makes, and every name or number in it.
PLAIN, STRANGE, EACH = 1.0, 3.0, 0.05
SUMS = frozenset({"sum", "mean"})
PRODUCTS = frozenset({"dot", "outer", "kron", "cross"})
OPPOSITE = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "!=", "!=": "=="}


@dataclass(frozen=True)
class Difference:
    """One place where an answer differs from the right formula: by what, and what belongs there."""

    kind: str
    written: Expression | None
    right: Expression | None
    cost: float = PLAIN


Found = tuple[Difference, ...]


def cost_of(found: Found) -> float:
    """Return how much two formulas differ."""
    return sum(one.cost for one in found)


def is_power(tree: Expression) -> bool:
    """Tell whether a formula is a power."""
    return isinstance(tree, Binary) and tree.op == "**"


def taken(written: str, right: str) -> str:
    """Return what it is to take one function for another."""
    if {written, right} == SUMS:
        return "sum_for_mean"
    return "product" if {written, right} <= PRODUCTS else "wrong_derivative"


def placed(found: Difference, arguments: Sequence[Expression]) -> Difference:
    """Return a wrong whole number among the arguments of a function as a wrong place or order."""
    match found.written, found.right:
        case Number(x), Number(y) if x.denominator == y.denominator == 1:
            if any(one is found.written for one in arguments):
                return replace(found, kind="place")
    return found


def whole(a: Expression, b: Expression) -> Difference:
    """Return the difference of two formulas that have nothing in common."""
    match a, b:
        case Number(), Number():
            return Difference("transcription", a, b)
        case Literal(), Literal():
            return Difference("index_order", a, b)
        case Name(), Name() if is_alike(a, b):
            return Difference("wrong_operand", a, b)
    return Difference("other", a, b, STRANGE + EACH * (size(a) + size(b)))


def is_alike(one: Expression, other: Name) -> bool:
    """Tell whether something is taken for a name as it is: a step for a step, say."""
    if isinstance(one, Name):
        return bool(DERIVATIVE.match(one.id)) == bool(DERIVATIVE.match(other.id))
    return isinstance(one, Number)


def numbers(x: Fraction, y: Fraction, written: Expression) -> Found:
    """Return how the numbers in front of two products differ: in sign, in size."""
    found = (Difference("sign", written, None),) if (x < 0) != (y < 0) else ()
    if abs(x) == abs(y):
        return found
    mine, theirs = (Number(abs(one)) if abs(one) != 1 else None for one in (x, y))
    kind = "factor" if mine and theirs else "extra_factor" if mine else "missing_factor"
    return (*found, Difference(kind, mine, theirs))


def cost(tree: Expression) -> float:
    """Return what a part costs that one formula has and the other has not."""
    return PLAIN + EACH * size(tree)
