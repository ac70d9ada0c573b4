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
from symback.language.tree import Expression

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
    for alteration in NODES:
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
