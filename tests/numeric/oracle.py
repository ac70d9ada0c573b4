"""Values by symback and by mpmath side by side, and their comparison."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import mpmath
import numpy as np
from flint import arb, ctx, fmpq

from symback.functions import table
from symback.language import parse
from symback.numeric import FLOAT64, Value, evaluate, solve_values
from symback.numeric.solve import START_BITS
from tests.oracle import evaluate_mp

#: float64 has 2.2e-16; some operations in a row, and matrices of moderate condition, cost the rest.
FLOAT_TOLERANCE = 1e-11
#: What mpmath's 60 digits may be wrong by.
ORACLE_TOLERANCE = "1e-50"


def solved(text: str, /, **given: Any) -> Value:
    """Return the value of an expression as `solve_values` has it."""
    return solve_values(given, [("value", parse(text))], ["value"], table())["value"]


def in_float64(text: str, /, **given: Any) -> Any:
    """Return the value of an expression in float64 arithmetic."""
    arrays = {name: np.array(value, dtype=float) for name, value in given.items()}
    return evaluate(parse(text), arrays, table(), FLOAT64)


def by_mpmath(text: str, /, **given: Any) -> Any:
    """Return the value of an expression by the oracle, as an object array."""
    return np.asarray(evaluate_mp(parse(text), given, 60), dtype=object)


def encloses(entry: Any, expected: mpmath.mpf) -> bool:
    """Tell whether an entry is what mpmath found, up to the digits that mpmath has."""
    with ctx.workprec(2 * START_BITS):
        middle = arb(mpmath.nstr(expected, 60, strip_zeros=False))
        slack = arb(0, 1) * arb(ORACLE_TOLERANCE) * (abs(middle) + 1)
        ball = arb(entry) if isinstance(entry, fmpq) else entry
        return bool(ball.overlaps(middle + slack))


def fractions(*numbers: str) -> list[Fraction]:
    """Return decimals as exact fractions."""
    return [Fraction(number) for number in numbers]
