"""Axes that are read block by block: Kronecker products, reshaped arrays, what pooling leaves."""

from __future__ import annotations

from collections.abc import Mapping

from symback.functions.entry import Function
from symback.language.tree import Call, Expression
from symback.notation.patterns.factors import tree_of
from symback.notation.patterns.slices import padded
from symback.notation.writing import trees
from symback.notation.writing.pieces import Piece, Read, multiplied
from symback.tensor import indices
from symback.tensor.dims import Dim, Shape
from symback.tensor.indices import Index
from symback.tensor.poly import CONDITIONS, ONES, Factor, Monomial


def kronecker(
    mono: Monomial, shape: Shape, functions: Mapping[str, Function], read: Read
) -> Expression | None:
    """Return a monomial as `kron(a, b)`: a[i] * b[x - n*i], n the length of b; b may be ones.

    Where the axes are longer than all blocks together, zeros follow.
    """
    wide = [f for f in mono.factors if f.indices and f.atom.kind not in CONDITIONS]
    conditions = [f for f in mono.factors if f.atom.kind in CONDITIONS]
    if any(f.exponent != 1 or len(f.indices) != len(shape) for f in wide):
        return None
    if len(wide) == 2 and not conditions:
        for a, b in (wide, wide[::-1]):
            spots = list(zip(b.indices, b.atom.shape, strict=True))
            padding = _padding(a, spots, shape)
            if padding is not None:
                return _kron(mono, a, tree_of(b.atom, functions, read), padding, functions, read)
    if len(wide) == 1 and len(conditions) == len(shape) > 0:
        spots = [(f.indices[0], f.atom.params[0]) for f in conditions if f.atom.kind == ONES]
        spots.sort(key=lambda spot: min(indices.labels(spot[0]), default=-1))
        padding = _padding(wide[0], spots, shape) if len(spots) == len(shape) else None
        if padding is not None:
            ones = Call("ones", tuple(trees.length(size) for _, size in spots))
            return _kron(mono, wide[0], ones, padding, functions, read)
    return None


def _padding(
    a: Factor, spots: list[tuple[Index, Dim]], shape: Shape
) -> list[tuple[Dim, Dim]] | None:
    """Return how many zeros follow the blocks along each axis, None where there are no blocks.

    Each axis is read at x - n*i, with i where `a` is read and n the length of a block.
    """
    rank = len(spots)
    found: list[tuple[Dim, Dim]] = []
    for axis, ((inner, size), outer) in enumerate(zip(spots, a.indices, strict=True)):
        if not isinstance(outer, int) or outer < rank or isinstance(inner, int):
            return None
        if inner.const != 0 or dict(inner.terms) != {axis: 1, outer: -size}:
            return None
        left = shape[axis] - a.atom.shape[axis] * size
        if left != 0 and not (isinstance(left, int) and left > 0):
            return None
        found.append((0, left))
    return found


def _kron(
    mono: Monomial,
    a: Factor,
    b: Expression,
    padding: list[tuple[Dim, Dim]],
    functions: Mapping[str, Function],
    read: Read,
) -> Expression:
    call = padded(Call("kron", (tree_of(a.atom, functions, read), b)), padding)
    return multiplied([Piece(call, ()), *_scalars(mono, functions, read)])


def _scalars(mono: Monomial, functions: Mapping[str, Function], read: Read) -> list[Piece]:
    scalars = [f for f in mono.factors if not f.indices]
    return [Piece(tree_of(f.atom, functions, read), (), f.exponent) for f in scalars]


def flattened(
    mono: Monomial, shape: Shape, functions: Mapping[str, Function], read: Read
) -> Expression | None:
    """Return x[a, n*i + j - m*a], summed over a, as `reshape(x, ...)`: the same flat position."""
    wide = [f for f in mono.factors if f.indices]
    if len(wide) != 1 or wide[0].exponent != 1 or wide[0].atom.kind in CONDITIONS:
        return None
    base, index, _ = wide[0]
    last = index[-1] if index else 0
    if isinstance(last, int) or last.const != 0 or len(last.terms) < 2:
        return None
    terms = dict(last.terms)
    stride: Dim = 1
    for label, size in zip(reversed(index), reversed(base.shape), strict=True):
        if label is not last and not _counts_down(label, terms, len(shape), stride):
            return None
        stride = stride * size
    stride = 1
    for axis in reversed(range(len(shape))):
        if terms.pop(axis, 0) != stride:
            return None
        stride = stride * shape[axis]
    if terms or stride != _entries(base.shape):
        return None
    call = Call("reshape", (tree_of(base, functions, read), trees.shape_tuple(shape)))
    return multiplied([Piece(call, ()), *_scalars(mono, functions, read)])


def _counts_down(label: Index, terms: dict[int, Dim], rank: int, stride: Dim) -> bool:
    """Tell whether a summed label is taken from the position with its stride, and take it out."""
    return isinstance(label, int) and label >= rank and terms.pop(label, 0) == -1 * stride


def _entries(shape: Shape) -> Dim:
    total: Dim = 1
    for size in shape:
        total = size * total
    return total
