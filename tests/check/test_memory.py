"""What is kept from one sheet for the next changes no verdict."""

import json
from pathlib import Path

import numpy as np

from symback.check.derivation.memory import MAX_ENTRIES, MAX_KEPT, Memory, key_of
from symback.check.grading import Grader
from symback.functions import table
from symback.problem.load import load
from symback.problem.sheet import load_sheet_text
from tests.benchmarks.grading import PROBLEMS, sheets


def test_results_are_computed_once():
    """Under the same key; without a key each time; the oldest is forgotten first."""
    memory, calls = Memory(), []
    for key in ("a", "a", None, None, *range(MAX_KEPT), "a"):
        memory.get(key, lambda key=key: calls.append(key))

    assert [key for key in calls if not isinstance(key, int)] == ["a", None, None, "a"]


def test_keys_tell_values_apart():
    """By name, shape and entries; very large values have no key."""
    keys = [key_of({"x": np.zeros(4)}), key_of({"x": np.zeros((2, 2))}), key_of({"y": np.zeros(4)})]
    assert len(set(keys)) == 3
    assert key_of({"x": np.zeros(MAX_ENTRIES + 1)}) is None


def test_a_sheet_is_graded_alike_alone_and_after_others(tmp_path):
    """Sheets that share their beginnings, values and mistakes."""
    problem = load(PROBLEMS / "7_1.yaml", table())
    texts = [Path(name).read_text() for name in sheets(tmp_path, 2)]
    together = Grader(problem, table())
    for text in texts * 2:
        together.grade(load_sheet_text(text, "sheet.yaml"))

    alone = Grader(problem, table()).grade(load_sheet_text(texts[-1], "sheet.yaml"))
    assert together.grade(load_sheet_text(texts[-1], "sheet.yaml")) == alone


def test_an_answer_is_judged_by_what_was_before_it():
    """The same words after other words are another answer."""
    grader = Grader(load(PROBLEMS / "7_1.yaml", table()), table())
    second = {"dL_dW2": "outer(dL_dz2, h)"}
    verdicts = [
        grader.grade(load_sheet_text(json.dumps({"answers": [first, second]}))).answers[1].verdict
        for first in ({"dL_dz2": "(y - t)/2"}, {"dL_dz2": "y - t"}, {"dL_dz2": "(y - t)/2"})
    ]

    assert verdicts == ["correct", "follow_through", "correct"]
