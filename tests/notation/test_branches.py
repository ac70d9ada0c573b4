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
    ("where(x > 0.4, x - 0.4, where(x < -0.4, x + 0.4, 0))", "g*(abs(x) > 0.4)"),
    ("where(x > 0.4, x - 0.4, where(x < -0.5, x + 0.4, 0))", "g*where(x > 0.4, 1, x < -0.5)"),
    ("clip(x, -1, 1)", "g*(abs(x) <= 1)"),
    ("where(x > 0, x, 0.3*(exp(x) - 1))", "g*where(x > 0, 1, 0.3*exp(x))"),
    ("clip(x, -1, 2)", "g*(x >= -1)*(x <= 2)"),
]


@pytest.mark.parametrize(("expression", "form"), CHOICES)
def test_conditions_are_read_as_people_write_them(expression, form):
    """Choices with `where`, comparisons without a difference, no 1 - (x > 2)."""
    assert printed("vjp", "x:n a: g:n", expression, "x") == {"dL_dx": form}


@pytest.mark.parametrize(
    ("expression", "form"),
    [
        ("where(abs(x) <= 1, x**2/2, abs(x) - 1/2)", "g*clip(x, -1, 1)"),
        ("where(abs(x) < 3/2, x**2, 3*abs(x) - 9/4)", "2*(g*clip(x, -1.5, 1.5))"),
        ("where(abs(x) < 0.7, x**2/2, 0.7*(abs(x) - 0.35))", "g*clip(x, -0.7, 0.7)"),
        ("where(abs(p - x) < 1, (p - x)**2/2, abs(p - x) - 1/2)", "g*clip(x - p, -1, 1)"),
        ("where(abs(x) <= p, x**2/2, p*abs(x) - p**2/2)", "g*clip(x, -p, p)"),
        ("where(abs(x) <= 1, x**2/2, 2*abs(x) - 3/2)", "g*where(abs(x) <= 1, x, 2*sign(x))"),
        ("where(abs(x) <= -1, x**2/2, -abs(x))", "g*where(abs(x) <= -1, x, -sign(x))"),
    ],
)
def test_a_slope_that_stays_as_it_is_beyond_a_limit_is_clipped(expression, form):
    """Huber's loss; not where the slope jumps, nor where the limit may be negative."""
    found = printed("vjp", "x:n p::positive g:n", expression, "x")

    assert found == {"dL_dx": form}


@pytest.mark.parametrize(
    ("expression", "form"),
    [
        ("where(3*x > x, x, 0)", "g*(x > 0)"),
        ("where(2*x - a <= x + a, x, 0)", "g*(2*a >= x)"),
        ("where(0.3*(x - a) > -0.2*(x - a), x, 0)", "g*(x > a)"),
        ("where(x + 3 == 6, x, 0)", "g*(x == 3)"),
    ],
)
def test_comparisons_are_without_what_both_sides_share(expression, form):
    """Terms and positive factors."""
    assert printed("vjp", "x:n a: g:n", expression, "x") == {"dL_dx": form}
