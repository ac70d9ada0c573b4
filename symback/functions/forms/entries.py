"""Index forms: sums, products and rearrangements of entries as tensors, shape errors included.

Each builder takes its array arguments (a list argument is a list of tensors) and the bound
settings, and returns a `Poly`. A fault is a `ShapeFault`, to which the caller gives a place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TypeAlias

from symback.functions.dots import without_dots
from symback.tensor import indices
from symback.tensor.algebra import broadcast, contract, length, multiply
from symback.tensor.dims import Dim, NamedDim, Shape, quotient, show
from symback.tensor.indices import Index
from symback.tensor.poly import Poly, add, at_least, delta, scale
from symback.tensor.powers import power

_NO_AXES = "a scalar has no axes; the larger of two values is `maximum(a, b)`"

Axes: TypeAlias = int | Sequence[int] | None


class ShapeFault(ValueError):
    """The shapes or settings of a call do not fit; carries a sentence and a hint."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


class UnknownLength(ShapeFault):
    """A length must be a number here, and is a named dimension."""


def axes_of(axis: Axes, rank: int) -> tuple[int, ...]:
    """Return axes as sorted numbers from 0; None means all."""
    if axis is None:
        return tuple(range(rank))
    wanted = (axis,) if isinstance(axis, int) else tuple(axis)
    for one in wanted:
        if not isinstance(one, int) or not -rank <= one < rank:
            hint = f"axes count from 0 to {rank - 1}" if rank else _NO_AXES
            raise ShapeFault(f"axis {one} does not exist for {rank} axes", hint)
    found = tuple(sorted(one % rank for one in wanted))
    if len(set(found)) < len(found):
        raise ShapeFault("an axis is given twice")
    return found


def reduced(shape: Shape, axes: Sequence[int], keepdims: bool) -> Shape:
    """Return the shape after reducing `axes`."""
    if keepdims:
        return tuple(1 if axis in axes else size for axis, size in enumerate(shape))
    return tuple(size for axis, size in enumerate(shape) if axis not in axes)


def total(x: Poly, axis: Axes = None, keepdims: bool = False) -> Poly:
    """Return the sum over `axis`."""
    axes = axes_of(axis, len(x.shape))
    shape = reduced(x.shape, axes, keepdims)
    index: list[int] = []
    bound: dict[int, Dim] = {}
    place = 0
    for position, size in enumerate(x.shape):
        if position in axes:
            label = len(shape) + position
            bound[label] = size
            index.append(label)
            place += keepdims
        else:
            index.append(place)
            place += 1
    return contract(shape, [(x, tuple(index))], bound)


def count_of(x: Poly, axis: Axes) -> Poly:
    """Return the number of entries that a reduction over `axis` combines, as a scalar."""
    size: Dim = 1
    for one in axes_of(axis, len(x.shape)):
        size = x.shape[one] * size
    if size == 0:
        raise ShapeFault("there is no mean of no entries")
    return length(size)


def mean(x: Poly, axis: Axes = None, keepdims: bool = False) -> Poly:
    """Return the arithmetic mean over `axis`."""
    whole = total(x, axis, keepdims)
    return multiply(whole, broadcast(power(count_of(x, axis), -1), whole.shape))


def matmul(a: Poly, b: Poly) -> Poly:
    """Return `a @ b` as NumPy defines it: vectors, matrices, stacks of matrices."""
    ra, rb = len(a.shape), len(b.shape)
    if not ra or not rb:
        raise ShapeFault("`@` needs vectors or matrices, not a scalar", "write `*`")
    inner = a.shape[-1]
    if inner != b.shape[-2 if rb > 1 else -1]:
        hint = f"{inner} and {b.shape[-2 if rb > 1 else -1]} must be the same length"
        if ra == 2 and a.shape[0] == b.shape[-2 if rb > 1 else -1]:
            hint = "transpose the left operand with `.T`"
        elif rb == 2 and b.shape[-1] == inner:
            hint = "transpose the right operand with `.T`"
        raise ShapeFault(f"`@` cannot contract {show(a.shape)} with {show(b.shape)}", hint)
    lead = broadcast_shape(a.shape[:-2], b.shape[:-2])
    shape = (*lead, *a.shape[-2:-1], *(b.shape[-1:] if rb > 1 else ()))
    k = len(shape)
    row = len(lead)
    column = row + (ra > 1)
    left = (*_stack_index(a.shape[:-2], lead), *((row,) if ra > 1 else ()), k)
    right = (*_stack_index(b.shape[:-2], lead), k, *((column,) if rb > 1 else ()))
    return contract(shape, [(a, left), (b, right)], {k: inner})


def _stack_index(own: Shape, lead: Shape) -> tuple[Index, ...]:
    offset = len(lead) - len(own)
    return tuple(
        indices.constant(0) if size == 1 and lead[offset + axis] != 1 else offset + axis
        for axis, size in enumerate(own)
    )


def broadcast_shape(*shapes: Shape) -> Shape:
    """Return the common shape of operands that are broadcast against each other."""
    rank = max(map(len, shapes), default=0)
    result: list[Dim] = []
    for place in range(-rank, 0):
        sizes = {shape[place] for shape in shapes if len(shape) >= -place}
        wide = sizes - {1}
        if len(wide) > 1:
            shown = " with ".join(show(shape) for shape in shapes)
            hint = "lengths, compared from the last, are equal or 1; `@` is the matrix product"
            raise ShapeFault(f"cannot broadcast {shown}", hint)
        result.append(wide.pop() if wide else 1)
    return tuple(result)


def dot(a: Poly, b: Poly) -> Poly:
    """Return the inner product of vectors, the matrix product of matrices."""
    if not a.shape or not b.shape:
        shape = a.shape or b.shape
        return multiply(broadcast(a, shape), broadcast(b, shape))
    return matmul(a, b)


def ravel(x: Poly) -> Poly:
    """Return all entries as one vector, rows after rows."""
    size: Dim = 1
    for one in x.shape:
        size = one * size
    return reshape(x, (size,))


def outer(a: Poly, b: Poly) -> Poly:
    """Return a[i] * b[j]."""
    a, b = (x if len(x.shape) == 1 else ravel(x) for x in (a, b))
    return contract((*a.shape, *b.shape), [(a, (0,)), (b, (1,))])


def matrix(x: Poly, name: str) -> tuple[Dim, Dim]:
    """Return the rows and columns of a matrix; a fault of `name` for other shapes."""
    if len(x.shape) != 2:
        hint = "take the matrices of a stack one by one, `A[0]`" if len(x.shape) > 2 else None
        raise ShapeFault(f"`{name}` needs a matrix, not shape {show(x.shape)}", hint)
    return x.shape[0], x.shape[1]


def square(x: Poly, name: str) -> Dim:
    """Return the side of a square matrix."""
    rows, columns = matrix(x, name)
    if rows != columns:
        raise ShapeFault(f"`{name}` needs a square matrix, not shape {show(x.shape)}")
    return rows


def short_side(rows: Dim, columns: Dim, name: str) -> Dim:
    """Return the length of a diagonal. Raises: UnknownLength if it is not known."""
    if rows == columns or (isinstance(rows, int) and isinstance(columns, int)):
        return min(rows, columns) if isinstance(rows, int) and isinstance(columns, int) else rows
    raise UnknownLength(f"`{name}` needs to know which of {rows} and {columns} is smaller")


def einsum(spec: str, *operands: Poly) -> Poly:
    """Return the sum over all letters that the output lacks of the product of the operands."""
    text, spread = without_dots(spec, [len(operand.shape) for operand in operands])
    left, arrow, out = text.partition("->")
    inputs = left.split(",")
    if not arrow or len(inputs) != len(operands):
        raise ShapeFault(
            f'einsum "{spec}" does not describe {len(operands)} operands', 'write "ij,jk->ik"'
        )
    sizes = _label_sizes(inputs, operands, spread)
    if len(set(out)) < len(out) or not set(out) <= set(sizes):
        raise ShapeFault(f'einsum output "{spec.partition("->")[2]}" must name labels once')
    if not set(spread) <= set(out):
        raise ShapeFault(f'einsum "{spec}" has axes under `...` that its output lacks')
    order = [*out, *(letter for letter in sizes if letter not in out)]
    label = {letter: k for k, letter in enumerate(order)}
    zero = indices.constant(0)
    parts = [
        (
            x,
            tuple(
                zero if n == 1 != sizes[c] else label[c] for c, n in zip(s, x.shape, strict=True)
            ),
        )
        for s, x in zip(inputs, operands, strict=True)
    ]
    bound = {label[letter]: sizes[letter] for letter in order[len(out) :]}
    return contract(tuple(sizes[letter] for letter in out), parts, bound)


def _label_sizes(inputs: list[str], operands: Sequence[Poly], spread: str) -> dict[str, Dim]:
    """Return the length of every label; those in `spread` broadcast a length of 1."""
    sizes: dict[str, Dim] = {}
    for letters, operand in zip(inputs, operands, strict=True):
        if len(letters) != len(operand.shape):
            raise ShapeFault(f'einsum labels "{letters}" do not fit shape {show(operand.shape)}')
        for letter, size in zip(letters, operand.shape, strict=True):
            known = sizes.setdefault(letter, size)
            if letter in spread and 1 in (known, size):
                sizes[letter] = size if known == 1 else known
            elif known != size:
                what = "an axis under `...`" if letter in spread else f"einsum label `{letter}`"
                raise ShapeFault(f"{what} is both {known} and {size}")
    return sizes


def cross(a: Poly, b: Poly) -> Poly:
    """Return the vector product of vectors of length 3, along the last axis of stacks of them."""
    if a.shape[-1:] != (3,) or b.shape[-1:] != (3,):
        named = any(isinstance(size, NamedDim) for size in (*a.shape[-1:], *b.shape[-1:]))
        message = f"`cross` needs vectors of length 3, not {show(a.shape)}, {show(b.shape)}"
        raise UnknownLength(message) if named else ShapeFault(message)
    shape = broadcast_shape(a.shape, b.shape)
    a, b = broadcast(a, shape), broadcast(b, shape)
    last = len(shape) - 1
    lead: indices.Indices = tuple(range(last))
    terms = []
    for i, j, k in ((0, 1, 2), (1, 2, 0), (2, 0, 1)):
        for left, right, sign in ((j, k, 1), (k, j, -1)):
            at = (*lead, indices.constant(left)), (*lead, indices.constant(right))
            spot = [delta(indices.shift(last, -i))]
            terms.append(scale(contract(shape, [(a, at[0]), (b, at[1])], {}, spot), sign))
    return add(terms)


def kron(a: Poly, b: Poly) -> Poly:
    """Return the Kronecker product; the one with fewer axes gets axes of length 1 in front."""
    rank = max(len(a.shape), len(b.shape))
    a, b = (reshape(x, (1,) * (rank - len(x.shape)) + x.shape) for x in (a, b))
    shape = tuple(p * q for p, q in zip(a.shape, b.shape, strict=True))
    outer_labels = tuple(range(rank, 2 * rank))
    bound = dict(zip(outer_labels, a.shape, strict=True))
    inner = tuple(
        indices.combine(0, {axis: 1, rank + axis: -b.shape[axis]}) for axis in range(rank)
    )
    return contract(shape, [(a, outer_labels), (b, inner)], bound)


def cumsum(x: Poly, axis: int | None = None) -> Poly:
    """Return the running sums along `axis`."""
    if axis is None and len(x.shape) > 1:
        x, axis = ravel(x), 0
    (axis,) = axes_of(axis or 0, len(x.shape))
    summed = len(x.shape)
    index = tuple(summed if place == axis else place for place in range(summed))
    mask = at_least(indices.difference(axis, summed))
    return contract(x.shape, [(x, index)], {summed: x.shape[axis]}, [mask])


def reshape(x: Poly, shape: Sequence[Dim]) -> Poly:
    """Return the same entries, rows after rows, in another shape (-1 is worked out)."""
    target = _completed(x.shape, tuple(shape))
    if target == x.shape:
        return x
    if _without_ones(target) == _without_ones(x.shape):
        return _regroup_ones(x, target)
    rank = len(target)
    bound = {rank + axis: size for axis, size in enumerate(x.shape)}
    equations = []
    for before, after in _same_entries(x.shape, target):
        there = _position({rank + axis: x.shape[axis] for axis in before})
        here = _position({axis: target[axis] for axis in after})
        equations.append(delta(indices.difference(here, there)))
    return contract(target, [(x, tuple(bound))], bound, equations)


def _same_entries(old: Shape, new: Shape) -> Iterator[tuple[range, range]]:
    """Yield the axes before and after that hold the same entries, as few as possible at a time.

    From (4, 6) to (2, 2, 3, 2) these are 4 to 2, 2 and 6 to 3, 2.
    """
    i = j = 0
    while i < len(old) or j < len(new):
        first, second = i, j
        before: Dim = 1
        after: Dim = 1
        while (first, second) == (i, j) or before != after:
            begun = (first, second) != (i, j)
            divides = not begun or j == len(new) or quotient(after, before) is not None
            fewer = i < len(old) and divides
            more = not begun or not fewer
            if fewer:
                before, i = before * old[i], i + 1
            if more and j < len(new):
                after, j = after * new[j], j + 1
        yield range(first, i), range(second, j)


def _without_ones(shape: Shape) -> Shape:
    return tuple(size for size in shape if size != 1)


def _regroup_ones(x: Poly, target: Shape) -> Poly:
    free = iter([axis for axis, size in enumerate(target) if size != 1])
    index = tuple(indices.constant(0) if size == 1 else next(free) for size in x.shape)
    return contract(target, [(x, index)])


def _completed(old: Shape, new: Shape) -> Shape:
    before: Dim = 1
    for size in old:
        before = size * before
    if new.count(-1) == 1:
        known: Dim = 1
        for size in new:
            known = known if size == -1 else size * known
        rest = quotient(before, known)
        if rest is None:
            raise UnknownLength(f"cannot work out -1 in reshaping {show(old)} to {show(new)}")
        return tuple(rest if size == -1 else size for size in new)
    after: Dim = 1
    for size in new:
        after = size * after
    if after != before:
        message = f"cannot reshape {show(old)} to {show(new)}: {before} and {after} entries"
        known = isinstance(before, int) and isinstance(after, int)
        raise ShapeFault(message) if known else UnknownLength(message)
    return new


def _position(sizes: dict[int, Dim]) -> Index:
    """Return the flat position of an entry: row-major order."""
    terms: dict[int, Dim] = {}
    stride: Dim = 1
    for label, size in reversed(sizes.items()):
        terms[label] = stride
        stride = size * stride
    return indices.combine(0, terms)


def half(value: Poly) -> Poly:
    """Return half of a tensor."""
    return scale(value, Fraction(1, 2))
