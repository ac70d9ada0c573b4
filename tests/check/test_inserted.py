"""Values put in for names: right only where the branches that an answer has are all seen."""

import pytest

from symback.check.answers.verdicts import CORRECT, ROUNDING, WRONG
from tests.check.test_grading import grade

LEAKY = {"given": {"x": 0.7, "y": 0.4}, "define": {"r": "y*leaky_relu(x, 0.1)"}}


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("0.4", CORRECT),
        ("where(x > 0, 0.4, 0.04)", CORRECT),
        ("where(x > 0, 0.4, 0.4*0.1)", CORRECT),
        ("0.4*(x > 0) + 0.04*(x <= 0)", CORRECT),
        ("0.4*where(0.7 > 0, 1, 0.1)", CORRECT),
        ("where(x > 0, y, 0.1)", WRONG),
        ("where(x > 0, 0.4, 0.1)", WRONG),
        ("where(x > 0, 0.4, 1)", WRONG),
        ("0.4*where(x > 0, 1, 0)", WRONG),
    ],
)
def test_a_branch_that_the_values_given_do_not_take_is_judged(answer, verdict):
    """At x = 0.7 the other branch does not show; elsewhere it must be right as well."""
    problem = {**LEAKY, "find": [{"gradient": "r", "wrt": "x"}]}

    assert [one.verdict for one in grade(problem, [{"dr_dx": answer}]).answers] == [verdict]


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("where(x > 0, -0.1466, 0)", ROUNDING),
        ("-0.1466*(x > 0)", ROUNDING),
        ("where(x > 0, -0.1466, 1)", WRONG),
        ("-0.1466*(x > 0) + 0.2*(x < 0)", WRONG),
    ],
)
def test_so_is_one_beside_a_number_computed_from_several_values(answer, verdict):
    """sin and exp of the values given in one number: only the other branch can be told apart."""
    problem = {
        "given": {"x": 0.5, "y": 1.2},
        "define": {"L": "relu(x)*sin(3*y)*exp(-y**2)*relu(x + 0.26)"},
        "find": [{"gradient": "L", "wrt": ["x", "y"]}],
    }
    assert [one.verdict for one in grade(problem, [{"dL_dy": answer}]).answers] == [verdict]
