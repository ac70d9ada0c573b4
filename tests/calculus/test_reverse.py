"""Pulling cotangents back: linear in the cotangent, and right against textbook derivatives."""

import pytest

from symback.calculus.reverse import pull_back
from symback.notation.rewriting.spread import multiplied_out
from symback.tensor.poly import add, leaf, number, scale
from tests.notation.printed import printed
from tests.tensor.forms import program, tensor

#: Formula, variable, derivative: Petersen and Pedersen, The Matrix Cookbook, and first courses.
TEXTBOOK = [
    ("x @ y", "x", "y"),
    ("x @ A @ x", "x", "(A + A.T) @ x"),
    ("x @ A @ y", "A", "outer(x, y)"),
    ("trace(A @ B)", "A", "B.T"),
    ("trace(A.T @ B @ A)", "A", "(B + B.T) @ A"),
    ("det(A)", "A", "det(A)*inv(A).T"),
    ("logdet(A)", "A", "inv(A).T"),
    ("trace(inv(A) @ B)", "A", "-(inv(A) @ B @ inv(A)).T"),
    ("sum((X @ x - z)**2)", "x", "2*X.T @ (X @ x - z)"),
    ("sum(tanh(x))", "x", "1 - tanh(x)**2"),
    ("logsumexp(x)", "x", "softmax(x)"),
    ("mean(x*x)", "x", "2*x/n"),
    ("x[0]*x[1]", "x", "x[1]*onehot(0, n) + x[0]*onehot(1, n)"),
    ("sum(x[1:])", "x", "pad(ones(n - 1), [(1, 0)])"),
    ("sum(M[:2])", "M", "pad(ones(2, 4), [(0, 1), (0, 0)])"),
    ("a*b", "a", "b"),
    ("sum(X)", "X", "ones(m, n)"),
]


def gradient(text, name, seed=None):
    """Return the cotangent of a given value."""
    within = program()
    output = tensor(text, within)
    base = within.leaves[name]
    return pull_back(within, output, seed or number(1), {base: None})[base], within


@pytest.mark.parametrize(("text", "name", "derivative"), TEXTBOOK)
def test_gradients_are_those_of_the_textbook(text, name, derivative):
    """The same object as the textbook's formula: the algebra is canonical."""
    found, within = gradient(text, name)

    assert spread(found) is spread(tensor(derivative, within))


@pytest.mark.parametrize("text", ["tanh(A @ x)", "softmax(x)", "x*sum(x)", "inv(A) @ x", "x[::-1]"])
def test_a_cotangent_goes_through_linearly(text):
    """pull(2*g + 3*h) is 2*pull(g) + 3*pull(h)."""
    within = program()
    output = tensor(text, within)
    g, h = leaf("g", output.shape), leaf("h", output.shape)
    base = within.leaves["x"]

    def pulled(seed):
        return pull_back(within, output, seed, {base: None})[base]

    whole = pulled(add([scale(g, 2), scale(h, 3)]))

    assert spread(whole) is spread(add([scale(pulled(g), 2), scale(pulled(h), 3)]))


def spread(value):
    """Multiply everything out: sums inside products are kept as they are written."""
    return multiplied_out(value) or value


@pytest.mark.parametrize(
    ("expression", "form"),
    [
        ("sum(minimum(x, clip(x, -1, 1)))", "(u >= x) + (u < x)*(abs(x) <= 1)"),
        ("sum(maximum(relu(x), x))", "(relu(x) <= x) + (relu(x) > x)*(x > 0)"),
        ("sum(maximum(x, 2*y))", "2*y < x"),
        ("sum(maximum(2*y, x))", "2*y < x"),
    ],
)
def test_arguments_that_agree_on_a_region_have_one_slope_there(expression, form):
    """min(x, clip(x)) has slope 1 between the bounds, where both are x."""
    assert printed("gradient", "x:n y:n", expression, "x")["dresult_dx"] == form
