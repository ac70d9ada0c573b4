"""Single entries: powers, quotients, maxima, and what undefined and undecided ones do."""

from __future__ import annotations

import pytest
from flint import arb, fmpq

from symback.errors import InputError, LimitError
from symback.functions.domains import Undecided
from symback.functions.values.arrays import check_size, entries_of, integer, integers, metered
from symback.functions.values.entries import (
    DIVISION_BY_ZERO,
    TOO_CLOSE,
    Undefined,
    absolute,
    as_ball,
    deciding,
    divide,
    exp,
    finite,
    larger,
    log,
    power,
    sign_of,
    smaller,
    sqrt,
)

AROUND_ZERO = arb("0 +/- 1e-9")
AROUND_ONE = arb("1 +/- 1e-9")
NONE = Undefined("none")


def test_undefined_entries_absorb_all_arithmetic():
    """The first reason stays, whichever side it comes from."""
    for value in (NONE + fmpq(1), fmpq(1) - NONE, arb(2) * NONE, NONE / arb(2), -NONE, abs(NONE)):
        assert value is NONE
    for value in (divide(NONE, fmpq(0)), divide(fmpq(1), NONE), power(NONE, fmpq(0)),
                  power(fmpq(0), NONE), exp(NONE), log(NONE), sqrt(NONE), absolute(NONE),
                  larger(NONE, fmpq(1)), smaller(fmpq(1), NONE)):  # fmt: skip
        assert value is NONE


@pytest.mark.parametrize(
    "decide",
    [
        lambda: sign_of(AROUND_ZERO),
        lambda: divide(fmpq(1), AROUND_ZERO),
        lambda: log(AROUND_ZERO),
        lambda: sqrt(AROUND_ZERO),
        lambda: power(AROUND_ZERO, fmpq(-1)),
        lambda: power(fmpq(0), AROUND_ZERO),
        lambda: finite(arb("nan")),
    ],
)
def test_a_ball_around_a_boundary_asks_for_more_precision(decide):
    """Only the last pass, which accepts ties, may guess, and it counts that it did."""
    with pytest.raises(Undecided):
        decide()
    with deciding(final=True) as decisions:
        decide()
        assert decisions.ties >= 1


def test_ties_are_counted_in_the_innermost_block():
    """Each step has a count of its own."""
    with deciding(final=True) as decisions:
        sign_of(AROUND_ZERO)
        with deciding(final=True):
            assert decisions.ties == 0
        assert decisions.ties == 1


@pytest.mark.parametrize(
    ("base", "exponent", "expected"),
    [
        (fmpq(-2), arb(3), fmpq(-8)),
        (fmpq(2), arb(-1), fmpq(1, 2)),
        (fmpq(0), arb(2), fmpq(0)),
        (fmpq(0), fmpq(-1), DIVISION_BY_ZERO),
        (fmpq(0), fmpq(-1, 2), DIVISION_BY_ZERO),
        (fmpq(-1), fmpq(10**30), fmpq(1)),
        (fmpq(-1), fmpq(10**30 + 1), fmpq(-1)),
        (fmpq(1), fmpq(-(10**30)), fmpq(1)),
        (fmpq(32), fmpq(3, 5), fmpq(8)),
    ],
)
def test_powers(base, exponent, expected):
    """Rational powers of rationals are exact where they are rational."""
    assert power(base, exponent) == expected


def test_powers_beyond_the_limits():
    """Long ones become balls, absurd ones are refused, tiny ones are numbers."""
    assert isinstance(power(fmpq(3), fmpq(1_500_000)), arb)
    assert isinstance(power(fmpq(2), fmpq(1, 65)), arb)
    assert abs(power(fmpq(9), fmpq(-(9**9)))) < 1
    with pytest.raises(LimitError, match="E402"):
        power(fmpq(10), fmpq(10**7))


def test_extrema_need_no_decision():
    """Where two cannot be told apart, the ball encloses both."""
    both = larger(AROUND_ONE, fmpq(1))

    assert both.overlaps(AROUND_ONE)
    assert larger(fmpq(1), arb(2)) == 2
    assert smaller(fmpq(1), arb(2)) == 1
    assert absolute(fmpq(-1)) == 1
    assert absolute(AROUND_ZERO).contains(0)


def test_functions_at_their_rational_points():
    """exp(0) and log(1) are rational; huge exponentials are undefined."""
    assert exp(fmpq(0)) == 1
    assert log(fmpq(1)) == 0
    assert exp(as_ball(fmpq(1000)).exp().exp()) == Undefined("too large to be represented")
    with deciding(final=True):
        assert finite(arb("nan")) is TOO_CLOSE


def test_settings_are_integers():
    """Numbers of every kind that are whole, and nothing else."""
    assert [integer(x) for x in (2, 2.0, fmpq(2), arb(2), entries_of(2))] == [2] * 5
    assert integers(entries_of([1, 2])) == (1, 2)
    for wrong in (0.5, fmpq(1, 2), "2", None, entries_of([1, 2])):
        with pytest.raises(InputError, match="E406"):
            integer(wrong)


def test_sizes_are_bounded_in_the_innermost_block():
    """Limits are set around an evaluation and restored after it."""
    with metered(10) as meter:
        with metered(100):
            check_size((10, 10))
        with pytest.raises(LimitError, match="E401"):
            check_size((11,))
        assert meter.work == 0
