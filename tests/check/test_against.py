"""Hand-written backward passes against derived ones, at given values and at random ones."""

import sys
from types import SimpleNamespace

import numpy as np
import pytest

from symback.check.against import compare_function
from symback.errors import InputError
from symback.explain.solve import solve
from symback.functions import table
from symback.problem.load import load_text

pytestmark = pytest.mark.usefixtures("without_jax")

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


def fails(W):
    """Multiply what does not fit."""
    return np.dot(W, W)


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
        (lambda W: None, "the function returns nothing, but 2 are asked for"),
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
    assert doubled == "at the given values; a factor 2 too many"
    assert right == ""
    (turned, _) = reasons(lambda W, x, h: (np.outer(x, h), W.T @ h))
    assert turned.startswith("the shape is (2, 3), right is (3, 2)")
    assert "transpose" in turned


@pytest.mark.parametrize("failing", [fails, lambda W: sys.exit("enough")])
def test_a_function_that_fails_is_an_error_with_the_line(failing):
    """What was raised, and where in the person's own file, not in a library's."""
    with pytest.raises(InputError) as caught:
        compared(NET, failing)

    message = caught.value.diagnostics[0].message
    raised = "ValueError: shapes (3,2) and (3,2) not aligned" if failing is fails else "SystemExit"
    assert message.startswith(f"the function raised {raised}")
    assert (
        f"(line {failing.__code__.co_firstlineno + 2 * (failing is fails)} of test_again" in message
    )


class Tensor:
    """As much of PyTorch's tensors as it takes to be one."""

    def __init__(self, array):
        self.array = array
        self.dtype = f"torch.{array.dtype}"

    def detach(self):
        """Return itself."""
        return self

    cpu = detach

    def __array__(self, dtype=None, copy=None):
        """Return the entries."""
        return self.array


@pytest.mark.parametrize(("module", "make"), [("torch", "as_tensor"), ("jax.numpy", "asarray")])
def test_arrays_of_a_library_are_given_to_a_function_that_takes_only_those(
    monkeypatch, module, make
):
    """A library that is loaded makes the arguments; the precision returned decides."""
    monkeypatch.setitem(sys.modules, module, SimpleNamespace(**{make: Tensor}))

    def gradients(W, x, off):
        if not isinstance(W, Tensor):
            raise TypeError("tensors, please")
        h = np.maximum(W.array @ x.array, 0)
        return Tensor(np.outer(h, x).astype(np.float32)), Tensor((1 + off) * (W.array.T @ h))

    assert [one[1] for one in compared(NET, lambda W, x: gradients(W, x, 0))] == [True, True]
    assert [one[1] for one in compared(NET, lambda W, x: gradients(W, x, 1e-5))] == [True, False]


def test_single_precision_out_of_range_is_no_mistake_where_other_points_do():
    """log(1 - y) is lost in float32 at large random values; in float64 infinity is wrong."""
    text = NET.replace("relu(W @ x)", "30*x").replace("L: sum(h**2)/2", "L: sum(log(1 + exp(h)))")
    text = text.replace("wrt: [W, x]", "wrt: x")

    def naive(x, kind):
        power = np.exp(30 * x.astype(kind))
        with np.errstate(all="ignore"):
            return 30 * power / (1 + power)

    assert compared(text, lambda x: naive(x, np.float32))[0][1]
    assert not compared(text, lambda x: naive(x, np.float32) * np.float32(np.nan))[0][1]
    assert compared(text, lambda x: naive(x, np.float64))[0][1]


def test_a_function_may_refuse_random_values():
    """It is compared at others; where it refuses nearly all, that is an error."""

    def checked(W, x, h, allowed):
        if not allowed(x):
            raise ValueError("refused")
        return np.outer(h, x), W.T @ h

    assert all(o[1] for o in compared(NET, lambda W, x, h: checked(W, x, h, lambda x: x[0] > 0)))
    with pytest.raises(InputError):
        compared(NET, lambda W, x, h: checked(W, x, h, lambda x: x[0] == 0.5))


def reason(function):
    """Return why the first result is wrong."""
    solution = solve(load_text(NET, functions=table()), table())
    return compare_function(solution, function)[0].reason


def test_what_else_is_wrong_with_what_is_returned():
    """Arguments changed in place, other names, complex numbers, a column for a vector."""

    def in_place(W, x):
        W[:] = 0
        return np.outer(W @ x, x), x

    assert "the function changes `W`, which it was given" in reason(in_place)
    assert reason(lambda W: {"V": W, 3: W}) == "the function does not return it, but `V`, `3`"
    assert reason(lambda W, x: (W + 0j, x)) == "the function returns complex numbers"
    assert reason(lambda W, x: ("W", x)) == "the function returns str, no array"
    column = reason(lambda W, x, h: (np.outer(h, x)[:, :, None], x))
    assert column == "the shape is (3, 2, 1), right is (3, 2); the entries are right"
    assert reason(lambda W, x, h: {"dW": np.outer(h, x), "grad_x": W.T @ h}) == ""
