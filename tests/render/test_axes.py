"""Counting the axes of subexpressions."""

import pytest

from symback.language import parse
from symback.render.formula.axes import axes_of

AXES = axes_of({"a": 0, "x": 1, "y": 1, "A": 2, "K": 3})


@pytest.mark.parametrize(
    ("text", "axes"),
    [
        ("3", 0),
        ("a*x", 1),
        ("A + x", 2),
        ("A @ x", 1),
        ("x @ A", 1),
        ("x @ y", 0),
        ("A @ A", 2),
        ("K @ A", 3),
        ("K @ x", 2),
        ("x > 0", 1),
        ("A.T", 2),
        ("x[0]", 0),
        ("x[1:]", 1),
        ("x[:, None]", 2),
        ("A[0]", 1),
        ("K[..., 0]", 2),
        ("K[0, ..., None]", 3),
        ("pad(x, [(1, 0)])", 1),
        ("[a, a]", 1),
        ("[x, y]", 2),
        ("sum(A)", 0),
        ("sum(A, axis=0)", 1),
        ("sum(A, 0)", 1),
        ("sum(K, axis=(0, 1))", 1),
        ("mean(A, axis=1, keepdims=True)", 2),
        ("norm(A, 2)", 0),
        ("norm(A, 2, 1)", 1),
        ("outer(x, y)", 2),
        ("dot(x, y)", 0),
        ("dot(A, x)", 1),
        ("trace(A)", 0),
        ("diag(x)", 2),
        ("diag(A)", 1),
        ("solve(A, x)", 1),
        ("stack([x, y])", 2),
        ("concat([x, y])", 1),
        ("reshape(x, (2, 3))", 2),
        ("zeros(3)", 1),
        ("ones(2, 3)", 2),
        ("zeros((2, 3))", 2),
        ("eye(3)", 2),
        ('einsum("ij,jk->ik", A, A)', 2),
        ('einsum("...j,jk->...k", K, A)', 3),
        ("exp(A)", 2),
        ("where(x > 0, x, 0)", 1),
    ],
)
def test_axes(text, axes):
    """The number of axes follows from those of the names."""
    assert axes == AXES(parse(text))


def test_every_part_is_counted_once():
    """Sixty doublings of one object are sixty steps."""
    tree = parse("x + x")
    for _ in range(60):
        tree = type(tree)("+", tree, tree)

    assert AXES(tree) == 1
