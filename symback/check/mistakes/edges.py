"""Mistakes along one edge of the graph: the local derivative left out, repeated or another's."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symback.check.derivation.passes import Edge
from symback.check.mistakes.alterations import Alteration, EdgeRule, Scene
from symback.check.mistakes.chains import CHAINS
from symback.check.mistakes.local import WITH_SLOPES, is_elementwise, unary, with_slope
from symback.check.mistakes.quotients import QUOTIENTS, is_exponent
from symback.check.mistakes.slips import OWN_SLOPES, SLIPS, SLOPES
from symback.check.mistakes.softmaxes import SOFTMAXES
from symback.language import names, parse, substitute
from symback.language.tree import (
    Binary,
    Call,
    Expression,
    Literal,
    Name,
    Negate,
    Number,
    Slice,
    Subscript,
    Transpose,
)


def missing(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The cotangent passed on as it is."""
    own, op = unary(edge), edge.op
    known = is_elementwise(own) or own in WITH_SLOPES
    if not known and isinstance(op, Binary) and op.op in ("*", "**", "/", "@"):
        known = op.op == "**" or bool(names(op.right) and (names(op.left) or op.op == "/"))
    if known and not (_is_open(op) or any(True for _ in coefficient(edge, tree, scene))):
        yield Name(edge.cotangent)
        if isinstance(op, Binary) and op.op == "@":
            yield Call("sum", (Name(edge.cotangent),))
    if own in SLOPES and _is_open(op):
        yield from _unless_opposite(with_slope(edge, SLOPES[own]), tree, scene)


def _is_open(op: Expression) -> bool:
    """Tell whether a function has a formula inside, which has derivatives of its own."""
    return isinstance(op, Call) and bool(op.arguments) and not isinstance(op.arguments[0], Name)


def _unless_opposite(found: Expression, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """Yield an altered formula, but for one whose sign alone is another."""
    if not scene.equal(tree, Negate(found)):
        yield found


def wholly(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The cotangent passed on as it is by a function and by the formula inside it."""
    own = unary(edge)
    if _is_open(edge.op) and (is_elementwise(own) or own in WITH_SLOPES):
        yield Name(edge.cotangent)


def inside(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The derivative of all that is inside a function applied in the same step."""
    script, at, shape = scene.script, edge, scene.shapes.get(edge.operand)
    while "#" in at.user and "#" not in edge.operand and _is_entrywise(at.op):
        parts = script.lines[script.index[at.cotangent]].parts
        after = parts[0].edge
        if len(parts) != 1 or after is None or scene.shapes.get(at.user) != shape:
            return
        if at is not edge and is_elementwise(unary(after)):
            yield from _unless_opposite(Name(at.cotangent), tree, scene)
        at = after


def _is_entrywise(op: Expression) -> bool:
    match op:
        case Binary("+" | "-" | "*" | "/" | "**"):
            return True
        case Call(name):
            return is_elementwise(name)
    return False


def nested(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The derivative of the outer function at the derivative of the inner one."""
    own = unary(edge)
    place = scene.script.index.get(edge.cotangent)
    after = scene.script.lines[place].parts[0].edge if place is not None else None
    outer = unary(after) if after is not None else None
    if after is None or outer not in SLOPES:
        return
    if own in SLOPES and isinstance(edge.op, Call):
        meaning = {"x": edge.op.arguments[0], "out": Name(edge.user)}
        inner = substitute(parse(SLOPES[own]), meaning)
    elif isinstance(edge.op, Binary) and edge.op.op == "**":
        inner = substitute(tree, {edge.cotangent: Number(Fraction(1))})
    else:
        return
    slope = substitute(parse(SLOPES[outer]), {"x": inner, "out": Call(outer, (inner,))})
    yield Binary("*", Name(after.cotangent), slope)


def coefficient(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """A number of the problem before a term of the loss left out: no derivative, but a factor."""
    op = edge.op
    if isinstance(op, Binary) and op.op in ("*", "/") and "#" in edge.operand:
        other = (op.right, op.left)[edge.place] if op.op == "*" else op.right
        plain = isinstance(other, Name) and _is_setting(other.id, scene) and edge.place < 2
        if plain and other != Name(edge.operand) and _is_constant(edge.cotangent, scene):
            yield Name(edge.cotangent)


def _is_setting(name: str, scene: Scene) -> bool:
    """Tell whether a value is a number that comes of given numbers alone."""
    if name in scene.script.index and "#" in name:
        return all(
            _is_setting(used, scene) for used in scene.script.lines[scene.script.index[name]].uses
        )
    return scene.shapes.get(name) == ()


def _is_constant(name: str, scene: Scene) -> bool:
    """Tell whether a cotangent is a number: what it belongs to enters the loss as it is."""
    line = scene.script.lines[scene.script.index[name]]
    return line.of is not None and all(_is_constant_in(used, scene) for used in line.uses)


def _is_constant_in(name: str, scene: Scene) -> bool:
    return name in scene.script.index and _is_constant(name, scene)


def undivided(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """A mean differentiated as a sum."""
    if isinstance(edge.op, Call) and edge.op.function == "mean":
        yield Name(edge.cotangent)
        yield Subscript(Name(edge.cotangent), (Slice(), Literal(None)))


def local(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The local derivative alone, what comes from behind it left out."""
    own = unary(edge)
    if not _is_constant(edge.cotangent, scene) and not _begins_row(edge, scene):
        if is_elementwise(own) or isinstance(edge.op, Binary):
            yield substitute(tree, {edge.cotangent: Number(Fraction(1))})
        if isinstance(edge.op, Call) and edge.op.function == "softmax":
            yield substitute(parse("out*(1 - out)"), {"out": Name(edge.user)})


def in_rows(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """An elementwise derivative in every row of a Jacobian, not on its diagonal only."""
    if _begins_row(edge, scene) and (is_elementwise(unary(edge)) or isinstance(edge.op, Binary)):
        yield substitute(tree, {edge.cotangent: Number(Fraction(1))})


def _begins_row(edge: Edge, scene: Scene) -> bool:
    """Tell whether a cotangent is a unit vector: the row of a Jacobian that is made."""
    name, script = edge.cotangent, scene.script
    while name in script.index and len(parts := script.lines[script.index[name]].parts) == 1:
        if not isinstance(tree := parts[0].tree, Name):
            return False
        name = tree.id
    return script.rows is not None and name == script.rows[0]


def repeated(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The local derivative twice."""
    if is_elementwise(unary(edge)):
        twice = substitute(tree, {edge.cotangent: tree})
        yield from _unless_opposite(twice, tree, scene) if _is_open(edge.op) else (twice,)


def function(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The function in the place of its derivative."""
    own = unary(edge)
    if own == "exp":
        return
    power = isinstance(edge.op, Binary) and edge.op.op == "**" and not is_exponent(edge)
    if is_elementwise(own) or power:
        yield Binary("*", Name(edge.cotangent), Name(edge.user))


def natural(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """A power by its exponent differentiated as if its base were e."""
    if is_exponent(edge):
        yield Binary("*", Name(edge.cotangent), Name(edge.user))


def own_factor(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The factor by which a product is differentiated, in the place of the other one."""
    match edge.op:
        case Binary("*", Name(left), Name(right)) if left != right:
            other = right if edge.operand == left else left
            yield substitute(tree, {other: Name(edge.operand)})
        case Binary("/", Name(left), Name(right)) if edge.operand == left != right:
            yield substitute(tree, {right: Name(left)})


def another(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """Another function's derivative."""
    if unary(edge) in OWN_SLOPES:
        yield from unrelated(edge, tree, scene)


def unrelated(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The derivative of a function that is in no table."""
    own = unary(edge)
    if is_elementwise(own):
        for name, slope in SLOPES.items():
            if name != own:
                yield with_slope(edge, slope)
                if "out" in slope:
                    yield with_slope(edge, slope.replace("out", f"{name}(x)"))
        yield Binary("*", Name(edge.cotangent), parse("0"))


def at_output(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The derivative taken at the value, or the value of the derivative's operand mistaken."""
    own = unary(edge)
    if is_elementwise(own) and own in SLOPES:
        op = edge.op
        assert isinstance(op, Call)
        inner = substitute(
            parse(SLOPES[own]), {"x": Name(edge.user), "out": Call(own, (Name(edge.user),))}
        )
        yield Binary("*", Name(edge.cotangent), inner)


def at_operand(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """The operand in the place of the derivative."""
    op = edge.op
    if (
        isinstance(op, Call)
        and is_elementwise(unary(edge))
        and op.arguments[0] == Name(edge.operand)
    ):
        yield Binary("*", Name(edge.cotangent), Name(edge.operand))


def _slip(kind: str) -> EdgeRule:
    def rule(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
        own = unary(edge)
        for name, slope, its_kind in SLIPS:
            if its_kind == kind and name == own:
                yield with_slope(edge, slope)

    return rule


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
    Alteration("missing_derivative", "the derivative of `{op}`{by} is left out", 2, edge=missing),
    Alteration("missing_derivative", "the derivative of `{op}` is left out", 3.2, edge=wholly),
    Alteration("wrong_base", "the logarithm of the base is left out of `{op}`", 2, edge=natural),
    Alteration(
        "wrong_operand",
        "`{inner}` itself stands where the other operand of `{op}` belongs",
        2.4,
        edge=own_factor,
    ),
    Alteration(
        "missing_derivative", "the inner derivative, of `{chain}`, is left out", 2.5, edge=inside
    ),
    Alteration(
        "wrong_derivative",
        "the chain rule: the outer derivative is taken at `{op}`, and the inner one is a factor",
        3,
        edge=nested,
    ),
    Alteration("sum_for_mean", "`{op}` is differentiated as a sum", 3, edge=undivided),
    Alteration("factor", "the factor in `{op}` is left out", 2, edge=coefficient),
    Alteration(
        "missing_derivative",
        "the derivative of `{op}` stands alone: `{cotangent}` is left out",
        4,
        edge=local,
    ),
    Alteration(
        "extra_term",
        "the derivative of `{op}` stands in every row, not on the diagonal only",
        3.8,
        edge=in_rows,
    ),
    Alteration("extra_derivative", "the derivative of `{op}` is there twice", 2, edge=repeated),
    Alteration("wrong_derivative", "the derivative of `{op}` is wrong{slopes}", 3, edge=another),
    Alteration(
        "wrong_derivative", "the derivative of `{op}` is wrong{slopes}", 3.8, edge=unrelated
    ),
    Alteration(
        "wrong_derivative",
        "the derivative of `{op}` is wrong{slopes}",
        1.95,
        edge=_slip("wrong_derivative"),
    ),
    Alteration(
        "missing_term",
        "a term is missing in the derivative of `{op}`{slopes}",
        1.85,
        edge=_slip("missing_term"),
    ),
    Alteration(
        "wrong_operand",
        "the derivative of `{op}` is taken at the wrong place{slopes}",
        3,
        edge=_slip("wrong_operand"),
    ),
    Alteration(
        "sign",
        "a sign is wrong in the derivative of `{op}`{slopes}",
        2,
        edge=_slip("sign"),
    ),
    Alteration(
        "power_rule",
        "the power rule for `{op}` went wrong{slopes}",
        2,
        edge=_slip("power_rule"),
    ),
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
        "the base in `{op}` is lost or another one{slopes}",
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
        "`{inner}` stands where the derivative of `{op}` belongs",
        4,
        edge=at_operand,
    ),
    *SOFTMAXES,
    *CHAINS,
    Alteration("transposed", "what comes through `{user}` is transposed", 4, edge=turned),
    *QUOTIENTS,
)
