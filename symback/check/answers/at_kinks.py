"""Numbers at a kink: any slope between those on its sides is a convention, not a mistake."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from symback.check.derivation.comparing import shaped
from symback.check.derivation.running import Point
from symback.check.derivation.truth import Quantity, TrueValues
from symback.functions.values.arrays import Array

#: How far, relatively, inputs are moved off a kink, how often, and what that may change by itself.
STEP, TRIES, SMOOTH = 1e-7, 12, 1e-5
NOTE = "right by another convention at a kink; the value shown is by PyTorch's"


def on_a_kink(truth: TrueValues) -> bool:
    """Tell whether a value given is on a kink."""
    return truth.given is not None and any(n.code == "kink" for n in truth.solution.notes)


def sides(truth: TrueValues, quantity: Quantity) -> tuple[Array, Array] | None:
    """Return the least and the largest values on the sides of the kinks that the inputs are on."""
    if truth.given is None:
        return None
    found = truth.sides.get((id(quantity.chain), quantity.name), lambda: _around(truth, quantity))
    return None if not found else (np.min(found, axis=0), np.max(found, axis=0))


def _around(truth: TrueValues, quantity: Quantity) -> list[Array]:
    assert truth.given is not None
    rng = np.random.default_rng(1)
    found = []
    for _ in range(TRIES):
        moved = {
            name: x + STEP * (np.abs(x) + 1) * rng.choice((-1.0, 1.0), np.shape(x))
            if name in truth.problem.given
            else x
            for name, x in truth.given.values.items()
        }
        value = np.asarray(truth.value(quantity, Point(moved)), dtype=float)
        if np.isfinite(value).all():
            found.append(value)
    return found


def by_a_convention(
    truth: TrueValues,
    quantity: Quantity,
    chosen: Callable[[Array], Array | None],
    number: Array,
    allowed: Array,
) -> bool:
    """Tell whether numbers at a kink are right by some convention.

    `chosen` returns the entries of a whole value that are asked for.
    """
    found = sides(truth, quantity) if on_a_kink(truth) else None
    if found is None:
        return False
    low, high = map(chosen, found)
    if low is None or high is None or np.allclose(low, high, rtol=SMOOTH, atol=SMOOTH):
        return False
    got = shaped(number, low.shape)
    return got is not None and between(got, low, high, allowed)


def between(got: Array, low: Array, high: Array, allowed: Array) -> bool:
    """Tell whether every entry lies between its values on the sides of a kink."""
    slack = allowed + SMOOTH * np.maximum(1.0, np.abs(high))
    return got.shape == low.shape and bool(((low - slack <= got) & (got <= high + slack)).all())
