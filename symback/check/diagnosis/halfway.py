"""Two or three mistakes at once: a rewrite of the answer meets an alteration of the truth."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from fractions import Fraction
from itertools import islice

import numpy as np

from symback.check.answers.claims import Claim
from symback.check.answers.judging import Judge
from symback.check.derivation.comparing import shaped
from symback.check.diagnosis.bank import Bank, rounded
from symback.check.diagnosis.case import Case
from symback.check.diagnosis.pairs import Pairs
from symback.check.diagnosis.repairing import answer_scene, fit_of
from symback.check.mistakes.alterations import Change
from symback.check.mistakes.changing import rewritings
from symback.check.mistakes.fits import Fit
from symback.check.mistakes.nodes import NODES
from symback.functions.values.arrays import Array
from symback.language import walk
from symback.language.tree import Binary, Expression, Name, Number

#: Rewrites of an answer that are tried at most.
MOST_REWRITES = 3_000
#: How much less telling two mistakes, one from either side, are than one.
APART = 22.0


def halfway(claim: Claim, case: Case, judge: Judge, bank: Bank, pairs: Pairs) -> Iterator[Fit]:
    """Yield a slip in the answer's formula and the one or two that explain what is left."""
    assert claim.tree is not None
    scene = answer_scene(claim, judge)
    if scene is None or len(case.got) < len(judge.points):
        return
    known = _known(case, judge, bank, pairs)
    used = _uses(claim.tree)
    found = (
        (alteration, *rewritten)
        for alteration in NODES
        for rewritten in rewritings(alteration, claim.tree, scene)
    )
    for alteration, old, new, tree in islice(found, MOST_REWRITES):
        if _uses(tree) != used or _is_one(new):
            continue
        value = _at(tree, case, judge, 0)
        hit = None if value is None or not value.any() else known.get(rounded(value))
        if hit is None or not _meets(tree, hit, case, judge, bank):
            continue
        slips = [Fit(one.alteration.kind, one.alteration.rank, (one,)) for one in hit[1:] or hit]
        first, *rest = sorted(slips, key=lambda fit: fit.rank)
        mine = fit_of(alteration, scene, (old, new))
        first.also = (*rest, mine)
        first.rank += APART
        yield first
        return


def _uses(tree: Expression) -> int:
    """Count the names in a formula: a rewrite that drops some could make anything of it."""
    return sum(isinstance(node, Name) for node in walk(tree))


def _is_one(tree: Expression) -> bool:
    """Tell whether a rewrite puts ones in the place of something: nobody means `x**0`."""
    return any(
        isinstance(node, Binary) and node.op == "**" and node.right == Number(Fraction(0))
        for node in walk(tree)
    )


def _known(
    case: Case, judge: Judge, bank: Bank, pairs: Pairs
) -> Mapping[Hashable, tuple[Change, ...]]:
    """Return one and two alterations by the value that comes of them, the plainest of each."""
    found: dict[Hashable, tuple[Change, ...]] = {}
    for change, value in bank.entries(0):
        chosen = judge.selected(value, case.quantity, 0)
        if chosen is not None:
            found.setdefault(rounded(chosen), (change,))
    for (first, second, both), chosen in pairs.values(
        0, case.quantity.items, lambda value: judge.selected(value, case.quantity, 0)
    ):
        found.setdefault(rounded(chosen), (both, first, second))
    return found


def _at(tree: Expression, case: Case, judge: Judge, point: int) -> Array | None:
    """Return an answer's value in the shape of the quantity."""
    value = judge.student.evaluate(tree, judge.student.environment(point, numbers=False))
    if value is None or not np.isfinite(np.asarray(value, dtype=float)).all():
        return None
    return shaped(value, case.true[point].shape)


def _meets(tree: Expression, hit: tuple[Change, ...], case: Case, judge: Judge, bank: Bank) -> bool:
    """Tell whether a rewritten answer is the altered truth at all other points."""
    for k in sorted(case.got)[1:]:
        mine = _at(tree, case, judge, k)
        theirs = judge.selected(bank.value(hit[0], k), case.quantity, k)
        if mine is None or theirs is None or not judge.agree([mine], [theirs]):
            return False
    return True
