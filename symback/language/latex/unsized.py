r"""Products with matrices in which ones or an identity have no size, `(I - \frac1n 1 1^\top) g`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from symback.language.latex import values
from symback.language.latex.values import IDENTITY, ONES, Value
from symback.language.tree import (
    Binary,
    Call,
    Expression,
    Name,
    Negate,
    Number,
    Slice,
    Subscript,
)
from symback.language.walks import names, operands, rebuild, substitute


def multiplied(left: Value, right: Value) -> Value | None:
    """Return the product of an array and a matrix without size, None for other products."""
    span = values.join(left, right)
    if (entries := _picked(left, right)) is not None:
        return entries
    for matrix, other, mirrored in ((left, right, False), (right, left, True)):
        stance = other.ndim == 2 or (other.ndim == 1 and other.row is mirrored)
        loose = matrix.ndim == 2 and values.constants(matrix.tree)
        if loose and stance and not values.constants(other.tree):
            tree = _product(matrix.tree, other, mirrored)
            return None if tree is None else Value(tree, other.ndim, span, other.row)
    return None


def _picked(left: Value, right: Value) -> Value | None:
    r"""Return what a unit vector picks: `e_k^\top A` is a row, `A e_k` a column, one entry."""
    for unit, other, is_left in ((left, right, True), (right, left, False)):
        tree = unit.tree
        picks = isinstance(tree, Subscript) and tree.value == IDENTITY and unit.ndim == 1
        if not (picks and isinstance(tree, Subscript)) or unit.row is not is_left:
            continue
        if values.constants(other.tree) or (other.ndim == 1 and other.row is is_left):
            continue
        items = tree.items if is_left or other.ndim == 1 else (Slice(), *tree.items)
        axes = (other.ndim or 0) - 1
        found = Subscript(other.tree, items)
        return Value(found, axes, values.join(left, right), is_left and axes == 1)
    return None


def _product(tree: Expression, other: Value, mirrored: bool) -> Expression | None:
    """Return `tree @ other`, or `other @ tree` if mirrored."""
    match tree:
        case Negate(inner):
            found = _product(inner, other, mirrored)
            return None if found is None else Negate(found)
        case Binary("+" | "-" as op, left, right):
            sides = [_product(side, other, mirrored) for side in (left, right)]
            return _added(op, sides, other)
        case Binary("*" | "/" as op, left, right) if values.constants(left):
            found = _product(left, other, mirrored)
            return None if found is None else Binary(op, found, right)
        case Binary("*", left, right):
            found = _product(right, other, mirrored)
            return None if found is None else Binary("*", left, found)
        case Call("outer", (first, second)):
            return _outer(first, second, other, mirrored)
    if tree == IDENTITY:
        return other.tree
    if values.constants(tree):
        return None
    return Binary("@", other.tree, tree) if mirrored else Binary("@", tree, other.tree)


def _added(op: str, sides: list[Expression | None], other: Value) -> Expression | None:
    left, right = sides
    if left is None or right is None:
        return None
    one, two = Value(left, other.ndim, other.span), Value(right, other.ndim, other.span)
    return Binary(op, sized(one, two).tree, sized(two, one).tree)


def _outer(
    first: Expression, second: Expression, other: Value, mirrored: bool
) -> Expression | None:
    """Return the product with an outer product: of one of its vectors there is only a sum."""
    kept, met = (second, first) if mirrored else (first, second)
    if other.ndim == 1:
        inner = Call("sum", (other.tree,)) if met == ONES else Call("dot", (met, other.tree))
        return Binary("*", inner, kept)
    axis = (("axis", Number(Fraction(int(mirrored)))),)
    if met == ONES:
        row: Expression = Call("sum", (other.tree,), axis)
    else:
        row = Binary("@", other.tree, met) if mirrored else Binary("@", met, other.tree)
    return Call("outer", (row, kept) if mirrored else (kept, row))


def sized(value: Value, partner: Value) -> Value:
    """Return `value` with its ones and identities in the size that its partner in a sum has."""
    if value.ndim not in (1, 2) or not values.constants(value.tree) or not _spreads(value.tree):
        return value
    if values.constants(partner.tree):
        return value
    square = partner.tree if partner.ndim == 2 else Call("diag", (partner.tree,))
    zeroth = Call("matrix_power", (square, Number(Fraction(0))))
    replaced: dict[str, Expression] = {ONES.id: values.ONE}
    if partner.ndim == value.ndim:
        replaced[IDENTITY.id] = zeroth
    return replace(value, tree=substitute(value.tree, replaced))


def _spreads(tree: Expression) -> bool:
    """Tell whether the number 1 does for ones in a formula: they stand in no product of arrays."""
    match tree:
        case Binary("@", left, right) | Call("dot", (left, right)):
            return ONES.id not in names(left) | names(right)
    return all(map(_spreads, operands(tree)))


def length(size: str) -> Expression:
    """Return the length that a number or a name says."""
    return Number(Fraction(int(size))) if size.isdecimal() else Name(size)


def replaced(tree: Expression, old: Name, new: Iterator[Expression]) -> Expression:
    """Return a formula in which each place of a name has its own value, from left to right."""
    if tree == old:
        return next(new)
    parts = operands(tree)
    return rebuild(tree, [replaced(part, old, new) for part in parts]) if parts else tree
