"""Equations of two labels as matrices of zeros and ones: shifted and thinned-out identities."""

from __future__ import annotations

from collections.abc import Mapping

from symback.language.tree import Call, Expression, Slice, Subscript
from symback.notation.patterns.slices import backwards, clipped, padded
from symback.notation.writing import trees
from symback.notation.writing.pieces import NoNotation, Piece
from symback.tensor import indices
from symback.tensor.dims import Dim, NamedDim
from symback.tensor.ranges import not_negative


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


def band_matrix(
    const: Dim, terms: tuple[tuple[int, Dim], ...], width: Dim, sizes: Mapping[int, Dim]
) -> Piece | None:
    """Return [0 <= i - step*k + const < width] as a band of ones, of which columns are taken.

    None for other combinations of labels, and for lengths that are not known.
    """
    if len(terms) != 2:
        return None
    (a, p), (b, q) = terms
    if p != 1:
        a, p, b, q = b, q, a, p
    known = (const, q, width, sizes[a], sizes[b])
    if p != 1 or not all(isinstance(value, int) for value in known) or not indices.is_negative(q):
        return None
    rows, columns = sizes[a], -q * (sizes[b] - 1) + 1
    tree: Expression = Call("ones", (trees.length(rows), trees.length(columns)))
    if not_negative(columns - 2 - const):
        tree = Call("tril", (tree, *_offset(const)))
    if not_negative(rows - 2 + const - (width - 1)):
        tree = Call("triu", (tree, *_offset(const - (width - 1))))
    if q != -1:
        every = Slice(None, None, trees.length(-q))
        tree = Subscript(tree, (trees.ALL, every))
    return Piece(tree, (a, b))


def _offset(value: Dim) -> tuple[Expression, ...]:
    return () if value == 0 else (trees.length(value),)


def _is_one(value: Dim) -> bool:
    """Tell whether a coefficient is 1 or -1."""
    return value in (1, -1)


def _steps(p: Dim, q: Dim) -> int:
    return 1 if p == q else -1
