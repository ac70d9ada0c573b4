"""Derivations written out: what is left where a function has no derivative by one of its names."""

import pytest

from symback.check.grading import Grader
from symback.functions import table
from symback.problem.load import load_text
from symback.problem.sheet import load_sheet_text

POWER = """
given: {X: {value: [[2, 1], [0.5, 3]]}, k: {value: 5, assume: [integer]}}
define: {t: 'trace(matrix_power(X, k))'}
find: [{gradient: t, wrt: X}]
"""
ORDER = """
given: {x: [0.5, 1], a: 1.5}
define: {y: 'gammainc_lower(a, x)', L: 'sum(y**2)'}
find: [{gradient: L, wrt: x}]
"""


@pytest.mark.parametrize(
    ("problem", "answer", "verdict"),
    [
        (POWER, "dt_dX: 'k*matrix_power(X, k - 1).T'", "correct"),
        (POWER, "dt_dX: '$k (X^{k-1})^\\top$'", "correct"),
        (POWER, "dt_dX: 'k*matrix_power(X, k - 1)'", "wrong"),
        (ORDER, "dL_dy: '2*y'", "correct"),
        (ORDER, "dL_dy: 'y'", "wrong"),
    ],
)
def test_names_without_a_derivative_do_not_stop_the_grading(problem, answer, verdict):
    """Nothing is asked by the exponent of a matrix, or by the order of a special function."""
    grader = Grader(load_text(problem, "problem.yaml", table()), table())

    report = grader.grade(load_sheet_text(f"answers:\n  - {answer}\n", "sheet.yaml"))

    assert [one.verdict for one in report.answers] == [verdict]
