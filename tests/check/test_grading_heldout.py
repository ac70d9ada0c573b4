"""Answers to many kinds of problems as people write them, right and wrong: tables in JSON."""

import json
import random
from functools import cache
from pathlib import Path

import pytest

from symback.check.grading import Grader
from symback.functions import table
from symback.problem.load import load, load_text
from symback.problem.sheet import load_sheet_text

TABLES = [
    json.loads(Path(__file__).with_name(name).read_text())
    for name in ("grading_heldout.json", "grading_fresh.json", "grading_unseen.json")
]
PROBLEMS = {name: problem for table_ in TABLES for name, problem in table_["problems"].items()}
RIGHT, WRONG, SHEETS = (
    [case for table_ in TABLES for case in table_[kind]] for kind in ("right", "wrong", "sheets")
)
HOMEWORK = Path(__file__).parents[2] / "problems" / "7_1.yaml"
#: Numbers of three decimals, of which at most one in twenty may be explained by chance.
BLUE, BY_CHANCE = 40, 2


@cache
def grader(name):
    """Derive a problem once for all its answers."""
    problem = json.dumps(PROBLEMS[name])
    return Grader(load_text(problem, "problem.yaml", table()), table())


def grade(name, answers):
    """Grade a list of answers to the problem of a name."""
    return grader(name).grade(load_sheet_text(json.dumps({"answers": answers}))).answers


@pytest.mark.parametrize(("problem", "quantity", "answer"), RIGHT)
def test_right_answers_in_unusual_forms_are_correct(problem, quantity, answer):
    """Expanded, by components, with other functions, in LaTeX, with the numbers given inserted."""
    (one,) = grade(problem, [{quantity: answer}])

    assert (one.verdict, one.finding) == ("correct", None)


@pytest.mark.parametrize(("problem", "quantity", "answer", "kinds"), WRONG)
def test_mistakes_have_their_usual_names(problem, quantity, answer, kinds):
    """One mistake, in formulas, LaTeX or numbers, called by one of the names that fit."""
    (one,) = grade(problem, [{quantity: answer}])

    assert one.verdict == "wrong"
    assert one.finding.kind in kinds


@pytest.mark.parametrize(("problem", "answers", "verdicts", "kinds"), SHEETS)
def test_mistakes_are_carried_forward(problem, answers, verdicts, kinds):
    """What follows from a mistake is not wrong again."""
    found = grade(problem, answers)

    assert [one.verdict for one in found] == verdicts
    assert {one.finding.kind for one in found if one.finding} & set(kinds)


@pytest.mark.parametrize(
    ("problem", "quantity"),
    [("line", "dL_dw"), ("gaussian", "dl_ds"), ("scalar functions", "da_dx")],
)
def test_numbers_out_of_the_blue_are_not_explained(problem, quantity):
    """A mistake is named only if the answer's digits tell it from chance."""
    rng = random.Random(quantity)
    found = [grade(problem, [{quantity: round(rng.uniform(0.5, 4), 3)}])[0] for _ in range(BLUE)]

    explained = [one for one in found if one.finding and one.finding.kind != "unknown"]
    assert len(explained) <= BY_CHANCE


@pytest.mark.parametrize("factor", ["", "*[1, 1, 1]"])
def test_a_derivative_left_out_is_missing_though_it_is_one_at_the_values_given(factor):
    """All units of the homework's network are active; with the ones written it is resolved."""
    grader_ = Grader(load(HOMEWORK, table()), table())
    answers = [{"dL_dz1": f"(W2.T @ ((y - t)/2)){factor}"}]
    (one,) = grader_.grade(load_sheet_text(json.dumps({"answers": answers}))).answers

    assert (one.verdict, one.finding and one.finding.kind) == (
        ("correct", None) if factor else ("wrong", "missing_derivative")
    )


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("W2.T@(y-t)/2*h*(1-h)", "in `dL_da1` the derivative of `tanh(a1)` is wrong: it is "
         "`1 - h**2`, not `h*(1 - h)`"),
        ("W2.T@(y-t)/2*(1+h**2)", "in `dL_da1` a sign is wrong in the derivative of `tanh(a1)`: "
         "it is `1 - h**2`, not `1 + h**2`"),
        ("W2@(y-t)/2*(1-h**2)", "in `dL_dh` a transpose is lost or added: `W2.T`, not `W2`"),
        ("W2.T@(y-t)/2", "in `dL_da1` the derivative of `tanh(a1)` is left out"),
    ],
)  # fmt: skip
def test_the_sentence_says_what_is_right_and_what_was_written(answer, message):
    """What a teaching assistant would write at the place of the slip."""
    (one,) = grade("tanh bce", [{"dL_db1": answer}])

    assert one.finding.message == message


def test_a_factor_lost_before_a_term_is_no_derivative():
    """It is said of the step that is differentiated, not of the cotangent of the loss."""
    (one,) = grade("ridge mean", [{"dJ_dw": "-2/3*X.T@r+2*w"}])

    assert (one.finding.kind, one.finding.where) == ("factor", "J")
    assert one.finding.message == (
        "where `J` is differentiated, the factor in `mu*sum(w**2)` is left out"
    )


def test_what_follows_from_a_number_before_it_was_rounded_follows():
    """Later numbers are computed with more digits than were written down."""
    answers = [{"dL_dz2": 0.2184}, {"dL_dw2": [0.0715, -0.1189]}]
    found = grade("two layer sum bce", answers)

    assert [one.verdict for one in found] == ["wrong", "follow_through"]
