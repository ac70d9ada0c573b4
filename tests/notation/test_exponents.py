"""Products of powers of one base."""

from __future__ import annotations

import pytest

from tests.notation.printed import printed

FORMS = {
    "sum(x**y)": "y*x**(y - 1)",
    "sum(x**k)": "k*x**(k - 1)",
    "sum(x**(k + 1))": "x**k*(k + 1)",
    "sum(x**y*log(x))": "x**(y - 1)*(y*log(x) + 1)",
    "sum((x + 1)**y)": "y*(x + 1)**(y - 1)",
    "sum(x**y*x**k)": "x**(y + k - 1)*(y + k)",
    "sum(exp(x)**y)": "y*exp(x)**y",
    "sum(y**k/x)": "-(y**k/x**2)",
}


@pytest.mark.parametrize(("expression", "expected"), FORMS.items())
def test_a_base_stands_once(expression, expected):
    """The exponents of one base are added, those of different bases are not."""
    assert printed("gradient", "x:n y:n k:", expression, "x") == {"dresult_dx": expected}


def test_second_derivatives_lower_the_exponent_twice():
    """The Hessian of a sum of powers is diagonal."""
    found = printed("hessian", "x:n y:n", "sum(x**y)", "x")

    assert list(found.values()) == ["diag(y*x**(y - 2)*(y - 1))"]
