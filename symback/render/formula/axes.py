"""Counting the axes of subexpressions, which decides how products are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from symback.functions.dots import without_dots
from symback.language import fold
from symback.language.tree import (
    Binary,
    Call,
    Compare,
    Expression,
    Literal,
    Name,
    Negate,
    Number,
    Sequence,
    Slice,
    Subscript,
    Transpose,
)

_REDUCTIONS = frozenset(("sum", "mean", "prod", "max", "min", "var", "std", "logsumexp", "norm"))
_SCALARS = frozenset(("trace", "cross_entropy", "mse"))
_SCALARS |= {"binary_cross_entropy"}
_FIXED = {"outer": 2, "eye": 2, "arange": 1, "eigvalsh": 1, "svdvals": 1}
_FIXED |= dict.fromkeys(_SCALARS, 0)
_SHAPED = {"reshape": 1, "broadcast_to": 1, "zeros": 0, "ones": 0}


def axes_of(ranks: Mapping[str, int]) -> Callable[[Expression], int]:
    """Return a function from subexpressions to their number of axes, given those of names.

    Names that are not in `ranks` count as scalars, unknown functions as entry by entry.
    """
    known: dict[int, tuple[Expression, int]] = {}

    def ndim(expression: Expression) -> int:
        """Return the number of axes of `expression`."""
        if id(expression) not in known:
            known[id(expression)] = expression, fold(expression, combine)
        return known[id(expression)][1]

    def combine(node: Expression, parts: list[int]) -> int:
        axes = ranks.get(node.id, 0) if isinstance(node, Name) else _axes(node, parts)
        known[id(node)] = node, axes
        return axes

    return ndim


def _axes(node: Expression, parts: list[int]) -> int:
    match node:
        case Number() | Literal() | Slice():
            return 0
        case Negate() | Transpose():
            return parts[0]
        case Binary(op="@"):
            return _product(*parts)
        case Binary() | Compare():
            return max(parts)
        case Sequence():
            return 1 + max(parts, default=0)
        case Subscript(items=items):
            return parts[0] + sum(_change(item) for item in items)
        case Call():
            return _call(node, parts)
    return 0


def _product(left: int, right: int) -> int:
    if left <= 1 and right <= 1:
        return 0
    if left == 1 or right == 1:
        return max(left, right) - 1
    return max(left, right)


def _change(item: Expression) -> int:
    """Return by how much one subscript changes the number of axes."""
    if isinstance(item, Slice):
        return 0
    if isinstance(item, Literal) and item.value is ...:
        return 0
    return 1 if isinstance(item, Literal) and item.value is None else -1


def _call(node: Call, parts: list[int]) -> int:
    name = node.function
    if name in _FIXED or not node.arguments:
        return _FIXED.get(name, 0)
    rule = _RULES.get(name)
    if rule is not None:
        return rule(node, parts)
    if name in _SHAPED and len(node.arguments) > _SHAPED[name]:
        shape = node.arguments[_SHAPED[name]]
        several = len(node.arguments) - _SHAPED[name]
        return len(shape.items) if isinstance(shape, Sequence) else several
    return max(parts[: len(node.arguments)])


def _labels(node: Call, parts: list[int]) -> int:
    labels = node.arguments[0]
    text = str(labels.value) if isinstance(labels, Literal) else ""
    text, _ = without_dots(text, parts[1:])
    return len(text.partition("->")[2].strip())


def _reduced(node: Call, parts: list[int]) -> int:
    axes = parts[0]
    settings = dict(node.keywords)
    place = 2 if node.function == "norm" else 1
    if len(node.arguments) > place:
        settings.setdefault("axis", node.arguments[place])
    axis = settings.get("axis")
    kept = settings.get("keepdims")
    if isinstance(kept, Literal) and kept.value is True:
        return axes
    if axis is None or (isinstance(axis, Literal) and axis.value is None):
        return 0
    return axes - (len(axis.items) if isinstance(axis, Sequence) else 1)


_RULES: dict[str, Callable[[Call, list[int]], int]] = {
    **dict.fromkeys(_REDUCTIONS, _reduced),
    "dot": lambda node, parts: _product(parts[0], parts[-1]),
    "diag": lambda node, parts: 2 if parts[0] == 1 else 1,
    "stack": lambda node, parts: parts[0],
    "pad": lambda node, parts: parts[0],
    "concat": lambda node, parts: max(parts[0] - 1, 0),
    **dict.fromkeys(("det", "logdet", "logabsdet"), lambda node, parts: max(parts[0] - 2, 0)),
    "solve": lambda node, parts: max(parts[-1], parts[0] - (parts[-1] == 1)),
    "einsum": _labels,
    "onehot": lambda node, parts: 1 + parts[0],
    "embedding": lambda node, parts: parts[0] - 1 + parts[-1],
}
