"""Mistakes along one edge of the graph: the local derivative left out, repeated or another's."""

from __future__ import annotations

from collections.abc import Iterator

from symback.check.alterations import Alteration, EdgeRule, Scene
from symback.check.passes import Edge
from symback.check.slips import POWERS, SLIPS, SLOPES, elementwise
from symback.language import names, parse, substitute
from symback.language.tree import Binary, Call, Expression, Name, Number, Transpose


def _unary(edge: Edge) -> str | None:
    """Return the function of an elementwise operation on one array."""
    op = edge.op
    if isinstance(op, Call) and len(op.arguments) == 1 and not op.keywords:
        return op.function
    return None


def _is_elementwise(name: str | None) -> bool:
    return name in elementwise()


def _with(edge: Edge, text: str) -> Expression:
    """Return cotangent times a slope written with `x` and `out`."""
    op = edge.op
    assert isinstance(op, Call)
    slope = substitute(parse(text), {"x": op.arguments[0], "out": Name(edge.user)})
    return Binary("*", Name(edge.cotangent), slope)


def missing(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The cotangent passed on as it is."""
    own, op = _unary(edge), edge.op
    known = _is_elementwise(own) or own in ("softmax", "log_softmax")
    if not known and isinstance(op, Binary) and op.op in ("*", "**", "/", "@"):
        known = op.op == "**" or bool(names(op.left) and names(op.right))
    if known:
        yield Name(edge.cotangent)
    if own in SLOPES and isinstance(op, Call) and not isinstance(op.arguments[0], Name):
        yield _with(edge, SLOPES[own])


def repeated(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The local derivative twice."""
    if _is_elementwise(_unary(edge)):
        yield substitute(tree, {edge.cotangent: tree})


def function(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The function in the place of its derivative."""
    own = _unary(edge)
    if own == "exp":
        return
    if _is_elementwise(own) or (isinstance(edge.op, Binary) and edge.op.op == "**"):
        yield Binary("*", Name(edge.cotangent), Name(edge.user))


def another(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """Another function's derivative."""
    own = _unary(edge)
    if _is_elementwise(own):
        for name, slope in SLOPES.items():
            if name != own:
                yield _with(edge, slope)
                if "out" in slope:
                    yield _with(edge, slope.replace("out", f"{name}(x)"))
        yield Binary("*", Name(edge.cotangent), parse("0"))


def at_output(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The derivative taken at the value, or the value of the derivative's operand mistaken."""
    own = _unary(edge)
    if _is_elementwise(own) and own in SLOPES:
        op = edge.op
        assert isinstance(op, Call)
        inner = substitute(
            parse(SLOPES[own]), {"x": Name(edge.user), "out": Call(own, (Name(edge.user),))}
        )
        yield Binary("*", Name(edge.cotangent), inner)


def at_operand(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The operand in the place of the derivative."""
    if _is_elementwise(_unary(edge)):
        yield Binary("*", Name(edge.cotangent), Name(edge.operand))


def _slip(kind: str) -> EdgeRule:
    def rule(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
        own = _unary(edge)
        for name, slope, its_kind in SLIPS:
            if its_kind == kind and name == own:
                yield _with(edge, slope)

    return rule


def softmax(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The diagonal of softmax's Jacobian alone."""
    if isinstance(edge.op, Call) and edge.op.function == "softmax":
        ct, out = Name(edge.cotangent), Name(edge.user)
        for text in ("ct*out*(1 - out)", "ct*out"):
            yield substitute(parse(text), {"ct": ct, "out": out})


def log_softmax(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The diagonal of log-softmax's Jacobian alone."""
    if isinstance(edge.op, Call) and edge.op.function == "log_softmax":
        inner = Call("softmax", edge.op.arguments, edge.op.keywords)
        yield substitute(parse("ct*(1 - p)"), {"ct": Name(edge.cotangent), "p": inner})


def power(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """Coefficient or exponent of the power rule wrong."""
    op = edge.op
    if not (isinstance(op, Binary) and op.op == "**"):
        return
    if edge.place:
        meaning = {"ct": Name(edge.cotangent), "a": op.left, "n": op.right}
        yield substitute(parse("ct*n*a**(n - 1)"), meaning)
        return
    base, exponent = op.left, op.right
    square = isinstance(exponent, Number) and exponent.value == 2
    for times, raised in POWERS:
        if square and times in ("1", "n - 1") and raised == "n - 1":
            continue
        text = f"ct*({times})*x**({raised})"
        yield substitute(parse(text), {"ct": Name(edge.cotangent), "n": exponent, "x": base})


def quotient(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """Order or square of the quotient rule wrong."""
    op = edge.op
    if not (isinstance(op, Binary) and op.op == "/" and names(op.right)):
        return
    meaning = {"ct": Name(edge.cotangent), "a": op.left, "b": op.right}
    if isinstance(op.left, Number) and not edge.place:
        texts: tuple[str, ...] = ("ct*a/b**2", "-ct*a/b", "-ct/b**2", "-ct*a", "ct*a", "ct*a/b")
    elif edge.place == 0:
        texts = ("ct/b**2", "ct*b", "-ct/b")
    else:
        texts = ("ct*a/b**2", "-ct*a/b", "-ct/b**2", "ct*a/b", "ct*a", "-ct*b/a**2", "-ct*a")
    for text in texts:
        yield substitute(parse(text), meaning)


def inverse(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The derivative of 1/x, entry by entry, for that of the inverse."""
    if isinstance(edge.op, Call) and edge.op.function == "inv":
        ct, out, x = Name(edge.cotangent), Name(edge.user), edge.op.arguments[0]
        for text in ("-ct/x**2", "-ct*out**2", "-ct*out*out", "-ct/(x*x)"):
            yield substitute(parse(text), {"ct": ct, "out": out, "x": x})


def turned(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """A path's contribution transposed."""
    if len(scene.shapes.get(edge.operand, ())) == 2:
        yield Transpose(tree)


EDGES = (
    Alteration(
        "function_for_derivative",
        "the value `{user}` stands where the derivative of `{op}` belongs",
        2,
        edge=function,
    ),
    Alteration("missing_derivative", "the derivative of `{op}` is left out", 2, edge=missing),
    Alteration("extra_derivative", "the derivative of `{op}` is there twice", 2, edge=repeated),
    Alteration("wrong_derivative", "the derivative of `{op}` is not `{new}`", 3, edge=another),
    Alteration(
        "wrong_derivative",
        "the derivative of `{op}` is not `{new}`",
        2,
        edge=_slip("wrong_derivative"),
    ),
    Alteration(
        "wrong_operand",
        "the derivative of `{op}` is taken at the wrong place",
        3,
        edge=_slip("wrong_operand"),
    ),
    Alteration("sign", "the derivative of `{op}` has the wrong sign", 2, edge=_slip("sign")),
    Alteration("power_rule", "the power rule for `{op}` went wrong", 2, edge=_slip("power_rule")),
    Alteration(
        "wrong_branch",
        "the derivative of `{op}` is 1 on the wrong side",
        1,
        edge=_slip("wrong_branch"),
    ),
    Alteration(
        "function_for_derivative",
        "`{op}` itself stands where its derivative belongs",
        2,
        edge=_slip("function_for_derivative"),
    ),
    Alteration(
        "wrong_base",
        "the base of the logarithm or power in `{op}` is lost",
        1,
        edge=_slip("wrong_base"),
    ),
    Alteration(
        "wrong_operand",
        "the derivative of `{op}` is taken at its value, not at its operand",
        3,
        edge=at_output,
    ),
    Alteration(
        "wrong_operand",
        "`{operand}` stands where the derivative of `{op}` belongs",
        4,
        edge=at_operand,
    ),
    Alteration(
        "softmax_diagonal", "the derivative of softmax is taken as diagonal", 1, edge=softmax
    ),
    Alteration(
        "softmax_diagonal",
        "the derivative of log softmax is taken as diagonal",
        1,
        edge=log_softmax,
    ),
    Alteration("power_rule", "the power rule for `{op}` went wrong", 2, edge=power),
    Alteration("quotient_rule", "the quotient rule for `{op}` went wrong", 2, edge=quotient),
    Alteration(
        "elementwise_inverse",
        "the inverse in `{op}` is not the inverse of its entries",
        1,
        edge=inverse,
    ),
    Alteration("transposed", "what comes through `{user}` is transposed", 4, edge=turned),
)
