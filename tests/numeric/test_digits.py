"""Decimal digits: exact decimals in full, others rounded right, and what is not proved."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest
from flint import arb, ctx, fmpq
from hypothesis import given
from hypothesis import strategies as st

from symback.functions.values.entries import Undefined
from symback.numeric import format_number

EXACT = (
    ("23/100", "0.23"),
    ("2/5", "0.4"),
    ("-9/2", "-4.5"),
    ("0", "0"),
    ("1200", "1200"),
    ("1/3", "0.3333"),
    ("2/3", "0.6667"),
    ("33/100", "0.33"),
    ("123456/1000", "123.456"),
    ("1234567/1000", "1235"),
    ("1234567/100", "1.235e+04"),
    ("1/8000000", "1.25e-07"),
    ("5000000", "5000000"),
    ("50000000", "5e+07"),
    ("99999999/10000", "1.000e+04"),
    ("1/1000000007", "1.000e-09"),
    ("-2/30000", "-6.667e-05"),
    ("1/10000", "0.0001"),
    ("2/3000", "0.0006667"),
)


@pytest.mark.parametrize(("entry", "expected"), EXACT)
def test_rationals(entry, expected):
    """Decimals of up to six digits are shown in full, others to four digits."""
    shown = format_number(fmpq(*map(int, entry.split("/"))))

    assert expected == str(shown)
    assert shown.proved


@pytest.mark.parametrize(
    ("text", "digits", "expected"),
    [
        ("0.13196 +/- 1e-12", 4, "0.1320"),
        ("0.33 +/- 1e-12", 4, "0.3300"),
        ("-1.234e-9 +/- 1e-25", 4, "-1.234e-09"),
        ("99999.9 +/- 1e-9", 4, "1.000e+05"),
        ("3.14159265358979 +/- 1e-14", 10, "3.141592654"),
        ("1.2345 +/- 1e-20", 4, "1.2345"),
        ("1e4000 +/- 1e3900", 4, "1.000e+4000"),
        ("1e-40000 +/- 1e-40100", 4, "1.000e-40000"),
    ],
)
def test_balls(text, digits, expected):
    """Every digit is right for every number in the ball; across a boundary one more is shown."""
    shown = format_number(arb(text), digits)

    assert expected == str(shown)
    assert shown.proved


def test_what_is_not_proved_is_marked():
    """A wide ball, a ball around 0, a tie and a float64 number have digits without proof."""
    for entry in (arb("0.5 +/- 0.1"), arb("0 +/- 1e-30"), 0.5):
        assert not format_number(entry).proved
    assert not format_number(fmpq(1, 2), proved=False).proved
    assert str(format_number(0.25)) == "0.2500"
    assert str(format_number(arb(0))) == "0"


def test_no_number():
    """What is undefined or not finite has no digits."""
    for entry in (Undefined("x"), float("inf"), arb("nan"), arb(1000).exp().exp().exp()):
        assert str(format_number(entry)) == "undefined"


@given(st.fractions(), st.integers(1, 12))
def test_rounding_agrees_with_decimal(number, digits):
    """Rounding is half away from zero, as decimal does it."""
    exact = Context(prec=200).divide(Decimal(number.numerator), Decimal(number.denominator))
    expected = Context(prec=digits, rounding=ROUND_HALF_UP).plus(exact)

    shown = format_number(fmpq(number.numerator, number.denominator), digits)

    if shown.exact:
        assert Fraction(str(shown)) == number
    else:
        assert expected == Decimal(str(shown))


@given(st.floats(-1e30, 1e30).filter(bool), st.integers(1, 15))
def test_digits_of_a_ball_are_digits_of_its_middle(number, digits):
    """A narrow ball shows the digits of the number in it."""
    with ctx.workprec(200):
        ball = arb(number) + arb(0, 1) * arb(number) * arb(2) ** -150
        shown = format_number(ball, digits)

    assert shown.proved
    assert float(str(shown)) == pytest.approx(number, rel=0.51 * 10 ** (1 - digits))
