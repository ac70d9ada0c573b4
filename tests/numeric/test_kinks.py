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
    ("max_pool(x, 2)", [0, 1, 2, 2, 3], ["max_pool"]),
    ("max_pool(x, 2)", [0, 1, 1, 2, 3], []),
    ("norm(x)", [0, 0], ["norm"]),
    ("norm(x)", [0, 1], []),
    ("norm(x, 1)", [0, 1], ["norm"]),
    ("norm(x, 'inf')", [0, 1], []),
    ("norm(x, 'inf', axis=1)", [[1, 2], [3, -3]], ["norm"]),
    ("max_pool(x, (1, 2))", [[0, 1, 1, 2], [3, 3, 0, 1]], ["max_pool"]),
    ("max_pool(x, 2, 1)", [0, 1, 1, 2, 3], ["max_pool"]),
    ("max_pool(x, 3, 2, 1)", [-1, -2, -1, -1], ["max_pool"]),
    ("max_pool(x, 3, stride=2, padding=1)", [0, -2, -1, -3], []),
    ("max_pool(x, 2, padding=1)", [[-1, -2], [-3, 0]], []),
    ("max_pool(x, 2)", [[[[0, 1, 5], [2, 3, 5]]]], []),
    ("max_pool(x, 2)", [[[[0, 3, 1], [2, 3, 0]]]], ["max_pool"]),
)


@pytest.mark.parametrize(("text", "x", "names"), CASES)
def test_functions_on_their_kinks_are_named_once(text, x, names):
    """A value on a kink is reported with the convention that holds there."""
    notes = kink_notes({"x": x}, [("y", parse(text))], table())

    expected = [f"`{name}` has a kink there: {table()[name].convention}" for name in names]
    assert expected == [note.message for note in notes]
    assert all((note.code, note.name) == ("kink", "y") for note in notes)


@pytest.mark.parametrize(
    ("text", "edges"),
    [
        ("where(x > 0, sqrt(x), t)", ["x > 0"]),
        ("where(x >= 1, 1, x) + where(1 == x, x, 2)", ["x >= 1", "1 == x"]),
        ("where(x == 5, x, 2)", []),
        ("where(t > 0, x, 2*x)", []),
        ("x*(t == 0)*(y <= 0)", ["y <= 0"]),
    ],
)
def test_conditions_at_their_edges_are_named(text, edges):
    """Only those that change with what is differentiated by."""
    values = {"x": [0, 1], "t": [0, 0], "y": 0}

    notes = kink_notes(values, [("z", parse(text))], table(), moving={"x", "y"})

    expected = [f"`{edge}` is at its edge there: the side that is taken counts" for edge in edges]
    assert expected == [note.message for note in notes]


def test_a_condition_with_indices_is_not_quoted():
    """Problems may count from 1, trees count from 0."""
    (note,) = kink_notes({"x": [0, 1]}, [("y", parse("where(x[0] > 0, x, 0)"))], table(), {"x"})

    assert note.message == "a condition is at its edge there: the side that is taken counts"


def test_float64_values_are_compared_in_float64():
    """A large array from a file is looked through without a rational for each entry."""
    x = np.linspace(-1, 1, 200_001)

    notes = kink_notes({"x": x}, [("y", parse("relu(x)")), ("z", parse("relu(x + 2)"))], table())

    assert [note.name for note in notes] == ["y"]
