"""Means over several axes as parts of products."""

import pytest

from tests.notation.printed import printed


@pytest.mark.parametrize(
    ("variables", "text", "wrt", "form"),
    [
        ("X:m,n", "mean(X)**2", "X", "2*mean(X)*ones(m, n)/(m*n)"),
        ("X:m,n Y:m,n", "mean(X*Y)**2", "X", "2*(Y*mean(X*Y))/(m*n)"),
        (
            "Q:b,c,h,w Y:b,c,h,w",
            "mean((Q - Y)**2)**2",
            "Q",
            "4*(mean((Q - Y)**2)*(Q - Y))/(b*c*h*w)",
        ),
        ("Q:b,c,h,w Y:b,c,h,w", "sum(Q*Y)**2", "Q", "2*(Y*sum(Q*Y))"),
        ("X:2,3", "tanh(mean(X))", "X", "(1 - result**2)*ones(2, 3)/6"),
    ],
)
def test_what_is_divided_by_all_lengths_is_a_mean(variables, text, wrt, form):
    """A sum over all axes is `sum` or, divided by their lengths, `mean`: never an `einsum`."""
    assert printed("gradient", variables, text, wrt)[f"dresult_d{wrt}"] == form


@pytest.mark.parametrize(
    ("variables", "text", "form"),
    [
        (
            "X:h,m,n g:h,m,n",
            "X - mean(X, axis=(1, 2), keepdims=True)",
            "g - mean(g, axis=(1, 2), keepdims=True)",
        ),
        (
            "X:4,2,3,3 g:4,2,3,3",
            "X - mean(X, axis=(0, 2, 3), keepdims=True)",
            "g - mean(g, axis=(0, 2, 3), keepdims=True)",
        ),
        (
            "X:h,m,n g:h,m,n",
            "X/sqrt(mean(X**2, axis=(1, 2), keepdims=True))",
            "g/sqrt(T) - X*mean(result*g, axis=(1, 2), keepdims=True)/T",
        ),
        ("X:h,m,n g:h", "sum(X**2, axis=(1, 2))", "2*(X*g[:, None, None])"),
        ("X:h,m,n g:h", "norm(X, axis=(1, 2))", "(g/result)[:, None, None]*X"),
    ],
)
def test_means_over_some_axes_keep_them(variables, text, form):
    """Several axes are averaged at once and kept where the mean is broadcast again."""
    assert printed("vjp", variables, text, "X")["dL_dX"] == form


def test_sums_of_one_array_are_not_an_einsum():
    """The bias of a batch of images is summed over all axes but its own."""
    found = printed("vjp", "X:n,c,h,w b:c g:n,c,h,w", "X + b[:, None, None]", "b")
    assert found["dL_db"] == "sum(g, axis=(0, 2, 3))"


def test_batch_normalisation_of_images():
    """The textbook's form: the cotangent without its mean and its part along the output."""
    text = (
        "w[:, None, None]*(X - mean(X, axis=(0, 2, 3), keepdims=True))"
        "/sqrt(var(X, axis=(0, 2, 3), keepdims=True) + 1e-5)"
    )
    found = printed("vjp", "X:4,2,3,3 w:2 g:4,2,3,3", text, "X")
    assert found["dL_dX"] == (
        "(w/sqrt(var(X, axis=(0, 2, 3)) + 1e-5))[:, None, None]"
        "*(g - mean(g*T, axis=(0, 2, 3), keepdims=True)*T"
        "/(var(X, axis=(0, 2, 3), keepdims=True) + 1e-5) - mean(g, axis=(0, 2, 3), keepdims=True))"
    )
