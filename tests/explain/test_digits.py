"""Numbers that floating point gets wrong come out right, null with a note where there are none."""

import json

import pytest

from symback.explain.solve import solve
from symback.functions import table
from symback.problem.load import load_text
from symback.render.json_document import document

FUNCTIONS = table()


def gradient(formula, x):
    """The derivative in JSON's float64, and the codes of the notes."""
    text = f"given: {{x: {x}}}\ndefine: {{L: '{formula}'}}\nfind: [{{gradient: L, wrt: x}}]\n"
    found = json.loads(document(solve(load_text(text, "f", FUNCTIONS), FUNCTIONS)))
    return found["results"][0]["value"], {note["code"] for note in found["notes"]}


@pytest.mark.parametrize(
    ("formula", "x", "expected"),
    [
        ("log(1 + exp(x))", "800", 1.0),
        ("logsumexp([x, 0])", "1000", 1.0),
        ("-log(1 - sigmoid(x))", "40", 1.0),
        ("log(1 - tanh(x))", "30", -2.0),
        ("(1 - cos(x))/x**2", "1e-4", -8.333333327777778e-06),
        ("(exp(x) - 1)/x", "1e-9", 0.5000000003333334),
        ("sqrt(x**2 + 1) - x", "1e9", -5e-19),
        ("log(1 + x)*x", "1e-17", 1.9999999999999998e-17),
        ("(sin(x) - x)/x**3", "1e-8", 1.6666666666666666e-10),
    ],
)
def test_digits_that_cancel(formula, x, expected):
    """The true values, rounded once."""
    assert gradient(formula, x) == (expected, set())


@pytest.mark.parametrize(
    ("formula", "x", "expected", "code"),
    [
        ("sigmoid(x)", "-800", 0.0, "underflow"),
        ("exp(x)", "1000", None, "overflow"),
        ("exp(-1/x**2)", "0", None, "undefined"),
        ("sqrt(x)", "0", None, "undefined"),
        ("x**x", "0", None, "undefined"),
        ("maximum(0, x)", "0", 0.5, "kink"),
        ("abs(x)", "0", 0.0, "kink"),
    ],
)
def test_values_that_floats_cannot_hold_have_a_note(formula, x, expected, code):
    """Zero for what is too small, null for what is too large or does not exist."""
    assert gradient(formula, x) == (expected, {code})
