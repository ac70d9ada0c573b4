"""Answers to many kinds of problems as people write them, right and wrong: a table in JSON."""

import json
from functools import cache
from pathlib import Path

import pytest

from symback.check.grading import Grader
from symback.functions import table
from symback.problem.load import load_text
from symback.problem.sheet import load_sheet_text

CASES = json.loads(Path(__file__).with_name("grading_heldout.json").read_text())


@cache
def grader(name):
    """Derive a problem once for all its answers."""
    problem = json.dumps(CASES["problems"][name])
    return Grader(load_text(problem, "problem.yaml", table()), table())


def grade(name, answers):
    """Grade a list of answers to the problem of a name."""
    return grader(name).grade(load_sheet_text(json.dumps({"answers": answers}))).answers


@pytest.mark.parametrize(("problem", "quantity", "answer"), CASES["right"])
def test_right_answers_in_unusual_forms_are_correct(problem, quantity, answer):
    """Expanded, by components, with other functions, in LaTeX, with the numbers given inserted."""
    (one,) = grade(problem, [{quantity: answer}])

    assert (one.verdict, one.finding) == ("correct", None)


@pytest.mark.parametrize(("problem", "quantity", "answer", "kinds"), CASES["wrong"])
def test_mistakes_have_their_usual_names(problem, quantity, answer, kinds):
    """One mistake, in formulas, LaTeX or numbers, called by one of the names that fit."""
    (one,) = grade(problem, [{quantity: answer}])

    assert one.verdict == "wrong"
    assert one.finding.kind in kinds


@pytest.mark.parametrize(("problem", "answers", "verdicts", "kinds"), CASES["sheets"])
def test_mistakes_are_carried_forward(problem, answers, verdicts, kinds):
    """What follows from a mistake is not wrong again."""
    found = grade(problem, answers)

    assert [one.verdict for one in found] == verdicts
    assert {one.finding.kind for one in found if one.finding} & set(kinds)
