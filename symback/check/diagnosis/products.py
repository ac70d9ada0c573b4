"""The derivative of a product or quotient taken factor by factor."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from symback.check.answers.claims import Claim
from symback.check.answers.judging import Judge
from symback.check.derivation.passes import Edge, Line, Part, Script
from symback.check.derivation.running import quiet, value_with
from symback.check.derivation.truth import TrueValues
from symback.check.diagnosis.case import Case
from symback.check.mistakes.alterations import Alteration, Change
from symback.check.mistakes.fits import Fit
from symback.functions.values.arrays import Array
from symback.language.tree import Binary, Expression, Name, Number

PRODUCT = Alteration(
    "wrong_derivative",
    "the derivative of the product `{op}` is not the product of the derivatives",
    2,
)
QUOTIENT = Alteration(
    "quotient_rule",
    "the derivative of the quotient `{op}` is not the quotient of the derivatives",
    2,
)
ORDER = Alteration(
    "quotient_rule",
    "the two terms of the quotient rule for `{op}` are exchanged",
    0.5,
)


def ordered(fits: list[Fit], claim: Claim) -> list[Fit]:
    """Return explanations; a wrong sign of a quotient written as one is the order of its rule."""
    assert claim.quantity is not None
    match claim.tree:
        case Binary("/", Binary("-"), _) if fits and fits[0].kind == "sign" and not fits[0].also:
            script = claim.quantity.chain.main
            found = list(_operations(script, claim.quantity.name)) if not fits[0].changes else []
            for edges in found:
                if isinstance(edges[0].op, Binary) and edges[0].op.op == "/":
                    line = script.lines[script.index[claim.quantity.name]]
                    change = Change(ORDER, script, line, line.parts, edges[0].op, None, edges[0])
                    return [Fit(ORDER.kind, ORDER.rank, (change,)), *fits]
    return fits


def multiplied(case: Case, judge: Judge, truth: TrueValues) -> Iterator[Fit]:
    """Yield the product or quotient that was differentiated factor by factor."""
    script = case.quantity.chain.main
    if script.rows is not None or case.quantity.name not in script.index:
        return
    operations: list[tuple[Edge, ...]] = [
        *_operations(script, case.quantity.name), *_reciprocals(script, case.quantity.name)
    ]  # fmt: skip
    if len(operations) > case.budget():
        return
    for edges in operations:
        op = edges[0].op
        assert isinstance(op, Binary)
        if all(
            case.fits(k, judge.selected(_value(truth, script, edges, case, k), case.quantity, k))
            == 2
            for k in case.got
        ):
            line = next(line for line in script.lines if line.name == edges[0].cotangent)
            alteration = PRODUCT if op.op == "*" else QUOTIENT
            change = Change(alteration, script, line, line.parts, op, None, edges[0])
            yield Fit(alteration.kind, alteration.rank, (change,))


def _operations(script: Script, target: str) -> Iterator[tuple[Edge, Edge]]:
    """Yield the two edges into each product and quotient of two values."""
    found: dict[str, list[Edge]] = {}
    for line in script.leading_to(target):
        for part in line.parts:
            edge = part.edge
            if edge is None or len(edge.inputs) != 2:
                continue
            if isinstance(edge.op, Binary) and edge.op.op in ("*", "/"):
                found.setdefault(edge.user, []).append(edge)
    for edges in found.values():
        if len(edges) == 2:
            left, right = sorted(edges, key=lambda edge: edge.place)
            yield left, right


def _reciprocals(script: Script, target: str) -> Iterator[tuple[Edge]]:
    """Yield the edge into each quotient whose numerator is a number."""
    for line in script.leading_to(target):
        for part in line.parts:
            match part.edge:
                case Edge(op=Binary("/", Number(), Name(inner)), operand=operand) if (
                    inner == operand
                ):
                    yield (part.edge,)


def _inverted(
    truth: TrueValues, script: Script, edge: Edge, case: Case, known: dict[str, Array]
) -> Array | None:
    """Return c/g' for c/g, from what comes along its edge."""
    rest = _alone(truth, script, None, case.quantity.name, known, (edge,))
    way = known[case.quantity.name]
    assert isinstance(edge.op, Binary) and isinstance(edge.op.left, Number)
    number, ct = float(edge.op.left.value), known[edge.cotangent]
    if rest is None:
        return None
    with quiet():
        slope = -(way - rest) * known[edge.operand] ** 2 / number / ct
        return np.asarray(rest + ct * number / slope)


def _value(
    truth: TrueValues, script: Script, edges: tuple[Edge, ...], case: Case, point: int
) -> Array | None:
    """Return f'·g' or f'/g', from what comes along both edges."""
    known = truth.all_points()[point].environment(script, truth.functions)
    if len(edges) == 1:
        return _inverted(truth, script, edges[0], case, known)
    left, right = edges
    f, g = known[left.operand], known[right.operand]
    ways = [_alone(truth, script, edge, case.quantity.name, known) for edge in edges]
    rest = _alone(truth, script, None, case.quantity.name, known, edges)
    ct = known[left.cotangent]
    assert isinstance(left.op, Binary)
    if ways[0] is None or ways[1] is None or rest is None:
        return None
    if len({np.shape(x) for x in (f, g, ct, rest, ways[0], ways[1])} - {()}) > 1:
        return None
    with quiet():
        if left.op.op == "*":
            return np.asarray(rest + (ways[0] - rest) / g * (ways[1] - rest) / f / ct)
        up, down = (ways[0] - rest) * g / ct, -(ways[1] - rest) * g**2 / f / ct
        return np.asarray(rest + ct * up / down)


def _alone(
    truth: TrueValues,
    script: Script,
    kept: Edge | None,
    target: str,
    known: dict[str, Array],
    edges: tuple[Edge, ...] = (),
) -> Array | None:
    """Return the target when of the edges into one operation only one is kept."""
    user = kept.user if kept is not None else edges[0].user
    changed: dict[str, Line] = {}
    for line in script.leading_to(target):
        parts = []
        for part in line.parts:
            other = part.edge is not None and part.edge.user == user and part.edge != kept
            parts.append(Part(_zero(part.tree), part.edge) if other else part)
        if parts != list(line.parts):
            changed[line.name] = Line(line.name, tuple(parts), line.of)
    with quiet():
        return value_with(script, target, known, dict(changed), truth.functions)


def _zero(tree: Expression) -> Expression:
    return Binary("*", Number(Fraction(0)), tree)
