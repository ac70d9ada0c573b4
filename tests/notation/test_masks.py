"""Triangles and thinned-out identities in products."""

import pytest

from tests.notation.printed import printed


def test_a_triangle_is_cut_out_of_its_matrix():
    """Not multiplied by a triangle of ones, also where it is summed over."""
    assert printed("vjp", "A:n,n x:n g:n", "tril(A) @ x", "x") == {"dL_dx": "tril(A).T @ g"}


def test_a_running_sum_stays_inside_another():
    """A label in two triangles is summed last: the other sum over it has its place inside."""
    form = "flip(cumsum(flip(g*cumsum(a))))"

    assert printed("gradient", "a:n g:n x:n", f"dot(x, {form})", "x") == {"dresult_dx": form}


@pytest.mark.parametrize(
    ("expression", "form"),
    [
        ("sum(cumsum(flip(x))**2)", "2*cumsum(flip(cumsum(flip(x))))"),
        ("sum(flip(cumsum(flip(x)))**2)", "2*cumsum(flip(cumsum(flip(x))))"),
        ("sum(cumsum(x)**2)", "2*flip(cumsum(flip(cumsum(x))))"),
        ("dot(a, cumsum(flip(x)))", "cumsum(flip(a))"),
    ],
)
def test_running_sums_from_the_end_are_read(expression, form):
    """All labels of the triangles are counted the same way, the axis of the result as it is."""
    assert printed("gradient", "a:n x:n", expression, "x") == {"dresult_dx": form}


@pytest.mark.parametrize(
    ("expression", "form"),
    [
        ("A[:, ::-2] @ x[::-2]", "eye(4)[:, ::-2] @ (A[:, ::-2].T @ g)"),
        ("x[::-1]", "flip(g)"),
        ("x[2::-2]", "eye(4)[:, 2::-2] @ g"),
    ],
)
def test_every_other_entry_from_the_end_is_a_slice(expression, form):
    """Read, and put back by columns of an identity."""
    size = 2 if "2" in expression else 4

    found = printed("vjp", f"A:4,4 x:4 g:{4 if 'A' in expression else size}", expression, "x")

    assert found == {"dL_dx": form}


@pytest.mark.parametrize(
    ("expression", "form"),
    [
        ("sum(tril(tril(W, -1)))", "tril(ones(4, 4), -1)"),
        ("sum(triu(triu(W, 1)))", "triu(ones(4, 4), 1)"),
        ("sum(tril(triu(W, -1)))", "triu(tril(ones(4, 4)), -1)"),
        ("sum(V*tril(tril(W), -1))", "tril(V, -1)"),
    ],
)
def test_every_triangle_is_kept_unless_another_is_inside_it(expression, form):
    """A band has two; of two lower ones the smaller is enough."""
    found = printed("gradient", "W:4,4 V:4,4", expression, "W")

    assert found["dresult_dW"] == form
