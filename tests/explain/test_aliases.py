"""Which error signals are called δ."""

import pytest

from symback.explain.telling.aliases import aliases_of, is_product
from symback.language import parse
from tests.solved import PERCEPTRON, solved

SOFTMAX = """
given: {{x: [1, 2], W: [[1, 2], [3, 4]], t: [0, 1]{more}}}
define: {{{z}: W @ x, p: softmax({z}), L: -sum(t*log(p))}}
find: [{{gradient: L, wrt: [W, x]}}]
"""


def test_layers_get_numbered_deltas():
    """Both pre-activations of a perceptron have a δ with their number."""
    assert aliases_of(solved(PERCEPTRON)) == {"dL_dz2": "delta2", "dL_dz1": "delta1"}


def test_a_sole_signal_is_delta():
    """One pre-activation without number is δ."""
    assert aliases_of(solved(SOFTMAX.format(z="z", more=""))) == {"dL_dz": "delta"}


def test_taken_names_are_left_alone():
    """Where delta is a name of the file, signals keep their long names."""
    assert aliases_of(solved(SOFTMAX.format(z="z", more=", delta: 1"))) == {}


def test_signals_of_other_steps_keep_their_names():
    """A residual is no pre-activation."""
    text = """
    given: {X: {shape: [m, n]}, w: {shape: [n]}, y: {shape: [m]}}
    define: {e: X @ w - y, L: e @ e}
    find: [{gradient: L, wrt: [w, y, e]}]
    """
    assert aliases_of(solved(text)) == {}


@pytest.mark.parametrize(
    ("formula", "expected"),
    [("W @ x + b", True), ("b - W @ x", True), ("-(W @ x)", True), ("conv1d(x, w) + b", True),
     ("x*w", False), ("relu(W @ x)", False), ("x + b", False)],
)  # fmt: skip
def test_what_counts_as_a_linear_step(formula, expected):
    """Matrix products and convolutions do, elementwise formulas do not."""
    assert expected == is_product(parse(formula))
