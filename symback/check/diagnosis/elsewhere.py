"""Right values of something else: another quantity, or another entry of the same result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import prod

import numpy as np

from symback.check.answers.judging import Judge
from symback.check.derivation.passes import Line
from symback.check.derivation.truth import TrueValues
from symback.check.diagnosis.case import Case
from symback.check.mistakes.alterations import DERIVATIVE
from symback.check.mistakes.fits import Fit
from symback.functions.values.arrays import Array
from symback.language.tree import Number

#: How telling it is that an answer is the right value of another derivative, or of a step.
DERIVED, PASSED_ON, FORWARD = 3.2, 6.5, 3.7
#: How telling it is that it is the entry with the indices exchanged, one next to it, any other.
MIRRORED, NEXT, ANY = 2.4, 2.8, 3.0


def other_quantities(case: Case, truth: TrueValues) -> Iterator[Fit]:
    """Yield the derivative or step whose values an answer about another derivative has."""
    own = case.quantity.name
    if case.quantity.items is not None or not DERIVATIVE.match(own):
        return
    if any(not got.any() for got in case.got.values()):
        return
    alike = all(got.shape == case.true[k].shape for k, got in case.got.items())
    script, points = case.quantity.chain.main, truth.all_points()
    most = float("inf") if len(script.lines) <= case.budget() else case.least_telling()
    if most < DERIVED:
        return
    values = {k: points[k].environment(script, truth.functions) for k in case.got}
    behind = {line.name for line in script.leading_to(own)}
    for line in script.lines:
        if "#" in line.name or line.name == own or (line.of is not None and not line.uses):
            continue
        if not alike and (line.of is None or line.name in behind):
            continue
        if all(case.fits(k, _whole(values[k].get(line.name), case.got[k])) == 2 for k in case.got):
            kind, rank = _meaning(line, behind)
            if rank <= most:
                yield Fit(kind, rank, detail={"instead": line.name})


def _meaning(line: Line, behind: set[str]) -> tuple[str, float]:
    """Say what it means that an answer is the value of a line, and how telling that is."""
    if not DERIVATIVE.match(line.name):
        return "function_for_derivative", FORWARD
    return ("missing_derivative", PASSED_ON) if line.name in behind else ("wrong_operand", DERIVED)


def _whole(value: Array | None, got: Array) -> Array | None:
    """Return a value in the shape of an answer only: a number is not every entry of an array."""
    return value if value is not None and np.shape(value) == got.shape else None


def other_entries(case: Case, judge: Judge) -> Iterator[Fit]:
    """Yield the entry of the same result that an answer about one entry is."""
    items = case.quantity.items
    if items is None or not all(isinstance(item, Number) for item in items):
        return
    own = tuple(int(item.value) for item in items if isinstance(item, Number))
    truths = judge.true_values(replace(case.quantity, items=None))
    whole = {k: np.asarray(truths[k], dtype=float) for k in case.got if truths[k] is not None}
    shapes = {value.shape for value in whole.values()}
    if len(whole) < len(case.got) or len(shapes) != 1 or len(shape := shapes.pop()) != len(own):
        return
    if not all(got.any() for got in case.got.values()) or prod(shape) > case.budget():
        return
    for place in np.ndindex(shape):
        if place != own and all(case.fits(k, value[place]) == 2 for k, value in whole.items()):
            yield _named(own, place)


def _named(own: tuple[int, ...], place: tuple[int, ...]) -> Fit:
    detail = {"entry": place}
    if place == own[::-1]:
        return Fit("transposed", MIRRORED, detail=detail)
    if sum(abs(a - b) for a, b in zip(own, place, strict=True)) == 1:
        return Fit("index_shift", NEXT, detail=detail)
    return Fit("index_order", ANY, detail=detail)
