"""Mistakes with powers, quotients and inverses along one edge of the graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from symback.check.derivation.passes import Edge
from symback.check.mistakes.alterations import Alteration, Scene
from symback.check.mistakes.slips import POWERS
from symback.language import names, parse, substitute
from symback.language.tree import Binary, Call, Expression, Name, Number, Subscript


def is_exponent(edge: Edge) -> bool:
    """Tell whether an edge goes into the exponent of a power."""
    op = edge.op
    return isinstance(op, Binary) and op.op == "**" and (edge.place > 0 or not names(op.left))


def power(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """Coefficient or exponent of the power rule wrong."""
    op = edge.op
    if not (isinstance(op, Binary) and op.op == "**"):
        return
    if is_exponent(edge):
        meaning = {"ct": Name(edge.cotangent), "a": op.left, "n": op.right}
        yield substitute(parse("ct*n*a**(n - 1)"), meaning)
        return
    base, exponent = op.left, op.right
    square = isinstance(exponent, Number) and exponent.value == 2
    for times, raised in POWERS:
        gone = raised == "0" or (square and raised == "n - 2")
        if gone and _is_composed(op.left, scene):
            continue
        if square and times in ("1", "n - 1") and raised == "n - 1":
            continue
        text = f"ct*({times})*x**({raised})"
        yield substitute(parse(text), {"ct": Name(edge.cotangent), "n": exponent, "x": base})


def baseless(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The base left out of the derivative of its square."""
    op = edge.op
    if not isinstance(op, Binary) or op.op != "**" or is_exponent(edge):
        return
    if _is_composed(op.left, scene):
        found = parse("ct*n*x**0")
        yield substitute(found, {"ct": Name(edge.cotangent), "n": op.right, "x": op.left})


def _is_composed(base: Expression, scene: Scene) -> bool:
    """Tell whether a base is a step or a formula: its derivative goes on inside."""
    return not isinstance(base, Name) or base.id in scene.script.index


def quotient(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """Order or square of the quotient rule wrong."""
    op = edge.op
    if not (isinstance(op, Binary) and op.op == "/" and _varies(op.right, scene)):
        return
    if not names(op.left):
        return
    if edge.place == 0:
        texts: tuple[str, ...] = ("ct/b**2",)
        if not _is_given_number(op.right, scene):
            texts = (*texts, "ct*b")
    else:
        texts = ("-ct*a/b", "-ct/b**2", "ct*a/b", "ct*a", "-ct*b/a**2", "-ct*a")
        if _meet(op, scene):
            texts = ("ct*a/b**2", *texts)
    yield from _divided(edge, op, texts, scene)


def _is_given_number(side: Expression, scene: Scene) -> bool:
    """Tell whether a denominator is a number that the problem gives."""
    if not isinstance(side, Name) or side.id in scene.script.index:
        return False
    return scene.shapes.get(side.id) == ()


def opposite(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The sign of the derivative by a numerator turned."""
    op = edge.op
    if not (isinstance(op, Binary) and op.op == "/" and edge.place == 0):
        return
    if names(op.left) and _varies(op.right, scene):
        yield from _divided(edge, op, ("-ct/b",), scene)


def divisor(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The power rule for 1/x wrong."""
    op = edge.op
    if isinstance(op, Binary) and op.op == "/" and names(op.right) and not names(op.left):
        texts = ("-ct*a/b", "-ct/b**2", "-ct*a", "ct*a", "ct*a/b")
        yield from _divided(edge, op, texts, scene)


def reciprocal(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The sign of the derivative of 1/x lost."""
    op = edge.op
    if not (isinstance(op, Binary) and op.op == "/" and op.right == Name(edge.operand)):
        return
    if edge.place == len(edge.inputs) - 1 and not _meet(op, scene):
        yield from _divided(edge, op, ("ct*a/b**2",), scene)


def antiderivative(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """An integral for a derivative."""
    op = edge.op
    last = edge.place == len(edge.inputs) - 1
    if isinstance(op, Binary) and op.op == "/" and last and op.right == Name(edge.operand):
        yield from _divided(edge, op, ("ct*a*log(b)",), scene)


def _divided(edge: Edge, op: Binary, texts: Iterable[str], scene: Scene) -> Iterator[Expression]:
    """Yield contributions to an operand of a quotient, summed where it was spread."""
    meaning = {"ct": Name(edge.cotangent), "a": op.left, "b": op.right}
    own, whole = (scene.shapes.get(name, ()) for name in (edge.operand, edge.user))
    for text in texts:
        found: Expression = substitute(parse(text), meaning)
        if own == () != whole:
            found = Call("sum", (found,))
        elif own == whole[1:] != whole:
            found = Call("sum", (found,), (("axis", Number(Fraction(0))),))
        yield found


def _meet(op: Binary, scene: Scene) -> bool:
    """Tell whether numerator and denominator rest on a common given value."""
    left, right = (_sources(names(side), scene) for side in (op.left, op.right))
    return bool(left & right)


def _varies(side: Expression, scene: Scene) -> bool:
    """Tell whether a denominator rests on anything but sizes and numbers."""
    return bool(_sources(names(side), scene) & {line.of for line in scene.script.lines})


def _sources(wanted: frozenset[str], scene: Scene) -> frozenset[str]:
    """Return the names and entries that a step has, its inner operations opened."""
    found: frozenset[str] = frozenset()
    for name in wanted:
        inner = "#" in name and name in scene.script.index
        line = scene.script.lines[scene.script.index[name]] if inner else None
        if line is None or isinstance(line.parts[0].tree, Subscript):
            found |= {name}
        else:
            found |= _sources(line.uses, scene)
    return found


def inverse(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The derivative of 1/x, entry by entry, for that of the inverse."""
    if isinstance(edge.op, Call) and edge.op.function == "inv":
        ct, out, x = Name(edge.cotangent), Name(edge.user), edge.op.arguments[0]
        for text in ("-ct/x**2", "-ct/x.T**2", "-ct*out**2", "-ct*out.T**2"):
            yield substitute(parse(text), {"ct": ct, "out": out, "x": x})


def inverse_power(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The inverse once in its derivative, or its own value for it."""
    if isinstance(edge.op, Call) and edge.op.function == "inv":
        meaning: dict[str, Expression] = {"ct": Name(edge.cotangent), "out": Name(edge.user)}
        for text in ("-out.T@ct", "-ct@out.T", "out.T@ct", "ct@out.T", "-out.T@out.T"):
            yield substitute(parse(text), meaning)


QUOTIENTS = (
    Alteration(
        "power_rule",
        "the power rule for `{op}` went wrong{slopes}",
        2,
        edge=power,
    ),
    Alteration("power_rule", "the power rule for `{op}` went wrong{slopes}", 2, edge=divisor),
    Alteration(
        "missing_derivative",
        "the base is left out of the derivative of `{op}`",
        2,
        edge=baseless,
    ),
    Alteration(
        "quotient_rule",
        "the quotient rule for `{op}` went wrong{slopes}",
        2.1,
        edge=quotient,
    ),
    Alteration(
        "sign",
        "the sign is wrong where `{op}` is differentiated by its numerator",
        2.1,
        edge=opposite,
    ),
    Alteration(
        "sign",
        "the minus sign is lost where `{op}` is differentiated by its denominator",
        1.9,
        edge=reciprocal,
    ),
    Alteration(
        "wrong_derivative",
        "`{op}` is integrated where it should be differentiated",
        2,
        edge=antiderivative,
    ),
    Alteration(
        "elementwise_inverse",
        "the inverse in `{op}` is not the inverse of its entries",
        1,
        edge=inverse,
    ),
    Alteration(
        "missing_derivative",
        "the derivative of `{op}` has the inverse on both sides, and a minus sign",
        3,
        edge=inverse_power,
    ),
)
