"""Answers that have the right terms but for a slip in one of them, or in each of two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations

import numpy as np

from symback.check.answers.judging import Judge
from symback.check.derivation.comparing import close
from symback.check.derivation.passes import Part, Script
from symback.check.derivation.truth import TrueValues
from symback.check.diagnosis.bank import rounded
from symback.check.diagnosis.case import Case
from symback.check.diagnosis.contributions import Term, terms_of, value_of
from symback.check.mistakes.alterations import Alteration, Change, Scene
from symback.check.mistakes.changing import rewritings
from symback.check.mistakes.fits import Fit
from symback.check.mistakes.nodes import NODES
from symback.functions.values.arrays import Array
from symback.language.tree import Binary, Expression, Name

#: A sum of more terms than this, or more slips in all, is not tried.
MOST_TERMS, MOST_SLIPS = 6, 1_500
#: Slips that are less telling than this are not tried in single terms.
LEAST = 6.0
#: How much less telling slips in two terms are than one.
TWICE = 22.0


@dataclass(frozen=True)
class Slip:
    """A slip in one term: what was altered, and the term's values with it at the points."""

    term: int
    alteration: Alteration
    old: Expression
    new: Expression
    values: tuple[Array, ...]


def _overmultiplied(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A value of the problem as a further factor."""
    if node is scene.line.parts[0].tree:
        for name, shape in scene.shapes.items():
            own = scene.shapes.get(scene.line.name, ())
            if shape in ((), own) and "#" not in name and name != scene.line.name:
                yield Binary("*", node, Name(name))


TOO_MANY = Alteration(
    "extra_derivative", "a factor is too many: `{old}`, not `{new}`", 5.95, node=_overmultiplied
)
TABLE = tuple(sorted((one for one in NODES if one.rank <= LEAST), key=lambda one: one.rank))


def slipped_terms(case: Case, judge: Judge, truth: TrueValues) -> Iterator[Fit]:
    """Yield the slip in one term, multiplied out, that gives the answer; else those in two."""
    name = case.quantity.name
    scripts = [s for s in case.quantity.chain.scripts if s.rows is None and name in s.index]
    for script in sorted(scripts, key=lambda script: script.level != "solution")[:2]:
        terms = list(terms_of(case, judge, truth, script))
        if not 1 <= len(terms) <= MOST_TERMS or not _adds_up(case, terms):
            continue
        key = (id(script), name, case.quantity.items, tuple(case.got), case.numeric)
        slips = truth.terms.get(key, partial(_all_slips, case, judge, truth, script, terms))
        found = next(_one(case, terms, slips), None)
        if found is not None:
            yield _fit(script, name, terms, found)
            return
        if not case.numeric:
            both = next(_two(case, terms, slips), None)
            if both is not None:
                first, second = (_fit(script, name, terms, one) for one in both)
                yield replace(first, rank=first.rank + TWICE, also=(second,))
                return


def _adds_up(case: Case, terms: Sequence[Term]) -> bool:
    return all(
        case.true[k].shape == got.shape and bool(close(_rest(terms, place, ()), case.true[k]).all())
        for place, (k, got) in enumerate(case.got.items())
    )


def _all_slips(
    case: Case, judge: Judge, truth: TrueValues, script: Script, terms: Sequence[Term]
) -> list[Slip]:
    """Return the slips in terms, which are the same for all answers about one quantity."""
    return list(_slips(case, judge, truth, script, terms))


def _slips(
    case: Case, judge: Judge, truth: TrueValues, script: Script, terms: Sequence[Term]
) -> Iterator[Slip]:
    """Yield the slips in each term with the values that come of them."""
    line = script.lines[script.index[case.quantity.name]]
    known = truth.all_points()[min(case.got)].environment(script, truth.functions)
    shapes = {name: np.shape(value) for name, value in known.items()}
    count = 0
    for alteration in (*TABLE, TOO_MANY) if case.numeric else TABLE:
        for place, term in enumerate(terms):
            scene = Scene(script, replace(line, parts=(Part(term.tree, term.edge),)), shapes)
            for old, new, tree in rewritings(alteration, term.tree, scene):
                count += 1
                if count > MOST_SLIPS:
                    return
                values = value_of(tree, case, judge, truth, script)
                if values is not None:
                    yield Slip(place, alteration, old, new, values)


def _one(case: Case, terms: Sequence[Term], slips: Sequence[Slip]) -> Iterator[Slip]:
    """Yield the slips that alone give the answer; of a number no more than its digits tell."""
    for tried, slip in enumerate(slips, 1):
        if tried > case.budget():
            return
        if all(
            close(got - _rest(terms, place, (slip.term,)), slip.values[place], case.allowed).all()
            for place, got in enumerate(case.got.values())
        ):
            yield slip


def _two(case: Case, terms: Sequence[Term], slips: Sequence[Slip]) -> Iterator[tuple[Slip, Slip]]:
    """Yield the slips in two terms that give the answer together."""
    by_term: dict[int, list[Slip]] = {}
    for slip in slips:
        by_term.setdefault(slip.term, []).append(slip)
    answers = list(case.got.values())
    for first, second in combinations(range(len(terms)), 2):
        later = {rounded(one.values[0]): one for one in reversed(by_term.get(second, []))}
        for slip in by_term.get(first, []):
            rest = [
                got - _rest(terms, place, (first, second)) - slip.values[place]
                for place, got in enumerate(answers)
            ]
            other = later.get(rounded(rest[0]))
            if other is not None and all(
                close(x, y).all() for x, y in zip(rest, other.values, strict=True)
            ):
                yield slip, other


def _rest(terms: Sequence[Term], place: int, without: tuple[int, ...]) -> Array:
    """Return the sum of the other terms at a point."""
    kept = [one.values[place] for k, one in enumerate(terms) if k not in without]
    return np.asarray(sum(kept, start=np.zeros_like(terms[0].values[place])))


def _fit(script: Script, name: str, terms: Sequence[Term], slip: Slip) -> Fit:
    line = script.lines[script.index[name]]
    edge = terms[slip.term].edge if terms[slip.term].path else None
    change = Change(slip.alteration, script, line, line.parts, slip.old, slip.new, edge)
    return Fit(slip.alteration.kind, slip.alteration.rank, (change,))
