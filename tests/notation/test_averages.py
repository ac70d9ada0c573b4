"""Means over several axes as parts of products."""

import pytest

from tests.notation.printed import printed


@pytest.mark.parametrize(
    ("variables", "text", "wrt", "form"),
    [
        ("X:m,n", "mean(X)**2", "X", "2*mean(X)*ones(m, n)/(m*n)"),
        ("X:m,n Y:m,n", "mean(X*Y)**2", "X", "2*(Y*mean(X*Y))/(m*n)"),
        (
            "Q:b,c,h,w Y:b,c,h,w",
            "mean((Q - Y)**2)**2",
            "Q",
            "4*(mean((Q - Y)**2)*(Q - Y))/(b*c*h*w)",
        ),
        ("Q:b,c,h,w Y:b,c,h,w", "sum(Q*Y)**2", "Q", "2*(Y*sum(Q*Y))"),
        ("X:2,3", "tanh(mean(X))", "X", "(1 - result**2)*ones(2, 3)/6"),
    ],
)
def test_what_is_divided_by_all_lengths_is_a_mean(variables, text, wrt, form):
    """A sum over all axes is `sum` or, divided by their lengths, `mean`: never an `einsum`."""
    assert printed("gradient", variables, text, wrt)[f"dresult_d{wrt}"] == form
