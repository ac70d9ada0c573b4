"""Local derivatives: the function along an edge, and a cotangent times a slope."""

from __future__ import annotations

from symback.check.derivation.passes import Edge
from symback.check.mistakes.slips import elementwise
from symback.language import parse, substitute
from symback.language.tree import Binary, Call, Expression, Name, Number

#: Functions of whole arrays with a derivative of their own.
WITH_SLOPES = frozenset({"softmax", "log_softmax", "norm", "logsumexp", "det", "logdet", "std"})


def unary(edge: Edge) -> str | None:
    """Return the function of an elementwise operation on one array."""
    op = edge.op
    if isinstance(op, Call) and all(isinstance(one, Number) for one in op.arguments[1:]):
        whole = not op.keywords or op.function in WITH_SLOPES
        return op.function if op.arguments and whole else None
    return None


def is_elementwise(name: str | None) -> bool:
    """Tell whether a function acts entry by entry."""
    return name in elementwise()


def with_slope(edge: Edge, text: str) -> Expression:
    """Return cotangent times a slope written with `x` and `out`."""
    op = edge.op
    assert isinstance(op, Call)
    slope = substitute(parse(text), {"x": op.arguments[0], "out": Name(edge.user)})
    return Binary("*", Name(edge.cotangent), slope)
