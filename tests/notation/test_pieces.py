"""Factors of a product beside each other: axes of length 1, broadcasting."""

import pytest

from tests.notation.printed import printed

#: An expression that keeps an axis of length 1, its VJP.
KEPT_AXES = [
    ("min(x, axis=-1, keepdims=True)", "m,1", "g*(x == result)"),
    ("norm(x, axis=0, keepdims=True)", "1,n", "g/result*x"),
    ("var(x, axis=1, keepdims=True)", "m,1", "2*(g*(x - mean(x, axis=1, keepdims=True)))/n"),
]


@pytest.mark.parametrize(("expression", "shape", "form"), KEPT_AXES)
def test_an_axis_of_length_1_broadcasts_as_it_is(expression, shape, form):
    """No `g[:, 0][:, None]` where g has one column."""
    found = printed("vjp", f"x:m,n g:{shape}", expression, "x")

    assert found == {"dL_dx": form}
