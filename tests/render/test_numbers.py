"""Numbers in sentences."""

import pytest
from flint import arb, fmpq

from symback.numeric import format_number
from symback.render.numbers import digits_of, entry_of, factor, number_latex, number_text
from tests.solved import PERCEPTRON, solved


@pytest.mark.parametrize(
    ("number", "text", "latex"),
    [
        (fmpq(-1, 2), "−0.5", "-0.5"),
        (fmpq(1, 3), "0.3333", "0.3333"),
        (fmpq(123456, 1000), "123.456", "123.456"),
        (fmpq(-3, 10**12), "−3×10⁻¹²", r"-3\cdot 10^{-12}"),
        (fmpq(0), "0", "0"),
        (arb("nan"), "undefined", r"\text{undefined}"),
    ],
)
def test_numbers_are_written_as_people_do(number, text, latex):
    """Signs, powers of ten and missing values in both notations."""
    digits = format_number(number)

    assert (number_text(digits), number_latex(digits)) == (text, latex)


def test_digits_can_be_asked_for():
    """`--digits 8` gives eight significant digits where the number has more than six."""
    value = {line.name: line.value for line in solved(PERCEPTRON).forward}["L"]

    assert number_text(digits_of(value, (), 8)) == "0.79621692"
    assert number_text(digits_of(value)) == "0.7962"


def test_negative_factors_are_bracketed():
    """A product of numbers is readable."""
    assert [factor(text) for text in ("−3", "2", "-1")] == ["(−3)", "2", "(-1)"]


def test_entries_are_values():
    """One entry of a matrix is a scalar value, counted from either end."""
    value = {line.name: line.value for line in solved(PERCEPTRON).given}["W1"]

    assert entry_of(value, (0, 1)).floats() == 0.4
    assert entry_of(value, (-1, -1)).floats() == 0.6
