"""Mistakes found from the answer's side: one rewrite of its formula that makes it right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from symback.check.answers.claims import Claim
from symback.check.answers.judging import Judge
from symback.check.derivation.passes import Line, Part, Script
from symback.check.derivation.truth import Quantity
from symback.check.diagnosis.entries import PARTIAL
from symback.check.diagnosis.plain_factors import ODD
from symback.check.mistakes.alterations import DERIVATIVE, Alteration, Change, Scene
from symback.check.mistakes.changing import rewritings
from symback.check.mistakes.fits import Fit
from symback.check.mistakes.nodes import NODES
from symback.check.mistakes.repairs import MISSHAPED, REPAIRS
from symback.language import names
from symback.language.tree import Expression

#: The level of a script whose last line is an answer as it is written.
ANSWER = "answer"
#: What a rewrite that makes an answer right says about the answer.
INVERSE = {
    "missing_term": "extra_term",
    "elementwise_product": "matrix_product",
    "matrix_product": "elementwise_product",
    "missing_derivative": "extra_derivative",
    "extra_derivative": "missing_derivative",
    "missing_sum": "missing_sum",
}


def repaired(claim: Claim, judge: Judge) -> Iterator[Fit]:
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
    for alteration in (*NODES, *REPAIRS, *(MISSHAPED if misshaped else ())):
        for old, new, tree in rewritings(alteration, claim.tree, scene):
            if not _is_said(new, claim.tree):
                continue
            got = []
            for k, environment in enumerate(environments):
                value = judge.student.evaluate(tree, environment)
                if value is None or not judge.agree([value], [expected[k]]):
                    break
                got.append(value)
            else:
                yield fit_of(alteration, scene, (old, new))


def _is_said(new: Expression, answer: Expression) -> bool:
    """Tell whether what is put in names no derivative that the answer does not name."""
    return not any(DERIVATIVE.match(name) for name in names(new) - names(answer))


def is_doubtful(fits: Sequence[Fit]) -> bool:
    """Tell whether the best explanation is none of one mistake in the whole of an answer."""
    if not fits:
        return True
    best = fits[0]
    if best.detail.get("after"):
        return False
    return bool(best.also) or best.rank >= ODD or "at" in best.detail


def beside(fits: Sequence[Fit], mended: Iterable[Fit]) -> list[Fit]:
    """Return the rewrites of an answer with what explains it less well."""
    found = sorted(mended, key=lambda fit: fit.rank)
    if not fits or not fits[0].changes or fits[0].also:
        return [*found, *fits]
    return sorted([*found, *fits], key=lambda fit: fit.rank + PARTIAL * ("at" in fit.detail))


def answer_scene(claim: Claim, judge: Judge) -> Scene | None:
    """Return an answer as a line behind the forward pass, None if there is no point to take it."""
    assert claim.tree is not None and claim.quantity is not None
    if not judge.points:
        return None
    line = Line(claim.quantity.name, (Part(claim.tree),), claim.quantity.name)
    shapes = {
        name: np.shape(value)
        for name, value in judge.student.environment(0, numbers=False).items()
        if "#" not in name
    }
    return Scene(Script((*_forward(claim.quantity), line), ANSWER), line, shapes)


def _forward(quantity: Quantity) -> list[Line]:
    """Return the steps of the forward pass as the problem has them."""
    for script in quantity.chain.scripts:
        steps = [one for one in script.lines if one.of is None and not DERIVATIVE.match(one.name)]
        if not any("#" in one.name for one in steps):
            return steps
    return []


def fit_of(alteration: Alteration, scene: Scene, trees: tuple[Expression, Expression]) -> Fit:
    """Return the explanation by one rewrite: what was written, and what it became."""
    written, right = trees
    line = scene.line
    kind = alteration.kind
    if alteration in NODES:
        kind = INVERSE.get(kind, kind)
    change = Change(alteration, scene.script, line, line.parts, right, written)
    rank = 3 if kind == "transposed" else alteration.rank
    return Fit(kind, rank, (change,), detail={"answer": True})
