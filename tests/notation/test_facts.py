"""Known facts in finished results."""

import pytest

from tests.notation.printed import printed


@pytest.mark.parametrize(
    ("variables", "text", "wrt", "form"),
    [
        ("Q:n,n:orthogonal x:n y:n", "sum((Q @ x - y)**2)", "x", "2*(x - Q.T @ y)"),
        ("X:m,n A:m,m:symmetric", "logdet(X.T @ A @ X)", "X", "2*(A @ X @ inv(X.T @ A @ X))"),
        (
            "X:m,n u:n S:n,n:symmetric",
            "logdet(S) + trace((X - u) @ inv(S) @ (X - u).T)",
            "S",
            "inv(S) - inv(S) @ (X - u).T @ (X - u) @ inv(S)",
        ),
        ("z:n t:n:onehot", "-sum(t*log_softmax(z))", "z", "softmax(z) - t"),
        ("S:n,n:positive-semidefinite x:n", "x @ S @ x", "x", "2*(S @ x)"),
    ],
)
def test_facts_shorten_results(variables, text, wrt, form):
    """Q'Q is the identity, and a product that equals its transpose is written once."""
    assert printed("gradient", variables, text, wrt) == {f"dresult_d{wrt}": form}


def test_an_inverse_of_a_symmetric_sum_is_settled_once():
    """The inverse of A + t*I is its own transpose, and no new matrix."""
    found = printed("gradient", "A:n,n:symmetric t: b:n", "b @ inv(A + t*eye(n)) @ b", "b")

    assert found == {"dresult_db": "2*solve(A + t*eye(n), b)"}
