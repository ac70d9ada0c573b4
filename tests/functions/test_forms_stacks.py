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
]


@pytest.mark.parametrize(("expression", "form"), FORMS)
def test_gradients_are_those_of_each_matrix(expression, form):
    """Scalars come out, an inverse of an inverse is what it was."""
    found = printed("gradient", "A:k,n,n B:k,n,n", expression, "A")

    assert found == {"dresult_dA": form}


@pytest.mark.parametrize(
    ("call", "message", "hint"),
    [
        ("trace(A)", "`trace` needs a matrix, not shape (2, 2, 2)", "einsum"),
        ("expm(A)", "`expm` needs a matrix, not shape (2, 2, 2)", "A[0]"),
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
