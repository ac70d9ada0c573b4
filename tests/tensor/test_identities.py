"""Products that are shorter than they look."""

import pytest

from tests.notation.printed import printed


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("sum(outer(x, x) @ x/(x @ x))", "ones(n)"),
        ("sum(x*(x @ x)/(x @ x)**2)", "(x @ x - 2*(x*sum(x)))/(x @ x)**2"),
        ("norm(x, 4)", "x**3/result**3"),
        ("sum(sqrt(x**2 + 1e-4))", "x/sqrt(x**2 + 1e-4)"),
        ("sum(relu(1 - x)**2)", "-(2*relu(1 - x))"),
        ("sum(log1p(exp(-(A @ x))))", "-(A.T @ sigmoid(-(A @ x)))"),
        ("sum(log(sinh(x)))", "coth(x)"),
        ("sum(x/(0.5 + abs(x)))", "1/(2*(0.5 + abs(x))**2)"),
        ("sum(x*abs(x))", "2*abs(x)"),
        ("sum(log(sin(x)))", "cot(x)"),
        ("gamma(5)*sum(x) + sum(x)/beta(2, 3)", "36*ones(n)"),
        ("sum(betainc(2, 3, x))", "12*(x*(1 - x)**2)"),
        ("sum(log(1 - exp(-x)))", "1/(exp(x) - 1)"),
        ("sum(exp(-exp(x)))", "-exp(x - exp(x))"),
    ],
)
def test_functions_of_one_argument_are_multiplied(text, form):
    """Even powers have no sign, masks go with what they mask, sigmoids absorb exponentials."""
    assert printed("gradient", "x:n A:m,n", text, "x") == {"dresult_dx": form}
