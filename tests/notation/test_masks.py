"""Triangles in products."""

from tests.notation.printed import printed


def test_a_triangle_is_cut_out_of_its_matrix():
    """Not multiplied by a triangle of ones, also where it is summed over."""
    assert printed("vjp", "A:n,n x:n g:n", "tril(A) @ x", "x") == {"dL_dx": "tril(A).T @ g"}
