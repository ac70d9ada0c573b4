"""Which arrays are printed by their entries: those of axes that signs for arrays do not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symback.functions import table
from symback.functions.entry import Kind
from symback.language import operands, tree
from symback.language.tree import (
    Binary,
    Call,
    Compare,
    Expression,
    Literal,
    Negate,
    Number,
    Slice,
    Subscript,
)
from symback.render.formula import structure
from symback.render.formula.definitions import NORMALISED, REDUCTIONS, RUNNING

if TYPE_CHECKING:
    from symback.render.formula.layout import Layout

#: A formula of more arrays is not taken apart.
MAX_LEAVES = 40


def needed(layout: Layout, node: Expression) -> bool:
    """Tell whether an array, printed as a whole, would have axes and new axes as settings."""
    if not layout.has_settings(node):
        return False
    leaves = _leaves(layout, node)
    if len(leaves) > MAX_LEAVES:
        return False
    if isinstance(node, Binary) and node.op in ("+", "-"):
        axes = layout.ndim(node)
        parts = [part for _, part in structure.terms(node)]
        return any(_is_thin(layout, part) or _is_spread(layout, part, axes) for part in parts)
    whole = len(leaves) > 1 or any(leaf is node for leaf in leaves)
    return any(_is_thin_leaf(layout, leaf) for leaf in leaves) or (
        whole and any(_is_reduced(layout, leaf) for leaf in leaves)
    )


def has_only_entries(layout: Layout, node: Expression) -> bool:
    """Tell whether a call is printed by its entries wherever it stands."""
    if not isinstance(node, Call) or not node.arguments:
        return False
    axis = dict(node.keywords).get("axis")
    if node.function in RUNNING:
        return axis is not None or layout.ndim(node.arguments[0]) == 1
    return node.function in NORMALISED and isinstance(axis, Number | Negate)


def _leaves(layout: Layout, node: Expression) -> list[Expression]:
    """Return the arrays that an entrywise formula is made of."""
    found, stack = [], [node]
    while stack:
        part = stack.pop()
        if not layout.ndim(part):
            continue
        if is_elementwise(part):
            stack.extend(operands(part))
        else:
            found.append(part)
    return found


def _is_spread(layout: Layout, part: Expression, axes: int) -> bool:
    """Tell whether a term has the axes of a reduction, fewer than the sum."""
    whole = structure.column_of(part) or part
    leaves = _leaves(layout, whole)
    return layout.ndim(whole) < axes and any(_is_reduced(layout, leaf) for leaf in leaves)


def _is_reduced(layout: Layout, leaf: Expression) -> bool:
    leaf = structure.column_of(leaf) or structure.row_of(leaf) or leaf
    return bool(reduced_axes(layout, leaf))


def is_elementwise(node: Expression) -> bool:
    """Tell whether an entry of the value is made of the same entry of the operands."""
    match node:
        case Binary(op="@"):
            return False
        case Binary() | Negate() | Compare():
            return True
        case Call(function=name, keywords=()):
            return name in table() and table()[name].kind is Kind.ELEMENTWISE
    return False


def _is_thin(layout: Layout, node: Expression) -> bool:
    """Tell whether an array has an axis of length 1 that was made for broadcasting."""
    leaves = _leaves(layout, node)
    return bool(leaves) and all(_is_thin_leaf(layout, leaf) for leaf in leaves)


def _is_thin_leaf(layout: Layout, node: Expression) -> bool:
    match node:
        case Subscript(value, items) if any(item == Literal(None) for item in items):
            pair = (structure.column_of(node), structure.row_of(node))
            known = layout.ndim(value) == 1 and any(one is not None for one in pair)
            return not known and all(map(is_plain, items))
        case Call(keywords=keywords) if ("keepdims", Literal(True)) in keywords:
            return bool(reduced_axes(layout, node))
    return False


def reduced_axes(layout: Layout, node: Expression) -> tuple[int, ...] | None:
    """Return the axes that a call reduces, None for others and for what has signs of its own."""
    if not isinstance(node, Call) or node.function not in REDUCTIONS:
        return None
    if len(node.arguments) > (2 if node.function == "norm" else 1):
        return None
    settings = dict(node.keywords)
    axis, kept = settings.pop("axis", None), settings.pop("keepdims", None)
    if node.function == "norm":
        settings.pop("ord", None)
    rank = layout.ndim(node.arguments[0])
    items = axis.items if isinstance(axis, tree.Sequence) else (axis,)
    found = [structure.product(item) for item in items if isinstance(item, Number | Negate)]
    plain = len(found) == len(items) and not any(one.above or one.below for one in found)
    if settings or rank < 2 or not plain:
        return None
    if node.function == "sum" and rank == 2 and kept is None and len(items) == 1:
        return None
    return tuple(int(one.coefficient) % rank for one in found)


def is_plain(item: Expression) -> bool:
    """Tell whether an index is a whole axis, a new one or a place counted from the front."""
    whole = isinstance(item, Number) and item.value >= 0
    return item in (Slice(), Literal(None)) or whole
