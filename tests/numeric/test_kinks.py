"""Kinks: which functions of a step sit where they have no derivative."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from symback.functions import table
from symback.language import parse
from symback.numeric import kink_notes

CASES = (
    ("relu(x)", [0, 1], ["relu"]),
    ("relu(x)", [-1, 1], []),
    ("abs(x - 1)", [Fraction(1), 2], ["abs"]),
    ("relu(x - x[0]) + relu(x) + abs(x)", [3, 1], ["relu"]),
    ("maximum(x, 2)", [2, 1], ["maximum"]),
    ("clip(x, 0, 1)", [1, 2], ["clip"]),
    ("relu(sin(pi*x))", [1, Fraction(1, 2)], ["relu"]),
    ("relu(1/x)", [0, 1], []),
    ("exp(x)", [0, 1], []),
)


@pytest.mark.parametrize(("text", "x", "names"), CASES)
def test_functions_on_their_kinks_are_named_once(text, x, names):
    """A value on a kink is reported with the convention that holds there."""
    notes = kink_notes({"x": x}, [("y", parse(text))], table())

    expected = [f"`{name}` has a kink there: {table()[name].convention}" for name in names]
    assert expected == [note.message for note in notes]
    assert all((note.code, note.name) == ("kink", "y") for note in notes)


def test_float64_values_are_compared_in_float64():
    """A large array from a file is looked through without a rational for each entry."""
    x = np.linspace(-1, 1, 200_001)

    notes = kink_notes({"x": x}, [("y", parse("relu(x)")), ("z", parse("relu(x + 2)"))], table())

    assert [note.name for note in notes] == ["y"]
