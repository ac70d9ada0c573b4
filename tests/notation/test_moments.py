"""Variances and standard deviations in results."""

import pytest

from tests.notation.printed import printed


@pytest.mark.parametrize(
    ("variables", "expression", "form"),
    [
        (
            "x:n g:n",
            "(x - mean(x))/sqrt(mean((x - mean(x))**2))",
            "(g - mean(g) - result*mean(result*g))/std(x)",
        ),
        ("x:n g:", "log(var(x))", "2*(g*(x - mean(x)))/(n*var(x))"),
        (
            "x:n,m g:m",
            "log(var(x, axis=0))",
            "2*(g/var(x, axis=0)*(x - mean(x, axis=0)))/n",
        ),
    ],
)
def test_means_of_squared_deviations_are_variances(variables, expression, form):
    """However they were written."""
    assert printed("vjp", variables, expression, "x") == {"dL_dx": form}


def test_other_squares_have_no_variance():
    """A deviation from another mean, or from one over another axis."""
    forms = printed("vjp", "x:n,n y:n,n g:", "log(mean((x - mean(y))**2))", "x").values()
    forms = [
        *forms,
        *printed("vjp", "x:n,n g:n", "sqrt(mean((x - mean(x, axis=0))**2, axis=1))", "x").values(),
    ]

    assert not any("var" in form or "std" in form for form in forms)
