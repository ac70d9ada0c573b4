"""Powers of matrices whose exponent is a name."""

from __future__ import annotations

import numpy as np
import pytest

from symback.errors import InputError
from tests.notation.printed import printed
from tests.solved import solved

SQUARE = np.array([[2, 1], [0.5, 3]])


def problem(exponent: str, k: int, find: str) -> str:
    """Return the problem of a quadratic form in a power of a matrix."""
    return f"""
given: {{X: {{value: [[2, 1], [0.5, 3]], shape: [n, n]}}, a: {{value: [1, 2], shape: [n]}}, k: {k}}}
define: {{q: 'a @ matrix_power(X, {exponent}) @ a'}}
find: [{find}]
"""


@pytest.mark.parametrize(("exponent", "k"), [("k", 4), ("k", 1), ("k", 0), ("k", -3), ("n + k", 1)])
def test_the_gradient_is_the_sum_over_the_places_of_a_factor(exponent, k):
    """For each number, the block form has the value of the sum of (X')^r a a' (X')^(k-1-r)."""
    (result,) = solved(problem(exponent, k, "{gradient: q, wrt: X}")).results

    whole, a = k + 2 * (exponent != "k"), np.array([1, 2])
    places = range(whole) if whole >= 0 else range(whole, 0)
    power = np.linalg.matrix_power
    terms = [np.outer(power(SQUARE.T, r) @ a, a @ power(SQUARE.T, whole - 1 - r)) for r in places]
    expected = np.sign(whole) * np.sum(terms, axis=0) if terms else np.zeros((2, 2))
    np.testing.assert_allclose(result.value.floats(), expected, rtol=1e-13)


def test_a_trace_has_the_power_below():
    """The derivative of tr X^k is k (X')^(k-1), as for numbers."""
    found = printed("gradient", "X:n,n k::integer", "trace(matrix_power(X, k))", "X")

    assert found == {"dresult_dX": "k*matrix_power(X, k - 1).T"}


def test_there_is_no_derivative_by_the_exponent():
    """It is an error, not a zero: powers of matrices between whole ones are not defined."""
    with pytest.raises(InputError, match="E305: `matrix_power` is not differentiated"):
        solved(problem("k", 4, "{gradient: q, wrt: k}"))


def test_a_fraction_is_no_exponent():
    """A name may stand for whole numbers only."""
    with pytest.raises(InputError, match="E406: expected an integer"):
        solved(problem("k/2", 3, "{gradient: q, wrt: X}"))


@pytest.mark.parametrize(
    ("expression", "form"),
    [
        ("log(det(expm(X)))", "eye(n)"),
        ("logdet(expm(X))", "eye(n)"),
        ("det(expm(X))", "result*eye(n)"),
        ("trace(inv(expm(X)))", "-expm(-X).T"),
    ],
)
def test_determinant_and_inverse_of_an_exponential_are_known(expression, form):
    """det exp X is exp tr X, and the inverse is that of -X."""
    assert printed("gradient", "X:n,n", expression, "X") == {"dresult_dX": form}
