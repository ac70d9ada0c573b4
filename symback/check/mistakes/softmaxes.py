"""Mistakes with the derivatives of softmax and of losses that have one inside."""

from __future__ import annotations

from collections.abc import Iterator

from symback.check.derivation.passes import Edge
from symback.check.mistakes.alterations import Alteration, Scene
from symback.check.mistakes.local import with_slope
from symback.language import parse, substitute
from symback.language.tree import Call, Expression, Name


def softmax(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The diagonal of softmax's Jacobian alone."""
    if isinstance(edge.op, Call) and edge.op.function == "softmax":
        yield with_slope(edge, "out*(1 - out)")


def first_of_softmax(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The term of softmax's Jacobian that is diagonal alone."""
    if isinstance(edge.op, Call) and edge.op.function == "softmax":
        yield with_slope(edge, "out")


def log_softmax(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The diagonal of log-softmax's Jacobian alone."""
    if isinstance(edge.op, Call) and edge.op.function == "log_softmax":
        inner = Call("softmax", edge.op.arguments, edge.op.keywords)
        yield substitute(parse("ct*(1 - p)"), {"ct": Name(edge.cotangent), "p": inner})


def twice_softmax(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The derivative of softmax once more where that of the loss by its logits has it."""
    match edge.op:
        case Call("cross_entropy", (logits, *_)) if edge.place == 0:
            meaning = {"own": tree, "p": Call("softmax", (logits,))}
            yield substitute(parse("own*p*(1 - p)"), meaning)


SOFTMAXES = (
    Alteration(
        "softmax_diagonal", "the derivative of softmax is taken as diagonal", 1, edge=softmax
    ),
    Alteration(
        "softmax_diagonal",
        "the derivative of softmax is taken as diagonal: what comes from its sum is missing",
        1,
        edge=first_of_softmax,
    ),
    Alteration(
        "softmax_diagonal",
        "the derivative of log softmax is taken as diagonal",
        1,
        edge=log_softmax,
    ),
    Alteration(
        "extra_derivative",
        "the derivative of softmax is there once more: that of `{op}` has it",
        2,
        edge=twice_softmax,
    ),
)
