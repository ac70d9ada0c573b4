"""Derivatives where entries are tied: each moves everything tied to it."""

import numpy as np
import pytest

import symback
from symback.problem.keys import STRUCTURES

SIZE = 4
#: What entry (k, l) moves by when entry (i, j) moves by one.
TIED = {
    "symmetric": lambda i, j, k, m: {(k, m), (m, k)} & {(i, j)} != set(),
    "antisymmetric": lambda i, j, k, m: ((i, j) == (k, m)) - int((i, j) == (m, k)),
    "diagonal": lambda i, j, k, m: i == j == k == m,
    "triangular": lambda i, j, k, m: (i, j) == (k, m) and k >= m,
    "lower-triangular": lambda i, j, k, m: (i, j) == (k, m) and k >= m,
    "upper-triangular": lambda i, j, k, m: (i, j) == (k, m) and k <= m,
    "toeplitz": lambda i, j, k, m: i - j == k - m,
    "symmetric-toeplitz": lambda i, j, k, m: abs(i - j) == abs(k - m),
    "circulant": lambda i, j, k, m: (i - j - k + m) % SIZE == 0,
    "hankel": lambda i, j, k, m: i + j == k + m,
}


@pytest.mark.parametrize("shape", [[SIZE, SIZE], ["n", "n"]], ids=str)
@pytest.mark.parametrize("structure", STRUCTURES)
def test_tied_entries_move_together(structure, shape):
    """The derivative of a weighted sum of squares, entry by entry from the pattern of ties."""
    rng = np.random.default_rng(7)
    weights = rng.integers(1, 9, (SIZE, SIZE))
    free = rng.integers(1, 9, (SIZE, SIZE))
    pattern = np.array(
        [TIED[structure](*place) for place in np.ndindex((SIZE,) * 4)], dtype=float
    ).reshape((SIZE,) * 4)
    value = np.einsum("ij,ijkm->km", free, pattern)
    problem = symback.Problem(
        given={
            "C": {"value": weights.tolist(), "shape": shape},
            "X": {"value": value.tolist(), "shape": shape, "structure": structure},
        },
        define={"L": "sum(C*X**2)"},
        find=[{"gradient": "L", "wrt": "X"}],
    )

    expected = np.einsum("km,ijkm->ij", 2 * weights * value, pattern)
    assert problem.solve().results["dL_dX"].value.tolist() == expected.tolist()
