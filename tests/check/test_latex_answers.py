"""Answers in LaTeX to many problems mean what NumPy says: nearly all read, none wrongly."""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from symback.check.answers.claims import read_claim
from symback.check.derivation.running import evaluated
from symback.check.derivation.truth import TrueValues
from symback.functions import table
from symback.problem.load import load_text
from symback.problem.sheet import load_sheet_text

CASES = json.loads(Path(__file__).with_name("latex_answers.json").read_text())
#: Share of the answers that are read.
READ = 0.95


def softmax(z):
    """Return exponentials that add up to 1."""
    return np.exp(z) / np.exp(z).sum()


MEANINGS = {
    **{"np": np, "inv": np.linalg.inv, "norm": np.linalg.norm, "softmax": softmax},
    "sig": lambda z: 1 / (1 + np.exp(-z)),
    "dsig": lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2,
    "relu": lambda z: np.maximum(z, 0),
    "softmax1": lambda z: np.exp(z) / np.exp(z).sum(axis=1, keepdims=True),
    "sum": np.sum,
}


@cache
def derived(number):
    """Derive a problem once; return it with the values of all its names."""
    text = json.dumps(CASES[number]["problem"])
    truth = TrueValues(load_text(text, "problem.yaml", table()), table())
    values = dict(truth.given.values)
    for chain in {id(chain): chain for chain in truth.names().values()}.values():
        values.update(truth.given.environment(chain.main, truth.functions))
    return truth, values


def reading(number, quantity, formula):
    """Return the value of an answer as it is read, None where it is refused."""
    truth, values = derived(number)
    answer = json.dumps({"answers": [{"quantity": quantity, "answer": f"${formula}$"}]})
    claim = read_claim(truth, load_sheet_text(answer).answers[0], {})
    return None if claim.fault else np.asarray(evaluated(claim.tree, values, truth.functions))


def test_answers_in_latex_mean_what_people_mean():
    """Each is read with the value that NumPy gives to what it says, or it is refused."""
    lines = [
        (number, quantity, formula, meaning)
        for number, case in enumerate(CASES)
        for quantity, rows in case["answers"].items()
        for formula, meaning in rows
    ]
    found = {line: reading(*line[:3]) for line in lines}
    got = {line: value for line, value in found.items() if value is not None}

    wrong = []
    for (number, _, formula, meaning), value in got.items():
        true = np.asarray(eval(meaning, {**MEANINGS, **derived(number)[1]}), dtype=float)
        if value.shape != true.shape or not np.allclose(value, true):
            wrong.append(formula)

    assert len(lines) >= 650
    assert wrong == []
    assert len(got) / len(found) >= READ


@pytest.mark.parametrize(("formula", "same"), [("2 X w", False), (r"2 X^\top r", True)])
def test_a_wrong_reading_would_be_seen(formula, same):
    """The negative control: a formula that says something else has another value."""
    value = reading(2, "dL_dw", formula)
    _, values = derived(2)
    true = 2 * values["X"].T @ values["r"]

    assert same == (value.shape == true.shape and np.allclose(value, true))
