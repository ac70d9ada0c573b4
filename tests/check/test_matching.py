"""Names of a person's own: taken for quantities, or for values on the way to one."""

import json
from functools import cache
from pathlib import Path

import pytest

from symback.check.grading import Grader
from symback.functions import table
from symback.problem.load import load_text
from symback.problem.sheet import load_sheet_text

RECURRENT = {
    "given": {"x": [0.5, -0.3], "w": 0.7, "u": 1.1, "t": 0.2},
    "define": {"h": "tanh(u*x[0])", "k": "tanh(w*h + u*x[1])", "L": "(k - t)**2/2"},
    "find": [{"gradient": "L", "wrt": ["w", "u"]}],
}
SQUARES = {
    "given": {"x": [0.4, -0.2], "A": [[1, 2], [-1, 0.5]], "t": [0.3, 0.9]},
    "define": {"z": "A@x", "p": "sigmoid(z)", "L": "sum((p - t)**2)"},
}


@cache
def grader(problem):
    """Derive a problem once for all its sheets."""
    return Grader(load_text(problem, "problem.yaml", table()), table())


def verdicts(problem, *answers):
    """Grade a sheet of pairs; return what is said of each."""
    sheet = load_sheet_text(json.dumps({"answers": [{name: text} for name, text in answers]}))
    return [one.verdict for one in grader(json.dumps(problem)).grade(sheet).answers]


@pytest.mark.parametrize("last", ["2*outer(e*s, x)", "outer(s, x)*2*e[:, None]"])
def test_a_name_that_later_answers_use_rightly_is_no_wrong_signal(last):
    """`e` is half of what the signal is, and just a value on the way."""
    sheet = (("e", "p - t"), ("s", "p*(1 - p)"), ("dL_dA", last))

    assert verdicts(SQUARES, *sheet) == ["correct"] * 3


def test_a_name_that_later_answers_rest_on_wrongly_is_a_wrong_signal():
    """What follows from the mistake is not wrong again; what does not is."""
    sheet = (("delta", "(p - t)*p*(1 - p)"), ("dL_dA", "outer(delta, x)"), ("dL_dx", "A@delta"))

    assert verdicts(SQUARES, *sheet) == ["wrong", "follow_through", "wrong"]


def test_names_between_are_followed():
    """A name may be used by way of another one."""
    sheet = (("e", "p - t"), ("g", "2*e*p*(1 - p)"), ("dL_dx", "A.T@g"))

    assert verdicts(SQUARES, *sheet) == ["correct"] * 3


def test_the_signal_of_a_part_without_a_name_is_right():
    """What is inside a function has a cotangent too; a later mistake does not change that."""
    first = (("d2", "(k - t)*(1 - k**2)"), ("dL_dw", "d2*h"))
    right = (("d1", "d2*w*(1 - h**2)"), ("dL_du", "d2*x[1] + d1*x[0]"))
    wrong = (("d1", "d2*(1 - h**2)"), ("dL_du", "d2*x[1] + d1*x[0]"))

    assert verdicts(RECURRENT, *first, *right) == ["correct"] * 4
    assert verdicts(RECURRENT, *first, *wrong)[:2] == ["correct"] * 2
    assert "wrong" in verdicts(RECURRENT, *first, *wrong)[2:]


def test_sheets_that_begin_alike_are_judged_by_what_follows():
    """The meaning of a name is found anew where a later answer is another one."""
    guessed = (("e", "p - t"), ("dL_dA", "outer(e*p*(1 - p), x)"))
    used = (("e", "p - t"), ("dL_dA", "2*outer(e*p*(1 - p), x)"))

    for _ in range(2):
        assert verdicts(SQUARES, *guessed)[0] == "wrong"
        assert verdicts(SQUARES, *used) == ["correct"] * 2


def test_a_constant_under_a_name_of_ones_own_is_one_everywhere():
    """What a name without a quantity is worth does not depend on the values given."""
    sheet = (("two", "sqrt(2)**2"), ("dL_dz", "two*(p - t)*p*(1 - p)"))

    assert verdicts(SQUARES, *sheet) == ["correct"] * 2


#: In its solution `delta_i` is the signal before the input gate, not the gradient of the gate `i`.
LSTM = Path(__file__).parents[2] / "problems" / "lstm_cell.yaml"


@pytest.mark.parametrize(
    ("answer", "verdict"), [("dL_dc*g*i*(1 - i)", "correct"), ("dL_dc*g*i*(1 + i)", "wrong")]
)
def test_a_name_of_the_solution_is_what_the_solution_means_by_it(answer, verdict):
    """What is right under such a name is right, and what is not is wrong."""
    text = LSTM.read_text()
    sheet = load_sheet_text(json.dumps({"answers": [{"delta_i": answer}]}))

    (found,) = grader(text).grade(sheet).answers

    assert verdict == found.verdict
