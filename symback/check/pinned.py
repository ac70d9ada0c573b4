"""Right answers that use the numbers given: `0.1*w` for `lam*w`, `y[0] - 1` for `y[0] - t[0]`."""

from __future__ import annotations

import numpy as np

from symback.check.comparing import same
from symback.check.points import varied
from symback.check.running import Point, evaluated, quiet
from symback.check.truth import Quantity, TrueValues
from symback.errors import SymbackError
from symback.functions.values_arrays import Array
from symback.language import names, walk
from symback.language.tree import Expression, Name, Number, Subscript


def right_as_given(tree: Expression, quantity: Quantity, truth: TrueValues) -> bool:
    """Tell whether a formula is right once the inputs whose numbers it uses are as given.

    Only inputs that nothing is differentiated by, and that the formula does not name, are taken as
    given; everything else is random still.
    """
    pinned = _pinned(tree, truth)
    if not pinned:
        return False
    points = [Point({**point.values, **pinned}) for point in truth.points]
    return bool(points) and all(_is_right(tree, quantity, truth, point) for point in points)


def _pinned(tree: Expression, truth: TrueValues) -> dict[str, Array]:
    if truth.given is None:
        return {}
    literals = {float(node.value) for node in walk(tree) if isinstance(node, Number)}
    used = names(tree) | varied(truth.problem) | set(truth.problem.dims)
    values = {n: x for n, x in truth.given.values.items() if n not in used}
    return {n: x for n, x in values.items() if _is_label(x) or literals & set(x.ravel().tolist())}


def _is_label(value: Array) -> bool:
    """Tell whether an array is made of zeros and ones, and has both."""
    return set(value.ravel().tolist()) == {0.0, 1.0}


def _is_right(tree: Expression, quantity: Quantity, truth: TrueValues, point: Point) -> bool:
    expected = truth.value(quantity, point)
    values = point.environment(quantity.chain.main, truth.functions)
    if expected is None:
        return False
    whole: Expression = Name("#")
    entries = Subscript(whole, quantity.items) if quantity.items is not None else whole
    try:
        with quiet():
            got = evaluated(tree, values, truth.functions)
            right = evaluated(entries, {**values, "#": np.asarray(expected)}, truth.functions)
    except SymbackError:
        return False
    return bool(np.isfinite(got).all()) and same(got, right)
