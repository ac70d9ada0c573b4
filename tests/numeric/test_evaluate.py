"""Evaluation of trees: NumPy's meaning, exact results, errors with their codes."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symback.errors import InputError, LimitError, SymbackError
from symback.functions import table
from symback.language import parse
from symback.numeric import EXACT, FLOAT64, evaluate
from tests.numeric.oracle import by_mpmath, encloses, in_float64, solved

#: Each line is an expression in integers: exact entries must be the integers that NumPy computes.
# fmt: off
INTEGER_EXPRESSIONS = (
    ("A + 2*B - A*B", lambda A, B, x: A + 2 * B - A * B),
    ("A@B.T@x[:2]", lambda A, B, x: A @ B.T @ x[:2]),
    ("x@x", lambda A, B, x: x @ x),
    ("A@x", lambda A, B, x: A @ x),
    ("A[:, None]*x - B", lambda A, B, x: A[:, None] * x - B),
    ("A[1, ::-1] + x", lambda A, B, x: A[1, ::-1] + x),
    ("A[..., None]*x - B[..., :1, None]", lambda A, B, x: A[..., None] * x - B[..., :1, None]),
    ("A[-1][0:2]**2", lambda A, B, x: A[-1][0:2] ** 2),
    ("stack([A, B])@x", lambda A, B, x: np.stack([A, B]) @ x),
    ("stack([A, B])@transpose(stack([B, A]), (0, 2, 1))",
     lambda A, B, x: np.stack([A, B]) @ np.stack([B, A]).transpose(0, 2, 1)),
    ("(x > x[0])*x + (x <= x[0])", lambda A, B, x: (x > x[0]) * x + (x <= x[0])),
    ("(A == B) + (A != B)*3 + (A >= 1) + (B < 0)",
     lambda A, B, x: (A == B) + (A != B) * 3 + (A >= 1) + (B < 0)),
    ("sum(A.T - n, axis=0)*x[n - 1]", lambda A, B, x: (A.T - 3).sum(0) * x[2]),
    ("where(x > 0, x, -x)", lambda A, B, x: np.where(x > 0, x, -x)),
    ("[x[2], x[0], 5]", lambda A, B, x: np.array([x[2], x[0], 5])),
    ("[[1, 2], [3, 4]]@A", lambda A, B, x: np.array([[1, 2], [3, 4]]) @ A),
    ("maximum(A, B) - minimum(A, 0)", lambda A, B, x: np.maximum(A, B) - np.minimum(A, 0)),
    ("mod(x, 3) - abs(x)*sign(x)", lambda A, B, x: np.mod(x, 3) - np.abs(x) * np.sign(x)),
)
# fmt: on
MATRIX = st.lists(st.lists(st.integers(-9, 9), min_size=3, max_size=3), min_size=2, max_size=2)
VECTOR = st.lists(st.integers(-9, 9), min_size=3, max_size=3)


@pytest.mark.parametrize(("text", "numpy"), INTEGER_EXPRESSIONS, ids=lambda x: str(x)[:20])
@settings(max_examples=10)
@given(A=MATRIX, B=MATRIX, x=VECTOR)
def test_integers_are_computed_as_by_numpy(text, numpy, A, B, x):
    """Operators, broadcasting, indices and comparisons mean what they mean in NumPy."""
    expected = numpy(*(np.array(value) for value in (A, B, x)))

    exact = solved(text, A=A, B=B, x=x, n=3)

    assert exact.exact
    assert expected.tolist() == exact.floats()
    assert expected.tolist() == in_float64(text, A=A, B=B, x=x, n=3).tolist()


LEAVES = st.sampled_from(["x", "y", "0.3", "2", "A@x", "x[:, None]*A", "pi", "A.T"])


def _grow(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    unary = st.sampled_from(["-({})", "exp({}/9)", "tanh({})", "sqrt(({})**2 + 1)", "sigmoid({})",
                             "sum({} + x)", "softmax({} + x)", "({}) - mean({} + x)"])  # fmt: skip
    binary = st.tuples(st.sampled_from("+-*"), parts, parts).map(
        lambda t: f"({t[1]} {t[0]} {t[2]})"
    )
    return binary | st.tuples(unary, parts).map(lambda t: t[0].replace("{}", t[1]))


PROGRAMS = st.recursive(LEAVES, _grow, max_leaves=8)
DECIMALS = st.decimals(-3, 3, places=2).map(Fraction)


@settings(max_examples=80, deadline=None)
@given(
    text=PROGRAMS,
    x=st.lists(DECIMALS, min_size=2, max_size=2),
    y=DECIMALS,
    A=st.lists(st.lists(DECIMALS, min_size=2, max_size=2), min_size=2, max_size=2),
)
def test_random_programs_agree_with_mpmath_and_float64(text, x, y, A):
    """Certified entries enclose mpmath's 60 digits; float64 has its 15 digits of the largest."""
    values = {"x": x, "y": y, "A": A}

    expected, actual = by_mpmath(text, **values), solved(text, **values)

    assert expected.shape == actual.shape
    assert all(map(encloses, actual.entries.flat, expected.flat))
    size = np.max(np.abs(expected.astype(float))) + 100
    rough = in_float64(text, **values)
    np.testing.assert_allclose(rough, np.array(actual.floats()), rtol=1e-9, atol=size * 1e-11)


def test_the_comparison_with_mpmath_rejects_a_wrong_digit():
    """The oracle's tolerance is far below the digits that are shown."""
    entry = solved("exp(x)", x=1).entries.item()
    expected = by_mpmath("exp(x)", x=1).item()

    assert encloses(entry, expected)
    assert not encloses(entry, expected * (1 + 1e-30))


def test_a_sum_of_two_thousand_terms_needs_no_recursion():
    """A deep tree is walked with a loop."""
    text = " + ".join(["x"] * 2000)

    assert solved(text, x=Fraction(1, 4)).floats() == 2000 / 4


def test_composites_without_values_are_expanded():
    """A function that has a body alone is evaluated through it, defaults included."""
    from symback.functions.entry import Function, Kind

    body = Function(
        name="scaled", signature="x, by=3", kind=Kind.COMPOSITE, summary="by*x", body="by*x"
    )
    functions = {**table(), "scaled": body}
    environment = {"x": np.array([1.0, 2.0])}

    assert evaluate(parse("scaled(x)"), environment, functions, FLOAT64).tolist() == [3, 6]
    exact = evaluate(parse("scaled(x, by=1/2)"), environment, functions, EXACT)
    assert [str(entry) for entry in exact] == ["1/2", "1"]


ERRORS = (
    ("x + y", "E403: the values do not fit together: shape mismatch: objects cannot be broadcast"),
    ("A@x", "E403: the values do not fit together: "),
    ("x[7]", "E403: the values do not fit together: index 7 is out of bounds for axis 0 with size"),
    ("nothing + 1", "E404: `nothing` has no value"),
    ("nofunction(x)", "E405: there is no function `nofunction`"),
    ("x[1/2]", "E406: expected an integer, not `"),
    ("x[x]", "E406: expected an integer, not an array of shape (2,)"),
    ("[x, 1]", "E403: a list cannot hold values of different shapes: (2,), ()"),
    ("sin(x, 1)", "E403: `sin` takes other arguments: `sin(x)`"),
    ("maximum(x)", "E403: `maximum` needs other arguments: `maximum(x, y)`"),
    ("det(x)", "E403: expected a square matrix, not shape (2,)"),
    ("solve(A, x)", "E403: `solve` cannot take shapes (3, 4) and (2,)"),
    ("cross(x, x)", "E403: `cross` takes vectors of length 3"),
    ('norm(x, "one")', 'E406: there is no norm "one"'),
    ('einsum("ij->", x)', 'E406: the labels "ij->" do not fit the operands'),
    ('einsum("i,i->", x, y)', "E403: the label `i` has the sizes 2 and 3"),
    ('einsum("i->j", x)', 'E406: "i->j" has labels in the result alone'),
    ("conv1d(x, y)", "E403: windows of (3,) every (1,) do not fit into shape (1, 1, 2)"),
    ("conv2d(A, x)", "E403: `conv2d` cannot take shapes (3, 4) and (2,)"),
    ("pad(x, [(1, 1), (1, 1)])", "E406: `pad` takes a pair of widths for every axis"),
    ("softmax(1)", "E403: axis -1 does not exist for 0 axes"),
    ("norm(x, -1)", "E406: there is no norm of order -1"),
    ("einsum(x, x)", "E406: `einsum` takes labels in quotes, then operands"),
    ("zeros(-1)", "E403: an array cannot have the shape (-1,)"),
    ("diag(stack([A]))", "E403: `diag` cannot take shape (1, 3, 4)"),
    ("max_pool(A, (1, 2, 3))", "E403: windows of (1, 2, 3) every (1, 2, 3) do not fit into shape"),
)


@pytest.mark.parametrize(("text", "message"), ERRORS)
@pytest.mark.parametrize("arithmetic", [EXACT, FLOAT64], ids=["exact", "float64"])
def test_what_does_not_fit_is_an_input_error(text, message, arithmetic):
    """Every misfit is reported with a code, in both arithmetics."""
    environment = {
        "x": arithmetic.lift(np.ones(2)),
        "y": arithmetic.lift(np.ones(3)),
        "A": arithmetic.lift(np.ones((3, 4))),
    }
    with pytest.raises(InputError) as caught:
        evaluate(parse(text), environment, table(), arithmetic)

    assert str(caught.value).startswith(message)


HOSTILE = (
    "9**9**9**9",
    "9**9**9",
    "((9**9)**9999)**9999",
    "1.3**6472416997",
    "zeros(10**6, 10**6)",
    "ones((1000, 1000, 1000))",
    "eye(10**5)",
    "arange(10**9)",
    "onehot(1, 10**9)",
    "broadcast_to(1, (10**5, 10**5))",
    "kron(ones(10**4), ones(10**4))",
    "outer(ones(10**4), ones(10**4))",
    "ones(10**4)[:, None]*ones(10**4)",
    "ones(10**4, 1)@ones(1, 10**4)",
    "pad([1], [(10**9, 0)])",
    'einsum("i,j->ij", ones(10**4), ones(10**4))',
)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_too_large_is_refused_before_it_is_computed(text):
    """Hostile sizes and powers end at once with exit code 3."""
    with pytest.raises(LimitError):
        solved(text)


@pytest.mark.parametrize(
    "text",
    [
        "sin(7**exp(exp(exp(10*exp(1)))) + 1)",
        "gamma(gamma(12))",
        "gamma(1e300)",
        "gamma(10**8)/gamma(5*10**7)",
        "1e9999*1e9999",
        "sin(1e10000)",
        "exp(-exp(exp(100)))",
        "1/exp(-exp(40))",
        "asec(erfc(1e300))",
        "round(exp2(10**15))",
        "round(exp2(-(10**15)))",
        "sin(exp(exp(40)))",
        "floor(sin(exp(exp(40))))",
    ],
)
def test_what_is_too_large_to_be_shown_ends(text):
    """Numbers beyond float64 end as null with a note, or as a limit, never as a hang."""
    try:
        value = solved(text)
    except SymbackError:
        return
    assert value.floats() in (None, 0.0)
    assert value.notes or value.proved
