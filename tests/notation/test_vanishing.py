"""Sums that are zero are left out."""

import pytest

from tests.notation.printed import printed

STEPS = {"r": "rsqrt(var(x) + 1)", "y": "(x - mean(x))*r"}


def test_deviations_from_a_mean_add_up_to_zero():
    """A normalised vector has its textbook gradient, whether it has a name or not."""
    named = printed("vjp", "x:n g:n", "y + 0", "x", STEPS)
    bare = printed("vjp", "x:n g:n", "(x - mean(x))/sqrt(var(x) + 1)", "x")

    assert named == {"dL_dx": "r*(g - mean(g) - y*mean(y*g))"}
    assert bare == {"dL_dx": "(g - mean(g) - result*mean(result*g))/sqrt(var(x) + 1)"}


@pytest.mark.parametrize(("axis", "shape"), [(0, "X:m,n"), (1, "X:n,m")])
def test_they_do_so_along_each_axis(axis, shape):
    """Batch normalisation by columns and by rows."""
    mean = f"mean(X, axis={axis}, keepdims=True)"
    expression = f"(X - {mean})/std(X, axis={axis}, keepdims=True)"

    form = printed("vjp", f"{shape} g{shape[1:]}", expression, "X")["dL_dX"]

    assert form.startswith("(g - mean(g, axis=")


def test_other_sums_stay():
    """Deviations from something else do not add up to zero."""
    steps = {"y": "(x - 2*mean(x))*a"}

    forms = printed("vjp", "x:n a: g:n", "y + 0", "x,a", steps)

    assert forms == {"dL_dx": "a*(g - 2*mean(g))", "dL_da": "g @ (x - 2*mean(x))"}


def test_they_do_so_along_several_axes_at_once():
    """Batch normalisation of images: the mean is over all axes but the channels."""
    mean = "mean(X, axis=(0, 2), keepdims=True)"
    steps = {"s": "std(X, axis=(0, 2), keepdims=True)", "y": f"(X - {mean})/s"}

    forms = printed("vjp", "X:b,c,t g:b,c,t", "y + 0", "X", steps)

    assert "X" not in forms["dL_dX"]


def test_a_condition_does_not_add_up_to_zero():
    """A slice of a difference is zero elsewhere; what says where is no sum."""
    steps = {"a": "norm(Y)", "d": "w - Y", "s": "d[0:1]", "z": "C @ C.T @ w"}
    expression = "a + mean(s**2)/2 + sum(tanh(z))"

    forms = printed("gradient", "w:2 Y:2,2 C:2,2", expression, "C,w,Y", steps)

    assert forms.keys() >= {"dresult_dC", "dresult_dw", "dresult_dY"}
