"""Equations between labels that only integers can satisfy."""

import pytest

from symback.tensor.dims import dim
from symback.tensor.equations import lowest_terms
from symback.tensor.indices import Affine
from tests.notation.printed import printed


@pytest.mark.parametrize(
    ("equation", "expected"),
    [
        (Affine(4, ((0, 2), (1, -6))), Affine(2, ((0, 1), (1, -3)))),
        (Affine(3, ((0, 2), (1, -6))), None),
        (Affine(1, ((0, 2), (1, -3))), Affine(1, ((0, 2), (1, -3)))),
        (Affine(1, ()), Affine(1, ())),
        (Affine(dim("n"), ((0, 2),)), Affine(dim("n"), ((0, 2),))),
    ],
)
def test_equations_are_divided_by_what_they_share(equation, expected):
    """2i - 6k + 4 = 0 is i - 3k + 2 = 0, and no integers make 2i - 6k + 3 zero."""
    assert lowest_terms(equation) == expected


@pytest.mark.parametrize(
    ("expression", "forms"),
    [
        ("kron(A, B)[0, 0]", ("B[0, 0]*outer(u, u)", "A[0, 0]*outer(onehot(0, m), u)")),
        ("sum(kron(A, B)[0])", ("outer(onehot(0, n)*sum(B[0]), ones(n))",
                                "outer(onehot(0, m)*sum(A[0]), ones(n))")),
    ],
)  # fmt: skip
def test_labels_that_add_up_to_zero_are_zero(expression, forms):
    """i + m*k = 0 has one solution where both count from 0, and so has an index -m*k."""
    found = printed("gradient", "A:n,n B:m,n", expression, "A, B")

    assert (found["dresult_dA"], found["dresult_dB"]) == forms
