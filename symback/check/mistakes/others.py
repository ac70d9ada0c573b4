"""Mistakes with operands: another quantity, a function not applied, 1 less a value for it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symback.check.mistakes.alterations import Alteration, Scene
from symback.check.mistakes.slips import OWN_SLOPES, SLOPES, elementwise
from symback.language import parse, substitute, walk
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
                case Binary("/" | "-", Name(inner), Name()) if line.name == node.id:
                    same = scene.shapes.get(inner) == scene.shapes.get(line.name)
                    if same and scene.backward and "#" not in inner:
                        yield Name(inner)


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
            if not isinstance(inner, Number):
                yield inner
            for other in ACTIVATIONS:
                if other != name and name in ACTIVATIONS:
                    yield Call(other, (inner,))
            if name in ACTIVATIONS:
                yield Call("softmax", (inner,))
        case Call("logsumexp", (inner,), ()) if not scene.backward:
            yield Call("log", (Call("sum", (inner,)),))
            yield Call("sum", (Call("exp", (inner,)),))
        case Call("softmax", (inner, *_)) if not scene.backward:
            yield inner
            yield Call("exp", (inner,))
            yield Call("sigmoid", (inner,))


def multiplied(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A product for a quotient in the forward pass."""
    match node:
        case Binary("/", left, right) if not scene.backward and not isinstance(right, Number):
            yield Binary("*", left, right)


def unapplied(node: Expression, scene: Scene) -> Iterator[Expression]:
    """The operand of a function for its value, in a derivative."""
    match node:
        case Call(name, (inner, *_)) if scene.backward and (
            name in elementwise() or name in ("softmax", "log_softmax")
        ):
            if not isinstance(inner, Number):
                yield inner


def oversloped(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A cotangent, or the whole, times a derivative that is not on its way."""
    whole = any(node is part.tree for part in scene.line.parts)
    if not scene.backward or not (whole or (isinstance(node, Name) and _is_signal(node.id, scene))):
        return
    shape = scene.shapes.get(node.id if isinstance(node, Name) else scene.line.name)
    for line in scene.script.lines:
        match line.parts[0].tree:
            case Call(function, (Name() as inner,), ()) if (
                line.of is None and function in OWN_SLOPES
            ):
                if scene.shapes.get(line.name) == shape and _is_near(line.name, scene):
                    meaning = {"x": inner, "out": Name(line.name)}
                    yield Binary("*", node, substitute(parse(OWN_SLOPES[function]), meaning))


def at_linear(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A cotangent times the derivative of a nonlinearity that its step does not have."""
    if isinstance(node, Name) and _is_signal(node.id, scene) and scene.backward:
        of = scene.script.lines[scene.script.index[node.id]].of
        for function in ("sigmoid", "tanh"):
            slope = substitute(parse(SLOPES[function]), {"out": Name(of or node.id)})
            yield Binary("*", node, slope)


def _is_near(name: str, scene: Scene) -> bool:
    """Tell whether a step is used in a line, or is one whose cotangent is."""
    signals = {line.name: line.of for line in scene.script.lines if line.name in scene.line.uses}
    return name in scene.line.uses or name in signals.values() or name == scene.line.of


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
    Alteration("wrong_operand", "`{new}` stands where `{old}` belongs", 4.5, node=multiplied),
    Alteration("wrong_operand", "`{new}` stands where `{old}` belongs", 4.6, node=unapplied),
    Alteration(
        "extra_derivative", "a derivative is too many: `{old}`, not `{new}`", 6.2, node=oversloped
    ),
    Alteration(
        "extra_derivative", "a derivative is too many: `{old}`, not `{new}`", 6.3, node=at_linear
    ),
)
