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


@pytest.mark.parametrize(
    ("steps", "text", "form"),
    [
        ({"m": "max(z)", "e": "exp(z - m)", "p": "e/sum(e)"}, "-sum(t*log(p))", "p - t"),
        ({"e": "exp(z)", "s": "sum(e)", "p": "e/s"}, "-sum(t*log(p))", "p - t"),
        ({"e": "exp(z)", "p": "e/sum(e)"}, "sum(p*log(p))", "p*(log(p) - result)"),
        ({"p": "z/sum(z)"}, "sum(p)*sum(z**2)", "2*z"),
        ({"p": "z/(1 + sum(z))"}, "sum(p)", "ones(n)/(1 + sum(z))**2"),
    ],
)
def test_what_is_divided_by_its_total_sums_to_one(steps, text, form):
    """A softmax may be written in any way; what is divided by something else is none."""
    found = printed("gradient", "z:n t:n:simplex", text, "z", steps)

    assert found["dresult_dz"] == form


def test_an_inverse_of_a_symmetric_sum_is_settled_once():
    """The inverse of A + t*I is its own transpose, and no new matrix."""
    found = printed("gradient", "A:n,n:symmetric t: b:n", "b @ inv(A + t*eye(n)) @ b", "b")

    assert found == {"dresult_db": "2*solve(A + t*eye(n), b)"}
