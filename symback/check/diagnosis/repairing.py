"""Mistakes found from the answer's side: one rewrite of its formula that makes it right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from symback.check.answers.claims import Claim
from symback.check.answers.judging import Judge
from symback.check.derivation.passes import Line, Part, Script
from symback.check.derivation.truth import TrueValues
from symback.check.mistakes.alterations import Alteration, Change, Scene
from symback.check.mistakes.changing import rewritings
from symback.check.mistakes.fits import Fit
from symback.check.mistakes.nodes import NODES
from symback.check.mistakes.slips import elementwise
from symback.functions import table
from symback.language import names, operands, rebuild, walk
from symback.language.tree import Binary, Call, Expression, Name, Number, Subscript, Transpose


def _others(node: Expression, scene: Scene) -> Iterator[Expression]:
    """Any quantity in the place of another, of whatever shape."""
    if isinstance(node, Name) and node.id in scene.shapes:
        shape = scene.shapes[node.id]
        for other, its_shape in scene.shapes.items():
            if its_shape != shape and len(its_shape) == len(shape):
                yield Name(other)


def _sliced(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A whole quantity where an entry or a slice of another one is, or of itself."""
    if isinstance(node, Subscript):
        yield from (Name(other) for other in scene.shapes)


def _renamed(node: Expression, scene: Scene) -> Iterator[Expression]:
    """Another function of as many arguments."""
    if isinstance(node, Call) and node.function in elementwise() and not node.keywords:
        functions = table()
        count = functions[node.function].arrays
        for other in sorted(elementwise() - {node.function}):
            if functions[other].arrays == count == len(node.arguments):
                yield replace(node, function=other)


def _computed(calls: Sequence[Expression], node: Expression, scene: Scene) -> Iterator[Expression]:
    """What a function of the forward pass gives."""
    if isinstance(node, Call | Name):
        yield from (call for call in calls if call != node)


def _calls(claim: Claim) -> Sequence[Expression]:
    """Return the functions applied in the forward pass, as the problem writes them."""
    assert claim.quantity is not None
    steps = [script for script in claim.quantity.chain.scripts if script.level == "steps"]
    trees = [line.parts[0].tree for script in steps for line in script.lines if line.of is None]
    found = [node for tree in trees for node in walk(tree) if isinstance(node, Call)]
    return tuple(one for one in dict.fromkeys(found) if one.function in elementwise())


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
#: For answers of any shape.
ANY = (
    Alteration("wrong_operand", "`{new}` stands where `{old}` belongs", 6.5, node=_sliced),
    Alteration("wrong_derivative", "`{new}` stands where `{old}` belongs", 6.6, node=_renamed),
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
    computed = partial(_computed, _calls(claim))
    other = Alteration("wrong_operand", "`{new}` stands where `{old}` belongs", 6.4, node=computed)
    for alteration in (*NODES, *ANY, other, *(MISSHAPED if misshaped else ())):
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
