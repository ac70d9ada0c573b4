"""Values where a closed form is 0/0 but the derivative exists: limits, checked by differences.

The gradient of a determinant at a singular matrix and that of a nuclear norm at equal singular
values are defined; their closed forms divide by 0 there.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from symback.errors import SymbackError
from symback.explain.evaluating.differences import CHECKS, confirm
from symback.explain.evaluating.surroundings import NoLimit, Surroundings, is_undefined
from symback.explain.evaluating.values import Quantities
from symback.explain.solution import Note, Result, Solution
from symback.numeric.value import Value

#: Values on different sides agree to as many bits.
AGREEING_BITS = 70
#: A limit this close to a fraction with a short denominator is that fraction.
MAX_DENOMINATOR = 10_000
#: Larger results are not looked at.
MAX_ENTRIES = 400
MESSAGE = "the closed form has no value here: the number is its limit"


def with_limits(solution: Solution, quantities: Quantities) -> Solution:
    """Return the solution with values in place of those that are undefined but have a limit.

    The function must have a value, the limits along several lines must agree, and differences of
    the function must confirm them.
    """
    found = {}
    for place, result in enumerate(solution.results):
        value = result.value
        if value is not None and is_undefined(value) and value.entries.size <= MAX_ENTRIES:
            limit = _limit(solution, quantities, result)
            if limit is not None:
                found[place] = limit
    if not found:
        return solution
    results = [
        replace(result, value=found.get(place, result.value))
        for place, result in enumerate(solution.results)
    ]
    settled = {solution.results[place].name for place in found}
    left = [n for n in solution.notes if n.code != "undefined" or n.name not in settled]
    notes = [Note("limit", name, MESSAGE) for name in sorted(settled)]
    return replace(solution, results=tuple(results), notes=(*left, *notes))


def _limit(solution: Solution, quantities: Quantities, result: Result) -> Value | None:
    if result.kind not in CHECKS:
        return None
    try:
        return _limit_of(Surroundings(quantities, result))
    except (SymbackError, NoLimit):
        return None


def _limit_of(around: Surroundings) -> Value:
    """Return the limit; raises NoLimit."""
    import numpy as np

    lines = [around.line() for _ in range(2)]
    ends = [[around.both(line, sign) for sign in (1, -1)] for line in lines]
    middle = _agreed([value for pair in ends for value, _ in pair])
    for line, pair in zip(lines, ends, strict=True):
        confirm(around, line, middle, [function for _, function in pair])
    entries = np.empty(middle.size, dtype=object)
    entries[:] = [_short(x) for x in middle.flat]
    proved = np.zeros(middle.shape, dtype=bool)
    return Value(around.result.key, entries.reshape(middle.shape), proved)


def _agreed(values: list[Any]) -> Any:
    """Return the mean of values that agree."""
    import numpy as np

    middle = np.asarray(sum(values[1:], values[0]) / len(values), dtype=object)
    for value in values:
        for x, y in zip(value.flat, middle.flat, strict=True):
            if abs(x - y) * 2**AGREEING_BITS > max(abs(y), 1):
                raise NoLimit
    return middle


def _short(number: Fraction) -> Any:
    """Return a number as an entry, the fraction that it is next to if that is a short one."""
    from flint import arb, fmpq

    near = number.limit_denominator(MAX_DENOMINATOR)
    if abs(number - near) < Fraction(1, 2**AGREEING_BITS):
        return fmpq(near.numerator, near.denominator)
    return arb(fmpq(number.numerator, number.denominator))
