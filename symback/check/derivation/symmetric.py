"""The truth about a problem whose square matrices are symmetric, as many people take them."""

from __future__ import annotations

from copy import copy

import numpy as np

from symback.check.derivation.memory import Memory
from symback.check.derivation.running import Point
from symback.check.derivation.truth import TrueValues
from symback.functions.values.arrays import Array


def where_symmetric(truth: TrueValues) -> TrueValues | None:
    """Return the truth at points where square matrices are symmetric that may be so.

    None if there are none, or all are known to be symmetric or of another structure.
    """
    values = truth.given.values if truth.given is not None else {}
    names = [
        name
        for name, one in truth.problem.given.items()
        if not one.assume
        and one.structure is None
        and all(_is_square(point.values[name]) for point in truth.points)
        and (name not in values or np.array_equal(values[name], values[name].T))
    ]
    if not names or not truth.points:
        return None
    found = copy(truth)
    found.points = [
        Point({n: (x + x.T) / 2 if n in names else x for n, x in point.values.items()})
        for point in truth.points
    ]
    found.held, found.sides, found.implied = Memory(500), Memory(), Memory()
    found.slips, found.rounded, found.terms = Memory(), Memory(), Memory()
    return found


def _is_square(value: Array) -> bool:
    return value.ndim == 2 and value.shape[0] == value.shape[1] > 1
