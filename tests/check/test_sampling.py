"""Random values have the facts that are assumed of them, and differ from draw to draw."""

import random

import numpy as np
import pytest
from flint import fmpq

from symback.check.formulas.sampling import MODES, Variable, draw

LAWS = {
    "positive": lambda x: (x > 0).all(),
    "negative": lambda x: (x < 0).all(),
    "nonnegative": lambda x: (x >= 0).all(),
    "integer": lambda x: all(entry.q == 1 for entry in x.flat),
    "binary": lambda x: all(entry in (0, 1) for entry in x.flat),
    "probability": lambda x: ((x > 0) & (x < 1)).all(),
    "simplex": lambda x: (x.sum(axis=-1) == 1).all() and (x > 0).all(),
    "onehot": lambda x: all(sorted(row) == [0, 0, 1] for row in x),
    "unit-norm": lambda x: ((x * x).sum(axis=-1) == 1).all(),
    "symmetric": lambda x: (x == x.T).all(),
    "antisymmetric": lambda x: (x == -x.T).all(),
    "orthogonal": lambda x: (x @ x.T == np.eye(3, dtype=int)).all(),
    "positive-definite": lambda x: (x == x.T).all() and x[0, 0] > 0,
    "diagonal": lambda x: (x[~np.eye(3, dtype=bool)] == 0).all(),
    "lower-triangular": lambda x: (np.triu(x, 1) == 0).all(),
    "upper-triangular": lambda x: (np.tril(x, -1) == 0).all(),
    "toeplitz": lambda x: x[0, 0] == x[1, 1] == x[2, 2] and x[1, 0] == x[2, 1],
    "symmetric-toeplitz": lambda x: (x == x.T).all() and x[0, 0] == x[1, 1],
    "circulant": lambda x: x[0, 1] == x[1, 2] == x[2, 0],
    "hankel": lambda x: x[0, 2] == x[1, 1] == x[2, 0],
}


@pytest.mark.parametrize("fact", LAWS)
def test_facts_hold(fact):
    """Exactly, at every draw and in every mode; two draws differ."""
    draws = [
        draw(Variable((3, 3), (fact,)), (3, 3), mode, random.Random(seed))
        for seed, mode in enumerate(MODES)
    ]

    assert all(LAWS[fact](entries) for entries in draws)
    assert any((draws[0] != other).any() for other in draws[1:])


def test_near_values_keep_what_is_whole():
    """Labels and counts stay, other values move a little."""
    whole = np.array([fmpq(1), fmpq(0)], dtype=object)
    broken = np.array([fmpq(1, 2), fmpq(3)], dtype=object)

    assert (draw(Variable((2,), (), whole), (2,), "near", random.Random(1)) == whole).all()
    moved = draw(Variable((2,), (), broken), (2,), "near", random.Random(1))
    assert all(0 < abs(a - b) < 1 for a, b in zip(moved, broken, strict=True))
