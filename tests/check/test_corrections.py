"""Corrections: formulas as YAML scalars in the file's own counting."""

import pytest

from symback.check.corrections import as_text, corrected, correction, to_one
from symback.check.outcome import Correction
from symback.language import parse, write
from symback.problem.indices import from_one
from symback.problem.nodes import Scalar, Source


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


def written_as(raw, style, text):
    """Return what a scalar becomes that was written as `raw` in the middle of a text."""
    source = Source("p.yaml", f"a: {raw}b")
    node = Scalar(source, 3, 3 + len(raw), "", style)
    return corrected(source.text, [correction(node, text)])[3:-1]


@pytest.mark.parametrize(
    ("text", "base", "scalar"),
    [
        ("2*x", 0, "2*x"),
        ("x[0] + 1", 1, "'x[1] + 1'"),
        ("outer(x, y)", 0, "'outer(x, y)'"),
        ("-x", 0, "'-x'"),
        ("-0.5", 0, "-0.5"),
        ("einsum('ij->i', A)", 0, "'einsum(\"ij->i\", A)'"),
        ("A.T @ (x - y)", 0, "A.T @ (x - y)"),
    ],
)
def test_formulas_are_quoted_where_yaml_needs_it(text, base, scalar):
    """Plain where YAML reads it as it is, else in single quotes."""
    assert written_as("0", "plain", as_text(parse(text), base)) == scalar


@pytest.mark.parametrize(
    ("raw", "style", "scalar"),
    [
        ("'x'", "'", "'f(\"i\", x)'"),
        ('"x"', '"', '"f(\\"i\\", x)"'),
        (">- # why\n    2*A\n    @ x\n", ">", '>- # why\n    f("i", x)\n'),
        ("|\r\n\r\n  x\r\n\r\n", "|", '|\r\n\r\n  f("i", x)\r\n\r\n'),
    ],
)
def test_the_style_of_a_scalar_is_kept(raw, style, scalar):
    """Quotes stay what they are, and a block its header, indentation and the lines after it."""
    assert written_as(raw, style, 'f("i", x)') == scalar
