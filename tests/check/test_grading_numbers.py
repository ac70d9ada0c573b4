"""Right answers with any of the values given put in, and near misses: a table in JSON."""

import json
from functools import cache
from pathlib import Path

import pytest

from symback.check.grading import Grader
from symback.functions import table
from symback.problem.load import load_text
from symback.problem.sheet import load_sheet_text

CASES = json.loads(Path(__file__).with_name("grading_numbers.json").read_text())
RIGHT = [(name, *case) for name, one in CASES.items() for case in one["right"]]
WRONG = [(name, *case) for name, one in CASES.items() for case in one["wrong"]]
QUICK = ("gate", "powers", "relu at its kink", "cubic", "cross entropy")


@cache
def grader(name):
    """Derive a problem once for all its answers."""
    return Grader(load_text(json.dumps(CASES[name]["problem"]), "p.yaml", table()), table())


def grade(name, quantity, answer):
    """Grade one answer to the problem of a name."""
    sheet = load_sheet_text(json.dumps({"answers": [{quantity: answer}]}))
    return grader(name).grade(sheet).answers[0]


def verdicts(cases):
    """Return what is said of each of many answers."""
    return {case: grade(*case).verdict for case in cases}


@pytest.mark.parametrize("name", QUICK)
def test_right_answers_with_numbers_are_right(name):
    """Values inserted, multiplied out, rounded; branches and labels resolved."""
    found = verdicts(case for case in RIGHT if case[0] == name)

    assert {case: one for case, one in found.items() if one not in ("correct", "rounding")} == {}


@pytest.mark.parametrize("name", QUICK)
def test_near_misses_are_wrong(name):
    """Also where they agree at the values given, because a factor too many is 1 there."""
    found = verdicts(case for case in WRONG if case[0] == name)

    assert {case: one for case, one in found.items() if one != "wrong"} == {}


@pytest.mark.slow
def test_no_verdict_is_wrong_over_thirty_problems():
    """More than 250 right answers in unusual forms and more than 200 near misses."""
    assert len(CASES) >= 30
    assert (len(RIGHT) > 250, len(WRONG) > 200) == (True, True)

    right, wrong = verdicts(RIGHT), verdicts(WRONG)
    assert {case for case, one in right.items() if one not in ("correct", "rounding")} == set()
    assert {case for case, one in wrong.items() if one != "wrong"} == set()


def test_a_rounded_number_in_a_formula_is_said():
    """It is right but for the rounding; exact numbers are just right."""
    rounded = grade("ridge", "dL_dw", "0.3333*(X.T @ r) + 0.1*w")
    exact = grade("ridge", "dL_dw", "X.T @ r/3 + 0.1*w")

    assert (rounded.verdict, rounded.finding.message) == (
        "rounding",
        "right but for the rounded numbers in it",
    )
    assert (exact.verdict, exact.finding) == ("correct", None)


def test_later_answers_rest_on_the_formula_that_numbers_stood_for():
    """An answer with numbers in it stands for the quantity itself in what follows."""
    answers = [{"dL_dh": "0.6*(o - t)"}, {"dL_dz": "dL_dh*(h - n)/z"}]
    found = grader("gate").grade(load_sheet_text(json.dumps({"answers": answers}))).answers

    assert [one.verdict for one in found] == ["correct", "correct"]


@pytest.mark.parametrize(
    ("answer", "verdict", "said"),
    [
        ("[2, 0, 0]", "correct", False),
        ("[2, 0, 4]", "correct", True),
        ("[2, 0, 2]", "correct", True),
        ("g*(x >= 0)", "correct", True),
        ("[2, 0, 5]", "wrong", False),
        ("[2, 3, 4]", "wrong", False),
    ],
)
def test_another_convention_at_a_kink_is_right_and_said(answer, verdict, said):
    """Any slope between the two sides of the kink, and no other."""
    one = grade("relu at its kink", "dL_dx", answer)

    assert (one.verdict, "convention at a kink" in one.note) == (verdict, said)


@pytest.mark.parametrize(
    ("quantity", "answer", "verdict"),
    [
        ("dL_dz[1]", "v[1]*step(z[1])", "correct"),
        ("dL_dz[1]", "0.2*step(z[1])", "correct"),
        ("dL_dz[1]", "v[1]", "wrong"),
        ("dL_dz[1]", "v[1]*step(z[0])", "wrong"),
        ("dL_dW[0,1]", "v[0]*x[1]", "wrong"),
        ("dL_dz", "[v[0]*step(z[0]), v[1]]", "wrong"),
    ],
)
def test_a_slope_left_out_of_an_entry_is_no_value_put_in(quantity, answer, verdict):
    """Where it is 1 at the values given, the formula is judged elsewhere as well."""
    given = {"x": [0.5, 0.3], "W": [[0.1, 0.4], [0.2, 0.5]], "v": [0.7, 0.2]}
    problem = {"given": given, "define": {"z": "W@x", "L": "v@relu(z)"}}
    sheet = load_sheet_text(json.dumps({"answers": [{quantity: answer}]}))
    found = Grader(load_text(json.dumps(problem), "p.yaml", table()), table()).grade(sheet)

    assert [one.verdict for one in found.answers] == [verdict]
