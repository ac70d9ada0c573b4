"""Parts of sentences: factors with roots and pi, and the operation that a path goes through."""

import math

import pytest

from symback.check.derivation.passes import Edge
from symback.check.diagnosis.phrases import branch, root_factor
from symback.check.diagnosis.tidying import tidied
from symback.language import parse, write


@pytest.mark.parametrize(
    ("ratio", "said"),
    [
        (math.sqrt(math.pi) / 2, "a factor `2/sqrt(pi)` is missing"),
        (2 / math.sqrt(math.pi), "a factor `2/sqrt(pi)` is too many"),
        (math.sqrt(2 * math.pi), "a factor `1/sqrt(2*pi)` is missing"),
        (math.pi / 3, "a factor `3/pi` is missing"),
        (2 / (3 * math.pi), "a factor `2/(3*pi)` is too many"),
        (1 / (3 * math.sqrt(math.pi)), "a factor `1/(3*sqrt(pi))` is too many"),
        (math.sqrt(3 / (2 * math.pi)), "a factor `sqrt(3/(2*pi))` is too many"),
        (math.pi * math.sqrt(2), "a factor `1/sqrt(2*pi**2)` is missing"),
        (math.sqrt(2), "a factor `1/sqrt(2)` is missing, or `sqrt(2)` is too many"),
        (1.2345678, "a factor of about 1.23457 is too many"),
    ],
)
def test_a_factor_is_written_with_its_root_and_pi(ratio, said):
    """What is no fraction is told exactly where it is a root, or has pi in it."""
    assert root_factor(ratio) == said


@pytest.mark.parametrize(
    ("formula", "inputs", "place", "operation"),
    [
        ("x/norm(x)", ("x", "x"), 1, "norm(x)"),
        ("x/norm(x)", ("x", "x"), 0, "x/norm(x)"),
        ("dot(x, y)/(norm(x)*norm(y))", ("x", "y", "x", "y"), 2, "norm(x)"),
        ("k*sum(x**2) + w@x", ("k", "x", "w", "x"), 1, "x**2"),
    ],
)
def test_a_path_goes_through_the_operation_that_a_use_stands_in(formula, inputs, place, operation):
    """Of several uses of a value in a formula, each is in an operation of its own."""
    edge = Edge("y", inputs[place], parse(formula), inputs, place, "dL_dy")

    assert write(branch(edge)) == operation


@pytest.mark.parametrize(
    ("formula", "plain"),
    [
        ("eye(3)@A.T@B.T", "A.T @ B.T"),
        ("X.T.T@X", "X @ X"),
        ("x - mean(x, axis=None, keepdims=True)", "x - mean(x)"),
        ("sum(x, axis=0)", "sum(x, axis=0)"),
    ],
)
def test_a_formula_is_written_without_what_does_nothing(formula, plain):
    """Unit matrices, double transposes and settings that are usual are left out."""
    assert write(tidied(parse(formula))) == plain
