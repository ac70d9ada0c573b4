"""Matrix functions whose argument changes by what commutes with it."""

import pytest

from tests.notation.printed import printed


@pytest.mark.parametrize(
    ("verb", "variables", "text", "wrt", "form"),
    [
        ("gradient", "X:n,n", "trace(expm(X))", "X", "expm(X).T"),
        ("gradient", "X:n,n", "trace(sinm(X))", "X", "cosm(X).T"),
        ("gradient", "X:n,n", "trace(cosm(X))", "X", "-sinm(X).T"),
        ("gradient", "S:3,3:symmetric", "2*sum(eigvalsh(S))", "S", "2*eye(3)"),
        ("jacobian", "t: A:n,n", "expm(t*A)", "t", "A @ result"),
        ("jacobian", "t: A:n,n x:n", "expm(t*A) @ x", "t", "A @ result"),
    ],
)
def test_the_derivative_is_that_of_the_scalar_function(verb, variables, text, wrt, form):
    """A trace of f(X) has the gradient f'(X)', and d/dt exp(tA) is A exp(tA)."""
    assert printed(verb, variables, text, wrt) == {f"dresult_d{wrt}": form}


def test_elsewhere_the_block_triangular_rule_stays():
    """B does not commute with A: the gradient of tr(B exp(A)) is not B' exp(A)'."""
    found = printed("gradient", "A:2,2 B:2,2", "trace(B @ expm(A))", "A")

    assert "pad" in found["dresult_dA"]
