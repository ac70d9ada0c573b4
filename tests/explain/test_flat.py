"""Notes on norms that are 0, where the forms follow a convention."""

import json

import pytest

from symback.explain.solve import solve
from symback.functions import table
from symback.problem.load import load_text

FUNCTIONS = table()


def notes(step, y):
    """Return the notes on the gradient of one step, with whose they are."""
    problem = {"given": {"y": y}, "define": {"L": step}, "find": [{"gradient": "L"}]}
    solution = solve(load_text(json.dumps(problem), functions=FUNCTIONS), FUNCTIONS)
    return [(note.name, note.message) for note in solution.notes]


@pytest.mark.parametrize(
    ("step", "name", "message"),
    [
        ("3*sqrt(sum(y**2)) + 1", "dL_dy", "`norm(y)` is 0 there: its gradient counts as 0"),
        ("sqrt(y @ y)", "dL_dy", "`L` is 0 there: its gradient counts as 0"),
        ("norm(y)", "L", f"`norm` has a kink there: {FUNCTIONS['norm'].convention}"),
    ],
)
def test_a_norm_of_zero_is_noted_once(step, name, message):
    """Written out or not: the value sits on a kink."""
    assert notes(step, [0, 0]) == [(name, message)]


@pytest.mark.parametrize("step", ["sqrt(sum(y**2))", "sum(relu(y - 4)) + norm(y)"])
def test_other_norms_are_not_noted(step):
    """They are not 0."""
    assert [text for _, text in notes(step, [3, 4]) if "norm" in text or "is 0" in text] == []


@pytest.mark.parametrize(
    "step",
    [
        "norm(y)*sum(y + 1)",
        "sum(y + 2)*norm(y)/(1 + sum(y**2))",
    ],
)
def test_a_norm_of_zero_inside_a_product_has_no_gradient(step):
    """However the form is shortened, it is 0 there and not 0/0."""
    problem = {"given": {"y": [0, 0]}, "define": {"L": step}, "find": [{"gradient": "L"}]}
    (result,) = solve(load_text(json.dumps(problem), functions=FUNCTIONS), FUNCTIONS).results

    assert result.value.floats() == [0, 0]
