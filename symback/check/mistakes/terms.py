"""Mistakes in one operation of a formula: signs, terms, factors, exponents, branches, operands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from symback.check.mistakes.alterations import Alteration, Scene
from symback.check.mistakes.slips import elementwise
from symback.language.tree import (
    Binary,
    Call,
    Compare,
    Expression,
    Name,
    Negate,
    Number,
)

#: Functions that are taken one for another.
ACTIVATIONS = ("sigmoid", "tanh", "relu", "softplus")


def sign(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A sign lost or turned."""
    match node:
        case Negate(operand):
            yield operand
        case Binary("+", left, right):
            yield Binary("-", left, right)
            yield Binary("-", right, left)
        case Binary("-", left, right):
            yield Binary("+", left, right)
            yield Binary("-", right, left)


def lost_term(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A summand left out."""
    match node:
        case Binary("+", left, right):
            yield left
            yield right
        case Binary("-", left, right):
            yield left
            yield Negate(right)
            yield right


def number(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A number left out, or on the wrong side of the fraction bar."""
    match node:
        case Binary("*", Number(), other) | Binary("*", other, Number()):
            yield other
        case Binary("/", other, Number() as divisor):
            yield other
            yield Binary("*", other, divisor)
        case Binary("/", Number(value), other) if value != 1:
            yield Binary("/", Number(Fraction(1)), other)
        case Number(value) if value not in (0, 1):
            yield Number(value * 2)
            yield Number(value / 2)
            yield Number(1 / value)
        case Binary("/", left, Call("log", (Number(),))) | Binary("/", left, Name("pi")):
            yield left


def lost_slope(node: Expression, scene: Scene) -> Iterator[Expression]:
    """The derivative of a nonlinearity left out of a product."""
    match node:
        case Binary("*", left, right) if scene.backward:
            if _is_slope(right):
                yield left
            if _is_slope(left):
                yield right
            match left, right:
                case Binary("*", other, value), Binary("-", Number(), inner) if inner == value:
                    yield other


def _is_slope(node: Expression) -> bool:
    match node:
        case Call("step" | "sign" | "cos" | "sin" | "exp") | Compare():
            return True
        case Binary("-", Number(), Binary("**", _, Number())):
            return True
        case Binary("*", left, Binary("-", Number(), right)):
            return left == right
    return False


def lost_factor(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A factor left out."""
    if not scene.backward:
        return
    match node:
        case Binary("*", left, right) if not isinstance(left, Number):
            yield left
            yield right
        case Binary("/", left, right) if not isinstance(right, Number):
            yield left
            yield Binary("*", left, right)
        case Binary("@", Name(left), Name(right)):
            if len(scene.shapes.get(left, ())) == len(scene.shapes.get(right, ())) == 1:
                yield Call("sum", (node.left,))
                yield Call("sum", (node.right,))
        case Binary("@", left, right):
            yield left
            yield right


def powers(node: Expression, scene: Scene) -> Iterator[Expression]:
    """An exponent one off."""
    match node:
        case Binary("**", base, Number(value)):
            for other in (value - 1, value + 1):
                yield Binary("**", base, Number(other)) if other != 1 else base
        case Binary("**", base, exponent):
            yield Binary("**", base, Binary("-", exponent, Number(Fraction(1))))


def branches(node: Expression, scene: Scene) -> Iterator[Expression]:
    """The other branch."""
    opposite = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "!=", "!=": "=="}
    match node:
        case Call("step" | "heaviside", (inner, *rest)):
            yield replace(node, arguments=(Negate(inner), *rest))
        case Compare(op, left, right):
            yield Compare(opposite[op], left, right)
        case Call("where", (condition, yes, no)):
            yield replace(node, arguments=(condition, no, yes))
        case Call("maximum" | "minimum" as name, _):
            yield replace(node, function="minimum" if name == "maximum" else "maximum")
        case Call("max" | "min" as name, _):
            yield replace(node, function="min" if name == "max" else "max")
        case Call("abs", (inner,)):
            yield inner


def bases(node: Expression, scene: Scene) -> Iterator[Expression]:
    """Another base of a logarithm or power."""
    logs = ("log", "log2", "log10")
    powers_ = ("exp", "exp2", "exp10")
    match node:
        case Call(name, (inner,)) if name in logs or name in powers_:
            for other in logs if name in logs else powers_:
                if other != name:
                    yield Call(other, (inner,))
        case Binary("/", left, Call("log", (Number(),))):
            yield left
        case Binary("*", left, Call("log", (Number(),))):
            yield left
            yield Binary("/", left, node.right)


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


def inner_sign(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A function of the forward pass applied to the negative of its operand."""
    match node:
        case Call(name, (inner,), ()) if not scene.backward and name in elementwise():
            yield Call(name, (Negate(inner),))


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


def derivatives(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A function for its derivative in a finished formula."""
    match node:
        case Call("step", (inner,)):
            yield Call("relu", (inner,))
            yield inner
        case Binary("*", left, Binary("-", Number(), right)) if left == right:
            yield left


def cosines(node: Expression, scene: Scene) -> Iterator[Expression]:
    """Sine and cosine confused."""
    partners = {"sin": "cos", "cos": "sin", "sinh": "cosh", "cosh": "sinh"}
    match node:
        case Call(name, arguments) if name in partners and scene.backward:
            yield Call(partners[name], arguments)


TERMS = (
    Alteration("sign", "a sign is wrong: `{old}`, not `{new}`", 3, node=sign),
    Alteration("sign", "a sign is wrong: `{old}`, not `{new}`", 3.5, node=inner_sign),
    Alteration("factor", "a number is wrong: `{old}`, not `{new}`", 4, node=number),
    Alteration("missing_term", "a term is missing: `{old}`, not `{new}`", 4, node=lost_term),
    Alteration(
        "wrong_branch", "the branches are exchanged: `{old}`, not `{new}`", 2, node=branches
    ),
    Alteration("wrong_base", "the base is another one: `{old}`, not `{new}`", 2, node=bases),
    Alteration(
        "function_for_derivative",
        "the function stands for its derivative: `{old}`, not `{new}`",
        3,
        node=derivatives,
    ),
    Alteration("wrong_derivative", "`{new}` stands where `{old}` belongs", 4, node=cosines),
    Alteration("power_rule", "an exponent is wrong: `{old}`, not `{new}`", 4, node=powers),
    Alteration("wrong_operand", "`{new}` stands where `{old}` belongs", 6, node=operands_),
    Alteration("wrong_operand", "`{new}` stands where `{old}` belongs", 6.5, node=forgotten),
    Alteration("wrong_operand", "`{new}` stands where `{old}` belongs", 3, node=left_out),
    Alteration(
        "missing_derivative", "a derivative is left out: `{old}`, not `{new}`", 3, node=lost_slope
    ),
    Alteration(
        "missing_derivative", "a factor is left out: `{old}`, not `{new}`", 5.9, node=lost_factor
    ),
)
