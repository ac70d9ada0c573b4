"""Sampling: exact points that lie where the domain says."""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest

from symback.functions.domains import ENTRIES, MATRICES, NAMES, WORDS, describe, sample

BOUNDS = {
    "real": (-3, 3),
    "positive": (0, 3),
    "unit": (0, 1),
    "inside": (-1, 1),
    "below_two": (0, 2),
    "above_one": (1, 3),
    "outside": (-3, 3),
    "angle": (-1.41, 1.41),
    "wide": (-8, 8),
    "count": (-1, 5),
    "condition": (-1, 2),
}


def drawn(domain, shape=(4, 4), seed=1):
    """Sample an array and check that all its entries are exact."""
    values = np.array(sample(domain, shape, random.Random(seed)), dtype=object)
    assert all(isinstance(value, Fraction) for value in values.flat)
    assert values.shape == shape
    return values


@pytest.mark.parametrize("domain", ENTRIES)
def test_entries_lie_within_the_bounds(domain):
    """Every entry is inside the open interval, with few digits, and not all have one sign."""
    low, high = BOUNDS[domain]
    values = drawn(domain, (200,))

    assert all(low < value < high and 1000 % value.denominator == 0 for value in values)
    if domain not in ("count", "condition"):
        assert all((2 * value).denominator != 1 for value in values)
    assert (min(values) < 0) == (low < 0 and domain not in ("count", "condition"))


def test_outside_means_beyond_one():
    """The domain of asec and its like keeps out of [-1, 1]."""
    assert all(abs(value) > 1 for value in drawn("outside", (50,)))


@pytest.mark.parametrize("domain", MATRICES)
def test_matrices_have_the_property_they_are_named_for(domain):
    """Symmetry, definiteness, triangles, orthogonality, sums of 1 hold exactly."""
    for seed in range(5):
        matrix = drawn(domain, seed=seed)
        holds = {
            "invertible": abs(np.linalg.det(matrix.astype(float))) > 1,
            "symmetric": (matrix == matrix.T).all(),
            "spd": (matrix == matrix.T).all() and np.linalg.eigvalsh(matrix.astype(float))[0] > 0.5,
            "lower": (np.triu(matrix, 1) == 0).all(),
            "diagonal": (matrix == np.diag(np.diag(matrix))).all(),
            "orthogonal": (matrix @ matrix.T == np.eye(4, dtype=int)).all(),
            "simplex": (matrix.sum(axis=1) == 1).all() and (matrix > 0).all(),
        }
        assert holds[domain]


def test_stacks_and_rectangles():
    """Leading axes are stacks; tall invertible matrices have full column rank; vectors sum to 1."""
    assert drawn("spd", (2, 3, 3)).shape == (2, 3, 3)
    assert np.linalg.matrix_rank(drawn("invertible", (5, 3)).astype(float)) == 3
    assert sum(drawn("simplex", (4,))) == 1
    assert isinstance(sample("real", (), random.Random(1)), Fraction)


def test_the_same_seed_draws_the_same_points():
    """Samples depend on the generator handed in and on nothing else."""
    first, second = (sample("real", (3,), random.Random(7)) for _ in range(2))

    assert first == second


def test_names_are_the_domains():
    """The registry's list of domains is that of the two tables."""
    assert set(ENTRIES) | set(MATRICES) == NAMES


def test_domains_have_words():
    """Every domain of entries is described, matrix domains by their name where that says it."""
    assert set(ENTRIES) <= set(WORDS) <= NAMES
    assert describe("inside") == "between -1 and 1"
    assert describe("orthogonal") == "orthogonal"
