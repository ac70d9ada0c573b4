"""Values: rounding to float64, shapes, and notes that are not repeated."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from flint import arb, ctx, fmpq
from hypothesis import given
from hypothesis import strategies as st

from symback.numeric.value import is_accurate, nearest_float
from tests.numeric.oracle import solved


@given(st.fractions())
def test_rationals_round_to_the_nearest_float(number):
    """Python's own division of integers is correctly rounded."""
    assert float(number) == nearest_float(fmpq(number.numerator, number.denominator))


@pytest.mark.parametrize("text", ["1e-400", "-1e400", "0.1", "5e-324", "1e-310", "-3.7e300"])
def test_balls_round_to_the_nearest_float(text):
    """Subnormal numbers and what is out of range too."""
    exact = Fraction(text)
    expected = float(text) if abs(exact) < 10**309 else None

    with ctx.workprec(200):
        assert expected == nearest_float(arb(fmpq(exact.numerator, exact.denominator)))


def test_a_ball_across_a_rounding_boundary_is_not_accurate():
    """However narrow, it does not say which float64 is nearest."""
    with ctx.workprec(200):
        boundary, narrow = arb(1) + arb(2) ** -53, arb(0, 1) * arb(2) ** -90

        assert not is_accurate(boundary + narrow)
        assert is_accurate(boundary + arb(2) ** -80 + narrow)


def test_notes_are_given_once_with_the_first_place():
    """A hundred divisions by zero are one note."""
    value = solved("1/x", x=[[1, 0], [0, 0]])

    assert value.floats() == [[1, None], [None, None]]
    assert [(note.code, note.place) for note in value.notes] == [("undefined", (0, 1))]
    assert value.shape == (2, 2)


def test_empty_arrays_have_values():
    """Shapes with a zero are kept; sums over nothing are 0, products 1."""
    assert solved("x[:0]", x=[1, 2]).floats() == []
    assert solved("sum(x[:0]) + prod(x[:0])", x=[1, 2]).floats() == 1
    assert np.shape(solved("zeros(0, 3)@ones(3)").floats()) == (0,)
    assert solved("exp(zeros(2, 0)@ones(0))").floats() == [1, 1]
