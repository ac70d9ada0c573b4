"""Corrections: formulas as YAML scalars in the file's own counting."""

import pytest

from symback.check.corrections import as_scalar, corrected, to_one
from symback.check.outcome import Correction
from symback.language import parse, write
from symback.problem.indices import from_one


def test_corrections_do_not_disturb_each_other():
    """Places are those of the old text, whatever was replaced before."""
    changes = [Correction(0, 1, "long"), Correction(2, 3, ""), Correction(4, 5, "Z")]

    assert corrected("a b c", changes) == "long  Z"


@pytest.mark.parametrize(
    "text", ["x[0]", "A[1, 2]", "x[1:3]", "x[:-1]", "x[2:]", "x[-1]", "A[:, 0]", "x[:, None]"]
)
def test_counting_from_one_is_undone_by_the_reader(text):
    """`from_one` after `to_one` is the identity."""
    tree = parse(text)

    assert write(from_one(parse(write(to_one(tree))))) == write(tree)


@pytest.mark.parametrize(
    ("text", "base", "scalar"),
    [
        ("2*x", 0, "2*x"),
        ("x[0] + 1", 1, "'x[1] + 1'"),
        ("outer(x, y)", 0, "'outer(x, y)'"),
        ("-x", 0, "'-x'"),
        ("einsum('ij->i', A)", 0, "'einsum(\"ij->i\", A)'"),
        ("A.T @ (x - y)", 0, "A.T @ (x - y)"),
    ],
)
def test_formulas_are_quoted_where_yaml_needs_it(text, base, scalar):
    """Plain where YAML reads it as it is, else in single quotes."""
    assert as_scalar(parse(text), base) == scalar
