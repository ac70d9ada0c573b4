"""Stacks of matrices."""

from __future__ import annotations

import pytest

from symback.errors import InputError
from tests.notation.printed import printed
from tests.solved import solved

#: An expression in stacks of matrices, and its gradient in A.
FORMS = [
    ("sum(inv(inv(A)))", "ones(k, n, n)"),
    ("sum(logdet(A))", 'einsum("ikj->ijk", inv(A))'),
    ("sum(det(A))", 'einsum("i,ikj->ijk", det(A), inv(A))'),
    ("sum(det(2*A))", '2**n*einsum("i,ikj->ijk", det(A), inv(A))'),
    ("sum(inv(A)*B)", '-einsum("ilm,ikm,ilj->ijk", B, inv(A), inv(A))'),
    ("sum(trace(A@B))", 'einsum("ikj->ijk", B)'),
    ("sum(trace(matrix_power(A, 7)))", '7*einsum("ikj->ijk", matrix_power(A, 6))'),
    ("sum(trace(expm(A)))", 'einsum("ikj->ijk", expm(A))'),
    ("sum(trace(cosm(A)))", '-einsum("ikj->ijk", sinm(A))'),
    ("sum(matrix_power(A, 0))", "zeros(k, n, n)"),
]


@pytest.mark.parametrize(("expression", "form"), FORMS)
def test_gradients_are_those_of_each_matrix(expression, form):
    """Scalars come out, an inverse of an inverse is what it was, a trace has the slope of f."""
    found = printed("gradient", "A:k,n,n B:k,n,n", expression, "A")

    assert found == {"dresult_dA": form}


@pytest.mark.parametrize(
    ("call", "message", "hint"),
    [
        ("diag(A)", "`diag` needs a matrix, not shape (2, 2, 2)", "A[0]"),
        ("expm(A[:, :1])", "`expm` needs square matrices, not shape (2, 1, 2)", None),
        ("inv(A[:, :1])", "`inv` needs square matrices, not shape (2, 1, 2)", None),
        ("det(A[0, 0])", "`det` needs a matrix, not shape (2,)", None),
    ],
)
def test_functions_of_one_matrix_refuse_stacks(call, message, hint):
    """They say what to write instead."""
    with pytest.raises(InputError) as caught:
        solved(f"given: {{A: {{shape: [2, 2, 2]}}}}\ndefine: {{L: 'sum({call})'}}")

    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.message == message
    assert hint is None or hint in diagnostic.hint
