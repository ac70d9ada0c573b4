"""Mistakes with what is inside a function: the place of its derivative, a number in front of x."""

from __future__ import annotations

from collections.abc import Iterator

from symback.check.derivation.passes import Edge
from symback.check.mistakes.alterations import Alteration, Scene
from symback.check.mistakes.slips import elementwise
from symback.language import substitute
from symback.language.tree import Binary, Call, Expression, Name, Number


def at_variable(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """A derivative taken at the variable inside, not at the formula that it is inside of."""
    match edge.op:
        case Call(function, (Name(inner),), ()) if function in elementwise():
            pass
        case Binary("**", Name(inner), Number()):
            pass
        case _:
            return
    if inner != edge.operand or "#" not in inner:
        return
    line = scene.script.lines[scene.script.index[inner]]
    if isinstance(own := line.parts[0].tree, Binary) and own.op in ("+", "-"):
        return
    for name in sorted(line.uses):
        if "#" not in name and scene.shapes.get(name) == scene.shapes.get(inner):
            at = {inner: Name(name)}
            found = substitute(tree, {**at, edge.user: substitute(edge.op, at)})
            if not scene.equal(found, tree):
                yield found


def number_inside(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The number in front of the variable inside a function not differentiated."""
    match edge.op:
        case Binary("*", Number(), Name(operand)) | Binary("*" | "/", Name(operand), Number()):
            if "#" not in operand and "#" in edge.user and _is_inside(edge, scene):
                yield Name(edge.cotangent)


def _is_inside(edge: Edge, scene: Scene) -> bool:
    """Tell whether what an operation gives goes into a function or power, sums between left out."""
    cotangent = edge.cotangent
    while cotangent in scene.script.index:
        parts = scene.script.lines[scene.script.index[cotangent]].parts
        after = parts[0].edge
        if after is None or len(parts) != 1:
            return False
        match after.op:
            case Binary("+" | "-"):
                cotangent = after.cotangent
            case Binary("**", Name(base), Number()):
                return base == after.operand
            case Call(function, (Name(),), ()):
                return function in elementwise()
            case _:
                return False
    return False


CHAINS = (
    Alteration(
        "wrong_operand",
        "the derivative of `{op}` is taken at the wrong place{slopes}",
        3.1,
        edge=at_variable,
    ),
    Alteration(
        "missing_derivative",
        "the inner derivative, of `{op}`, is left out",
        0.98,
        edge=number_inside,
    ),
)
