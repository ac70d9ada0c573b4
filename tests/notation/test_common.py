"""Factors that the terms of a sum have in common."""

import pytest

from tests.notation.printed import printed

#: Verb, variables, expression, variable, form.
SHARED = [
    ("vjp", "x:m,n g:n", "var(x, axis=0, ddof=1)", "x", "2*(g*(x - mean(x, axis=0)))/(m - 1)"),
    ("hessian", "x:n", "var(x)", "x", "(2*eye(n) - 2/n)/n"),
    (
        "hessian",
        "z:n t:n",
        "sum(t)*logsumexp(z) - t @ z",
        "z",
        "sum(t)*(diag(softmax(z)) - outer(softmax(z), softmax(z)))",
    ),
]


@pytest.mark.parametrize(("verb", "variables", "expression", "wrt", "form"), SHARED)
def test_a_common_factor_stands_in_front(verb, variables, expression, wrt, form):
    """Vectors beside matrices do not keep it from being seen, nor do sums in front."""
    assert form in printed(verb, variables, expression, wrt).values()


def test_factors_read_further_on_are_shared():
    """Columns from the second on are read at k + 1, the same k in all terms."""
    found = printed("gradient", "A:4,4", "sum(layer_norm(A[1::2, -2:], 1, 0)**3)", "A")

    assert all("arange" not in form for form in found.values())


def test_sums_over_other_lengths_share_no_condition():
    """A running sum of the first entries stops earlier than that of all."""
    found = printed("gradient", "x:3", "sum(cumsum(x)**2) + mean(cumsum(x[:-1]))", "x")

    assert found["dresult_dx"] == (
        "(4*flip(cumsum(flip(cumsum(x)))) + pad(ones(2), [(0, 1)])*sum(triu(ones(3, 2)), axis=1))/2"
    )


def test_the_least_power_below_all_terms_is_shared():
    """Terms over sqrt(v) and v**1.5 are over sqrt(v), what else they share in front of it."""
    text = "(X - mean(X, axis=2, keepdims=True))/sqrt(var(X, axis=2, keepdims=True) + 1)"
    found = printed("vjp", "X:h,m,n g:h,m,n w:m", f"w[:, None]*{text}", "X")

    assert found["dL_dX"] == (
        "w[:, None]*(g - mean(g*T1, axis=2, keepdims=True)*T1/T"
        " - mean(g, axis=2, keepdims=True))/sqrt(T)"
    )
