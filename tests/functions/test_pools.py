"""Pools whose windows overlap or reach into padding."""

from __future__ import annotations

import pytest

from symback.errors import InputError
from tests.solved import solved


def gradient(call: str, x: str) -> list[float]:
    """Return the gradient of the sum of a call in x."""
    text = f"given: {{x: {x}}}\ndefine: {{y: '{call}', L: sum(y)}}\nfind: [{{gradient: L, wrt: x}}]"
    (result,) = solved(text).results
    return result.value.floats()


@pytest.mark.parametrize(
    ("call", "x", "expected"),
    [
        ("max_pool(x, 2, 1)", "[1, 3, 2]", [0, 2, 0]),
        ("max_pool(x, 2, 1)", "[3, 3, 2]", [0.5, 1.5, 0]),
        ("max_pool(x, 3, 2, 1)", "[-3, -3, -4, -5]", [0.5, 1.5, 0, 0]),
        ("max_pool(x, 2, 2, 1)", "[-1, -2, -1]", [1, 0, 1]),
        ("avg_pool(x, 2, 1)", "[3, 3, 2]", [0.5, 1, 0.5]),
        ("avg_pool(x, 2, 2, 1)", "[3, 3, 2]", [0.5, 0.5, 0.5]),
    ],
)
def test_a_window_passes_its_gradient_on(call, x, expected):
    """To its largest entry or to each of those that share it, never to padding."""
    assert expected == gradient(call, x)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("max_pool(x, 2, 1, 2)", "padding 2 is more than half of a window (2,)"),
        ("avg_pool(x, (1, 2))", "a window (1, 2) does not fit shape (3,)"),
        ("max_pool(x, 4, 1)", "a window (4,) does not fit shape (3,)"),
        ("max_pool(x, 2, (1, 2))", "`stride` needs one number, or one for each of 1 axes"),
        ("max_pool(x, 2, 0)", "`stride` of `max_pool` must be a positive integer"),
    ],
)
def test_settings_that_do_not_fit_are_refused(call, message):
    """The message says which one, and of which window."""
    with pytest.raises(InputError) as caught:
        gradient(call, "[1, 2, 3]")

    assert caught.value.diagnostics[0].message.startswith(message)
