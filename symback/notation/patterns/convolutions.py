"""Sliding products read as convolutions: out[i] = sum_k x[i + k] w[k] and its relatives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from symback.functions.entry import Function
from symback.language.tree import Binary, Call, Expression, Slice, Subscript
from symback.language.tree import Sequence as ListTree
from symback.notation.patterns.alike import read_alike
from symback.notation.patterns.factors import tree_of
from symback.notation.patterns.slices import cut, padded
from symback.notation.writing import trees
from symback.notation.writing.pieces import NoNotation, Piece, Read, multiplied
from symback.tensor.dims import Dim, NamedDim, Shape
from symback.tensor.indices import Affine
from symback.tensor.poly import CONDITIONS, LEAF, Factor, Monomial, atom
from symback.tensor.ranges import not_negative

#: The name of a kernel whose weights are all 1; no name of the language has this sign.
UNIFORM = "#ones"


@dataclass(frozen=True, slots=True)
class _Axis:
    """One sliding axis: x is read at `stride*out + step*tap + const`."""

    place: int
    out: int
    tap: int
    stride: int
    step: int
    const: Dim


def convolution(
    mono: Monomial, shape: Shape, functions: Mapping[str, Function], read: Read
) -> Expression | None:
    """Return a monomial as `conv1d` or `conv2d`, None where it is not one.

    Sums over the windows of one factor have a kernel of ones.
    """
    wide = read_alike([f for f in mono.factors if f.indices])
    scalars = [f for f in mono.factors if not f.indices]
    sizes = dict(enumerate((*shape, *mono.bound)))
    if len(wide) == 1 and mono.bound:
        taps = tuple(range(len(shape), len(sizes)))
        wide.append(Factor(atom(LEAF, UNIFORM, mono.bound), taps, 1))
    if len(wide) != 2 or any(f.exponent != 1 or f.atom.kind in CONDITIONS for f in wide):
        return None
    for x, w in (wide, wide[::-1]):
        axes = _sliding(x, w, len(shape))
        if axes is None:
            continue
        try:
            tree = _Convolution(x, w, axes, len(shape), sizes).tree(functions, read)
        except NoNotation:
            return None
        rest = [Piece(tree_of(f.atom, functions, read), (), f.exponent) for f in scalars]
        return multiplied([Piece(tree, ()), *rest])
    return None


def _sliding(x: Factor, w: Factor, rank: int) -> list[_Axis] | None:
    """Return the axes along which w slides over x, None unless there are one or two.

    Each must slide by itself: a diagonal, x[i + k, j + k] or w[k, k], is no window.
    """
    if not all(isinstance(index, int) for index in w.indices):
        return None
    whole = [index for index in x.indices if isinstance(index, int)]
    axes = list[_Axis]()
    for place, index in enumerate(x.indices):
        if isinstance(index, int):
            continue
        found = _axis(place, index, w, rank)
        if found is None:
            return None
        axes.append(found)
    labels = [*whole, *(label for axis in axes for label in (axis.out, axis.tap))]
    if len(set(labels)) < len(labels) or len(set(w.indices)) < len(w.indices):
        return None
    return axes if 1 <= len(axes) <= 2 else None


def _axis(place: int, index: Affine, w: Factor, rank: int) -> _Axis | None:
    if len(index.terms) != 2:
        return None
    taps = [(label, times) for label, times in index.terms if label >= rank and label in w.indices]
    outs = [(label, times) for label, times in index.terms if label < rank]
    if len(taps) != 1 or len(outs) != 1:
        return None
    (tap, step), (out, stride) = taps[0], outs[0]
    if isinstance(step, NamedDim) or isinstance(stride, NamedDim) or stride <= 0:
        return None
    return _Axis(place, out, tap, stride, step, index.const)


class _Convolution:
    """One sliding product, taken apart into what is slid over, the kernel, and their axes."""

    def __init__(
        self, x: Factor, w: Factor, axes: list[_Axis], rank: int, sizes: Mapping[int, Dim]
    ) -> None:
        self.x, self.w, self.axes, self.rank, self.sizes = x, w, axes, rank, sizes
        self.x_rest = [i for i in x.indices if isinstance(i, int)]
        taps = [axis.tap for axis in axes]
        self.w_rest = [i for i in w.indices if isinstance(i, int) and i not in taps]
        self.roles = self._roles()
        self.padding: list[int] = []

    def _roles(self) -> tuple[int, int, int] | None:
        """Return the labels of batch, output channel and input channel; None without them."""
        if not self.x_rest and not self.w_rest:
            return None
        shared = [label for label in self.x_rest if label in self.w_rest]
        batch = [label for label in self.x_rest if label not in self.w_rest]
        out = [label for label in self.w_rest if label not in self.x_rest]
        if not len(shared) == len(batch) == len(out) == 1 or shared[0] < self.rank:
            raise NoNotation
        if batch[0] >= self.rank or out[0] >= self.rank:
            raise NoNotation
        return batch[0], out[0], shared[0]

    def tree(self, functions: Mapping[str, Function], read: Read) -> Expression:
        """Return the call, with its axes in the order of the free labels."""
        image = self._image(tree_of(self.x.atom, functions, read))
        kernel = self._kernel(self._weights(functions, read))
        strides = [axis.stride for axis in self.axes]
        keywords: tuple[tuple[str, Expression], ...] = ()
        if any(stride != 1 for stride in strides):
            keywords = (("stride", _pair(strides)),)
        if self.padding:
            keywords = (*keywords, ("padding", _pair(self.padding)))
        call = Call(f"conv{len(self.axes)}d", (image, kernel), keywords)
        outs = [axis.out for axis in self.axes]
        labels = outs if self.roles is None else [self.roles[0], self.roles[1], *outs]
        if sorted(labels) != list(range(self.rank)):
            raise NoNotation
        return _reordered(call, labels, list(range(self.rank)))

    def _weights(self, functions: Mapping[str, Function], read: Read) -> Expression:
        if self.w.atom.name == UNIFORM:
            return Call("ones", tuple(trees.length(self.sizes[axis.tap]) for axis in self.axes))
        return tree_of(self.w.atom, functions, read)

    def _image(self, tree: Expression) -> Expression:
        items = self._read_whole(self.x)
        padding: list[tuple[Dim, Dim]] = [(0, 0)] * len(self.x.indices)
        for axis in self.axes:
            taps = self._reach(axis)
            start = axis.const if axis.step > 0 else axis.const - (taps - 1)
            count = axis.stride * (self.sizes[axis.out] - 1) + taps
            item, around, _ = cut(start, 1, count, self.x.atom.shape[axis.place])
            items[axis.place], padding[axis.place] = item, around
        spatial = [padding[axis.place] for axis in self.axes]
        if any(any(around) for around in spatial) and all(map(_is_even, spatial)):
            self.padding = [before for before, _ in spatial if isinstance(before, int)]
            padding = [(0, 0)] * len(padding)
        tree = padded(trees.subscripted(tree, items), padding)
        labels = [i if isinstance(i, int) else -1 for i in self.x.indices]
        for axis in self.axes:
            labels[axis.place] = axis.tap
        wanted = [axis.tap for axis in self.axes]
        if self.roles is not None:
            wanted = [self.roles[0], self.roles[2], *wanted]
        return _reordered(tree, labels, wanted)

    def _read_whole(self, factor: Factor) -> list[Expression]:
        """Return slices up to the range of each label; NoNotation where that leaves the axis."""
        items: list[Expression] = []
        for label, length in zip(factor.indices, factor.atom.shape, strict=True):
            count = self.sizes[label] if isinstance(label, int) else length
            if count != length and not not_negative(length - count):
                raise NoNotation
            items.append(trees.ALL if count == length else Slice(None, trees.length(count)))
        return items

    def _reach(self, axis: _Axis) -> Dim:
        """Return how many places the kernel spans, gaps included."""
        return abs(axis.step) * (self.sizes[axis.tap] - 1) + 1

    def _kernel(self, tree: Expression) -> Expression:
        uniform = self.w.atom.name == UNIFORM
        tree = trees.subscripted(tree, self._read_whole(self.w))
        labels = [i for i in self.w.indices if isinstance(i, int)]
        labels = [axis.tap for axis in self.axes] if uniform else labels
        wanted = [axis.tap for axis in self.axes]
        if self.roles is not None:
            wanted = [self.roles[1], self.roles[2], *wanted]
        tree = _reordered(tree, labels, wanted)
        lead = len(wanted) - len(self.axes)
        for k, axis in enumerate(self.axes):
            if abs(axis.step) != 1:
                tree = _spread(tree, abs(axis.step), self.sizes[axis.tap], lead + k, len(wanted))
        flipped = [lead + k for k, axis in enumerate(self.axes) if axis.step < 0 and not uniform]
        return _flip(tree, flipped, len(wanted)) if flipped else tree


def _is_even(around: tuple[Dim, Dim]) -> bool:
    """Tell whether an axis gets the same number of zeros before and after."""
    return around[0] == around[1] and isinstance(around[0], int)


def _pair(values: list[int]) -> Expression:
    if len(set(values)) == 1:
        return trees.integer(values[0])
    return ListTree(tuple(map(trees.integer, values)), "(")


def _reordered(tree: Expression, labels: list[int], wanted: list[int]) -> Expression:
    if labels == wanted:
        return tree
    if len(labels) == 2:
        return trees.transposed(tree)
    order = tuple(trees.integer(labels.index(label)) for label in wanted)
    return Call("transpose", (tree, ListTree(order, "(")))


def _flip(tree: Expression, axes: list[int], rank: int) -> Expression:
    if len(axes) == rank:
        return Call("flip", (tree,))
    numbers = tuple(trees.integer(axis) for axis in axes)
    axis = numbers[0] if len(numbers) == 1 else ListTree(numbers, "(")
    return Call("flip", (tree,), (("axis", axis),))


def _spread(tree: Expression, step: int, size: Dim, axis: int, rank: int) -> Expression:
    """Put step - 1 zeros between the entries along an axis, by columns of an identity matrix."""
    count = step * (size - 1) + 1
    eye = Call("eye", (trees.length(count),))
    columns = Subscript(eye, (trees.ALL, Slice(None, None, trees.integer(step))))
    if rank == 1:
        return Binary("@", columns, tree)
    if axis == rank - 1:
        rows = Subscript(eye, (Slice(None, None, trees.integer(step)),))
        return Binary("@", tree, rows)
    if axis == rank - 2:
        return Binary("@", columns, tree)
    raise NoNotation
