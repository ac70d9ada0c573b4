"""Stable spellings of smooth functions, taken together again."""

import pytest

from tests.notation.printed import printed


@pytest.mark.parametrize(
    "loss",
    [
        "maximum(z, 0) - z*t + log(1 + exp(-abs(z)))",
        "maximum(0, z) - z*t + log1p(exp(-abs(z)))",
        "relu(z) - z*t + softplus(-abs(z))",
        "(z + abs(z))/2 - z*t + softplus(-abs(z))",
        "softplus(z) - z*t",
    ],
)
def test_every_spelling_of_the_logistic_loss_has_one_gradient(loss):
    """max(z, 0) + log(1 + exp(-|z|)) is log(1 + exp(z))."""
    found = printed("gradient", "z:n t:n", f"sum({loss})", "z")

    assert found == {"dresult_dz": "sigmoid(z) - t"}


def test_steps_are_taken_together_in_a_derivative():
    """The parts of the loss may be steps of their own."""
    steps = {"a": "relu(z)", "b": "log1p(exp(-abs(z)))"}
    found = printed("gradient", "z:n t:n", "sum(a - z*t + b)", "z", steps)

    assert found == {"dresult_dz": "sigmoid(z) - t"}


def test_another_ramp_stays():
    """A ramp in another variable is no part of it."""
    found = printed("gradient", "z:n t:n", "sum(relu(t) + softplus(-abs(z)))", "z")

    assert found == {"dresult_dz": "-(sigmoid(-abs(z))*sign(z))"}
