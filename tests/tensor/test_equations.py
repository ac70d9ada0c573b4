"""Equations between labels that only integers can satisfy."""

import pytest

from symback.tensor.dims import dim
from symback.tensor.equations import lowest_terms
from symback.tensor.indices import Affine


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
