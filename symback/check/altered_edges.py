"""Mistakes along one edge of the graph: the local derivative left out, repeated or another's."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symback.check.alterations import Alteration, Scene
from symback.check.passes import Edge, Line, Part
from symback.language import names, parse, substitute
from symback.language.tree import Binary, Call, Expression, Name, Negate, Number, Transpose

#: Derivatives that are taken one for another, of `x` with value `out`.
SLOPES = {
    "sigmoid": "out*(1 - out)",
    "tanh": "1 - out**2",
    "relu": "step(x)",
    "exp": "out",
    "log": "1/x",
    "sqrt": "1/(2*out)",
    "sin": "cos(x)",
    "cos": "-sin(x)",
    "square": "2*x",
}
#: Slips in particular derivatives: function, what was written, kind.
SLIPS: tuple[tuple[str, str, str], ...] = (
    ("sigmoid", "1 - out", "wrong_derivative"),
    ("sigmoid", "out*(1 + out)", "wrong_derivative"),
    ("sigmoid", "out*(out - 1)", "sign"),
    ("sigmoid", "x*(1 - x)", "wrong_operand"),
    ("sigmoid", "exp(-x)", "wrong_derivative"),
    ("tanh", "1 - out", "wrong_derivative"),
    ("tanh", "1 + out**2", "wrong_derivative"),
    ("tanh", "(1 - out)**2", "wrong_derivative"),
    ("tanh", "1 - x**2", "wrong_operand"),
    ("tanh", "1/cosh(x)", "wrong_derivative"),
    ("exp", "x*exp(x - 1)", "power_rule"),
    ("exp", "exp(x - 1)", "power_rule"),
    ("sqrt", "out/2", "power_rule"),
    ("sqrt", "1/out", "power_rule"),
    ("sqrt", "2*out", "power_rule"),
    ("sqrt", "1/(2*x)", "power_rule"),
    ("relu", "step(-x)", "wrong_branch"),
    ("relu", "1 - step(x)", "wrong_branch"),
    ("leaky_relu", "step(x)", "wrong_derivative"),
    ("abs", "step(x)", "wrong_derivative"),
    ("abs", "abs(x)", "function_for_derivative"),
    ("softplus", "1 - sigmoid(x)", "wrong_derivative"),
    ("log2", "1/x", "wrong_base"),
    ("log10", "1/x", "wrong_base"),
    ("log2", "1/(x*log(10))", "wrong_base"),
    ("log10", "1/(x*log(2))", "wrong_base"),
    ("log2", "log(2)/x", "wrong_base"),
    ("log10", "log(10)/x", "wrong_base"),
    ("log", "1/(x*log(2))", "wrong_base"),
    ("log", "1/(x*log(10))", "wrong_base"),
    ("exp2", "out", "wrong_base"),
    ("exp2", "x*2**(x - 1)", "power_rule"),
    ("exp10", "out", "wrong_base"),
    ("tan", "1/cos(x)", "wrong_derivative"),
    ("square", "2*out", "power_rule"),
    ("square", "x", "power_rule"),
)


def _unary(edge: Edge) -> str | None:
    """Return the function of an elementwise operation on one array."""
    op = edge.op
    if isinstance(op, Call) and len(op.arguments) == 1 and not op.keywords:
        return op.function
    return None


ELEMENTWISE = frozenset(
    ["sigmoid", "tanh", "relu", "exp", "log", "sqrt", "sin", "cos", "square", "abs", "softplus", "log2", "log10", "exp2", "exp10", "tan", "leaky_relu", "elu", "gelu", "silu", "sinh", "cosh", "log1p", "expm1", "relu6", "softsign", "cbrt", "asin", "acos", "atan", "erf", "log_sigmoid", "logit", "mish", "selu", "celu", "rsqrt", "sign", "rad2deg", "sinc", "gamma", "lgamma", "digamma"]
)


def _with(edge: Edge, text: str) -> Expression:
    """Return cotangent times a slope written with `x` and `out`."""
    op = edge.op
    assert isinstance(op, Call)
    slope = substitute(parse(text), {"x": op.arguments[0], "out": Name(edge.user)})
    return Binary("*", Name(edge.cotangent), slope)


def missing(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The cotangent passed on as it is."""
    own, op = _unary(edge), edge.op
    known = own in ELEMENTWISE or own in ("softmax", "log_softmax")
    if not known and isinstance(op, Binary) and op.op in ("*", "**", "/", "@"):
        known = op.op == "**" or bool(names(op.left) and names(op.right))
    if known:
        yield Name(edge.cotangent)


def repeated(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The local derivative twice."""
    if _unary(edge) in ELEMENTWISE:
        yield substitute(tree, {edge.cotangent: tree})


def function(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The function in the place of its derivative."""
    if _unary(edge) in ELEMENTWISE or (isinstance(edge.op, Binary) and edge.op.op == "**"):
        yield Binary("*", Name(edge.cotangent), Name(edge.user))


def another(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """Another function's derivative."""
    own = _unary(edge)
    if own in ELEMENTWISE:
        for name, slope in SLOPES.items():
            if name != own:
                yield _with(edge, slope)
        yield Binary("*", Name(edge.cotangent), parse("0"))


def at_output(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The derivative taken at the value, or the value of the derivative's operand mistaken."""
    own = _unary(edge)
    if own in ELEMENTWISE and own in SLOPES:
        op = edge.op
        assert isinstance(op, Call)
        inner = substitute(
            parse(SLOPES[own]), {"x": Name(edge.user), "out": Call(own, (Name(edge.user),))}
        )
        yield Binary("*", Name(edge.cotangent), inner)


def at_operand(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The operand in the place of the derivative."""
    if _unary(edge) in ELEMENTWISE:
        yield Binary("*", Name(edge.cotangent), Name(edge.operand))


def _slip(kind: str):  # type: ignore[no-untyped-def]
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
        yield substitute(
            parse("ct*(1 - p)"), {"ct": Name(edge.cotangent), "p": inner}
        )


def power(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """Coefficient or exponent of the power rule wrong."""
    op = edge.op
    if not (isinstance(op, Binary) and op.op == "**" and edge.place == 0):
        return
    base, exponent = op.left, op.right
    pairs = (("1", "n - 1"), ("n", "n"), ("n - 1", "n - 1"), ("n - 1", "n"), ("n", "n - 2"),
             ("n", "n + 1"), ("n - 1", "n - 2"), ("n + 1", "n + 1"), ("1", "n + 1"), ("n", "0"))  # fmt: skip
    square = isinstance(exponent, Number) and exponent.value == 2
    for times, raised in pairs:
        if square and times in ("1", "n - 1") and raised == "n - 1":
            continue
        text = f"ct*({times})*x**({raised})"
        yield substitute(parse(text), {"ct": Name(edge.cotangent), "n": exponent, "x": base})


def quotient(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """Order or square of the quotient rule wrong."""
    op = edge.op
    if not (isinstance(op, Binary) and op.op == "/"):
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


def symmetric(line: Line, scene: Scene) -> Iterator[tuple[Part, ...]]:
    """One of two paths counted twice: right for a symmetric matrix only."""
    for k, kept in enumerate(line.parts):
        for j, other in enumerate(line.parts):
            if k != j and len(line.parts) <= 6:
                parts = list(line.parts)
                parts[j] = kept
                del other
                yield tuple(parts)


def dropped(line: Line, scene: Scene) -> Iterator[tuple[Part, ...]]:
    """One path left out."""
    if len(line.parts) > 1:
        for k in range(len(line.parts)):
            yield line.parts[:k] + line.parts[k + 1 :]


def alone(line: Line, scene: Scene) -> Iterator[tuple[Part, ...]]:
    """All paths but one left out."""
    if len(line.parts) > 2:
        for part in line.parts:
            yield (part,)


def constant(line: Line, scene: Scene) -> Iterator[tuple[Part, ...]]:
    """Everything through a step left out, as if the step were constant."""
    if line.of is not None and "#" not in line.name:
        zero = Number(Fraction(0))
        yield tuple(Part(Binary("*", zero, part.tree), part.edge) for part in line.parts)


def doubled(line: Line, scene: Scene) -> Iterator[tuple[Part, ...]]:
    """One path counted twice."""
    if len(line.parts) > 1:
        for k in range(len(line.parts)):
            yield (*line.parts, line.parts[k])


def negated(line: Line, scene: Scene) -> Iterator[tuple[Part, ...]]:
    """One path with the wrong sign."""
    if len(line.parts) > 1:
        for k, part in enumerate(line.parts):
            new = Part(Negate(part.tree), part.edge)
            yield (*line.parts[:k], new, *line.parts[k + 1 :])


def scaled(line: Line, scene: Scene) -> Iterator[tuple[Part, ...]]:
    """One path with a wrong factor."""
    if len(line.parts) > 1:
        for k, part in enumerate(line.parts):
            for factor in (Fraction(2), Fraction(1, 2), Fraction(3), Fraction(1, 3)):
                new = Part(Binary("*", Number(factor), part.tree), part.edge)
                yield (*line.parts[:k], new, *line.parts[k + 1 :])


def turned(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """A path's contribution transposed."""
    if len(scene.shapes.get(edge.operand, ())) == 2:
        yield Transpose(tree)


# fmt: off
EDGES = (
    Alteration("function_for_derivative", "the value `{user}` stands where the derivative of `{op}` belongs", 2, edge=function),
    Alteration("missing_derivative", "the derivative of `{op}` is left out", 2, edge=missing),
    Alteration("extra_derivative", "the derivative of `{op}` is there twice", 2, edge=repeated),
    Alteration("wrong_derivative", "the derivative of `{op}` is not `{new}`", 3, edge=another),
    Alteration("wrong_derivative", "the derivative of `{op}` is not `{new}`", 2, edge=_slip("wrong_derivative")),
    Alteration("wrong_operand", "the derivative of `{op}` is taken at the wrong place", 3, edge=_slip("wrong_operand")),
    Alteration("sign", "the derivative of `{op}` has the wrong sign", 2, edge=_slip("sign")),
    Alteration("power_rule", "the power rule for `{op}` went wrong", 2, edge=_slip("power_rule")),
    Alteration("wrong_branch", "the derivative of `{op}` is 1 on the wrong side", 1, edge=_slip("wrong_branch")),
    Alteration("function_for_derivative", "`{op}` itself stands where its derivative belongs", 2, edge=_slip("function_for_derivative")),
    Alteration("wrong_base", "the base of the logarithm or power in `{op}` is lost", 1, edge=_slip("wrong_base")),
    Alteration("wrong_operand", "the derivative of `{op}` is taken at its value, not at its operand", 3, edge=at_output),
    Alteration("wrong_operand", "`{operand}` stands where the derivative of `{op}` belongs", 4, edge=at_operand),
    Alteration("softmax_diagonal", "the derivative of softmax is taken as diagonal", 1, edge=softmax),
    Alteration("softmax_diagonal", "the derivative of log softmax is taken as diagonal", 1, edge=log_softmax),
    Alteration("power_rule", "the power rule for `{op}` went wrong", 2, edge=power),
    Alteration("quotient_rule", "the quotient rule for `{op}` went wrong", 2, edge=quotient),
    Alteration("elementwise_inverse", "the inverse in `{op}` is not the inverse of its entries", 1, edge=inverse),
    Alteration("transposed", "what comes through `{user}` is transposed", 4, edge=turned),
    Alteration("missing_path", "the path through {path} is missing", 2, line=dropped),
    Alteration("missing_path", "all paths but one are missing", 3, line=alone),
    Alteration("missing_path", "everything through it is missing, as if it were constant", 3.5, line=constant),
    Alteration("assumed_symmetric", "this is right for a symmetric matrix only", 3, line=symmetric),
    Alteration("extra_term", "the path through {path} is counted twice", 4, line=doubled),
    Alteration("sign", "what comes through {path} has the wrong sign", 3, line=negated),
    Alteration("factor", "what comes through {path} has a wrong factor", 4, line=scaled),
)
# fmt: on
