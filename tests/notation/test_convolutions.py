"""Sliding products as convolutions, and what only looks like one."""

from __future__ import annotations

import numpy as np
import pytest

from tests.notation.printed import printed
from tests.solved import solved


@pytest.mark.parametrize(
    ("variables", "expression", "wrt", "form"),
    [
        ("x:6 w:3 g:4", "conv1d(x, w)", "w", "conv1d(x, g)"),
        ("A:2,2 B:3,3 g:6,6", "kron(B, A)", "B", "conv2d(g, A, stride=2)"),
        ("A:2,2 g:6,6", "kron(A, ones(3, 3))", "A", "conv2d(g, ones(3, 3), stride=3)"),
        ("x:4,4 w:2,2 g:3,3", "relu(conv2d(x, w))", "w", "conv2d(x, g*(result > 0))"),
        ("x:4,4 w:2,2 g:3,3", "conv2d(x, w)", "x", "conv2d(g, flip(w), padding=1)"),
        (
            "x:4,5 w:2,3 g:3,3",
            "conv2d(x, w)",
            "x",
            "conv2d(g, flip(w), padding=(1, 2))",
        ),
    ],
)
def test_what_slides_along_each_axis_is_a_convolution(variables, expression, wrt, form):
    """Each axis has a label of its own."""
    assert printed("vjp", variables, expression, wrt)[f"dL_d{wrt}"] == form


def test_a_circular_shift_of_a_product_is_one_shift():
    """What is read at the same place moves together."""
    found = printed("vjp", "X:m,n g:m,n", "roll(X, 1, axis=0)*X", "X")
    assert found == {"dL_dX": "roll(X*g, -1, axis=0) + g*roll(X, 1, axis=0)"}


BLOCKS = np.arange(36).reshape(6, 6)
SEED = np.arange(4)


@pytest.mark.parametrize(
    ("expression", "size", "cotangent", "expected"),
    [
        ("kron(eye(3), A)", 2, BLOCKS, sum(BLOCKS[k : k + 2, k : k + 2] for k in (0, 2, 4))),
        ("conv1d(arange(6), diag(A))", 3, SEED, np.diag(np.correlate(np.arange(6), SEED))),
    ],
)
def test_a_diagonal_does_not_slide(expression, size, cotangent, expected):
    """Blocks on a diagonal are read at one label twice, and summed over that only."""
    (result,) = solved(f"""
        given: {{A: {{value: {np.eye(size, dtype=int).tolist()}}}}}
        define: {{F: '{expression}'}}
        find: [{{vjp: F, wrt: A, cotangent: {cotangent.tolist()}}}]""").results

    assert result.value.floats() == expected.tolist()
