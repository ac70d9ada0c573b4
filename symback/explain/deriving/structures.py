"""Tied entries: from the derivative in independent entries to the one in what may vary."""

from __future__ import annotations

from symback.tensor import indices
from symback.tensor.algebra import contract
from symback.tensor.dims import Dim
from symback.tensor.indices import Index
from symback.tensor.poly import Poly, add, at_least, delta, scale


def tied(value: Poly, structure: str) -> Poly:
    """Return the derivative when entries move together; the last two axes are the matrix's.

    Each entry of the result is the derivative along moving all entries tied to it at once.
    """
    rank = len(value.shape)
    lead = list(range(rank - 2))
    i, j = rank - 2, rank - 1
    match structure:
        case "symmetric":
            turned = contract(value.shape, [(value, (*lead, j, i))])
            return add([value, turned, scale(_diagonal(value, i, j), -1)])
        case "antisymmetric":
            return add([value, scale(contract(value.shape, [(value, (*lead, j, i))]), -1)])
        case "diagonal":
            return _diagonal(value, i, j)
        case "lower-triangular" | "triangular":
            return _masked(value, indices.difference(i, j))
        case "upper-triangular":
            return _masked(value, indices.difference(j, i))
        case "toeplitz":
            return _along_diagonals(value)
        case "symmetric-toeplitz":
            whole = tied(value, "symmetric")
            return _along_diagonals(whole)
        case "circulant":
            size = value.shape[i]
            return add([_along_diagonals(value, shift) for shift in (0, size, -size)])
        case _:
            assert structure == "hankel", structure
            return _along_diagonals(value, turned=True)


def _diagonal(value: Poly, i: int, j: int) -> Poly:
    axes = tuple(range(len(value.shape)))
    return contract(value.shape, [(value, axes)], {}, [delta(indices.difference(i, j))])


def _masked(value: Poly, condition: Index) -> Poly:
    axes = tuple(range(len(value.shape)))
    return contract(value.shape, [(value, axes)], {}, [at_least(condition)])


def _along_diagonals(value: Poly, shift: Dim = 0, turned: bool = False) -> Poly:
    """Sum over each diagonal: out[i, j] = sum of value[k, l] with k - l = i - j + shift.

    `turned` takes the diagonals that run the other way: k + l = i + j.
    """
    rank = len(value.shape)
    i, j, k, m = rank - 2, rank - 1, rank, rank + 1
    lead = tuple(range(rank - 2))
    bound: dict[int, Dim] = {k: value.shape[i], m: value.shape[j]}
    sign = 1 if turned else -1
    equation = indices.combine(shift, {i: 1, j: sign, k: -1, m: -sign})
    return contract(value.shape, [(value, (*lead, k, m))], bound, [delta(equation)])
