"""Terms that fill different stretches of an axis."""

import pytest

from tests.notation.printed import printed


@pytest.mark.parametrize(
    ("variables", "steps", "text", "wrt", "form"),
    [
        (
            "a:2*m c:m",
            {"i": "sigmoid(a[:m])", "g": "tanh(a[m:])"},
            "c @ (i*g)",
            "a",
            "concat([g*i*c*(1 - i), i*c*(1 - g**2)])",
        ),
        ("x:6 y:3", {}, "y @ (x[:3]*y + x[3:]**2)", "x", "concat([y**2, 2*(x[3:]*y)])"),
        (
            "x:n+5 y:n z:3",
            {},
            "y @ sin(x[:n])*(z @ x[n + 2:])",
            "x",
            "concat([(z @ x[n + 2:])*(y*cos(x[:-5])), zeros(2), (y @ sin(x[:-5]))*z])",
        ),
        ("x:n y:n-2", {}, "y @ sin(x[1:-1])", "x", "pad(y*cos(x[1:-1]), [(1, 1)])"),
        (
            "A:m,2*n u:m v:n",
            {},
            "u @ (A[:, :n] @ v + A[:, n:]**2 @ v)",
            "A",
            "concat([outer(u, v), 2*(A[:, n:]*outer(u, v))], axis=1)",
        ),
    ],
)
def test_stretches_are_read_apart_and_put_side_by_side(variables, steps, text, wrt, form):
    """Each part is written in its own places, with zeros between and around the parts."""
    assert printed("gradient", variables, text, wrt, steps)[f"dresult_d{wrt}"] == form


def test_stretches_that_overlap_are_added():
    """Where a place belongs to two terms there is nothing to put side by side."""
    found = printed("gradient", "x:n y:n-1", "y @ (x[1:]*y + x[:-1]**2)", "x")

    assert found["dresult_dx"] == "2*(x*pad(y, [(0, 1)])) + pad(y, [(1, 0)])**2"


def test_axes_of_one_row_are_added_once():
    """The row that a kernel is has its axis in the whole, not in each part too."""
    found = printed("gradient", "X:3,2 K:1,2", "sum(conv2d(X, K, stride=2, padding=1)**2)", "K")

    assert found["dresult_dK"] == (
        "(2*concat([X[1, 1:]*(K[0, 0]*X[1, 1]), X[1, :1]*(K[0, 1]*X[1, 0])]))[None]"
    )


def test_constants_on_a_stretch_of_arrays_with_three_axes_are_padded():
    """Ones fill the stretch, not the whole, however many axes have no label."""
    found = printed("gradient", "P:3,2,2", "sin(mean(P[:-1]))", "P")

    assert found["dresult_dP"] == (
        "pad(cos(mean(P[:2]))*ones(2, 2, 2)/8, [(0, 1), (0, 0), (0, 0)])"
    )
