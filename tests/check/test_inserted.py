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


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("[L/0.5, -L/1.3]", CORRECT),
        ("L*[2, -1/1.3]", CORRECT),
        ("[L/0.5, -L/1.6]", WRONG),
        ("[L/0.5, L/1.3]", WRONG),
    ],
)
def test_a_name_may_stand_beside_the_values_it_follows_from(answer, verdict):
    """L follows from x alone: with x put in for itself, L cannot vary while x does not."""
    problem = {
        "given": {"x": [0.5, 1.3]},
        "define": {"L": "x[0]/x[1]"},
        "find": [{"gradient": "L", "wrt": "x"}],
    }
    assert [one.verdict for one in grade(problem, [{"dL_dx": answer}]).answers] == [verdict]


@pytest.mark.parametrize("answer", ["L", "3*L/3", "2 + L - 2"])
def test_but_not_for_plain_numbers_that_happen_to_agree(answer):
    """At x = 2 the square is as large as its derivative."""
    problem = {"given": {"x": 2}, "define": {"L": "x**2"}, "find": [{"gradient": "L", "wrt": "x"}]}

    assert [one.verdict for one in grade(problem, [{"dL_dx": answer}]).answers] == [WRONG]


POWER = {"given": {"a": 1.7, "b": 3}, "define": {"r": "a**b"}}


@pytest.mark.parametrize(
    ("quantity", "answer", "verdict"),
    [
        ("dr_db", "a**3*log(a)", CORRECT),
        ("dr_db", "1.7**b*log(1.7)", CORRECT),
        ("dr_da", "3*a**2", CORRECT),
        ("dr_da", "b*a**2", CORRECT),
        ("dr_da", "3*a**(b - 1)", CORRECT),
        ("dr_db", "a**2*log(a)", WRONG),
        ("dr_db", "a**3*log(3)", WRONG),
        ("dr_da", "3*a**3", WRONG),
        ("dr_da", "b*a**3", WRONG),
    ],
)
def test_a_number_may_be_put_in_for_an_exponent(quantity, answer, verdict):
    """a³ for aᵇ, where b = 3; a² is no a³."""
    problem = {**POWER, "find": [{"gradient": "r", "wrt": ["a", "b"]}]}

    assert [one.verdict for one in grade(problem, [{quantity: answer}]).answers] == [verdict]


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("g*beta(0.4, 1.3)", CORRECT),
        ("g*beta(x, 1.3)", CORRECT),
        ("g*beta(x, 1.4)", WRONG),
        ("g*beta(1.3, x)", CORRECT),
        ("g*beta(1.3, 1.3)", WRONG),
    ],
)
def test_so_may_one_for_any_argument(answer, verdict):
    """B is symmetric, so that the order is no matter, but each must be its own value."""
    problem = {
        "given": {"x": 0.4, "y": 1.3, "g": 0.7, "h": -1.1},
        "define": {"L": "beta(x, y)*(g*h + 1)"},
        "find": [{"gradient": "L", "wrt": "h"}],
    }
    assert [one.verdict for one in grade(problem, [{"dL_dh": answer}]).answers] == [verdict]


HUBER = {
    "given": {"a": [0.3, -1.9, 2.4, 0.6], "m": 0.2, "d": 1},
    "define": {"r": "a - m", "L": "sum(where(abs(r) <= d, r**2/2, d*(abs(r) - d/2)))"},
    "find": [{"gradient": "L", "wrt": ["a", "m"]}],
}


@pytest.mark.parametrize(
    ("quantity", "answer", "verdict"),
    [
        ("dL_dm", "-(r[0] - d + d + r[3])", CORRECT),
        ("dL_da", "[r[0], -d, d, r[3]]", CORRECT),
        ("dL_da", "[r[0], d, d, r[3]]", WRONG),
        ("dL_da", "[r[0], r[1], d, r[3]]", WRONG),
        ("dL_da", "r", WRONG),
    ],
)
def test_branches_may_be_settled_entry_by_entry(quantity, answer, verdict):
    """All entries are there, on both sides of 0: a sign left out would show."""
    assert [one.verdict for one in grade(HUBER, [{quantity: answer}]).answers] == [verdict]


@pytest.mark.parametrize(("v", "verdict"), [([0.4, 0.7], WRONG), ([0.4, -0.7], CORRECT)])
def test_but_not_where_a_derivative_left_out_would_not_show(v, verdict):
    """ReLU′ is 1 at both entries, or seen to be 0 at one."""
    problem = {
        "given": {"v": v, "w": [1.3, -0.6]},
        "define": {"L": "sum(w*relu(v)**2)"},
        "find": [{"gradient": "L", "wrt": "v"}],
    }
    answer = "[2*w[0]*v[0], 2*w[1]*v[1]]" if v[1] > 0 else "[2*w[0]*v[0], 0]"

    assert [one.verdict for one in grade(problem, [{"dL_dv": answer}]).answers] == [verdict]
