"""Pieces of a product: a tree with the label of each of its axes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from symback.language import size
from symback.language.tree import (
    Binary,
    Call,
    Compare,
    Expression,
    Literal,
    Name,
    Number,
    Slice,
    Subscript,
)
from symback.language.tree import Sequence as ListTree
from symback.notation import trees
from symback.tensor.conditions import not_negative
from symback.tensor.dims import Dim, NamedDim, Shape
from symback.tensor.indices import Index, Indices, affine
from symback.tensor.modes import GUARDED
from symback.tensor.poly import Rational


class NoNotation(Exception):
    """A product has no notation of this kind; another way must be tried."""


@dataclass(frozen=True, slots=True)
class Piece:
    """`tree ** exponent` with one label per axis; a symmetric one may be read either way.

    `parts` are the factors of an elementwise product of vectors, kept until it is summed.
    """

    tree: Expression
    labels: tuple[int, ...]
    exponent: Rational = 1
    symmetric: bool = False
    parts: tuple[Piece, ...] = ()

    def powered(self) -> Expression:
        """Return the tree with its exponent's size; the sign says on which side it stands."""
        return trees.raised(self.tree, abs(self.exponent))

    def oriented(self, *order: int) -> Expression:
        """Return the tree with its axes in this order of labels."""
        tree = self.powered()
        if self.exponent < 0:
            tree = trees.quotient(trees.ONE, tree)
        if self.labels == order or self.symmetric:
            return tree
        if len(order) == 2:
            return trees.transposed(tree)
        axes = tuple(trees.integer(self.labels.index(label)) for label in order)
        return Call("transpose", (tree, ListTree(axes, "(")))


def multiplied(pieces: Iterable[Piece]) -> Expression:
    """Return the product of trees that are already aligned, the inverted ones below."""
    ordered = sorted(pieces, key=_reading_order)
    conditions: list[Expression] = []
    norms = GUARDED.get()
    if norms is not None:
        conditions = [tree for piece in ordered if (tree := _condition(piece, norms)) is not None]
        ordered = [piece for piece in ordered if not _is_truth(piece)]
    ordered = _roots_joined(ordered)
    top = trees.product([piece.powered() for piece in ordered if piece.exponent > 0])
    bottom = trees.product([piece.powered() for piece in ordered if piece.exponent < 0])
    tree = trees.quotient(top, bottom)
    if not conditions:
        return tree
    condition = trees.product(conditions)
    if tree == trees.ONE:
        return condition
    return Call("where", (condition, tree, Number(Fraction(0))))


def _roots_joined(pieces: list[Piece]) -> list[Piece]:
    """Write sqrt(2)*sqrt(pi) as sqrt(2*pi)."""
    result = list(pieces)
    for exponent in (Fraction(1, 2), Fraction(-1, 2)):
        roots = [piece for piece in result if not piece.labels and piece.exponent == exponent]
        plain = [piece for piece in roots if isinstance(piece.tree, Number | Name)]
        if len(plain) > 1:
            whole = trees.product([piece.tree for piece in plain])
            result = [piece for piece in result if not any(piece is p for p in plain)]
            result.append(Piece(whole, (), exponent))
    return result


def _is_truth(piece: Piece) -> bool:
    match piece.tree:
        case Compare() | Call("step"):
            return piece.exponent > 0
        case _:
            return False


def _condition(piece: Piece, norms: frozenset[str]) -> Expression | None:
    """Return the condition under which a product with this factor is not 0."""
    if _is_truth(piece):
        return piece.tree
    match piece.tree:
        case Call("norm") | Name() if piece.exponent < 0:
            if isinstance(piece.tree, Name) and piece.tree.id not in norms:
                return None
            return Compare("!=", piece.tree, Number(Fraction(0)))
        case _:
            return None


def _reading_order(piece: Piece) -> tuple[int, int]:
    """Numbers and contractions before names, sums before functions; else as they come."""
    match piece.tree:
        case Number():
            return (0, 0)
        case Binary("@", _, _):
            return (1, 0)
        case Call(function, _):
            return (3 if function not in ("step", "heaviside") else 5, 0)
        case Binary("+" | "-", left, _):
            return (1 if isinstance(left, Subscript) else 4, 0)
        case _:
            return (2, 0)


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
    labels: list[int] = []
    flipped: list[int] = []
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
    tree = trees.subscripted(tree, items)
    if flipped:
        tree = _flipped(tree, flipped, len(labels))
    if exponent < 0 and any(before != 0 or after != 0 for before, after in padding):
        # Outside its axis a factor makes the term 0, also where it is divided by.
        tree = trees.quotient(trees.ONE, trees.raised(tree, -exponent))
        exponent = 1
    return _without_repeats(Piece(padded(tree, padding), tuple(labels), exponent))


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
        raise NoNotation
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
    full = isinstance(length, int) and isinstance(const, int) and isinstance(count, int)
    natural = full and len(range(const, length, step)) == count  # type: ignore[arg-type]
    stop_tree = None if natural else trees.length(const + step * (count - 1) + 1)
    return Slice(start_tree, stop_tree, trees.integer(step)), (0, 0), False


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


def aligned(piece: Piece, rank: int) -> Piece:
    """Return a piece, its labels rising, as broadcasting wants it among `rank` free axes."""
    order = tuple(sorted(piece.labels))
    exponent = piece.exponent
    tree = replace(piece, exponent=1).oriented(*order)
    if not order:
        return Piece(tree, (), exponent)
    items: list[Expression] = []
    for axis in range(order[0], rank):
        items.append(trees.ALL if axis in order else trees.NONE)
    while items and items[-1] == trees.ALL:
        items.pop()
    if items:
        tree = _kept(tree, items) or Subscript(tree, tuple(items))
    return Piece(tree, order, exponent)


def _kept(tree: Expression, items: list[Expression]) -> Expression | None:
    """Return a reduction that keeps its axis, where only that axis is put back."""
    match tree:
        case Call(function, arguments, (("axis", Number(axis)),)) if function in REDUCTIONS:
            if items == [trees.ALL, trees.NONE] and axis == 1:
                keywords = (("axis", Number(axis)), ("keepdims", Literal(True)))
                return Call(function, arguments, keywords)
    return None


#: Functions that take `axis` and `keepdims`.
REDUCTIONS = frozenset({"sum", "mean", "norm", "logsumexp", "max", "min", "prod"})


def shorter(*candidates: Expression) -> Expression:
    """Return the candidate with the fewest nodes, the first of several."""
    return min(candidates, key=size)


def half(value: Rational) -> Rational:
    """Return half of an exponent."""
    return Fraction(value) / 2
