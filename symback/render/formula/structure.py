"""Taking sums, products and chains of matrices apart with loops, whatever their nesting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce

from symback.language import is_sum
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

Axes = Callable[[Expression], int]

#: A factor of a chain of matrices and vectors, and whether it stands transposed.
Link = tuple[Expression, bool]


def terms(node: Expression) -> list[tuple[bool, Expression]]:
    """Return the terms of a sum from left to right, each with whether it is subtracted."""
    found: list[tuple[bool, Expression]] = []
    stack = [(False, node)]
    while stack:
        negative, part = stack.pop()
        if isinstance(part, Binary) and part.op in ("+", "-"):
            stack.append((negative != (part.op == "-"), part.right))
            stack.append((negative, part.left))
        elif isinstance(part, Negate) and not is_sum(part.operand):
            stack.append((not negative, part.operand))
        else:
            found.append((negative, part))
    return found


@dataclass(slots=True)
class Product:
    """A product taken apart: an exact number, the factors above and those below the bar."""

    coefficient: Fraction = Fraction(1)
    above: list[Expression] = field(default_factory=list)
    below: list[Expression] = field(default_factory=list)


def product(node: Expression) -> Product:
    """Return the parts of an elementwise product; decimals stay factors as written."""
    found = Product()
    stack = [(True, node)]
    while stack:
        above, part = stack.pop()
        if isinstance(part, Negate):
            found.coefficient = -found.coefficient
            stack.append((above, part.operand))
        elif isinstance(part, Binary) and (part.op == "*" or (part.op == "/" and above)):
            stack.append((above != (part.op == "/"), part.right))
            stack.append((above, part.left))
        elif isinstance(part, Number) and _plain(part) and (above or part.value):
            found.coefficient *= part.value if above else 1 / part.value
        else:
            (found.above if above else found.below).append(part)
    return found


def pulled(node: Expression, ndim: Axes) -> tuple[Product, Expression]:
    """Return the scalars inside a chain of matrices, and the chain without them."""
    pair = _pair(node)
    if pair is None:
        return _lone(node, ndim)
    found, parts = Product(), []
    for part in pair:
        scalars, rest = pulled(part, ndim)
        found.coefficient *= scalars.coefficient
        found.above += scalars.above
        found.below += scalars.below
        parts.append(rest)
    if parts[0] is pair[0] and parts[1] is pair[1]:
        return found, node
    if isinstance(node, Call):
        return found, Call(node.function, tuple(parts))
    return found, Binary("@", parts[0], parts[1])


def _lone(node: Expression, ndim: Axes) -> tuple[Product, Expression]:
    """Return the scalars before arrays, and the product of these."""
    if isinstance(node, Negate) or (isinstance(node, Binary) and node.op in ("*", "/")):
        found = product(node)
        arrays = [part for part in found.above if ndim(part) > 0]
        found.above = [part for part in found.above if ndim(part) == 0]
        pulls = found.coefficient != 1 or found.above or found.below
        if arrays and pulls and all(ndim(part) == 0 for part in found.below):
            return found, reduce(lambda left, right: Binary("*", left, right), arrays)
    return Product(), node


def _plain(number: Number) -> bool:
    """Tell whether a number is written without a decimal point or exponent."""
    return not number.text or number.text.isdigit()


def chain(node: Expression, ndim: Axes) -> list[Link]:
    """Return the factors of a matrix product, an outer or an inner product as columns.

    Vectors stand as columns: `x @ A` is Aᵀx. Other expressions are one factor.
    """
    found: list[Link] = []
    stack: list[tuple[Expression, str]] = [(node, "")]
    while stack:
        part, stance = stack.pop()
        steps = _split(part, stance, ndim)
        if steps is None:
            found.append(link(part, stance == "T", ndim))
        else:
            stack.extend(reversed(steps))
    return found


def _split(part: Expression, stance: str, ndim: Axes) -> list[tuple[Expression, str]] | None:
    """Return the two factors of a product with their stance, None if `part` is one factor."""
    pair = _pair(part)
    if pair is None:
        return None
    left, right = pair
    axes = (ndim(left), ndim(right))
    if isinstance(part, Call) and part.function == "outer":
        first, second = (right, left) if stance else (left, right)
        return [(first, ""), (second, "T")] if axes == (1, 1) else None
    if axes == (1, 1):
        return [(left, "T"), (right, "")]
    if axes == (1, 2):
        return [(left, "T"), (right, "")] if stance else [(right, "T"), (left, "")]
    if axes in ((2, 2), (2, 1)) and not stance:
        return [(left, ""), (right, "")]
    return None


def _pair(part: Expression) -> tuple[Expression, Expression] | None:
    if isinstance(part, Binary) and part.op == "@":
        return part.left, part.right
    if isinstance(part, Call) and part.function in ("outer", "dot") and len(part.arguments) == 2:
        return part.arguments[0], part.arguments[1]
    return None


def link(part: Expression, transposed: bool, ndim: Axes) -> Link:
    """Return a factor without its own transposes, which turn its stance."""
    while isinstance(part, Transpose):
        part, transposed = part.value, transposed != (ndim(part) > 1)
    return part, transposed


def is_chain(node: Expression, ndim: Axes) -> bool:
    """Tell whether `node` is a matrix, inner or outer product of vectors and matrices."""
    return _split(node, "", ndim) is not None


def column_of(node: Expression) -> Expression | None:
    """Return v for `v[:, None]`."""
    match node:
        case Subscript(value=value, items=(Slice() as whole, Literal(value=None))):
            return value if whole == Slice() else None
    return None


def row_of(node: Expression) -> Expression | None:
    """Return v for `v[None, :]` and `v[None]`."""
    match node:
        case Subscript(value=value, items=(Literal(value=None), *rest)):
            whole = Slice()
            return value if not rest or list(rest) == [whole] else None
    return None
