"""Means, and variances: the means of squared deviations."""

from __future__ import annotations

from symback.language.tree import Binary, Call, Expression, Literal, Number
from symback.notation.writing import trees


def mean(tree: Expression, axis: Expression | None = None) -> Expression:
    """Return the mean over an axis, or over all: `var(x)` for `mean((x - mean(x))**2)`."""
    keywords = () if axis is None else (("axis", axis),)
    match tree:
        case Binary("**", Binary("-", left, right), Number(value)) if value == 2:
            for inner, other in ((left, right), (right, left)):
                if _is_mean(other, inner, axis):
                    return Call("var", (inner,), keywords)
    return Call("mean", (tree,), keywords)


def _is_mean(tree: Expression, inner: Expression, axis: Expression | None) -> bool:
    """Tell whether a tree is the mean of `inner` over an axis, kept where it broadcasts."""
    match tree:
        case Call("mean", (argument,), keywords) if argument == inner:
            settings = dict(keywords)
            kept = settings.pop("keepdims", None) == Literal(True)
            plain = axis is None or kept or axis == trees.ZERO
            return settings == ({} if axis is None else {"axis": axis}) and plain
        case _:
            return False
