"""How rows of the function table are judged: their sample points and the check of a derivative."""

from __future__ import annotations

import random
from fractions import Fraction

import flint
import mpmath

from symback.functions.domains import sample
from symback.functions.entry import Function
from symback.functions.slopes import slope_rule
from symback.language import parse
from tests.oracle import derivative_mp, evaluate_mp, number
from tests.oracle_entries import ENTRIES

POINTS = 3
DIGITS = 60
#: 50-digit differences leave some 38 digits; the contract asks for 30.
TOLERANCE = mpmath.mpf("1e-30")


def parameters(entry: Function) -> list[str]:
    """Return the names of the parameters."""
    return [item.partition("=")[0].strip() for item in entry.signature.split(",")]


def domains(entry: Function) -> list[str]:
    """Return the domain of each argument; the last one repeats."""
    given = list(entry.domain)
    return (given + given[-1:] * entry.arrays)[: entry.arrays]


def points(entry: Function) -> list[list[Fraction]]:
    """Draw exact points from a row's domain, always the same ones."""
    rng = random.Random(entry.name)
    return [[sample(domain, (), rng) for domain in domains(entry)] for _ in range(POINTS)]


def balls(point: list[Fraction]) -> list[flint.arb]:
    """Return exact numbers as balls at the working precision."""
    return [flint.arb(rational(value)) for value in point]


def rational(value: Fraction) -> flint.fmpq:
    """Return a fraction as flint has it."""
    return flint.fmpq(value.numerator, value.denominator)


def mp_of(ball: flint.arb) -> mpmath.mpf:
    """Return the middle of a ball."""
    return mpmath.mpf(ball.mid().str(DIGITS, radius=False))


def assert_close(expected: mpmath.mpf, actual: mpmath.mpf, tolerance: object = TOLERANCE) -> None:
    """Demand a relative error, absolute below 1, within the tolerance."""
    assert abs(expected - actual) <= tolerance * max(1, abs(expected))


def rule_value(entry: Function, k: int, point: list[Fraction], guarded: bool = False) -> mpmath.mpf:
    """Evaluate a derivative rule by the oracle, `out` by the oracle too."""
    with mpmath.workdps(DIGITS):
        out = ENTRIES[entry.name](*map(number, point))
        env = dict(zip(parameters(entry), point, strict=True)) | {"out": out}
        return evaluate_mp(parse(slope_rule(entry, k, guarded)), env, DIGITS)


def check_slope(entry: Function, k: int) -> None:
    """Fail unless a derivative rule agrees with differences of the mpmath value."""
    for point in points(entry):
        with mpmath.workdps(DIGITS):
            expected = derivative_mp(ENTRIES[entry.name], point, k)
            assert_close(expected, rule_value(entry, k, point))
            assert_close(expected, rule_value(entry, k, point, guarded=True))
