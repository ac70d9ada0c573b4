"""One answer graded: problems are derived once for all their answers."""

import json
from functools import cache

from symback.check.grading import Grader
from symback.functions import table
from symback.problem.load import load_text
from symback.problem.sheet import load_sheet_text


@cache
def grader(text):
    """Derive a problem."""
    return Grader(load_text(text, "problem.yaml", table()), table())


def judge(problem, quantity, answer):
    """Grade one answer to a problem, which is a mapping or its JSON text."""
    sheet = load_sheet_text(json.dumps({"answers": [{quantity: answer}]}))
    return grader(json.dumps(problem)).grade(sheet).answers[0]
