"""Index forms of diagonals and triangles, and of arrays that are made from sizes alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from symback.functions.forms.entries import (
    ShapeFault,
    UnknownLength,
    matrix,
    short_side,
)
from symback.functions.forms.shape import stack
from symback.tensor import indices
from symback.tensor.algebra import broadcast, contract, length
from symback.tensor.dims import Dim, show
from symback.tensor.indices import Index
from symback.tensor.poly import Poly, add, at_least, atom, delta, from_atom, number, scale, zero


def trace(x: Poly) -> Poly:
    """Return the sum of the diagonal, of each matrix of a stack."""
    *lead, rows, columns = x.shape if len(x.shape) > 2 else matrix(x, "trace")
    rank = len(lead)
    size = short_side(rows, columns, "trace")
    return contract(tuple(lead), [(x, (*range(rank), rank, rank))], {rank: size})


def diag(x: Poly, k: Dim = 0) -> Poly:
    """Return the matrix with a vector on its k-th diagonal, or the k-th diagonal of a matrix."""
    below: Dim = -k if indices.is_negative(k) else 0
    above: Dim = 0 if indices.is_negative(k) else k
    if len(x.shape) == 1:
        size = x.shape[0] + (below + above)
        own = 1 if indices.is_negative(k) else 0
        return contract((size, size), [(x, (own,))], {}, [delta(_off_diagonal(k))])
    rows, columns = matrix(x, "diag")
    size = short_side(rows - below, columns - above, "diag")
    size = max(size, 0) if isinstance(size, int) else size
    return contract((size,), [(x, (indices.shift(0, below), indices.shift(0, above)))])


def _off_diagonal(k: Dim) -> Index:
    """Return what is 0 on the k-th diagonal: column - row - k."""
    return indices.combine(-k, {0: -1, 1: 1})


def triangle(x: Poly, k: Dim, lower: bool) -> Poly:
    """Return the entries on and below (above) the k-th diagonal of matrices, zeros elsewhere."""
    rank = len(x.shape)
    if rank < 2:
        name = "tril" if lower else "triu"
        raise ShapeFault(f"`{name}` needs a matrix, not shape {show(x.shape)}")
    sign = 1 if lower else -1
    offset = indices.combine(sign * k, {rank - 2: sign, rank - 1: -sign})
    return contract(x.shape, [(x, tuple(range(rank)))], {}, [at_least(offset)])


def identity(n: Dim, m: Dim | None = None, k: Dim = 0) -> Poly:
    """Return the matrix of n rows, and m columns if given, with ones on its k-th diagonal."""
    return contract((n, n if m is None else m), [], {}, [delta(_off_diagonal(k))])


def onehot(i: Dim | Sequence[Dim], n: Dim) -> Poly:
    """Return the i-th unit vector (i counts from 0), or one as a row for each of several i."""
    if isinstance(i, Sequence):
        return stack([onehot(one, n) for one in i]) if i else zero((0, n))
    if isinstance(i, int) and (i < 0 or (isinstance(n, int) and i >= n)):
        raise ShapeFault(f"`onehot` has no place {i} in {n}", "places count from 0")
    return contract((n,), [], {}, [delta(indices.shift(0, -i))])


def arange(n: Dim, stop: Dim | None = None, step: int = 1) -> Poly:
    """Return 0, 1, ..., n - 1, or n, n + step, ... as far as `stop`."""
    start, stop = (0, n) if stop is None else (n, stop)
    size: Dim = stop - start
    if step != 1:
        if not isinstance(size, int):
            raise UnknownLength(f"`arange` with step {step} needs known ends, not {start}, {stop}")
        size = -(-size // step)
    if isinstance(size, int) and size <= 0:
        return zero((0,))
    counted = from_atom(atom("primitive", "arange", (size,), params=(size,)))
    return add([scale(counted, step), broadcast(length(start), (size,))])


def zeros(*shape: Poly | list[Poly]) -> Poly:
    """Return zeros of a shape given as numbers or one tuple."""
    return filled(0, _sizes(shape))


def ones(*shape: Poly | list[Poly]) -> Poly:
    """Return ones of a shape given as numbers or one tuple."""
    return filled(1, _sizes(shape))


def _sizes(shape: tuple[Poly | list[Poly], ...]) -> tuple[Dim, ...]:
    first = shape[0] if len(shape) == 1 else None
    parts = first if isinstance(first, list) else shape
    return tuple(map(_size, parts))


def _size(value: Poly | list[Poly]) -> Dim:
    """Read a length back from a scalar."""
    if isinstance(value, list):
        raise ShapeFault("a shape is a list of lengths, not of lists")
    if value.shape:
        raise ShapeFault(f"a length must be a scalar, not shape {show(value.shape)}")
    total: Dim = 0
    for mono, times in value.terms:
        if not isinstance(times, int) or mono.bound:
            raise ShapeFault("a length must be a whole number or a dimension")
        size: Dim = times
        for base, _, exponent in mono.factors:
            if base.kind != "dim" or not isinstance(exponent, int) or exponent < 0:
                raise ShapeFault("a length must be a whole number or a dimension")
            for _ in range(exponent):
                size = base.params[0] * size
        total = size + total
    if isinstance(total, int) and total < 0:
        raise ShapeFault("a length cannot be negative")
    return total


def filled(value: int, shape: Sequence[Any]) -> Poly:
    """Return a tensor whose entries are all `value`."""
    sizes = shape[0] if len(shape) == 1 and isinstance(shape[0], tuple) else shape
    return number(value, tuple(sizes)) if value else zero(tuple(sizes))
