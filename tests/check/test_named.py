"""Formulas with values put in: named again, and what is wrong with them."""

import numpy as np
import pytest

from symback.check.answers.named import with_names
from symback.check.answers.verdicts import FOLLOW, WRONG
from symback.language import parse, write
from tests.check.test_grading import grade

KNOWN = {
    "x": np.array([0.7, -1.2, 0.35]),
    "a": np.array(-2.44),
    "W": np.array([[1.5, 0.25], [-0.85, 3.0]]),
    "h": np.array([0.62414, 0.41338]),
}


@pytest.mark.parametrize(
    ("formula", "named"),
    [
        ("2*[0.7, -1.2, 0.35]", "2*x"),
        ("y - [[1.5, 0.25], [-0.85, 3]] @ z", "y - W @ z"),
        ("[1.5, 0.25] @ z", "W[0] @ z"),
        ("[1.5, -0.85]*z", "W[:, 0]*z"),
        ("exp(-2.44*t)", "exp(a*t)"),
        ("2.44*t", "-a*t"),
        ("t**0.35 - 0.62414", "t**x[2] - h[0]"),
        ("[0.624, 0.413]*t", "h*t"),
        ("[-0.7, 1.2, -0.35]*t", "-x*t"),
        ("besselj(1, 0.35)", "besselj(1, x[2])"),
    ],
)
def test_numbers_are_named_again(formula, named):
    """Whole arrays, rows, columns and entries; with the sign turned; rounded."""
    found = with_names(parse(formula), KNOWN)

    assert found is not None and found == parse(named), write(found)


@pytest.mark.parametrize(
    "formula", ["[0.7, -1.2, 0.35]", "0.35", "2*t**3", "[0.7, -1.2, 0.36]*t", "reshape(t, (6,))"]
)
def test_results_settings_and_plain_numbers_are_left(formula):
    """A list by itself is an answer in numbers; 2 and 3 belong to formulas."""
    assert with_names(parse(formula), KNOWN) is None


def test_plain_numbers_are_named_if_asked():
    """3 may be the n that was given; 1 is one."""
    known = {"n": np.array(3.0), "k": np.array(1.0)}

    assert with_names(parse("x**3/3 + 1"), known, plain=True) == parse("x**n/n + 1")
    assert with_names(parse("x**3/3 + 1"), known) is None


REGRESSION = {
    "given": {
        "X": [[1.5, -0.7], [0.25, 2.1], [-1.3, 0.45]],
        "w": [0.8, -0.35],
        "y": [1.15, -0.6, 0.9],
    },
    "define": {"r": "X @ w - y", "L": "sum(exp(r))/2"},
    "find": [{"gradient": "L", "wrt": "w"}],
}


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("X.T @ exp(X @ w + [1.15, -0.6, 0.9])/2", "sign"),
        ("X.T @ exp(X @ w - [1.15, -0.6, 0.9])", "factor"),
        ("-X.T @ exp(X @ [0.8, -0.35] - y)/2", "sign"),
        ("[[1.5, -0.7], [0.25, 2.1], [-1.3, 0.45]].T @ exp(r)", "factor"),
        ("X.T @ exp(X @ [0.8, -0.35])/2", "missing_term"),
    ],
)
def test_a_mistake_beside_values_put_in_is_named(answer, kind):
    """What is wrong shows once the values are named; the values themselves are no mistake."""
    (one,) = grade(REGRESSION, [{"dL_dw": answer}]).answers

    assert (one.verdict, one.finding.kind) == (WRONG, kind)
    assert "; and " not in one.finding.message


CHAIN = {
    "given": {"w": [0.83, -1.27], "x": [0.64, 1.13], "t": 0.37},
    "define": {"z": "w@x", "s": "tanh(z)", "L": "(s - t)**2/2"},
    "find": [{"gradient": "L", "wrt": "w"}],
}


@pytest.mark.parametrize(
    ("answer", "verdict", "kind"),
    [
        ("0.9124*x", FOLLOW, None),
        ("0.9124*[0.64, 1.13]", FOLLOW, None),
        ("-0.9124*x", WRONG, "sign"),
        ("2*0.9124*x", WRONG, "factor"),
        ("0.9124*[0.83, -1.27]", WRONG, "wrong_operand"),
    ],
)
def test_wrong_numbers_found_before_are_known_again(answer, verdict, kind):
    """0.9124 was the answer to ∂L/∂z: what is made of it follows, or has a mistake of its own."""
    one = grade(CHAIN, [{"dL_dz": 0.9124}, {"dL_dw": answer}]).answers[1]

    assert (one.verdict, one.finding and one.finding.kind) == (verdict, kind)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("[-0.5269*0.64, -0.5269*1.31]", "`x` was copied wrongly: `1.31` for `1.13`"),
        ("-0.5296*x", "`dL_dz` was copied wrongly: `0.5296` for `0.5269`"),
        ("(s - 0.73)*(1 - s**2)*x", "`t` was copied wrongly: `0.73` for `0.37`"),
        ("(s - t)*(1 - s**2)*[0.64, 1.18]", "`x` was copied wrongly: `1.18` for `1.13`"),
        ("(s - t)*(1 - s**2)*[0.67, 1.18]", None),
        ("(s - t)*(1 - s**2)*0.37", None),
    ],
)
def test_a_value_copied_wrongly_into_a_formula_is_found(answer, message):
    """Right but for one number, which is a known value with a slip in its digits."""
    (one,) = grade(CHAIN, [{"dL_dw": answer}]).answers

    assert one.verdict == WRONG
    assert (one.finding.message == message) == (message is not None)
    assert (one.finding.kind == "transcription") == (message is not None)
