"""Conditions in results."""

import pytest

from tests.notation.printed import printed

#: An expression in x, the form of its VJP.
CHOICES = [
    ("where(x > 0, x, a*x)", "g*where(x > 0, 1, a)"),
    ("where(abs(x) <= a, x**2/2, a*abs(x) - a**2/2)", "g*where(abs(x) <= a, x, a*sign(x))"),
    ("maximum(0, 1 - a*x)", "-(a*(g*(a*x < 1)))"),
    ("relu(x - a)", "g*(x > a)"),
    ("where(x > 2, 0, x)", "g*(x <= 2)"),
]


@pytest.mark.parametrize(("expression", "form"), CHOICES)
def test_conditions_are_read_as_people_write_them(expression, form):
    """Choices with `where`, comparisons without a difference, no 1 - (x > 2)."""
    assert printed("vjp", "x:n a: g:n", expression, "x") == {"dL_dx": form}
