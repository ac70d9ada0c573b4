"""What is said of a factor or a slope, and follow-through off the way of the graph."""

import json

import pytest

from symback.check.grading import Grader
from symback.functions import table
from symback.problem.load import load_text
from symback.problem.sheet import load_sheet_text

MARGIN = {
    "given": {"m": [0.5, -0.2, 1.5]},
    "define": {"s": "sigmoid(-m)", "J": "mean(log(1 + exp(-m)))"},
    "find": [{"gradient": "J", "wrt": "m"}],
}
SQUARES = {
    "given": {"a": [0.5, 0.25], "w": [0.8, -1.5], "t": 0.5},
    "define": {"o": "w@a", "L": "(o - t)**2"},
    "find": [{"gradient": "L", "wrt": ["o", "w"]}],
}
POISSON = {
    "given": {"m": [0.5, 2, 1.5], "y": [1, 3, 0]},
    "define": {"L": "mean(m - y*log(m))"},
    "find": [{"gradient": "L", "wrt": "m"}],
}
HALVES = {
    "given": {"o": [0.5, 2], "t": [1, 3], "A": [[1, 2], [3, 5]]},
    "define": {"u": "A@o", "L": "sum((u - t)**2)/4"},
    "find": [{"gradient": "L", "wrt": ["u", "o"]}],
}


def judged(problem, *answers):
    """Grade answers in their order."""
    grader = Grader(load_text(json.dumps(problem)), table())
    sheet = load_sheet_text(json.dumps({"answers": list(answers)}))
    return grader.grade(sheet).answers


@pytest.mark.parametrize(
    ("problem", "quantity", "answer", "message"),
    [
        (SQUARES, "dL_do", "o - t", "a factor 2 is missing"),
        (SQUARES, "dL_dw", "4*(o - t)*a", "a factor 2 too many"),
        (SQUARES, "dL_dw", "-(o - t)*a", "a factor 1/2 too many and the sign is wrong"),
        (HALVES, "dL_do", "A.T@(u - t)/4", "a factor 1/2 too many: it is in `dL_du` already"),
        (HALVES, "dL_do", "A.T@(u - t)", "a factor 1/2 is missing: it comes with `dL_du`"),
        (HALVES, "dL_du", "u - t", "a factor 1/2 is missing"),
    ],
)
def test_a_factor_is_where_the_formulas_have_it(problem, quantity, answer, message):
    """What is missing is a factor of the right formula; what is too many may be in a step."""
    (one,) = judged(problem, {quantity: answer})

    assert one.finding.message.removesuffix(".").endswith(message)


def test_the_value_in_place_of_a_slope_is_that_of_the_operation():
    """An operation inside a step is named by its formula, not by the step."""
    (one,) = judged(POISSON, {"dL_dm": "(1 - y*log(m))/3"})

    assert "the value `log(m)` stands where the derivative of `log(m)`" in one.finding.message


def test_a_number_follows_from_a_step_that_the_closed_form_is_written_with():
    """The derivative of log(1 + exp(-m)) is -s/3, although J is not made of s."""
    wrong = {"s": [0.6225, 0.4502, 0.8176]}
    _, follows = judged(MARGIN, wrong, {"dJ_dm": [-0.2075, -0.15007, -0.27253]})
    _, other = judged(MARGIN, wrong, {"dJ_dm": [-0.2075, -0.15007, -0.29]})

    assert follows.verdict == "follow_through"
    assert "`s`" in follows.note
    assert other.verdict == "wrong"
