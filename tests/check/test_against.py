"""Hand-written backward passes against derived ones, at given values and at random ones."""

import numpy as np
import pytest

from symback.check.against import compare_function
from symback.errors import InputError
from symback.explain.solve import solve
from symback.functions import table
from symback.problem.load import load_text

NET = """\
given:
  x: [0.5, 0.2]
  W: [[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]]
define:
  h: relu(W @ x)
  L: sum(h**2)/2
find:
  - {gradient: L, wrt: [W, x]}
"""
SYMBOLIC = """\
given:
  A: {shape: [n, n], assume: symmetric}
  x: {shape: [n]}
define:
  L: x @ A @ x
find:
  - {gradient: L, wrt: x}
"""


def compared(text, function):
    """Return (name, passed, expected, got) of each outcome."""
    solution = solve(load_text(text, functions=table()), table())
    return [(o.name, o.passed, o.expected, o.got) for o in compare_function(solution, function)]


def test_a_right_function_passes_in_every_form():
    """A tuple in the order asked, a mapping by variable or by name, steps as arguments."""

    def ordered(W, x):
        h = np.maximum(W @ x, 0)
        return np.outer(h, x), W.T @ h

    def named(x, h, W):
        return {"x": W.T @ h, "dL_dW": np.outer(h, x).astype(np.float32)}

    right = [("dL_dW", True, "", ""), ("dL_dx", True, "", "")]

    assert compared(NET, ordered) == right
    assert compared(NET, named) == right


def test_what_is_wrong_is_named_with_its_entry():
    """A factor, a transpose, a missing result."""

    def wrong(W, x, h):
        return {"W": 2 * np.outer(h, x)}

    def turned(W, x, h):
        return np.outer(x, h), W.T @ h

    assert compared(NET, wrong) == [
        ("dL_dW[2,0]", False, "0.27", "0.135"),
        ("dL_dx", False, "", ""),
    ]
    assert [passed for _, passed, *_ in compared(NET, turned)] == [False, True]


def test_random_values_find_what_given_ones_hide():
    """Without the mask of ReLU all is well where everything is positive."""

    def unmasked(W, x):
        h = W @ x
        return np.outer(h, x), W.T @ h

    solution = solve(load_text(NET, functions=table()), table())
    outcomes = compare_function(solution, unmasked)

    assert [outcome.passed for outcome in outcomes] == [False, False]
    assert outcomes[0].reason.startswith("at random values")


def test_facts_hold_for_random_values():
    """A symmetric matrix stays symmetric: 2 A x is right then."""
    assert compared(SYMBOLIC, lambda A, x: 2 * A @ x) == [("dL_dx", True, "", "")]
    assert not compared(SYMBOLIC, lambda **given: given["A"] @ given["x"])[0][1]


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (lambda q: q, "the function's parameter `q` is no name of the problem"),
        (lambda W: (W, W, W), "the function returns 3 results, 2 are asked for"),
        (lambda W: 1 / 0, "the function raised ZeroDivisionError: division by zero"),
    ],
)
def test_functions_that_cannot_be_compared_are_errors(function, message):
    """Unknown parameters, too many results, exceptions."""
    with pytest.raises(InputError) as caught:
        compared(NET, function)

    assert caught.value.diagnostics[0].message == message


def test_differences_are_diagnosed_like_those_of_a_person():
    """A factor, a transpose: the smallest alteration that gives the array."""

    def reasons(function):
        solution = solve(load_text(NET, functions=table()), table())
        return [outcome.reason for outcome in compare_function(solution, function)]

    doubled, right = reasons(lambda W, x, h: (2 * np.outer(h, x), W.T @ h))
    assert doubled == "at the given values; a factor 1/2 is missing"
    assert right == ""
    (turned, _) = reasons(lambda W, x, h: (np.outer(x, h), W.T @ h))
    assert turned.startswith("the shape is (2, 3), right is (3, 2)")
    assert "transpose" in turned
