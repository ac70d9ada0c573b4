"""Axes that are read block by block: Kronecker products, reshaped arrays, what pooling leaves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from symback.functions.entry import Function
from symback.language.tree import Call, Expression
from symback.notation.patterns.factors import tree_of
from symback.notation.patterns.slices import padded
from symback.notation.writing import trees
from symback.notation.writing.pieces import Piece, Read, multiplied
from symback.tensor import indices
from symback.tensor.algebra import contract
from symback.tensor.dims import Dim, Shape
from symback.tensor.indices import Index, affine
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


class _Blocks(NamedTuple):
    """An axis read at i - 6*a - 2*b: the summed labels a and b, and the length of the rest."""

    labels: tuple[int, ...]
    rest: Dim


def blocked(
    mono: Monomial, shape: Shape, functions: Mapping[str, Function], read: Read
) -> Expression | None:
    """Return what is read block by block as an array with axes for these, reshaped.

    Where z is an axis of the result, x[z - n*i] stands at block i, place z - n*i.
    """
    del functions
    sizes = dict(enumerate((*shape, *mono.bound)))
    rank = len(shape)
    found: dict[int, _Blocks] = {}
    for axis in range(rank):
        taken = {label for blocks in found.values() for label in blocks.labels}
        blocks = _blocks_of(axis, mono, rank, sizes)
        if blocks is not None and not taken & set(blocks.labels):
            found[axis] = blocks
    if not found:
        return None
    places, wider = _split(shape, found, sizes)
    left = [label for label in range(rank, len(sizes)) if label not in places]
    bound = {len(wider) + k: sizes[label] for k, label in enumerate(left)}
    places.update({label: len(wider) + k for k, label in enumerate(left)})
    factors = [
        Factor(f.atom, tuple(indices.substitute(i, places) for i in f.indices), f.exponent)
        for f in mono.factors
    ]
    inner = read(contract(wider, [], bound, factors))
    return Call("reshape", (inner, trees.shape_tuple(shape)))


def _split(
    shape: Shape, found: Mapping[int, _Blocks], sizes: Mapping[int, Dim]
) -> tuple[dict[int, Index], Shape]:
    """Return where labels stand when axes are split into blocks, and the shape with these."""
    places: dict[int, Index] = {}
    wider: list[Dim] = []
    for axis, length in enumerate(shape):
        if axis not in found:
            places[axis] = len(wider)
            wider.append(length)
            continue
        labels, rest = found[axis]
        spot: dict[int, Dim] = {len(wider) + len(labels): 1}
        stride = rest
        for k, label in reversed(list(enumerate(labels))):
            places[label] = len(wider) + k
            spot[len(wider) + k] = stride
            stride = stride * sizes[label]
        places[axis] = indices.combine(0, spot)
        wider.extend((*(sizes[label] for label in labels), rest))
    return places, tuple(wider)


def _blocks_of(axis: int, mono: Monomial, rank: int, sizes: Mapping[int, Dim]) -> _Blocks | None:
    """Return the blocks in which a factor reads an axis, None where none does."""
    for factor in mono.factors:
        lengths = factor.atom.params if factor.atom.kind == ONES else factor.atom.shape
        for position, length in zip(factor.indices, lengths, strict=False):
            const, terms = affine(position)
            steps = dict(terms)
            if const != 0 or steps.pop(axis, 0) != 1 or not steps:
                continue
            labels: list[int] = []
            stride: Dim = length
            while steps:
                label = next((k for k, times in steps.items() if times == -1 * stride), -1)
                if label < rank:
                    break
                del steps[label]
                labels.insert(0, label)
                stride = stride * sizes[label]
            if not steps and stride == sizes[axis]:
                return _Blocks(tuple(labels), length)
    return None
