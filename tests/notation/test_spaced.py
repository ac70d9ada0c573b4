"""Jacobians of Kronecker products and of `reshape`."""

import pytest

from tests.notation.printed import printed


@pytest.mark.parametrize(
    ("variables", "expression", "wrt", "form"),
    [
        ("x:2 y:3", "kron(x, y)", "x", "kron(eye(2), y[:, None])"),
        ("x:2 y:3", "kron(x, y)", "y", "kron(x[:, None], eye(3))"),
        ("x:n y:m", "kron(x, y)", "x", "kron(eye(n), y[:, None])"),
        ("x:n y:m", "kron(x, y)", "y", "kron(x[:, None], eye(m))"),
        ("x:n y:m a:", "a*kron(x, y)", "y", "a*kron(x[:, None], eye(m))"),
        ("A:3,2", "reshape(A, (6,))", "A", "reshape(eye(6), (6, 3, 2))"),
        ("x:6", "reshape(x, (3, 2))", "x", "reshape(eye(6), (3, 2, 6))"),
    ],
)
def test_the_jacobian_is_an_identity_with_wider_entries(variables, expression, wrt, form):
    """One block a row or column, or the same entries in rows."""
    assert printed("jacobian", variables, expression, wrt) == {f"dresult_d{wrt}": form}


def test_columns_in_another_order_are_no_identity():
    """Entries listed column by column are not those listed row by row."""
    (form,) = printed("jacobian", "A:2,3", "reshape(A.T, (6,))", "A").values()

    assert "eye(6)" not in form
