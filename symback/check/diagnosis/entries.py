"""Mistakes in single entries: in the formula of one component, or in some entries alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

import numpy as np

from symback.check.derivation.passes import Line, Part, Script
from symback.check.derivation.running import quiet
from symback.check.derivation.truth import Quantity, TrueValues
from symback.check.diagnosis.case import Case
from symback.check.diagnosis.plain_factors import factor_fits
from symback.check.mistakes.alterations import Scene
from symback.check.mistakes.changing import altered_value, applied
from symback.check.mistakes.fits import Fit
from symback.check.mistakes.nodes import NODES
from symback.language.tree import Expression, Number

#: How much less telling it is that an explanation is of some entries only.
PARTIAL = 1.5
#: How much more telling a slip in the formula of the entry asked for is than one elsewhere.
NEARER = 1.5


def by_entries(
    case: Case, truth: TrueValues, formula: Callable[[Quantity], Expression | None]
) -> Iterator[Fit]:
    """Explain the wrong entries, where the others are right, or the one that is asked for.

    `formula` returns the right formula of one entry.
    """
    if case.quantity.items is not None:
        if (tree := formula(case.quantity)) is not None:
            yield from component_fits(case, truth, tree)
        return
    part = case.of_wrong_entries()
    if part is None:
        return
    places = case.wrong()
    if len(places) == 1:
        items = tuple(Number(Fraction(place)) for place in places[0])
        one = replace(part, quantity=replace(case.quantity, items=items))
        one.got = {k: x[0] for k, x in part.got.items()}
        one.true = {k: x[0] for k, x in part.true.items()}
        for fit in by_entries(one, truth, formula):
            yield replace(fit, detail={"at": places})
    for fit in entry_fits(part, truth):
        yield replace(fit, rank=fit.rank + PARTIAL, detail={**fit.detail, "at": places})


def component_fits(case: Case, truth: TrueValues, formula: Expression) -> Iterator[Fit]:
    """Yield the alterations of the formula of one entry that give the answer."""
    points = truth.all_points()
    budget, tried = case.budget(), 0
    for script, line in with_entry(case.quantity, truth, formula):
        known = points[0].environment(script, truth.functions)
        shapes = {name: np.shape(value) for name, value in known.items()}
        scene = Scene(script, line, shapes)
        for alteration in sorted(NODES, key=lambda one: one.rank):
            for change in applied(alteration, script, line, scene):
                tried += 1
                if case.numeric and tried > budget:
                    return
                with quiet():
                    fitting = all(
                        case.fits(k, altered_value(truth, change, line.name, points[k])) == 2
                        for k in case.got
                    )
                if fitting:
                    nearer = NEARER * (alteration.kind != "factor")
                    yield Fit(alteration.kind, alteration.rank - nearer, (change,))


def with_entry(
    quantity: Quantity, truth: TrueValues, formula: Expression
) -> Iterator[tuple[Script, Line]]:
    """Yield a script in which the formula of one entry has a line of its own, if it can have."""
    for written in quantity.chain.scripts:
        if written.rows is not None or written.level not in ("solution", "operations"):
            continue
        line = Line(f"{quantity.name}#entry", (Part(formula),), quantity.name)
        script = Script((*written.lines, line), "entry")
        if line.name in truth.all_points()[0].environment(script, truth.functions):
            yield script, line
            return


def entry_fits(case: Case, truth: TrueValues) -> Iterator[Fit]:
    """Yield what the wrong entries have in common: a factor, a sign, nothing in their place."""
    if all(not got.any() for got in case.got.values()):
        yield Fit("missing_term", 2.5, detail={"zero": True})
        return
    yield from factor_fits(case, truth)
