"""Mistakes in one operation of a formula: signs, terms, factors, exponents, branches, operands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import partial, reduce

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
            if not isinstance(right, Number):
                yield right


def number(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A number left out, or on the wrong side of the fraction bar."""
    match node:
        case Binary("*", Number(), other) | Binary("*", other, Number()):
            yield other
        case Binary("/", other, Number() as divisor):
            if isinstance(other, Binary) and other.op == "*" and isinstance(other.left, Number):
                yield other.right
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
        case Call("sqrt" | "cbrt", (Number() as inner,)):
            yield inner


def mistyped(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A decimal setting of a function with its point one place off."""
    if isinstance(node, Call):
        for k, one in enumerate(node.arguments):
            if isinstance(one, Number) and one.value.denominator != 1:
                for value in (one.value / 10, one.value * 10):
                    found = (*node.arguments[:k], Number(value), *node.arguments[k + 1 :])
                    yield replace(node, arguments=found)


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
        case Binary("@", Name(left), Name(right)) if (
            len(scene.shapes.get(left, ())) == len(scene.shapes.get(right, ())) == 1
        ):
            yield Call("sum", (node.left,))
            yield Call("sum", (node.right,))
        case Binary("@", left, right):
            yield left
            yield right
            yield Binary("@", left, Binary("**", right, Number(Fraction(0))))
        case Call("outer", (left, right)):
            yield Call("outer", (left, Binary("**", right, Number(Fraction(0)))))
            yield Call("outer", (Binary("**", left, Number(Fraction(0))), right))


def lost_forward(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A factor left out of a step of the forward pass."""
    match node:
        case Binary("*", left, right) if not scene.backward:
            yield from (one for one in (left, right) if not isinstance(one, Number))
        case Binary("/", left, right) if not scene.backward and not isinstance(right, Number):
            yield left


def everywhere(node: Expression, scene: Scene) -> Iterator[Expression]:
    """What belongs to one entry in every entry."""
    if not scene.backward:
        return
    match node:
        case Call("onehot"):
            yield Binary("**", node, Number(Fraction(0)))


def upside_down(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A divisor taken for a factor."""
    match node:
        case Binary("/", left, right) if scene.backward and not isinstance(right, Number):
            yield Binary("*", left, right)


def powers(node: Expression, scene: Scene) -> Iterator[Expression]:
    """An exponent one off."""
    match node:
        case Binary("**", base, Number(value)):
            for other in (value - 1, value + 1):
                yield Binary("**", base, Number(other)) if other != 1 else base
        case Binary("**", base, exponent):
            yield Binary("**", base, Binary("-", exponent, Number(Fraction(1))))
        case Binary("@", Name() as left, right) if left == right:
            yield Call("norm", (left,))
        case Call("norm", (Name() as vector,), ()):
            yield Binary("@", vector, vector)


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


def one_sided(node: Expression, scene: Scene) -> Iterator[Expression]:
    """One side of an absolute value only."""
    match node:
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
        case Binary("/", left, Call("log", (Number(),)) as base):
            yield left
            yield Binary("*", left, base)
        case Binary("*", left, Call("log", (Number(),))):
            yield left
            yield Binary("/", left, node.right)


def inverted(node: Expression, scene: Scene) -> Iterator[Expression]:
    """An exponential of a denominator in the numerator: the sign of its exponent lost."""
    yield from _lifted(node, lambda factor: isinstance(factor, Call) and factor.function == "exp")


def raised(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A root or power of a denominator in the numerator: the sign of the exponent lost."""
    yield from _lifted(
        node,
        lambda factor: (
            (isinstance(factor, Binary) and factor.op == "**")
            or (isinstance(factor, Call) and factor.function in ("sqrt", "cbrt"))
        ),
    )


def _lifted(node: Expression, wanted: Callable[[Expression], bool]) -> Iterator[Expression]:
    if not isinstance(node, Binary) or node.op != "/":
        return
    factors = list(_factors(node.right))
    for k, factor in enumerate(factors):
        if wanted(factor):
            over = Binary("*", node.left, factor)
            rest = [*factors[:k], *factors[k + 1 :]]
            yield Binary("/", over, reduce(partial(Binary, "*"), rest)) if rest else over


def _factors(node: Expression) -> Iterator[Expression]:
    if isinstance(node, Binary) and node.op == "*":
        yield from _factors(node.left)
        yield from _factors(node.right)
    else:
        yield node


def inner_sign(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A function of the forward pass applied to the negative of its operand."""
    match node:
        case Call(name, (inner,), ()) if not scene.backward and name in elementwise():
            yield Call(name, (Negate(inner),))


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
    Alteration("sign", "the sign of the exponent is lost in `{old}`", 3, node=inverted),
    Alteration("power_rule", "the sign of the exponent is lost in `{old}`", 3, node=raised),
    Alteration("factor", "a number is wrong: `{old}`, not `{new}`", 4, node=number),
    Alteration("transcription", "a number is copied wrongly: `{new}`", 4, node=mistyped),
    Alteration("missing_term", "a term is missing: `{old}`, not `{new}`", 4, node=lost_term),
    Alteration(
        "wrong_branch", "the branches are exchanged: `{old}`, not `{new}`", 2, node=branches
    ),
    Alteration("wrong_branch", "one side is left out: `{old}`, not `{new}`", 2, node=one_sided),
    Alteration("wrong_base", "the base is another one: `{old}`, not `{new}`", 2, node=bases),
    Alteration(
        "function_for_derivative",
        "the function stands for its derivative: `{old}`, not `{new}`",
        3,
        node=derivatives,
    ),
    Alteration("wrong_derivative", "`{new}` stands where `{old}` belongs", 4, node=cosines),
    Alteration("quotient_rule", "`{new}` stands where `{old}` belongs", 5.8, node=upside_down),
    Alteration("power_rule", "an exponent is wrong: `{old}`, not `{new}`", 4, node=powers),
    Alteration(
        "missing_derivative", "a derivative is left out: `{old}`, not `{new}`", 3, node=lost_slope
    ),
    Alteration(
        "missing_term", "a factor is left out: `{old}`, not `{new}`", 3.9, node=lost_forward
    ),
    Alteration("extra_term", "`{old}` is in every entry, not in one only", 3.9, node=everywhere),
    Alteration(
        "missing_derivative", "a factor is left out: `{old}`, not `{new}`", 5.9, node=lost_factor
    ),
)
