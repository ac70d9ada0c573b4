"""Answers laid beside the right formula: one, two or three small differences, each named."""

import json

import numpy as np
import pytest

from symback.check.diagnosis.aligning import Alignment
from symback.check.grading import Grader
from symback.functions import table
from symback.language import parse
from symback.numeric import FLOAT64, evaluate
from symback.problem.load import load_text
from symback.problem.sheet import load_sheet_text

SCALAR = {"x": 0.7, "u": 1.3}
MATRIX = {"A": [[2, 0.3], [-0.4, 1.5]], "B": [[0.5, 1], [0.2, -0.6]], "t": 0.3, "a": [0.7, -1.2],
          "b": [0.4, 0.9]}  # fmt: skip
WEIGHTED = {"z": [1.4, -0.2, 0.7], "t": [0, 1, 1], "w": 2.5}
SUMMED = {"X": [0.3, 1.2, 0.5], "mu": 0.4, "s": 1.3}
#: What is given, what is differentiated by what, a wrong answer, its kind, what is said of it.
SLIPS = [
    (SCALAR, "asin(x)", "x", "-1/sqrt(2 - x**2)", "sign", ("sign", "`2` should be `1`")),
    (SCALAR, "besseli(2, u)", "u", "2*(besseli(1, u) + besseli(4, u))", "factor",
     ("`2` stands where the factor `1/2` belongs", "`4` should be `3`")),
    (SCALAR, "sin(x)*exp(u*x)", "x", "cosh(x)*exp(u*x) + u*r", "wrong_derivative",
     ("`cosh(x)` should be `cos(x)`",)),
    (MATRIX, "sqrt(a@A@b)", "A", "outer(b, b)/(2*exp(a@A@b))", "wrong_derivative",
     ("`exp` should be `sqrt`", "`b` should be `a`")),
    (MATRIX, "det(A + t*B)", "t", "trace((A + t*B)@B)", "wrong_operand",
     ("`A + t*B` should be `inv(A + t*B)`", "the factor `r` is left out")),
    (WEIGHTED, "mean((1 - t)*z + (1 + w*t)*log(1 + exp(-z)))", "z",
     "(1 - t - (1 + w*z)*relu(-z))/3", "wrong_derivative",
     ("`relu` should be `sigmoid`", "`z` should be `t`")),
    (SUMMED, "-3*log(s) - sum((X - mu)**2)/(2*s**2)", "mu", "sum(X)/s**3", "missing_term",
     ("`X - mu`, not `X`", "an exponent is wrong: `s**2`, not `s**3`")),
]  # fmt: skip


def judge(given, value, wrt, answer):
    """Grade one answer about a gradient."""
    problem = {"given": given, "define": {"r": value}, "find": [{"gradient": "r", "wrt": wrt}]}
    grader = Grader(load_text(json.dumps(problem), "problem.yaml", table()), table())
    sheet = load_sheet_text(json.dumps({"answers": [{f"dr_d{wrt}": answer}]}))
    return grader.grade(sheet).answers[0]


def differences(written, right, **values):
    """Return the kinds of the differences between two formulas."""
    known = {name: np.array(value) for name, value in values.items()}

    def valued(tree):
        return [evaluate(tree, known, table(), FLOAT64)]

    found = Alignment(valued, valued, {}).differences(parse(written), parse(right))
    return sorted(one.kind for one in found)


@pytest.mark.parametrize(("given", "value", "wrt", "answer", "kind", "said"), SLIPS)
def test_each_slip_is_named(given, value, wrt, answer, kind, said):
    """Also where two are made at once, in one formula."""
    one = judge(given, value, wrt, answer)

    assert (one.verdict, one.finding.kind) == ("wrong", kind)
    assert [words for words in said if words not in one.finding.message] == []


def test_formulas_with_little_in_common_are_not_laid_side_by_side():
    """Beside the slips above: what is another formula altogether stays unknown."""
    one = judge(SCALAR, "asin(x)", "x", "atan(u)*exp(-x**3/5) + cosh(x*u)")

    assert one.finding.kind == "unknown"


def test_the_least_differences_are_found_whatever_the_order():
    """Terms and factors are matched by their values, not by their places."""
    values = {"a": [0.7, 0.2], "b": 1.3, "c": -0.4}

    assert differences("b*a + c", "c + a*b", **values) == []
    assert differences("a@a", "a@a - b", **values) == ["missing_term"]
    assert differences("c/b - a", "c*b + a", **values) == ["sign", "under"]
    assert differences("a/(b + c)", "a/(b**2 + c**2)", **values) == ["power_rule"] * 2
    assert differences("[c, c, b]", "[c, b, b]", **values) == ["wrong_operand"]
    assert differences("2*a*c + b", "b + a", **values) == ["extra_derivative", "extra_factor"]
    assert differences("sum(exp(a))*b**3", "b**2*mean(exp(a))", **values) == [
        "power_rule", "sum_for_mean",
    ]  # fmt: skip


@pytest.mark.parametrize("answer", ["0", "0*u"])
def test_what_is_0_everywhere_is_said_to_be(answer):
    """No slip is named that gives 0 by chance."""
    quotient = judge(SCALAR, "exp(-x/u)/u", "u", answer)

    assert quotient.finding.kind == "missing_path"
    assert quotient.finding.message.startswith("this is 0 everywhere")


def test_a_formula_that_cancels_out_is_explained_as_it_is_written():
    """What stands in the place of something else; nothing where that is not to be seen."""
    one = judge(MATRIX, "t*a@b", "t", "(a - a)@b")
    nearly = judge(MATRIX, "t*a@b", "t", "(a - inv(A)@(A@a))@b")
    other = judge(SCALAR, "exp(-x/u)/u", "u", "log(cos(u)**2 + sin(u)**2)")

    assert one.finding.message == "this is 0 everywhere: in `dr_dt` the term `-a` is too many"
    assert nearly.finding.message.startswith("this is 0 everywhere")
    assert other.finding.message == "this is 0 everywhere"


def test_a_number_that_is_0_at_the_values_given_alone_is_no_such():
    """A relu on its other side is 0 there, and explained by the branch."""
    one = judge({"x": [0.3, 1.2]}, "sum(relu(x))", "x", "step(-x)")

    assert one.finding.kind == "wrong_branch"
    assert "everywhere" not in one.finding.message
