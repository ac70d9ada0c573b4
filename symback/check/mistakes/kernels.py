"""Mistakes with the kernels of convolutions: not turned round, one entry only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from symback.check.derivation.passes import Script
from symback.check.mistakes.alterations import Alteration, Scene
from symback.language import walk
from symback.language.tree import Binary, Call, Expression, Name, Number

#: Kernels of more entries than this are not taken apart.
MOST_TAPS = 7


def reversed_(node: Expression, scene: Scene) -> Iterator[Expression]:
    """An order not turned round, or turned round, where there is no convolution."""
    if not convolves(scene.script):
        match node:
            case Call("flip", (inner, *_)):
                yield inner


def convolves(script: Script) -> bool:
    """Tell whether a convolution is in the forward pass."""
    return any(
        isinstance(part, Call) and part.function in ("conv1d", "conv2d")
        for line in script.lines if line.of is None
        for part in walk(line.parts[0].tree)
    )  # fmt: skip


def one_tap(node: Expression, scene: Scene) -> Iterator[Expression]:
    """One entry of a kernel only."""
    match node:
        case Call("flip", (Name(id),), ()) if convolves(scene.script):
            shape = scene.shapes.get(id, ())
            if len(shape) == 1 and shape[0] <= MOST_TAPS:
                for k in range(shape[0]):
                    places = (Number(Fraction(k)), Number(Fraction(shape[0])))
                    yield replace(node, arguments=(Binary("*", Name(id), Call("onehot", places)),))


def flipped(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A kernel not turned round, or turned round."""
    match node:
        case Call("flip", (inner, *_), ()) if convolves(scene.script):
            yield inner
            for axis in (0, 1):
                yield replace(node, keywords=(("axis", Number(Fraction(axis))),))
        case Call("conv1d" | "conv2d", (first, second, *rest)) if not (
            isinstance(second, Call) and second.function == "flip"
        ):
            yield replace(node, arguments=(first, Call("flip", (second,)), *rest))
            yield replace(node, arguments=(Call("flip", (first,)), second, *rest))


KERNELS = (
    Alteration("missing_term", "one entry of the kernel only: `{old}`", 3, node=one_tap),
    Alteration("index_order", "the order is turned round: `{old}`, not `{new}`", 2, node=reversed_),
    Alteration("kernel_flip", "the kernel is turned round: `{old}`, not `{new}`", 2, node=flipped),
)
