"""Mistakes in one operation of a formula: signs, terms, factors, transposes, products, axes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from symback.check.alterations import Alteration, Scene
from symback.language import fold, rebuild, walk
from symback.language.tree import (
    Binary,
    Call,
    Compare,
    Expression,
    Literal,
    Name,
    Negate,
    Number,
    Sequence,
    Slice,
    Subscript,
    Transpose,
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


def powers(node: Expression, scene: Scene) -> Iterator[Expression]:
    """An exponent one off."""
    match node:
        case Binary("**", base, Number(value)):
            for other in (value - 1, value + 1):
                yield Binary("**", base, Number(other)) if other != 1 else base
        case Binary("**", base, exponent):
            yield Binary("**", base, Binary("-", exponent, Number(Fraction(1))))


def turned(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A transpose lost or added."""
    match node:
        case Transpose(value):
            if not _is_symmetric_case(node, scene):
                yield value
        case Name(id) if len(scene.shapes.get(id, ())) == 2:
            yield Transpose(node)
        case Call("inv", _):
            yield Transpose(node)


def all_turned(node: Expression, scene: Scene) -> Iterator[Expression]:
    """Every transpose of a formula lost."""
    if sum(isinstance(part, Transpose) for part in walk(node)) > 1:

        def combine(inner: Expression, parts: list[Expression]) -> Expression:
            if isinstance(inner, Transpose):
                return parts[0]
            return rebuild(inner, parts) if parts else inner

        yield fold(node, combine)


def _is_symmetric_case(node: Transpose, scene: Scene) -> bool:
    if not isinstance(node.value, Name):
        return False
    shape = scene.shapes.get(node.value.id, ())
    plain = 0
    for part in scene.line.parts:
        used = [n for n in walk(part.tree) if n == node.value]
        turned_ = [n for n in walk(part.tree) if n == node]
        plain += len(used) - len(turned_)
    return _square(shape) and plain > 0


def symmetric(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A square matrix taken for its transpose."""
    match node:
        case Transpose(Name()) if _is_symmetric_case(node, scene):
            yield node.value
        case Binary("+", left, Transpose(right)) if left == right:
            yield Binary("*", Number(Fraction(2)), left)
        case Binary("+", Transpose(left), right) if left == right:
            yield Binary("*", Number(Fraction(2)), right)


def _square(shape: tuple[int, ...]) -> bool:
    return len(shape) == 2 and shape[0] == shape[1]


def swapped(node: Expression, scene: Scene) -> Iterator[Expression]:
    """The operands of a product or quotient in the wrong order."""
    match node:
        case Binary("@" | "/" | "**" as op, left, right):
            yield Binary(op, right, left)
        case Call("outer" | "solve" | "kron" | "cross", (left, right)):
            yield replace(node, arguments=(right, left))
        case Binary("@", left, right):
            yield Transpose(Binary("@", left, right))


def entrywise(node: Expression, scene: Scene) -> Iterator[Expression]:
    """An elementwise product where a matrix product belongs."""
    match node:
        case Binary("@", left, right):
            yield Binary("*", left, right)
            yield Binary("*", left, Transpose(right))
            if isinstance(left, Transpose):
                yield Binary("*", left.value, right)
        case Call("outer" | "dot", (left, right)):
            yield Binary("*", left, right)


def matrix(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A matrix product where an elementwise product belongs."""
    match node:
        case Binary("*", left, right) if not isinstance(left, Number):
            yield Binary("@", left, right)
            yield Call("outer", (left, right))
            yield Binary("@", Transpose(left), right)
            yield Binary("@", left, Transpose(right))
        case Call("outer", (left, right)):
            yield Call("dot", (left, right))


def unsummed(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A sum left out."""
    match node:
        case Call("sum", (inner, *_)):
            yield inner
        case Call("trace", (inner, *_)):
            yield inner
        case Call("mean", (inner, *_)):
            yield inner


def averaged(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A sum for a mean or conversely."""
    match node:
        case Call("sum"):
            yield replace(node, function="mean")
        case Call("mean"):
            yield replace(node, function="sum")


def axes(node: Expression, scene: Scene) -> Iterator[Expression]:
    """Another axis."""
    match node:
        case Call(_, _, keywords) if any(key == "axis" for key, _ in keywords):
            for other in (Number(Fraction(0)), Number(Fraction(1)), Literal(None)):
                new = tuple((k, other if k == "axis" else v) for k, v in keywords)
                if new != keywords:
                    yield replace(node, keywords=new)
        case Call("sum" | "mean" | "max" | "softmax" | "cumsum" | "norm", (inner,), ()):
            for other in (0, 1):
                yield replace(node, keywords=(("axis", Number(Fraction(other))),))
        case Subscript(Call(_, _, keywords) as call, (Slice(), Literal(None) as new)) if keywords:
            for other in axes(call, scene):
                yield Subscript(other, (new, Slice()))
        case Subscript(value, (Slice(), Literal(None) as new)):
            yield Subscript(value, (new, Slice()))
        case Subscript(value, (Literal(None) as new, Slice())):
            yield Subscript(value, (Slice(), new))


def shifted(node: Expression, scene: Scene) -> Iterator[Expression]:
    """An index one off."""
    match node:
        case Subscript(value, items):
            for k, item in enumerate(items):
                for other in _shifted(item):
                    yield Subscript(value, (*items[:k], other, *items[k + 1 :]))
        case Call("onehot", (Number(place), *rest)):
            for step in (-1, 1):
                yield replace(node, arguments=(Number(place + step), *rest))
        case Call("roll", (value, Number(places), *rest)):
            for step in (-1, 1):
                yield replace(node, arguments=(value, Number(places + step), *rest))
        case Call("roll", (value, Negate(Number() as places), *rest)):
            yield replace(node, arguments=(value, places, *rest))
        case Call("pad", (value, Sequence() as widths)):
            for widened in _pads(widths):
                yield replace(node, arguments=(value, widened))


def _shifted(item: Expression) -> Iterator[Expression]:
    match item:
        case Number(value):
            yield Number(value + 1)
            if value > 0:
                yield Number(value - 1)
        case Slice(start, stop, step):
            for by in (-1, 1):
                first = _moved(start, by)
                last = _moved(stop, by)
                if first is not None or last is not None:
                    yield Slice(first or start, last or stop, step)
                if first is not None:
                    yield Slice(first, stop, step)
                if last is not None:
                    yield Slice(start, last, step)


def _moved(end: Expression | None, by: int) -> Expression | None:
    return Number(end.value + by) if isinstance(end, Number) and end.value + by >= 0 else None


def _pads(widths: Sequence) -> Iterator[Expression]:
    for k, pair in enumerate(widths.items):
        if isinstance(pair, Sequence) and len(pair.items) == 2:
            before, after = pair.items
            if isinstance(before, Number) and isinstance(after, Number):
                for by in (-1, 1):
                    if before.value + by >= 0 and after.value - by >= 0:
                        moved = (Number(before.value + by), Number(after.value - by))
                        new = replace(pair, items=moved)
                        yield replace(
                            widths, items=(*widths.items[:k], new, *widths.items[k + 1 :])
                        )


def reordered(node: Expression, scene: Scene) -> Iterator[Expression]:
    """Indices in the wrong order."""
    match node:
        case Subscript(value, (first, second)):
            yield Subscript(value, (second, first))
        case Sequence(items, "[") if len(items) > 1:
            yield replace(node, items=items[::-1])
            yield replace(node, items=(*items[1:], items[0]))
            yield replace(node, items=(items[-1], *items[:-1]))
            for k in range(len(items) - 1):
                yield replace(
                    node, items=(*items[:k], items[k + 1], items[k], *items[k + 2 :])
                )


def flipped(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A kernel not turned round, or turned round."""
    match node:
        case Call("flip", (inner, *_)):
            yield inner
        case Call("conv1d" | "conv2d", (first, second, *rest)) if not (
            isinstance(second, Call) and second.function == "flip"
        ):
            yield replace(node, arguments=(first, Call("flip", (second,)), *rest))
            yield replace(node, arguments=(Call("flip", (first,)), second, *rest))


def branches(node: Expression, scene: Scene) -> Iterator[Expression]:
    """The other branch."""
    opposite = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "!=", "!=": "=="}
    match node:
        case Call("step" | "sign" | "heaviside", (inner, *rest)):
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


def inverses(node: Expression, scene: Scene) -> Iterator[Expression]:
    """Reciprocals of entries for the inverse matrix."""
    match node:
        case Call("inv", (inner,)):
            yield Binary("/", Number(Fraction(1)), inner)
            yield inner
        case Call("solve", (left, right)):
            yield Binary("/", right, left)
        case Call("matrix_power", (base, exponent)):
            yield Binary("**", base, exponent)


def operands_(node: Expression, scene: Scene) -> Iterator[Expression]:
    """Another quantity of the same shape."""
    if not isinstance(node, Name) or node.id not in scene.shapes:
        return
    shape = scene.shapes[node.id]
    signal = _is_signal(node.id, scene)
    for other, its_shape in scene.shapes.items():
        if other != node.id and its_shape == shape and _is_signal(other, scene) == signal:
            if "#" not in other and (other != scene.line.name):
                yield Name(other)


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


# fmt: off
NODES = (
    Alteration("sign", "a sign is wrong: `{old}`, not `{new}`", 3, node=sign),
    Alteration("factor", "a number is wrong: `{old}`, not `{new}`", 4, node=number),
    Alteration("missing_term", "a term of `{old}` is missing", 4, node=lost_term),
    Alteration("wrong_branch", "the branches are exchanged: `{old}`, not `{new}`", 2, node=branches),
    Alteration("wrong_base", "the base is another one: `{old}`, not `{new}`", 2, node=bases),
    Alteration("assumed_symmetric", "`{new}` for `{old}` is right for a symmetric matrix only", 4, node=symmetric),
    Alteration("transposed", "a transpose is lost or added: `{old}`, not `{new}`", 4, node=turned),
    Alteration("transposed", "no transpose of `{old}` is there", 5, node=all_turned),
    Alteration("swapped_operands", "the operands are exchanged: `{old}`, not `{new}`", 4.5, node=swapped),
    Alteration("elementwise_product", "an elementwise product stands where the product is `{old}`", 3, node=entrywise),
    Alteration("matrix_product", "a matrix product stands where the product is `{old}`, entry by entry", 5, node=matrix),
    Alteration("missing_sum", "the sum in `{old}` is left out", 3, node=unsummed),
    Alteration("sum_for_mean", "sum and mean are exchanged in `{old}`", 3, node=averaged),
    Alteration("wrong_axis", "another axis: `{old}`, not `{new}`", 3, node=axes),
    Alteration("kernel_flip", "the kernel is turned round: `{old}`, not `{new}`", 2, node=flipped),
    Alteration("index_shift", "an index is one off: `{old}`, not `{new}`", 4, node=shifted),
    Alteration("index_order", "the entries are in another order: `{old}`, not `{new}`", 4, node=reordered),
    Alteration("elementwise_inverse", "the inverse is not the inverse of the entries: `{old}`", 2, node=inverses),
    Alteration("function_for_derivative", "the function stands for its derivative: `{old}`, not `{new}`", 3, node=derivatives),
    Alteration("wrong_derivative", "`{new}` stands where `{old}` belongs", 4, node=cosines),
    Alteration("power_rule", "an exponent is wrong: `{old}`, not `{new}`", 4, node=powers),
    Alteration("wrong_operand", "`{new}` stands where `{old}` belongs", 6, node=operands_),
    Alteration("missing_derivative", "a factor of `{old}` is left out", 6, node=lost_factor),
)
# fmt: on
