"""Index forms of rearrangements: slices, joins, padding, shifts and convolutions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from types import EllipsisType
from typing import Any, TypeAlias

from symback.functions.forms.entries import Axes, ShapeFault, UnknownLength, axes_of, ravel, reshape
from symback.tensor import indices
from symback.tensor.algebra import broadcast, contract
from symback.tensor.dims import Dim, NamedDim, Shape, show
from symback.tensor.indices import Index
from symback.tensor.poly import Poly, add, zero
from symback.tensor.ranges import not_negative


@dataclass(frozen=True, slots=True)
class Range:
    """A slice of one axis: `start:stop:step`, None where left out."""

    start: Dim | None = None
    stop: Dim | None = None
    step: int | None = None


#: One item of a subscript.
Item: TypeAlias = Dim | Range | EllipsisType | None


def subscript(x: Poly, items: Sequence[Item]) -> Poly:
    """Return `x[items]`: a length picks an entry, None adds an axis, a `Range` slices.

    Dots stand for all axes that no other item is about.
    Raises: ShapeFault for too many items, an index outside its axis, a step of 0.
    """
    items = _without_dots(items, len(x.shape))
    if sum(item is not None for item in items) > len(x.shape):
        hint = f"write at most {len(x.shape)}" if x.shape else "a scalar has no entries"
        raise ShapeFault(f"too many indices for shape {show(x.shape)}", hint)
    shape: list[Dim] = []
    index: list[Index] = []
    for item in items:
        if item is None:
            shape.append(1)
        elif isinstance(item, Range):
            size = x.shape[len(index)]
            start, step, length = _sliced(item, size)
            index.append(indices.combine(start, {len(shape): step}))
            shape.append(length)
        else:
            index.append(_picked(item, x.shape[len(index)]))
    for size in x.shape[len(index) :]:
        index.append(len(shape))
        shape.append(size)
    return contract(tuple(shape), [(x, tuple(index))])


def _without_dots(items: Sequence[Item], rank: int) -> list[Dim | Range | None]:
    plain = [item for item in items if not isinstance(item, EllipsisType)]
    if len(plain) == len(items):
        return plain
    if len(plain) < len(items) - 1:
        raise ShapeFault("a subscript has more than one `...`", "write `:` for one axis")
    rest = rank - sum(item is not None for item in plain)
    place = next(k for k, item in enumerate(items) if isinstance(item, EllipsisType))
    return [*plain[:place], *[Range()] * rest, *plain[place:]]


def _picked(item: Dim, size: Dim) -> Index:
    """Return the place of an entry, counted from the end where it is certainly negative."""
    if not_negative(-1 - item):
        item = size + item
    if not_negative(-1 - item) or not_negative(item - size):
        last, beyond = size - 1, size
        hint = f"the last is `[{last}]`, or `[{beyond}]` under `index_base: 1`"
        raise ShapeFault(f"this index is outside an axis of length {size}", hint)
    return indices.constant(item)


def _sliced(item: Range, size: Dim) -> tuple[Dim, int, Dim]:
    """Return start, step and length of a slice of an axis."""
    step = 1 if item.step is None else item.step
    if step == 0:
        raise ShapeFault("a slice cannot have step 0")
    if isinstance(size, int) and all(not isinstance(x, NamedDim) for x in (item.start, item.stop)):
        found = range(*slice(item.start, item.stop, step).indices(size))
        return (found.start if len(found) else 0), step, len(found)
    first: Dim = 0 if step > 0 else size - 1
    start = first if item.start is None else _from_end(item.start, size)
    if step == -1 and item.stop is None:
        return start, step, start + 1
    stop = size if item.stop is None else _from_end(item.stop, size)
    if step == 1:
        return start, step, stop - start
    raise UnknownLength(f"a slice with step {step} needs an axis of known length, not {size}")


def _from_end(value: Dim, size: Dim) -> Dim:
    return size + value if indices.is_negative(value) else value


def transpose(x: Poly, axes: Sequence[int] | None = None) -> Poly:
    """Return `x` with its axes in another order, reversed if none is given."""
    rank = len(x.shape)
    wanted = tuple(reversed(range(rank))) if axes is None else tuple(axes)
    order = tuple(rank + axis if axis < 0 else axis for axis in wanted)
    if sorted(order) != list(range(rank)):
        raise ShapeFault(f"{wanted} is not an order of {rank} axes")
    place = {axis: new for new, axis in enumerate(order)}
    shape = tuple(x.shape[axis] for axis in order)
    return contract(shape, [(x, tuple(place[axis] for axis in range(rank)))])


def flip(x: Poly, axis: int | Sequence[int] | None = None) -> Poly:
    """Return `x` with the entries along `axis` in reverse order."""
    flipped = axes_of(axis, len(x.shape))
    index = tuple(
        indices.combine(size - 1, {place: -1}) if place in flipped else place
        for place, size in enumerate(x.shape)
    )
    return contract(x.shape, [(x, index)])


def roll(x: Poly, shift: int | Sequence[int], axis: Axes = None) -> Poly:
    """Return `x` with the entries moved by `shift` along `axis`, the last ones coming first.

    Without an axis the rows are moved as one, put after each other.
    """
    if axis is None and len(x.shape) != 1:
        return reshape(roll(ravel(x), shift), x.shape)
    places = [0] if axis is None else [axis] if isinstance(axis, int) else [*axis]
    shifts = [shift] if isinstance(shift, int) else [*shift]
    if len(shifts) != len(places) and 1 not in (len(shifts), len(places)):
        raise ShapeFault(f"`roll` needs one axis for each of its {len(shifts)} shifts")
    pairs = zip_longest(shifts, places, fillvalue=None)
    for moved, place in pairs:
        (found,) = axes_of(places[0] if place is None else place, len(x.shape))
        x = _rolled(x, shifts[0] if moved is None else moved, found)
    return x


def _rolled(x: Poly, shift: int, place: int) -> Poly:
    size = x.shape[place]
    if size == 0:
        return x
    moved = shift % size if isinstance(size, int) else shift
    parts = []
    for offset in (-moved, size - moved if moved >= 0 else -moved - size):
        index: list[Index] = list(range(len(x.shape)))
        index[place] = indices.shift(place, offset)
        parts.append(contract(x.shape, [(x, tuple(index))]))
    return parts[0] if moved == 0 else add(parts)


def concat(parts: Sequence[Poly], axis: int = 0) -> Poly:
    """Return tensors joined along `axis`."""
    (place,) = axes_of(axis, len(parts[0].shape))
    others = {x.shape[:place] + x.shape[place + 1 :] for x in parts}
    if len(others) > 1:
        shown = ", ".join(show(x.shape) for x in parts)
        raise ShapeFault(f"`concat` cannot join {shown} along axis {axis}")
    size: Dim = 0
    for x in parts:
        size = x.shape[place] + size
    shape = (*parts[0].shape[:place], size, *parts[0].shape[place + 1 :])
    start: Dim = 0
    pieces = []
    for x in parts:
        index: list[Index] = list(range(len(shape)))
        index[place] = indices.shift(place, -start)
        pieces.append(contract(shape, [(x, tuple(index))]))
        start = x.shape[place] + start
    return add(pieces)


def stack(parts: Sequence[Poly], axis: int = 0) -> Poly:
    """Return tensors of one shape side by side along a new axis."""
    rank = len(parts[0].shape) + 1
    (place,) = axes_of(axis, rank)
    shapes = {x.shape for x in parts}
    if len(shapes) > 1:
        shown = ", ".join(show(x.shape) for x in parts)
        raise ShapeFault(f"the members of a list differ in shape: {shown}")
    wider = [
        contract(
            (*x.shape[:place], 1, *x.shape[place:]),
            [(x, tuple(k + (k >= place) for k in range(rank - 1)))],
        )
        for x in parts
    ]
    return concat(wider, place)


def pad(x: Poly, width: Dim | Sequence[Dim | Sequence[Dim]]) -> Poly:
    """Return `x` with zeros before and after along each axis; one width or pair is for all."""
    pairs = _pairs(width)
    pairs = pairs * len(x.shape) if len(pairs) == 1 else pairs
    if len(pairs) != len(x.shape):
        raise ShapeFault(f"`pad` needs one (before, after) for each axis of {show(x.shape)}")
    shape = tuple(size + sum(pair) for size, pair in zip(x.shape, pairs, strict=True))
    index = tuple(indices.shift(axis, -pair[0]) for axis, pair in enumerate(pairs))
    return contract(shape, [(x, index)])


def _pairs(width: Dim | Sequence[Dim | Sequence[Dim]]) -> list[tuple[Dim, Dim]]:
    """Return widths as pairs: of 2 and (2,) both are 2, of (1, 2) they are 1 and 2."""
    if not isinstance(width, Sequence):
        return [(width, width)]
    if any(isinstance(part, Sequence) for part in width):
        return [_pairs(part)[0] for part in width]
    ends = [part for part in width if not isinstance(part, Sequence)]
    return [(ends[0], ends[-1])]


def broadcast_to(x: Poly, shape: Shape | Dim) -> Poly:
    """Return `x` widened to `shape`."""
    shape = shape if isinstance(shape, tuple) else (shape,)
    lead = len(shape) - len(x.shape)
    if lead < 0 or any(a not in (1, b) for a, b in zip(x.shape, shape[lead:], strict=True)):
        raise ShapeFault(f"cannot broadcast {show(x.shape)} to {show(shape)}")
    return broadcast(x, shape)


def convolution(
    x: Poly, w: Poly, stride: int | Sequence[int], padding: int | Sequence[int], axes: int
) -> Poly:
    """Return the valid cross-correlation over the last `axes` axes.

    Shapes: (L) with (K), or (N, C, L) with (O, C, K), and likewise for more axes.
    """
    plain = len(x.shape) == axes and len(w.shape) == axes
    if not plain and (len(x.shape) != axes + 2 or len(w.shape) != axes + 2):
        raise ShapeFault(f"`conv{axes}d` cannot combine {show(x.shape)} with {show(w.shape)}")
    if not plain and x.shape[1] != w.shape[1]:
        message = f"`conv{axes}d` needs as many channels in {show(x.shape)} as in {show(w.shape)}"
        raise ShapeFault(message)
    strides = (stride,) * axes if isinstance(stride, int) else tuple(stride)
    paddings = (padding,) * axes if isinstance(padding, int) else tuple(padding)
    sides = [
        _out_length(size, kernel, step, wide)
        for size, kernel, step, wide in zip(
            x.shape[-axes:], w.shape[-axes:], strides, paddings, strict=True
        )
    ]
    lead: Shape = () if plain else (x.shape[0], w.shape[0])
    shape = (*lead, *sides)
    rank = len(shape)
    taps = tuple(range(rank, rank + axes))
    bound = dict(zip(taps, w.shape[-axes:], strict=True))
    moved = tuple(
        indices.combine(-wide, {len(lead) + k: step, taps[k]: 1})
        for k, (step, wide) in enumerate(zip(strides, paddings, strict=True))
    )
    if plain:
        return contract(shape, [(x, moved), (w, taps)], bound)
    channel = rank + axes
    bound[channel] = x.shape[1]
    return contract(shape, [(x, (0, channel, *moved)), (w, (1, channel, *taps))], bound)


def _out_length(size: Dim, kernel: Dim, stride: int, padding: int) -> Dim:
    span = size + 2 * padding - kernel
    if stride == 1:
        return span + 1
    if not isinstance(span, int):
        raise UnknownLength(f"a stride of {stride} needs axes of known length, not {size}")
    return span // stride + 1


def embedding(table: Poly, index: Dim | Sequence[Any]) -> Poly:
    """Return the rows of `table` that `index`, a place or lists of places, names."""
    if not isinstance(index, Sequence):
        return subscript(table, [index])
    rows = [embedding(table, one) for one in index]
    return stack(rows) if rows else zero((0, *table.shape[1:]))
