"""Expectations: numbers to their digits, formulas by meaning, names in all their forms."""

import pytest

from symback.check.expectations import check
from symback.check.outcome import Outcome
from symback.explain.solve import solve
from symback.functions import table
from symback.problem.load import load_text

NET = """\
given:
  x: [0.5, 0.2]
  W: [[0.1, 0.4], [0.2, 0.5], [0.3, -0.6]]
  t: [1, 0, 2]
define:
  z: W @ x
  y: tanh(z)
  L: sum((y - t)**2)/2
find:
"""
SYMBOLIC = """\
given:
  A: {shape: [n, n]}
  x: {shape: [n]}
define:
  L: x @ A @ x
find:
"""


def outcomes(text: str) -> list[Outcome]:
    """Solve a problem and return what its expectations came to."""
    return check(solve(load_text(text, "net.yaml", table()), table()))


def passed(text: str) -> list[bool]:
    """Return which expectations hold."""
    return [outcome.passed for outcome in outcomes(text)]


def one(head: str, entry: str) -> Outcome:
    """Return the outcome of the only expectation."""
    (outcome,) = outcomes(head + f"  - {entry}\n")
    return outcome


@pytest.mark.parametrize(
    ("written", "holds"),
    [
        ("0.1293", True),
        ("0.12927", True),
        ("0.1292", False),
        ("0.13", True),
        ("0.1", True),
        ("1.293e-1", True),
        ("1.29e-1", True),
        ("1.28e-1", False),
        ("0", False),
        ("tanh(0.13)", True),
        ("'0.1293 + 0'", False),
    ],
)
def test_a_decimal_passes_within_half_a_unit_of_its_last_digit(written, holds):
    """tanh(0.13) = 0.129272...; an integer and a formula are exact."""
    assert one(NET, f"{{value: y, expect: {{'y[0]': {written}}}}}").passed is holds


def test_integers_are_exact():
    """z[0] is 0.13 and t[2] is 2."""
    assert passed(NET + "  - {value: '2*t[2]', expect: 4}\n") == [True]
    assert passed(NET + "  - {value: '2*t[2] + x[0]/100', expect: 4}\n") == [False]


def test_the_tolerance_replaces_the_digits():
    """Absolute, relative, or one number for both."""
    entry = "{{value: 'z[0]', expect: 0.14, tolerance: {}}}"

    assert one(NET, entry.format("0.02")).passed
    assert not one(NET, entry.format("{abs: 0.005}")).passed
    assert one(NET, entry.format("{rel: 0.1}")).passed
    assert not one(NET, entry.format("{rel: 0.01}")).passed


def test_names_of_results_come_in_all_forms():
    """By variable, by component, by name, by part, and for an error signal by its own."""
    expect = """\
  - part: a
    gradient: L
    wrt: [W, x]
    expect:
      W: outer((y - t)*(1 - y**2), x)
      'W[0,1]': -0.17124
      dL_dW: outer(dL_dz, x)
      a.dL_dx: W.T @ dL_dz
      'dL_dx[1]': W[:, 1] @ dL_dz
      dL_dz: (y - t)*(1 - y**2)
"""

    assert passed(NET + expect) == [True] * 6


def test_a_failure_says_what_and_by_how_much():
    """The entry farthest off is named as the file counts, at its own place."""
    text = NET.replace("given:", "index_base: 1\ngiven:", 1)
    outcome = one(text, "{value: z, expect: {z: [0.13, 0.2, 0.00]}}")

    assert (outcome.name, outcome.expected, outcome.got) == ("z[3]", "0.00", "0.03")
    assert outcome.difference == pytest.approx(-0.03)
    assert outcome.place is not None
    assert (outcome.place.line, outcome.place.column) == (11, 40)
    assert (outcome.failed_entries, outcome.entries) == (1, 3)


def test_every_wrong_entry_has_its_correction():
    """Right digits for each wrong number, as many as were written and six at least."""
    outcome = one(NET, "{value: y, expect: [0.1, 0.12345678, 0.25]}")

    assert [correction.text for correction in outcome.corrections] == ["0.19737532", "0.0299910"]


def test_formulas_must_hold_everywhere():
    """What is right at the values alone is not right."""
    assert one(NET, "{gradient: L, wrt: W, expect: 'outer((y - t)*(1 - y**2), x)'}").passed
    outcome = one(NET, "{value: 'sum(t)', expect: 't[0] + 1 + t[1]**2*x[0] + 1'}")

    assert not outcome.passed
    assert outcome.reason.startswith("at ")


def test_without_values_everything_is_compared_as_a_formula():
    """Symbolic dimensions, transposes, and numbers that must be constants."""
    assert one(SYMBOLIC, "{gradient: L, wrt: x, expect: '(A + A.T) @ x'}").passed
    assert not one(SYMBOLIC, "{gradient: L, wrt: x, expect: '2*A @ x'}").passed
    assert one(SYMBOLIC, "{gradient: 'sum(3*x)', wrt: 'x[0]', expect: 3}").passed


def test_a_mixed_list_is_compared_entry_by_entry():
    """Numbers by digits, formulas by meaning; a wrong shape is said."""
    assert one(
        NET, "{value: x + 1, expect: [x[0] + 1, 1.2]}".replace("x[0] + 1", "'x[0] + 1'")
    ).passed
    outcome = one(NET, "{value: y, expect: [1, 2]}")

    assert outcome.reason == "the shape is (3,), not (2,)"


def test_an_unknown_result_does_not_pass():
    """A name that the entry does not have, and a value for several results, are failures."""
    assert "is not a result here" in one(NET, "{gradient: L, wrt: W, expect: {x: [1, 2]}}").reason
    assert "several results" in one(NET, "{value: [z, y], expect: 1}").reason


def test_an_undefined_value_never_passes():
    """Its reason is what the outcome says."""
    text = "given: {x: -1}\nfind:\n  - {value: log(x), expect: 0}\n"
    outcome = outcomes(text)[0]

    assert (outcome.passed, outcome.reason) == (False, "`log` has no finite real value at -1")


def test_a_list_in_one_scalar_is_corrected_as_a_whole():
    """A quoted list has no places for its entries."""
    outcome = one(NET, "{value: W, expect: '[[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]]'}")

    (correction,) = outcome.corrections
    assert correction.text == "'[[0.1, 0.4], [0.2, 0.5], [0.3, -0.6]]'"


def test_values_beyond_float64_and_values_hard_to_tell_are_compared_too():
    """A number too large for float64 is wrong; precision is raised until a ball says something."""
    for text in ("exp(800)", "exp(exp(9))", "sin(exp(1000))", "exp(exp(exp(exp(1000000000))))"):
        outcome = one(NET, f"{{value: sum(x), expect: {text}}}")
        assert not outcome.passed
    assert one(NET, "{value: 'sin(exp(900)*1)', expect: sin(exp(900))}").passed
