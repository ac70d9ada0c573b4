"""What a formula that a person wrote lacks, or has for something else: one rewrite to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache

from symback.check.mistakes.alterations import DERIVATIVE, Alteration, Scene
from symback.check.mistakes.slips import elementwise
from symback.functions import table
from symback.language import names, operands, rebuild, walk
from symback.language.tree import (
    Binary,
    Call,
    Expression,
    Name,
    Negate,
    Number,
    Subscript,
    Transpose,
)

#: How far a small whole number is miscopied.
NEARBY = (-2, -1, 1, 2)
#: Functions that are taken one for another.
FAMILIES = (
    ("sin", "cos", "tan"),
    ("sinh", "cosh", "tanh", "sech"),
    ("exp", "log"),
    ("sigmoid", "tanh", "relu", "softplus", "step"),
    ("sqrt", "exp"),
)
#: Places in a vector that another entry is looked for at.
MOST_PLACES = 8


def others(node: Expression, scene: Scene) -> Iterator[Expression]:
    """Any quantity in the place of another, of whatever shape."""
    if isinstance(node, Name) and node.id in scene.shapes:
        shape = scene.shapes[node.id]
        for other, its_shape in scene.shapes.items():
            if its_shape != shape and len(its_shape) == len(shape):
                yield Name(other)


def reindexed(node: Expression, scene: Scene) -> Iterator[Expression]:
    """Another entry of the same vector."""
    match node:
        case Subscript(Name(id), (Number(),)) if len(shape := scene.shapes.get(id, ())) == 1:
            for place in range(min(shape[0], MOST_PLACES)):
                yield replace(node, items=(Number(Fraction(place)),))


def unlike(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A quantity of another rank in the place of one."""
    if isinstance(node, Name) and node.id in scene.shapes:
        rank = len(scene.shapes[node.id])
        for other, its_shape in scene.shapes.items():
            if len(its_shape) != rank and other != scene.line.name:
                yield Name(other)


def premultiplied(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A matrix that the shapes ask for."""
    if not isinstance(node, Number) and scene.line.parts[0].tree != node:
        for name, shape in scene.shapes.items():
            if len(shape) == 2 and "#" not in name:
                yield Binary("@", Transpose(Name(name)), node)
                yield Binary("@", Name(name), node)
                yield Binary("@", node, Name(name))
                yield Binary("@", node, Transpose(Name(name)))


def toggled(node: Expression, scene: Scene) -> Iterator[Expression]:
    """One matrix transposed wherever it is used."""
    if node is not scene.line.parts[0].tree:
        return
    for name in sorted(names(node)):
        if len(scene.shapes.get(name, ())) == 2:
            yield _turned(node, name)


def turned_product(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A product of matrices transposed."""
    match node:
        case Binary("@", _, _) if node is not scene.line.parts[0].tree:
            yield Transpose(node)


def _turned(tree: Expression, name: str) -> Expression:
    match tree:
        case Transpose(Name(id)) if id == name:
            return tree.value
        case Name(id) if id == name:
            return Transpose(tree)
    parts = operands(tree)
    return rebuild(tree, [_turned(part, name) for part in parts]) if parts else tree


def summed(node: Expression, scene: Scene) -> Iterator[Expression]:
    """The sum of what stands there."""
    if isinstance(node, Name | Binary | Call) and node is not scene.line.parts[0].tree:
        yield Call("sum", (node,))


def completed(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A quantity of the problem as one summand more, or the sum that it has in the problem."""
    yield from _wholes(node, scene)
    if isinstance(node, Name | Negate | Call):
        for other in _near(node, scene):
            if other == node:
                continue
            yield Binary("+", node, other)
            yield Binary("-", node, other)
            if isinstance(node, Negate):
                yield Binary("-", other, node.operand)


def _wholes(node: Expression, scene: Scene) -> Iterator[Expression]:
    """Yield the sums of the forward pass of which a formula is one side."""
    for whole in _formulas(scene):
        if isinstance(whole, Binary) and whole.op in "+-" and node in (whole.left, whole.right):
            yield whole


def _formulas(scene: Scene) -> Iterable[Expression]:
    """Return what the steps of the forward pass are made of."""
    steps = (line.parts[0].tree for line in scene.script.lines if line is not scene.line)
    return dict.fromkeys(inner for tree in steps for inner in walk(tree))


def multiplied(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A quantity of the problem as one factor more."""
    if node is not scene.line.parts[0].tree:
        for other in _near(node, scene):
            yield Binary("*", node, other)
    match node:
        case Call("where", (condition, yes, Number() as no)):
            for other in _near(no, scene):
                yield replace(node, arguments=(condition, yes, Binary("*", no, other)))
        case Call("where", (condition, Number() as yes, no)):
            for other in _near(yes, scene):
                yield replace(node, arguments=(condition, Binary("*", yes, other), no))


def divided(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A quantity of the problem as a divisor, or one that stands there as a factor."""
    whole = node is scene.line.parts[0].tree
    for other in () if whole else _near(node, scene):
        if other.id not in names(node):
            yield Binary("/", node, other)
    if isinstance(node, Binary) and node.op == "*" and not isinstance(node.right, Number):
        yield Binary("/", node.left, node.right)


def _near(node: Expression, scene: Scene) -> Iterator[Name]:
    """Return the quantities that may have the shape of a formula, and the numbers."""
    used = names(scene.line.parts[0].tree)
    own = [scene.shapes[name] for name in names(node) if name in scene.shapes]
    for name, shape in scene.shapes.items():
        if "#" in name or (DERIVATIVE.match(name) and name not in used):
            continue
        if isinstance(node, Number) or any(_spreads(shape, one) for one in own):
            yield Name(name)


def _spreads(shape: tuple[int, ...], over: tuple[int, ...]) -> bool:
    """Tell whether an array of a shape can be spread over another one."""
    pairs = zip(reversed(shape), reversed(over), strict=False)
    return len(shape) <= len(over) and all(size in (1, other) for size, other in pairs)


def renamed(node: Expression, scene: Scene) -> Iterator[Expression]:
    """Another function of as many arguments."""
    if isinstance(node, Call) and node.function in elementwise() and not node.keywords:
        functions = table()
        count = functions[node.function].arrays
        for other in sorted(elementwise() - {node.function}):
            known = functions[other]
            if known.name == other and known.arrays == count == len(node.arguments):
                yield replace(node, function=other)


def confused(node: Expression, scene: Scene) -> Iterator[Expression]:
    """Another function that people take for it."""
    for family in FAMILIES:
        match node:
            case Call(name, (_,), ()) if name in family:
                yield from (replace(node, function=other) for other in family if other != name)


def sliced(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A whole quantity where an entry or a slice of another one is, or of itself."""
    if isinstance(node, Subscript):
        yield from (Name(other) for other in scene.shapes)


def computed(node: Expression, scene: Scene) -> Iterator[Expression]:
    """What a function of the forward pass gives."""
    if isinstance(node, Call | Name):
        own = node.arguments if isinstance(node, Call) else None
        for call in _formulas(scene):
            if isinstance(call, Call) and call.function in _functions() and call.arguments != own:
                yield call


@cache
def _functions() -> frozenset[str]:
    """Return the functions whose value has the shape of what they are applied to."""
    return elementwise() | {"inv", "softmax", "log_softmax"}


def negated(node: Expression, scene: Scene) -> Iterator[Expression]:
    """The negative of what a function is applied to, or of a setting."""
    if isinstance(node, Call) and node.function in elementwise():
        for k, one in enumerate(node.arguments):
            opposite = one.operand if isinstance(one, Negate) else Negate(one)
            found = (*node.arguments[:k], opposite, *node.arguments[k + 1 :])
            yield replace(node, arguments=found)


def renumbered(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A number of the forward pass for another one."""
    known = [one for one in _formulas(scene) if isinstance(one, Number)]
    match node:
        case Number():
            yield from (one for one in known if one != node)
        case Call(_, (first, *rest)):
            for k, one in enumerate(rest):
                sign = isinstance(one, Negate)
                plain = one.operand if isinstance(one, Negate) else one
                for other in known if isinstance(plain, Number) else ():
                    if other != plain:
                        new: Expression = Negate(other) if sign else other
                        yield replace(node, arguments=(first, *rest[:k], new, *rest[k + 1 :]))


def recounted(node: Expression, scene: Scene) -> Iterator[Expression]:
    """Another small whole number."""
    for value in _counts(node):
        yield Number(value)


def reordered(node: Expression, scene: Scene) -> Iterator[Expression]:
    """Another order or degree of a function, a place one off."""
    if isinstance(node, Call):
        for k, one in enumerate(node.arguments):
            for value in _counts(one):
                yield replace(
                    node,
                    arguments=(*node.arguments[:k], Number(value), *node.arguments[k + 1 :]),
                )


def _counts(node: Expression) -> Iterator[Fraction]:
    if isinstance(node, Number) and node.value.denominator <= 2 and abs(node.value) < 100:
        yield from (node.value + step for step in NEARBY if node.value + step >= 0)


#: Rewrites of an answer, said of the answer as it is.
REPAIRS = (
    Alteration("missing_sum", "the sum is left out: `{old}`, not `{new}`", 4.2, node=summed),
    Alteration("transcription", "a number is copied wrongly: `{new}`", 4.6, node=recounted),
    Alteration("sign", "a sign is wrong: `{old}`, not `{new}`", 4.5, node=negated),
    Alteration("transcription", "a number is copied wrongly: `{new}`", 4.7, node=renumbered),
    Alteration("index_shift", "an index is one off: `{old}`, not `{new}`", 4.4, node=reordered),
    Alteration("index_shift", "`{new}` stands where `{old}` belongs", 4.5, node=reindexed),
    Alteration("missing_term", "a term is missing: `{old}`, not `{new}`", 5, node=completed),
    Alteration(
        "missing_derivative", "a factor is left out: `{old}`, not `{new}`", 5.95, node=multiplied
    ),
    Alteration("quotient_rule", "`{new}` stands where `{old}` belongs", 6, node=divided),
    Alteration("wrong_operand", "`{new}` stands where `{old}` belongs", 6.3, node=unlike),
    Alteration("wrong_operand", "`{new}` stands where `{old}` belongs", 6.4, node=computed),
    Alteration("wrong_operand", "`{new}` stands where `{old}` belongs", 6.5, node=sliced),
    Alteration("wrong_derivative", "`{new}` stands where `{old}` belongs", 6.3, node=renamed),
)
#: Slips with numbers that are told apart only where nothing else fits.
NUMBERS = (
    Alteration("transcription", "a number is wrong: `{old}`, not `{new}`", 5.0, node=recounted),
    Alteration("index_shift", "an index is one off: `{old}`, not `{new}`", 4.4, node=reordered),
    Alteration("sign", "a sign is wrong: `{old}`, not `{new}`", 4.5, node=negated),
    Alteration("wrong_derivative", "`{new}` stands where `{old}` belongs", 5.5, node=confused),
)
#: For answers of a wrong shape.
MISSHAPED = (
    Alteration("wrong_operand", "`{new}` stands where `{old}` belongs", 6, node=others),
    Alteration("missing_derivative", "`{new}` is `{old}` without a factor", 6, node=premultiplied),
    Alteration("transposed", "`{new}` stands where `{old}` belongs", 5, node=toggled),
    Alteration("transposed", "`{new}` stands where `{old}` belongs", 5.1, node=turned_product),
)
