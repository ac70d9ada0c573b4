"""What is said of a factor or a slope, and follow-through off the way of the graph."""

import json

import pytest

from symback.check.grading import Grader
from symback.functions import table
from symback.problem.load import load_text
from symback.problem.sheet import load_sheet_text

MARGIN = {
    "given": {"m": [0.5, -0.2, 1.5]},
    "define": {"s": "sigmoid(-m)", "J": "mean(log(1 + exp(-m)))"},
    "find": [{"gradient": "J", "wrt": "m"}],
}
SQUARES = {
    "given": {"a": [0.5, 0.25], "w": [0.8, -1.5], "t": 0.5},
    "define": {"o": "w@a", "L": "(o - t)**2"},
    "find": [{"gradient": "L", "wrt": ["o", "w"]}],
}
POISSON = {
    "given": {"m": [0.5, 2, 1.5], "y": [1, 3, 0]},
    "define": {"L": "mean(m - y*log(m))"},
    "find": [{"gradient": "L", "wrt": "m"}],
}
HALVES = {
    "given": {"o": [0.5, 2], "t": [1, 3], "A": [[1, 2], [3, 5]]},
    "define": {"u": "A@o", "L": "sum((u - t)**2)/4"},
    "find": [{"gradient": "L", "wrt": ["u", "o"]}],
}


def vector(step, **given):
    """Return a problem that asks for the vector-Jacobian product of a step by x."""
    values = {"x": [0.5, -0.8, 1.5], "g": [0.9, -0.6, 1.3], **given}
    return {
        "given": values,
        "define": {"y": step},
        "find": [{"vjp": "y", "wrt": ["x"], "cotangent": "g"}],
    }


SAID = (
    ("erf(x)", "g*exp(-x**2)", "factor", "a factor `2/sqrt(pi)` is missing"),
    ("x/norm(x)", "g/norm(x)", "missing_path", "through `norm(x)`, from `x` to `y`, is missing"),
    ("silu(x)", "g*x*sigmoid(x)*(1 - sigmoid(x))", "missing_path", "through `x` in `x*sigmoid(x)`"),
    (
        "(x - mean(x))/sqrt(var(x))", "(g - mean(g))/sqrt(var(x))", "missing_path",
        "through `var(x)`, from `x` to `y`",
    ),
    ("x*ndtr(x)", "g*(ndtr(x) + exp(-x**2/2)/sqrt(2*pi))", "missing_derivative", "by `ndtr(x)`"),
    ("x/(1 + x**2)", "g/(2*x)", "quotient_rule", "where `y` is differentiated, the derivative of"),
    ("1/cosh(x)", "g/sinh(x)", "quotient_rule", "`1/cosh(x)` is not the quotient"),
    ("softmax(x)", "softmax(x)*g", "softmax_diagonal", "what comes from its sum is missing"),
    ("exp(x)/sum(exp(x))", "y*(1 - y)*g", "softmax_diagonal", "is taken as diagonal"),
    ("x/sum(x)", "g/sum(x)", "missing_path", "through `sum(x)`, from `x` to `y`, is missing"),
    ("elu(x, 1.5)", "g*where(x > 0, 1, exp(x))", "factor", "`3*exp(x)/2`, not `exp(x)`"),
    ("sin(x**2)", "g*cos(2*x)", "wrong_derivative", "the outer derivative is taken at `x**2`"),
    ("lgamma(x)", "g*trigamma(x)", "wrong_derivative", "`trigamma(x)` should be `digamma(x)`"),
    ("roll(x, 1)*x", "g*roll(x, 1) + roll(g*x, 1)", "index_shift", "a shift goes the other way"),
    ("gamma(x)", "g*digamma(x)", "missing_derivative", "`y*g`, not `g`"),
)  # fmt: skip


def judged(problem, *answers):
    """Grade answers in their order."""
    grader = Grader(load_text(json.dumps(problem)), table())
    sheet = load_sheet_text(json.dumps({"answers": list(answers)}))
    return grader.grade(sheet).answers


@pytest.mark.parametrize(
    ("problem", "quantity", "answer", "message"),
    [
        (SQUARES, "dL_do", "o - t", "a factor 2 is missing"),
        (SQUARES, "dL_dw", "4*(o - t)*a", "a factor 2 too many"),
        (SQUARES, "dL_dw", "-(o - t)*a", "a factor 1/2 too many and the sign is wrong"),
        (HALVES, "dL_do", "A.T@(u - t)/4", "a factor 1/2 too many: it is in `dL_du` already"),
        (HALVES, "dL_do", "A.T@(u - t)", "a factor 1/2 is missing: it comes with `dL_du`"),
        (HALVES, "dL_du", "u - t", "a factor 1/2 is missing"),
    ],
)
def test_a_factor_is_where_the_formulas_have_it(problem, quantity, answer, message):
    """What is missing is a factor of the right formula; what is too many may be in a step."""
    (one,) = judged(problem, {quantity: answer})

    assert one.finding.message.removesuffix(".").endswith(message)


def test_the_value_in_place_of_a_slope_is_that_of_the_operation():
    """An operation inside a step is named by its formula, not by the step."""
    (one,) = judged(POISSON, {"dL_dm": "(1 - y*log(m))/3"})

    assert "the value `log(m)` stands where the derivative of `log(m)`" in one.finding.message


def test_a_number_follows_from_a_step_that_the_closed_form_is_written_with():
    """The derivative of log(1 + exp(-m)) is -s/3, although J is not made of s."""
    wrong = {"s": [0.6225, 0.4502, 0.8176]}
    _, follows = judged(MARGIN, wrong, {"dJ_dm": [-0.2075, -0.15007, -0.27253]})
    _, other = judged(MARGIN, wrong, {"dJ_dm": [-0.2075, -0.15007, -0.29]})

    assert follows.verdict == "follow_through"
    assert "`s`" in follows.note
    assert other.verdict == "wrong"


@pytest.mark.parametrize(("step", "answer", "kind", "said"), SAID)
def test_what_is_wrong_is_told_in_the_terms_of_the_formula(step, answer, kind, said):
    """The path, the factor or the function is named as the problem writes it."""
    (one,) = judged(vector(step), {"dL_dx": answer})

    assert ("wrong", kind) == (one.verdict, one.finding.kind)
    assert said in one.finding.message


def test_an_entry_may_stand_for_a_value_and_a_function_for_another():
    """A slice, or a function of the forward pass, may be in the place of what belongs there."""
    net = vector("sigmoid(x)*tanh(b)", b=[0.4, 1.5, -0.6])
    (sliced,) = judged(net, {"dL_dx": "g*tanh(b[0])*sigmoid(x)*(1 - sigmoid(x))"})
    (other,) = judged(net, {"dL_dx": "g*y*(1 - tanh(b))"})

    assert sliced.finding.message == "`b[0]` should be `b`"
    assert other.finding.message == "`tanh(b)` should be `sigmoid(x)`"


def test_a_sum_of_ones_is_no_mean():
    """The logarithm is in the sum three times: 1/s for 3/s is a factor."""
    sums = {
        "given": {"x": [0.5, -0.8, 1.5], "m": 0.25, "s": 0.8},
        "define": {"L": "sum((x - m)**2/(2*s**2) + log(s))"},
        "find": [{"gradient": "L", "wrt": "s"}],
    }
    (one,) = judged(sums, {"dL_ds": "1/s - sum((x - m)**2)/s**3"})

    assert one.finding.kind == "factor"
    assert "the term `3/s` has a wrong factor: `1/s`" in one.finding.message


def test_of_one_slip_in_several_formulas_the_shortest_is_shown():
    """The norm's own derivative is not spread out where the products are exchanged."""
    square = {
        "given": {"A": [[2, 1], [0, 3]], "B": [[1, 4], [5, 2]], "C": [[3, 1], [2, 2]]},
        "define": {"L": "norm(A@B - C)**2/2"},
        "find": [{"gradient": "L", "wrt": "B"}],
    }
    (one,) = judged(square, {"dL_dB": "(A@B - C)@A.T"})

    assert one.finding.kind == "swapped_operands"
    assert "`A.T @ (A @ B - C)`, not `(A @ B - C) @ A.T`" in one.finding.message
