"""Every problem of the repository: solved, and as it expects."""

from pathlib import Path

import pytest

from symback.check.expectations import check
from symback.explain.solve import solve
from symback.functions import table
from symback.problem.load import load

PROBLEMS = Path(__file__).parents[1] / "problems"
FILES = sorted(path for path in PROBLEMS.rglob("*.yaml") if "answers" not in path.parts)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_problem_is_as_it_expects(path):
    """Published forms and independently computed numbers, each stated in the file."""
    problem = load(path, table())
    outcomes = check(solve(problem, table()))

    assert outcomes
    assert [outcome for outcome in outcomes if not outcome.passed] == []
    assert problem.title


def test_every_problem_stands_for_something_else():
    """No two problems have the same title."""
    titles = [load(path).title for path in FILES]

    assert len(set(titles)) == len(titles)
