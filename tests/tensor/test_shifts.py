"""Terms that are the same along the axis of a softmax."""

import pytest

from tests.notation.printed import printed


@pytest.mark.parametrize(
    ("expression", "form"),
    [
        ("max(x) + log(sum(exp(x - max(x))))", "softmax(x)"),
        ("logsumexp(x + a)", "softmax(x)"),
        ("log(sum(exp(x - a)))", "softmax(x)"),
        ("log(sum(exp(-x)))", "-softmax(-x)"),
        ("x @ softmax(x - a)", "softmax(x)*(x + 1 - result)"),
        ("sum(logsumexp(X + y[:, None], axis=1))", "zeros(n)"),
        ("sum(logsumexp(X + x, axis=-1))", "sum(softmax(X + x), axis=0)"),
    ],
)
def test_what_is_constant_along_the_axis_drops_out(expression, form):
    """Shifting all arguments by the largest, as programs do, changes no gradient."""
    variables = "x:n a: X:m,n y:m"

    assert printed("gradient", variables, expression, "x") == {"dresult_dx": form}


def test_a_shift_alone_has_its_own_gradient():
    """logsumexp(x + a) is logsumexp(x) + a."""
    assert printed("gradient", "x:n a:", "logsumexp(x + a)**2", "a") == {
        "dresult_da": "2*(logsumexp(x) + a)"
    }
    found = printed("gradient", "X:m,n y:m w:m", "w @ logsumexp(X + y[:, None], axis=1)", "y")
    assert found == {"dresult_dy": "w"}
