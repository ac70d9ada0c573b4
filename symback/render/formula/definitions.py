"""Functions along an axis as mathematics has them: norms, running sums, softmax by columns."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from symback.functions import table
from symback.functions.signature import parameters
from symback.language import fold, operands, rebuild, walk
from symback.language.tree import (
    Binary,
    Call,
    Compare,
    Expression,
    Literal,
    Number,
    Sequence,
    Transpose,
)
from symback.render.formula import structure

if TYPE_CHECKING:
    from symback.render.formula.layout import Layout

ZERO, ONE, TWO = (Number(Fraction(k)) for k in range(3))
#: What reduces axes: one entry of the value is made of a row, say, of the argument.
REDUCTIONS = frozenset(("sum", "mean", "prod", "max", "min", "var", "std", "logsumexp", "norm"))
#: Running sums and products, with the sign of their terms.
RUNNING = {"cumsum": "+", "cumprod": "*"}
#: What makes the entries along an axis add up to 1, or the logarithm of that.
NORMALISED = frozenset(("softmax", "log_softmax"))
_ALONG = REDUCTIONS | NORMALISED | RUNNING.keys()


def worded(layout: Layout, root: Expression) -> Expression:
    """Return a formula with axes under their names, and none where there is only one.

    Normalising the columns of a matrix is normalising the rows of its transpose.
    """
    if not any(isinstance(node, Call) and node.function in _ALONG for node in walk(root)):
        return root

    def combine(node: Expression, parts: list[Expression]) -> Expression:
        if any(new is not old for new, old in zip(parts, operands(node), strict=True)):
            node = rebuild(node, parts)
        if not isinstance(node, Call) or node.function not in _ALONG or not node.arguments:
            return node
        return _without_last_axis(layout, _named(node))

    return fold(root, combine)


def _named(node: Call) -> Call:
    """Put axes that are given by their place under their names."""
    names = [parameter.name for parameter in parameters(table()[node.function].signature)]
    first = names.index("axis")
    by_place = tuple(zip(names[first:], node.arguments[first:], strict=False))
    keywords = [(key, value) for key, value in (*by_place, *node.keywords)]
    kept = [(key, value) for key, value in keywords if value not in (Literal(None), Literal(False))]
    if len(kept) == len(node.keywords) and not by_place:
        return node
    return Call(node.function, node.arguments[:first], tuple(kept))


def _without_last_axis(layout: Layout, node: Call) -> Expression:
    """Leave out the axis of a vector; turn a matrix whose columns are normalised."""
    inner = node.arguments[0]
    rank = layout.ndim(inner)
    axis = place_of(node, rank)
    if axis is None or ("keepdims", Literal(True)) in node.keywords:
        return node
    rest = tuple(pair for pair in node.keywords if pair[0] != "axis")
    if rank == 1 or (node.function in NORMALISED and axis == rank - 1):
        return Call(node.function, node.arguments, rest)
    if node.function in NORMALISED and rank == 2 and not rest:
        return Transpose(Call(node.function, (Transpose(inner),)))
    return node


def place_of(node: Call, rank: int) -> int | None:
    """Return the only axis that a call names, counted from 0; None where there is none."""
    axis = dict(node.keywords).get("axis")
    if axis is None or not rank:
        return None
    found = structure.product(axis)
    if found.above or found.below or found.coefficient.denominator != 1:
        return None
    return int(found.coefficient) % rank


def order_of(axes: Expression) -> tuple[int, ...] | None:
    """Return the order of axes that a transpose names from the front."""
    items = axes.items if isinstance(axes, Sequence) else ()
    found = tuple(int(item.value) for item in items if isinstance(item, Number))
    return found if sorted(found) == list(range(len(items))) else None


def norm_of(
    node: Call, entry: Expression, total: Callable[[Expression, str], Expression]
) -> Expression | None:
    """Return the norm of entries that run; `total` adds them up, or takes the largest."""
    order = node.arguments[1] if len(node.arguments) > 1 else dict(node.keywords).get("ord")
    kind = order.value if isinstance(order, Literal | Number) else None
    size = Call("abs", (entry,))
    if order is None or kind in (2, "fro"):
        return Call("sqrt", (total(Binary("**", entry, TWO), "+"),))
    if kind == 1:
        return total(size, "+")
    if kind in ("inf", "-inf"):
        return total(size, "max" if kind == "inf" else "min")
    if kind == 0:
        return total(Compare("!=", entry, ZERO), "+")
    if isinstance(order, Literal):
        return None
    return Binary("**", total(Binary("**", size, order), "+"), Binary("/", ONE, order))
