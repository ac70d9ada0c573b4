"""Writing trees as text: it reads back, and has no parenthesis too many."""

from fractions import Fraction

import pytest
from hypothesis import given

from symback.errors import LimitError
from symback.language import parse, write
from symback.language.tree import Binary, Name, Negate, Number, Transpose

from .trees import expressions

X = Name("x")


@given(expressions)
def test_text_reads_back_as_the_same_tree(tree):
    """Parsing what was written gives an equal tree."""
    assert tree == parse(write(tree))


@pytest.mark.parametrize(
    "text",
    [
        "(y - t)/2",
        "outer(dL_dz2, h)",
        "-mean(t*log(y) + (1 - t)*log(1 - y))",
        "(W2.T @ dL_dz2)*(z1 > 0)",
        "x - (y - z) + (a + b)",
        "a/(b*c)*(d/e)",
        "(-x)**2 + -x**2",
        "2**-x**y",
        "(a < b)*(b < c)",
        "A[:, 1:3, None] @ x[::-1]",
        "(a + b).T @ (2).T",
        "sum(x, axis=(0, 1), keepdims=True)",
        'f((1,), [a, b], "it\'s")',
        "(x*y) @ z + 2*A @ x",
        "0.10*x + 1e-3",
    ],
)
def test_usual_formulas_are_written_as_usual(text):
    """Formulas in the house form come back to the letter."""
    assert text == write(parse(text))


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (Number(Fraction(1, 2)), "1/2"),
        (Number(Fraction(-1, 2)), "-1/2"),
        (Binary("*", Number(Fraction(1, 2)), X), "1/2*x"),
        (Binary("*", X, Number(Fraction(1, 2))), "x*(1/2)"),
        (Binary("**", X, Number(Fraction(1, 2))), "x**(1/2)"),
        (Binary("**", X, Number(Fraction(-1))), "x**-1"),
        (Binary("**", Number(Fraction(-1)), X), "(-1)**x"),
        (Binary("-", X, Number(Fraction(-1))), "x - -1"),
        (Negate(Negate(X)), "--x"),
        (Transpose(Number(Fraction(2))), "(2).T"),
    ],
)
def test_numbers_made_by_programs_are_parenthesised_by_their_sign_and_bar(tree, text):
    """Negative numbers bind like a sign, fractions like a division."""
    assert text == write(tree)


def test_enormous_integers_are_refused():
    """Python would not turn them into digits."""
    with pytest.raises(LimitError, match="E495"):
        write(Number(Fraction(10**5000)))


def test_a_long_sum_is_written_without_recursion():
    """A left-deep tree of 2,000 terms comes back as it was."""
    text = " + ".join(["x"] * 2000)

    assert text == write(parse(text))
