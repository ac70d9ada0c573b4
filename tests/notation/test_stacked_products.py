"""Products of arrays with three axes and more."""

import pytest

from tests.notation.printed import printed

MEAN = "mean(x, axis=2, keepdims=True)"

#: An expression in a stack x of matrices, the shape of its cotangent, the form of its VJP.
STACKS = [
    ("x @ W.T", "b,m,k", "g @ W"),
    ("norm(x, 2, axis=2)", "b,m", "(g/result)[:, :, None]*x"),
    ("var(x, axis=2)", "b,m", f"2*(g[:, :, None]*(x - {MEAN}))/n"),
    ("softmax(x)", "b,m,n", "result*(g - sum(result*g, axis=2, keepdims=True))"),
    (f"x - {MEAN}", "b,m,n", "g - mean(g, axis=2, keepdims=True)"),
    (f"(x - {MEAN})/std(x, axis=2, keepdims=True)", "b,m,n",
     "(g - mean(g, axis=2, keepdims=True) - result*mean(result*g, axis=2, keepdims=True))"
     "/std(x, axis=2, keepdims=True)"),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "shape", "form"), STACKS)
def test_what_is_summed_together_is_one_factor(expression, shape, form):
    """Sums over an axis and broadcasting, not one long `einsum`."""
    assert printed("vjp", f"x:b,m,n W:k,n g:{shape}", expression, "x") == {"dL_dx": form}


def test_outer_products_stay_einsums():
    """Jacobians of products say where each axis comes from."""
    form = printed("jacobian", "x:n", "outer(x, x)", "x")["dresult_dx"]

    assert form == 'einsum("i,jk->ijk", x, eye(n)) + einsum("j,ik->ijk", x, eye(n))'


def test_a_matrix_for_each_row_is_no_stack_times_a_matrix():
    """x[i, k]*g[i, k, j] summed over k is not `x @ g`, which has three axes."""
    form = printed("vjp", "x:3,3 g:3,3,3", 'einsum("ij,il->ijl", x, x)', "x")["dL_dx"]

    assert form == 'einsum("ik,ijk->ij", x, g) + einsum("ik,ikj->ij", x, g)'
