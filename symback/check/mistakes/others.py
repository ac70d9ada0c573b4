"""Mistakes with operands: another quantity, a function not applied, 1 less a value for it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symback.check.mistakes.alterations import Alteration, Scene
from symback.check.mistakes.slips import elementwise
from symback.language import walk
from symback.language.tree import Binary, Call, Expression, Name, Negate, Number

#: Functions that are taken one for another.
ACTIVATIONS = ("sigmoid", "tanh", "relu", "softplus")


def operands_(node: Expression, scene: Scene) -> Iterator[Expression]:
    """Another quantity of the same shape."""
    if not isinstance(node, Name) or node.id not in scene.shapes:
        return
    shape = scene.shapes[node.id]
    signal = _is_signal(node.id, scene)
    for other, its_shape in scene.shapes.items():
        if its_shape != shape or "#" in other or other in (node.id, scene.line.name):
            continue
        if _is_signal(other, scene) == signal:
            yield Name(other)


def before(node: Expression, scene: Scene) -> Iterator[Expression]:
    """What a function is applied to for its value, or the other way round."""
    if not isinstance(node, Name):
        return
    for line in scene.script.lines:
        if line.of is None and "#" not in line.name:
            match line.parts[0].tree:
                case Call(function, (Name(inner),)) if function in elementwise():
                    pair = {inner: line.name, line.name: inner}
                    if node.id in pair and scene.line.name not in pair:
                        yield Name(pair[node.id])


def complement(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A value for what it lacks to 1, or conversely, where both are in the problem."""
    match node:
        case Name(id) if scene.backward and id in _with_complement(scene):
            yield Binary("-", Number(Fraction(1)), node)
        case Binary("-", Number(value), Name(id) as inner) if value == 1 and scene.backward:
            if id in _with_complement(scene):
                yield inner


def _with_complement(scene: Scene) -> frozenset[str]:
    """Return the names that the problem has beside 1 less them."""
    return frozenset(
        node.right.id
        for line in scene.script.lines
        if line.of is None
        for node in walk(line.parts[0].tree)
        if isinstance(node, Binary) and node.op == "-" and isinstance(node.right, Name)
        and node.left == Number(Fraction(1))
    )  # fmt: skip


def shortened(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A step written out again without one of its terms, but for what has a name."""
    place = scene.script.index.get(node.id) if isinstance(node, Name) and scene.backward else None
    if place is not None and scene.script.lines[place].of is None:
        tree = scene.script.lines[place].parts[0].tree
        if isinstance(tree, Binary) and tree.op in ("+", "-"):
            last = Negate(tree.right) if tree.op == "-" else tree.right
            yield from (term for term in (tree.left, last) if not isinstance(term, Name))


def forgotten(node: Expression, scene: Scene) -> Iterator[Expression]:
    """The number 1 in the place of a given value."""
    if isinstance(node, Name) and node.id in scene.shapes and node.id not in scene.script.index:
        yield Number(Fraction(1))


def left_out(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A function of the forward pass not applied."""
    match node:
        case Call(name, (inner,), ()) if not scene.backward and name in elementwise():
            yield inner
            for other in ACTIVATIONS:
                if other != name and name in ACTIVATIONS:
                    yield Call(other, (inner,))


def _is_signal(name: str, scene: Scene) -> bool:
    place = scene.script.index.get(name)
    return place is not None and scene.script.lines[place].of is not None


OPERANDS = (
    Alteration("missing_term", "`{new}` stands where `{old}` belongs", 4.2, node=shortened),
    Alteration("wrong_operand", "`{new}` stands where `{old}` belongs", 3.4, node=complement),
    Alteration("wrong_operand", "`{new}` stands where `{old}` belongs", 3.9, node=before),
    Alteration("wrong_operand", "`{new}` stands where `{old}` belongs", 6, node=operands_),
    Alteration("wrong_operand", "`{new}` stands where `{old}` belongs", 6.5, node=forgotten),
    Alteration("wrong_operand", "`{new}` stands where `{old}` belongs", 3, node=left_out),
)
