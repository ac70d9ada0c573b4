"""Why an array that a function returned is wrong: graded like the answer of a person."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from symback.check.formulas.context import Point
from symback.check.formulas.sampling import as_fraction
from symback.check.grading import Grader
from symback.explain.solution import Result
from symback.functions import table
from symback.functions.values.arrays import Array
from symback.language.tree import Number
from symback.problem.model import Given, Problem, Value
from symback.problem.sheet import load_sheet_text

#: Larger arrays are not graded.
MAX_ENTRIES = 400
TOLERANCE = 1e-6


def diagnosis(problem: Problem, result: Result, array: NDArray[Any], point: Point) -> str:
    """Return what alteration of the derivation gives an array, in a sentence; empty if none does.

    The problem is taken at the point at which the function was called.
    """
    if array.size > MAX_ENTRIES or not np.isfinite(array).all():
        return ""
    try:
        sheet = load_sheet_text(_sheet(result, array), "<returned>")
        report = Grader(at_point(problem, point), table()).grade(sheet)
    except Exception:
        # Whatever goes wrong here must not cost the comparison, which is known already.
        return ""
    finding = report.answers[0].finding
    return "" if finding is None or finding.kind == "unknown" else finding.message


def _sheet(result: Result, array: NDArray[Any]) -> str:
    """Return the array as an answer sheet; JSON is YAML."""
    answer = {
        "quantity": result.name,
        "answer": array.astype(float).tolist(),
        "tolerance": {"rel": TOLERANCE, "abs": TOLERANCE},
    }
    answers: Any = [answer] if result.part is None else {result.part: [answer]}
    return json.dumps({"answers": answers})


def at_point(problem: Problem, point: Point) -> Problem:
    """Return a problem with the values and sizes of a point in place of its own."""
    if point.mode == "given":
        return problem
    given = {name: _valued(one, point.given[name]) for name, one in problem.given.items()}
    return replace(problem, given=given, dims=dict(point.sizes))


def _valued(given: Given, entries: Array) -> Given:
    return replace(given, value=_nested(entries), shape=given.shape or entries.shape)


def _nested(entries: Array) -> Value:
    if entries.ndim:
        return tuple(_nested(np.asarray(part, dtype=object)) for part in entries)
    return Number(Fraction(as_fraction(entries[()])))
