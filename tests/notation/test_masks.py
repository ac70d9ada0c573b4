"""Triangles in products."""

from tests.notation.printed import printed


def test_a_triangle_is_cut_out_of_its_matrix():
    """Not multiplied by a triangle of ones, also where it is summed over."""
    assert printed("vjp", "A:n,n x:n g:n", "tril(A) @ x", "x") == {"dL_dx": "tril(A).T @ g"}


def test_a_running_sum_stays_inside_another():
    """A label in two triangles is summed last: the other sum over it has its place inside."""
    form = "flip(cumsum(flip(g*cumsum(a))))"

    assert printed("gradient", "a:n g:n x:n", f"dot(x, {form})", "x") == {"dresult_dx": form}
