"""Sums as the user wrote them."""

from tests.notation.printed import printed


def test_a_total_of_differences_is_written_as_one():
    """The derivative by the mean is the sum of X - mu, not sum(X) - m*mu."""
    found = printed("gradient", "X:m,n mu:n", "-sum((X - mu)**2)/2", "mu")

    assert found == {"dresult_dmu": "sum(X - mu, axis=0)"}


def test_a_mask_is_written_through_the_step():
    """The slope of Z = relu(X@W + b) is [Z > 0] where its argument has no name."""
    found = printed("vjp", "X:m,n W:n,k b:k g:m,k", "Z", "b", {"Z": "relu(X @ W + b)"})

    assert found == {"dL_db": "sum(g*(Z > 0), axis=0)"}
