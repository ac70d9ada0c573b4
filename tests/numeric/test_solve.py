"""Whole problems: proved digits, ties, undefined values, and the choice of arithmetic."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from symback.errors import InputError
from symback.functions import table
from symback.language import parse
from symback.numeric import solve_values
from symback.numeric.solve import START_BITS
from tests.numeric.oracle import solved

#: Where naive derivatives in float64 go wrong, with the derivative in stable functions and without.
DELICATE = (
    ("exp(x)/(1 + exp(x))", "800", 1.0),
    ("sigmoid(x)*(1 - sigmoid(x))", "-800", 0.0),
    ("softmax([x, 0])[0]", "1000", 1.0),
    ("sigmoid(x)*(1 - sigmoid(x))/(1 - sigmoid(x))", "40", 1.0),
    ("-(1 - tanh(x)**2)/(1 - tanh(x))", "30", -2.0),
    ("sin(x)/x**2 - 2*(1 - cos(x))/x**3", "1e-4", -8.3333333277777778e-06),
    ("exp(x)/x - (exp(x) - 1)/x**2", "1e-9", 0.50000000033333336),
    ("x/sqrt(x**2 + 1) - 1", "1e9", -5e-19),
    ("log(1 + x) + x/(1 + x)", "1e-17", 2e-17),
)


@pytest.mark.parametrize(("text", "x", "expected"), DELICATE)
def test_cancellation_costs_no_digits(text, x, expected):
    """Precision is doubled until the digits that float64 holds are right."""
    actual = solved(text, x=Fraction(x))

    assert actual.proved.all()
    assert expected == pytest.approx(actual.floats(), rel=1e-15, abs=0)


UNDEFINED = (
    ("1/x", "0", "division by zero"),
    ("1/(x - x)", "1", "division by zero"),
    ("x**(-1/2)", "0", "division by zero"),
    ("log(x)", "0", "logarithm of 0"),
    ("log(x)", "-1", "`log` has no finite real value at -1"),
    ("sqrt(x)", "-1", "`sqrt` has no finite real value at -1"),
    ("x**(1/3)", "-8", "the value is complex"),
    ("1/sin(pi*x)", "1", "division by zero"),
    ("det(inv([[x, 2*x], [1, 2]]))", "1", "the matrix is singular"),
    ("sum(cholesky([[x, 2], [2, 1]]))", "1", "not positive definite"),
    ("exp(exp(exp(x)))", "10", None),
    ("exp(exp(exp(exp(x))))", "10", "`exp` has no finite real value at inf"),
    ("logdet([[x, 2], [2, 1]])", "1", "the value is complex"),
    ("logsumexp([log(x), 1])", "-1", "`log` has no finite real value at -1"),
    ("max([1/x, 1])", "0", "division by zero"),
    ("eigvalsh([[1/x, 1], [1, 1]])[0]", "0", "division by zero"),
    ("expm([[1/x]])[0, 0]", "0", "division by zero"),
    ("mean(inv([[1/x]]))", "0", "division by zero"),
    ("var([x], ddof=1)", "2", "division by zero"),
)


@pytest.mark.parametrize(("text", "x", "reason"), UNDEFINED)
def test_an_undefined_value_is_null_with_its_reason(text, x, reason):
    """What has no real value is None, and a note says why."""
    actual = solved(text, x=Fraction(x))

    assert actual.floats() is None
    assert [reason] == [n.message for n in actual.notes if n.code == "undefined"] or reason is None


def test_a_branch_not_taken_may_be_undefined():
    """`where` looks at the chosen values alone, entry by entry."""
    assert solved("where(x > 0, 1/x, 0)", x=[0, 2, -1]).floats() == [0, 0.5, 0]


POWERS = (
    ("0**0", "1"),
    ("4**(1/2)", "2"),
    ("(8/27)**(-2/3)", "9/4"),
    ("(-2)**3", "-8"),
    ("2**-2", "1/4"),
    ("(-1)**(10**12 + 1)", "-1"),
    ("0**(1/2)", "0"),
    ("hypot(3, 4)", "5"),
    ("svdvals([[3, 0], [4, 0]])[0]", "5"),
    ("eigvalsh([[2, 1], [1, 2]])[1]", "3"),
    ("pinv([[1, 2], [2, 4]])[0, 0]", "1/25"),
    ("sum(pinv(zeros(2, 3)))", "0"),
    ("softmax([7, 7])[0]", "1/2"),
    ("std([1, 3])", "1"),
    ("expm(zeros(2, 2))[0, 0]", "1"),
    ("sigmoid(0)", "1/2"),
)


@pytest.mark.parametrize(("text", "expected"), POWERS)
def test_rational_values_stay_exact(text, expected):
    """Roots of squares, eigenvalues and others that are rational are found to be."""
    actual = solved(text)

    assert actual.exact
    assert expected == str(actual.entries.item())


def test_a_number_too_small_for_float64_is_zero_with_a_note():
    """sigmoid(-800) is 3.7e-348: proved, but no float64."""
    actual = solved("sigmoid(x)", x=-800)

    assert actual.floats() == 0
    assert [note.code for note in actual.notes] == ["underflow"]


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("sin(pi)", 0, "unproved"),
        ("sum(softmax([1, 2, 4])) - 1", 0, "unproved"),
        ("step(sin(pi))", 0, "tie"),
        ("floor(sqrt(2)**2)", 2, "tie"),
        ("sqrt(2)*sqrt(3) == sqrt(6)", 1, "tie"),
        ("sqrt(sin(pi))", 0, "tie"),
        ("sqrt(2) > 1", 1, None),
        ("maximum(sqrt(2)*sqrt(3), sqrt(6))", 6**0.5, None),
        ("abs(sin(pi)) + 1", 1, None),
    ],
)
def test_what_cannot_be_told_apart_is_said_to_be_so(text, value, code):
    """At the highest precision a tie counts as equal; the value then is not proved."""
    actual = solved(text)

    assert value == actual.floats()
    assert [code] * bool(code) == [note.code for note in actual.notes]
    assert (code is None) == bool(actual.proved)


def test_what_rests_on_a_tie_is_not_proved_either():
    """A later step inherits the doubt, an independent one does not."""
    steps = [("a", parse("step(sin(pi))")), ("b", parse("a + 1")), ("c", parse("exp(1)"))]

    values = solve_values({}, steps, ["b", "c"], table())

    assert not values["b"].proved
    assert not values["b"].exact
    assert values["c"].proved


def test_steps_that_are_not_needed_are_not_evaluated():
    """A step that fails matters to those who ask for it only."""
    steps = [("bad", parse("unknown(1)")), ("good", parse("x + 1"))]

    assert solve_values({"x": 1}, steps, ["good", "x"], table())["good"].floats() == 2
    with pytest.raises(InputError, match="E405"):
        solve_values({"x": 1}, steps, ["bad"], table())
    with pytest.raises(InputError, match="E404: `other` has no value"):
        solve_values({"x": 1}, steps, ["other"], table())


def test_large_problems_are_computed_in_float64():
    """Beyond the limit of exact work values are unproved, and equal NumPy's."""
    x = np.random.default_rng(1).normal(size=(70, 70))

    actual = solve_values({"x": x}, [("y", parse("x@x + 1/2"))], ["y"], table())["y"]

    assert np.array_equal(x @ x + 0.5, actual.entries)
    assert not actual.proved.any()
    assert not actual.exact
    assert [note.code for note in actual.notes] == ["float64"]


def test_float64_problems_have_null_for_what_is_not_finite():
    """No NumPy warning is shown, and no infinity gets out."""
    x = np.zeros((300, 1000))

    actual = solve_values({"x": x}, [("y", parse("1/x"))], ["y"], table())["y"]

    assert actual.floats()[0][0] is None
    assert [note.code for note in actual.notes] == ["float64", "undefined"]


def test_more_bits_can_be_asked_for():
    """Fifty digits of pi are proved when 180 bits are."""
    steps = [("p", parse("4*atan(1)"))]

    value = solve_values({}, steps, ["p"], table(), bits=180)["p"]

    assert value.entries.item().rel_accuracy_bits() >= 180


def test_no_more_precision_is_used_than_needed():
    """A plain value is proved in the first pass."""
    assert solved("exp(x)", x=1).entries.item().rel_accuracy_bits() < 2 * START_BITS


def test_squaring_sixty_times_does_not_hang():
    """Rationals that double in length are replaced by balls in time."""
    steps = [("s0", parse("x"))]
    steps += [(f"s{k}", parse(f"s{k - 1}*s{k - 1} + 1")) for k in range(1, 60)]

    value = solve_values({"x": Fraction(1, 3)}, steps, ["s59"], table())["s59"]

    assert value.floats() is None


def test_given_lists_must_be_rectangular():
    """Ragged lists are an error, not an array of lists."""
    with pytest.raises(InputError, match="E403: the lists of a value differ in length"):
        solved("x", x=[[1, 2], [3]])
