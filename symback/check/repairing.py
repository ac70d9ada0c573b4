"""Mistakes found from the answer's side: one rewrite of its formula that makes it right."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from symback.check.alterations import Alteration, Change, Scene
from symback.check.altered_nodes import NODES
from symback.check.changing import rewritings
from symback.check.claims import Claim
from symback.check.fits import Fit
from symback.check.judging import Judge
from symback.check.passes import Line, Part, Script
from symback.check.truth import TrueValues
from symback.language.tree import Expression, Name


def _others(node: Expression, scene: Scene) -> Iterator[Expression]:
    """Any quantity in the place of another, of whatever shape."""
    if isinstance(node, Name) and node.id in scene.shapes:
        shape = scene.shapes[node.id]
        for other, its_shape in scene.shapes.items():
            if its_shape != shape and len(its_shape) == len(shape):
                yield Name(other)


#: For answers of a wrong shape.
ANY_OPERAND = Alteration("wrong_operand", "`{new}` stands where `{old}` belongs", 6, node=_others)
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
    if not environments:
        return
    line = Line(claim.quantity.name, (Part(claim.tree),), claim.quantity.name)
    shapes = {name: np.shape(value) for name, value in environments[0].items()}
    shapes = {name: shape for name, shape in shapes.items() if "#" not in name}
    script = Script((line,), "answer")
    scene = Scene(script, line, shapes)
    answered = judge.values(claim.tree)
    misshaped = any(
        e is not None and (g is None or np.shape(e) != np.shape(g))
        for g, e in zip(answered, expected, strict=True)
    )
    for alteration in (*NODES, *((ANY_OPERAND,) if misshaped else ())):
        for old, new, tree in rewritings(alteration, claim.tree, scene):
            got = []
            for k, environment in enumerate(environments):
                value = judge.student.evaluate(tree, environment)
                if value is None or not judge.agree([value], [expected[k]]):
                    break
                got.append(value)
            else:
                yield _fit(alteration, script, line, (old, new))


def _fit(
    alteration: Alteration, script: Script, line: Line, trees: tuple[Expression, Expression]
) -> Fit:
    written, right = trees
    kind = INVERSE.get(alteration.kind, alteration.kind)
    change = Change(alteration, script, line, line.parts, right, written)
    rank = 3 if kind == "transposed" else alteration.rank
    return Fit(kind, rank, (change,), detail={"answer": True})
