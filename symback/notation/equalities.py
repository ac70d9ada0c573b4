"""Equations of two labels as matrices of zeros and ones: shifted and thinned-out identities."""

from __future__ import annotations

from collections.abc import Mapping

from symback.language.tree import Call, Expression, Slice, Subscript
from symback.notation import trees
from symback.notation.pieces import NoNotation, Piece
from symback.notation.slices import backwards, clipped, padded
from symback.tensor.dims import Dim, NamedDim


def shifted_identity(a: int, b: int, const: Dim, sizes: Mapping[int, Dim]) -> Piece:
    """Return [a = b - const] as an identity matrix with zeros around it."""
    low = clipped(const)
    high_left = clipped(sizes[b] - const - sizes[a])
    count = sizes[b] - low - high_left
    before = clipped(-const)
    around = [(before, sizes[a] - before - count), (low, high_left)]
    return Piece(padded(Call("eye", (trees.length(count),)), around), (a, b))


def selection(
    const: Dim, terms: tuple[tuple[int, Dim], tuple[int, Dim]], sizes: Mapping[int, Dim]
) -> Piece:
    """Return [i = step*k + start] as columns of an identity matrix."""
    (a, p), (b, q) = terms
    if _is_one(p) and not (_is_one(q) and _steps(p, q) < 0):
        row, column, sign, step = a, b, p, q
    elif _is_one(q):
        row, column, sign, step = b, a, q, p
    else:
        raise NoNotation
    # sign*row + step*column + const = 0, so row = -sign*(step*column + const)
    start, stride = -sign * const, -sign * step
    count = sizes[column]
    length = sizes[row]
    if isinstance(stride, NamedDim) or stride == 0:
        raise NoNotation
    if stride < 0:
        columns = backwards(start, stride, count, length)
        whole = Call("eye", (trees.length(length),))
        return Piece(Subscript(whole, (trees.ALL, columns)), (row, column))
    if isinstance(start, NamedDim) or isinstance(count, NamedDim) or isinstance(length, NamedDim):
        raise NoNotation
    last = start + stride * (count - 1)
    wide = max(length, last + 1)
    if start < 0:
        raise NoNotation
    eye: Expression = Call("eye", (trees.length(wide),))
    rows = trees.ALL if wide == length else Slice(None, trees.length(length))
    step_tree = None if stride == 1 else trees.length(stride)
    stop = None if last + stride >= wide else trees.length(last + 1)
    first = None if start == 0 else trees.length(start)
    columns = Slice(first, stop, step_tree)
    return Piece(Subscript(eye, (rows, columns)), (row, column))


def _is_one(value: Dim) -> bool:
    """Tell whether a coefficient is 1 or -1."""
    return value in (1, -1)


def _steps(p: Dim, q: Dim) -> int:
    return 1 if p == q else -1
