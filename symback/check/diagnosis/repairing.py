"""Mistakes found from the answer's side: one rewrite of its formula that makes it right."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from symback.check.answers.claims import Claim
from symback.check.answers.judging import Judge
from symback.check.derivation.passes import Line, Part, Script
from symback.check.derivation.truth import TrueValues
from symback.check.mistakes.alterations import Alteration, Change, Scene
from symback.check.mistakes.changing import rewritings
from symback.check.mistakes.fits import Fit
from symback.check.mistakes.nodes import NODES
from symback.language import names, operands, rebuild
from symback.language.tree import Binary, Expression, Name, Number, Transpose


def _others(node: Expression, scene: Scene) -> Iterator[Expression]:
    """Any quantity in the place of another, of whatever shape."""
    if isinstance(node, Name) and node.id in scene.shapes:
        shape = scene.shapes[node.id]
        for other, its_shape in scene.shapes.items():
            if its_shape != shape and len(its_shape) == len(shape):
                yield Name(other)


def _multiplied(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A matrix that the shapes ask for."""
    if not isinstance(node, Number) and scene.line.parts[0].tree != node:
        for name, shape in scene.shapes.items():
            if len(shape) == 2 and "#" not in name:
                yield Binary("@", Transpose(Name(name)), node)
                yield Binary("@", Name(name), node)
                yield Binary("@", node, Name(name))
                yield Binary("@", node, Transpose(Name(name)))


def _toggled(node: Expression, scene: Scene) -> Iterator[Expression]:
    """One matrix transposed wherever it is used."""
    if node is not scene.line.parts[0].tree:
        return
    for name in sorted(names(node)):
        if len(scene.shapes.get(name, ())) == 2:
            yield _turned(node, name)


def _turned(tree: Expression, name: str) -> Expression:
    match tree:
        case Transpose(Name(id)) if id == name:
            return tree.value
        case Name(id) if id == name:
            return Transpose(tree)
    parts = operands(tree)
    return rebuild(tree, [_turned(part, name) for part in parts]) if parts else tree


#: For answers of a wrong shape.
MISSHAPED = (
    Alteration("wrong_operand", "`{new}` stands where `{old}` belongs", 6, node=_others),
    Alteration("missing_derivative", "`{new}` is `{old}` without a factor", 6, node=_multiplied),
    Alteration("transposed", "`{new}` stands where `{old}` belongs", 5, node=_toggled),
)
#: What a rewrite that makes an answer right says about the answer.
INVERSE = {
    "missing_term": "extra_term",
    "elementwise_product": "matrix_product",
    "matrix_product": "elementwise_product",
    "missing_derivative": "extra_derivative",
    "missing_sum": "missing_sum",
}


def repaired(claim: Claim, judge: Judge, truth: TrueValues) -> Iterator[Fit]:
    """Yield the single rewrites of an answer's formula that give the true values."""
    assert claim.tree is not None and claim.quantity is not None
    expected = judge.true_values(claim.quantity)
    environments = [judge.student.environment(k, numbers=False) for k in range(len(judge.points))]
    scene = answer_scene(claim, judge)
    if scene is None:
        return
    answered = judge.values(claim.tree)
    misshaped = any(
        e is not None and (g is None or np.shape(e) != np.shape(g))
        for g, e in zip(answered, expected, strict=True)
    )
    for alteration in (*NODES, *(MISSHAPED if misshaped else ())):
        for old, new, tree in rewritings(alteration, claim.tree, scene):
            got = []
            for k, environment in enumerate(environments):
                value = judge.student.evaluate(tree, environment)
                if value is None or not judge.agree([value], [expected[k]]):
                    break
                got.append(value)
            else:
                yield fit_of(alteration, scene, (old, new))


def answer_scene(claim: Claim, judge: Judge) -> Scene | None:
    """Return an answer as the only line of a script, None if there is no point to take it at."""
    assert claim.tree is not None and claim.quantity is not None
    if not judge.points:
        return None
    line = Line(claim.quantity.name, (Part(claim.tree),), claim.quantity.name)
    shapes = {
        name: np.shape(value)
        for name, value in judge.student.environment(0, numbers=False).items()
        if "#" not in name
    }
    return Scene(Script((line,), "answer"), line, shapes)


def fit_of(alteration: Alteration, scene: Scene, trees: tuple[Expression, Expression]) -> Fit:
    """Return the explanation by one rewrite: what was written, and what it became."""
    written, right = trees
    line = scene.line
    kind = alteration.kind
    if alteration not in MISSHAPED:
        kind = INVERSE.get(kind, kind)
    change = Change(alteration, scene.script, line, line.parts, right, written)
    rank = 3 if kind == "transposed" else alteration.rank
    return Fit(kind, rank, (change,), detail={"answer": True})
