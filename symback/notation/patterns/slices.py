"""Tensors read at indices: slices, padding, flips, diagonals, picked entries, blocks."""

from __future__ import annotations

from collections.abc import Mapping

from symback.language.tree import Call, Expression, Literal, Slice
from symback.language.tree import Sequence as ListTree
from symback.notation.writing import trees
from symback.notation.writing.pieces import NoNotation, Piece, Whole
from symback.tensor.dims import Dim, NamedDim, Shape
from symback.tensor.indices import Index, Indices, affine
from symback.tensor.poly import Rational
from symback.tensor.ranges import not_negative


def placed(
    tree: Expression,
    shape: Shape,
    index: Indices,
    sizes: Mapping[int, Dim],
    exponent: Rational = 1,
) -> Piece:
    """Return `tree ** exponent` read at `index`: slices, padding, flips, diagonals, entries.

    `shape` is the tree's own; `sizes` gives the range of each label. Raises NoNotation for an
    index of several labels, which stands for windows.
    """
    tree, shape, index = _in_blocks(tree, shape, index, sizes)
    items: list[Expression] = []
    padding: list[tuple[Dim, Dim]] = []
    labels, flipped = list[int](), list[int]()
    for position, length in zip(index, shape, strict=True):
        const, terms = affine(position)
        if not terms:
            items.append(trees.length(const))
            continue
        if len(terms) > 1:
            raise NoNotation
        label, step = terms[0]
        item, around, backwards = cut(const, step, sizes[label], length)
        if backwards:
            flipped.append(len(labels))
        items.append(item)
        padding.append(around)
        labels.append(label)
    plain = not any(map(any, padding))
    whole = _whole(tree, shape, index, items) if plain and not flipped else None
    tree = trees.subscripted(tree, items)
    if flipped:
        tree = _flipped(tree, flipped, len(labels))
    if exponent < 0 and not plain:
        # Outside its axis a factor makes the term 0, also where it is divided by.
        tree = trees.quotient(trees.ONE, trees.raised(tree, -exponent))
        exponent = 1
    return _without_repeats(Piece(padded(tree, padding), tuple(labels), exponent, whole=whole))


def _whole(tree: Expression, shape: Shape, index: Indices, items: list[Expression]) -> Whole | None:
    """Return the tree with its axes of length 1, None where it has none or is cut elsewhere."""
    axes: list[int | None] = []
    for position, length, item in zip(index, shape, items, strict=True):
        const, terms = affine(position)
        if terms == ((position, 1),) and item == trees.ALL:
            axes.append(terms[0][0])
        elif not terms and const == 0 and length == 1:
            axes.append(None)
        else:
            return None
    return Whole(tree, tuple(axes)) if None in axes else None


def _in_blocks(
    tree: Expression, shape: Shape, index: Indices, sizes: Mapping[int, Dim]
) -> tuple[Expression, Shape, Indices]:
    """Read positions n*i + k, with k running through a block of length n, by `reshape`."""
    wider: list[Dim] = []
    spots: list[Index] = []
    for position, length in zip(index, shape, strict=True):
        blocks = _blocks(position, length, sizes)
        if blocks is None:
            wider.append(length)
            spots.append(position)
        else:
            wider.extend(sizes[label] for label in blocks)
            spots.extend(blocks)
    if len(wider) == len(shape):
        return tree, shape, index
    return Call("reshape", (tree, trees.shape_tuple(tuple(wider)))), tuple(wider), tuple(spots)


def _blocks(position: Index, length: Dim, sizes: Mapping[int, Dim]) -> tuple[int, ...] | None:
    """Return the labels of a position in row-major order, None if it is not one of all."""
    if isinstance(position, int) or position.const != 0 or len(position.terms) < 2:
        return None
    left = dict(position.terms)
    stride: Dim = 1
    order: list[int] = []
    while left:
        label = next((label for label, times in left.items() if times == stride), None)
        if label is None:
            return None
        del left[label]
        order.insert(0, label)
        stride = stride * sizes[label]
    return tuple(order) if stride == length else None


def padded(tree: Expression, padding: list[tuple[Dim, Dim]]) -> Expression:
    """Return a tree with zeros around it, the tree itself where there are none."""
    if all(before == 0 and after == 0 for before, after in padding):
        return tree
    pairs = tuple(ListTree((trees.length(a), trees.length(b)), "(") for a, b in padding)
    return Call("pad", (tree, ListTree(pairs)))


def _flipped(tree: Expression, axes: list[int], rank: int) -> Expression:
    if len(axes) == rank:
        return Call("flip", (tree,))
    numbers = [trees.integer(axis) for axis in axes]
    axis = numbers[0] if len(numbers) == 1 else ListTree(tuple(numbers), "(")
    return Call("flip", (tree,), (("axis", axis),))


def cut(const: Dim, step: Dim, count: Dim, length: Dim) -> tuple[Expression, tuple[Dim, Dim], bool]:
    """Return slice and padding that read positions const, const + step, ... of one axis."""
    if isinstance(step, NamedDim):
        raise NoNotation
    if step == -1:
        first = const - (count - 1)
        item, (before, after), _ = cut(first, 1, count, length)
        return item, (after, before), True
    if step < 0:
        return backwards(const, step, count, length), (0, 0), False
    if step == 1:
        before = clipped(-const)
        after = clipped(const + count - length)
        start, stop = const + before, const + count - after
        whole = start == 0 and stop == length
        if whole:
            return trees.ALL, (before, after), False
        shown = None if start == 0 else trees.length(start)
        end = None if stop == length else _end(stop, length)
        return Slice(shown, end), (before, after), False
    if not not_negative(const) or not not_negative(length - 1 - const - step * (count - 1)):
        raise NoNotation
    start_tree = None if const == 0 else trees.length(const)
    natural = False
    if isinstance(length, int) and isinstance(const, int):
        natural = len(range(const, length, step)) == count
    stop_tree = None if natural else trees.length(const + step * (count - 1) + 1)
    return Slice(start_tree, stop_tree, trees.integer(step)), (0, 0), False


def backwards(const: Dim, step: int, count: Dim, length: Dim) -> Expression:
    """Return the slice that reads every other position, or fewer, from the last on: `x[::-2]`."""
    last = const + step * (count - 1)
    if not not_negative(last) or not not_negative(length - 1 - const):
        raise NoNotation
    start = None if const == length - 1 else trees.length(const)
    stop = None if not_negative(-1 - last - step) else trees.length(last - 1)
    return Slice(start, stop, trees.integer(step))


def _end(stop: Dim, length: Dim) -> Expression:
    """Count a slice's end from the end of a symbolic axis: `x[:-1]`."""
    left = length - stop
    if isinstance(stop, NamedDim) and isinstance(left, int) and left > 0:
        return trees.integer(-left)
    return trees.length(stop)


def clipped(value: Dim) -> Dim:
    """Return a length, or 0 where it would be negative; NoNotation if that is not known."""
    if not isinstance(value, NamedDim):
        return max(value, 0)
    if not_negative(value):
        return value
    if not_negative(-value):
        return 0
    raise NoNotation


def _without_repeats(piece: Piece) -> Piece:
    """Read a repeated label as a diagonal."""
    labels = piece.labels
    if len(set(labels)) == len(labels):
        return piece
    if len(labels) == 2:
        return Piece(Call("diag", (piece.tree,)), labels[:1], piece.exponent)
    order = tuple(dict.fromkeys(labels))
    letters = {label: "ijklmnpqrs"[k] for k, label in enumerate(order)}
    spec = "".join(letters[label] for label in labels) + "->" + "".join(letters.values())
    return Piece(Call("einsum", (Literal(spec), piece.tree)), order, piece.exponent)
