"""Numbers in formulas."""

from fractions import Fraction

import pytest

from symback.language import parse, write
from symback.language.tree import Call, Name
from symback.notation.writing import trees

#: A coefficient, what it is in front of x.
COEFFICIENTS = [
    ("7/10", "0.7*x"), ("3/2", "3*x/2"), ("1/10", "x/10"), ("2/5", "2*x/5"), ("1/3", "x/3"),
    ("44715/1000000", "0.044715*x"), ("3/20", "0.15*x"), ("7/30", "7*x/30"),
]  # fmt: skip

#: A number that stands alone.
CONSTANTS = [
    ("1/2", "0.5"), ("1/100000", "1e-5"), ("7/3", "7/3"), ("4", "4"), ("-9/10", "-0.9"),
    ("1/64", "1/64"), ("1001/1000000", "0.001001"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "form"), COEFFICIENTS)
def test_a_coefficient_is_a_decimal_where_its_denominator_has_a_ten(value, form):
    """Halves, thirds and fifths stay fractions."""
    assert write(trees.scaled(Fraction(value), Name("x"))) == form


@pytest.mark.parametrize(("value", "form"), CONSTANTS)
def test_a_number_alone_is_a_short_decimal(value, form):
    """Where it has one."""
    assert write(trees.constant(Fraction(value))) == form


def test_the_sign_of_a_square_stays_in_front():
    """A difference is turned round for it, but not in one of two equal factors."""
    difference = parse("inv(S) @ (x - y)")

    for other, form in [
        (difference, "-outer(inv(S) @ (x - y), inv(S) @ (x - y))"),
        (Name("z"), "outer(inv(S) @ (y - x), z)"),
    ]:
        assert write(trees.negated(Call("outer", (difference, other)))) == form
