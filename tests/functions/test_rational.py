"""Rational values of elementwise functions."""

from __future__ import annotations

from fractions import Fraction

import flint
import pytest

from symback.functions import table


@pytest.mark.parametrize(
    ("name", "point", "expected"),
    [
        ("sqrt", ["9/4"], "3/2"),
        ("sqrt", ["2"], None),
        ("sqrt", ["-4"], None),
        ("cbrt", ["-8/27"], "-2/3"),
        ("cbrt", ["9"], None),
        ("rsqrt", ["4"], "1/2"),
        ("power", ["2/3", "-2"], "9/4"),
        ("power", ["4/9", "3/2"], "8/27"),
        ("power", ["8", "1/3"], "2"),
        ("power", ["-8", "1/3"], None),
        ("power", ["0", "-1"], None),
        ("power", ["2", "1000000000000"], None),
        ("hypot", ["3", "4"], "5"),
        ("log2", ["1/8"], "-3"),
        ("log2", ["3/2"], None),
        ("log10", ["1000"], "3"),
        ("sinpi", ["1/6"], "1/2"),
        ("sinpi", ["-1/6"], "-1/2"),
        ("cospi", ["1/3"], "1/2"),
        ("cospi", ["1"], "-1"),
        ("gamma", ["6"], "120"),
        ("beta", ["2", "3"], "1/12"),
        ("sigmoid", ["0"], "1/2"),
        ("exp", ["0"], "1"),
        ("exp", ["1"], None),
        ("xlogy", ["0", "0"], "0"),
        ("mod", ["-7", "3"], "2"),
        ("fmod", ["-7", "3"], "-1"),
        ("relu6", ["7"], "6"),
        ("hardsigmoid", ["0"], "1/2"),
    ],
)
def test_rational_values_are_exact(name, point, expected):
    """Rational values are rationals; where there is none, or one too large, None."""
    numbers = [flint.fmpq(*Fraction(value).as_integer_ratio()) for value in point]

    actual = table()[name].exact(*numbers)

    if expected is None:
        assert actual is None
    else:
        assert actual == flint.fmpq(*Fraction(expected).as_integer_ratio())
