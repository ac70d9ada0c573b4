"""Pooling: the largest entry or the mean of windows, which may overlap and reach into padding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

from symback.functions import reductions
from symback.functions.forms import entries as forms
from symback.functions.forms.entries import ShapeFault, UnknownLength
from symback.functions.forms.primitives import primitive
from symback.tensor import elementwise, indices
from symback.tensor.algebra import contract
from symback.tensor.dims import Shape, show
from symback.tensor.poly import Atom, Poly, scale, within
from symback.tensor.powers import power


@dataclass(frozen=True, slots=True)
class Windows:
    """Where the windows of an array of `shape` lie, one number for each of its last axes."""

    shape: Shape
    sides: tuple[int, ...]
    strides: tuple[int, ...]
    paddings: tuple[int, ...]

    @property
    def lead(self) -> int:
        """How many axes are not pooled."""
        return len(self.shape) - len(self.sides)

    @property
    def tile(self) -> bool:
        """Tell whether the windows lie side by side, without padding."""
        return self.strides == self.sides and not any(self.paddings)

    @property
    def counts(self) -> tuple[int, ...]:
        """How many windows there are along each axis that is pooled."""
        found = []
        for axis, size in enumerate(self.shape[self.lead :]):
            if not isinstance(size, int):
                raise UnknownLength(f"pooling needs axes of known length, not {size}")
            room = size + 2 * self.paddings[axis] - self.sides[axis]
            if room < 0 and not self.tile:
                message = f"a window {self.sides} does not fit shape {show(self.shape)}"
                raise ShapeFault(message)
            found.append(max(room // self.strides[axis] + 1, 0))
        return tuple(found)

    def place(self, window: int, inner: int) -> tuple[indices.Index, ...]:
        """Return where cell `inner` of window `window` is read, both the first of their labels."""
        return tuple(
            indices.combine(-margin, {window + axis: step, inner + axis: 1})
            for axis, (step, margin) in enumerate(zip(self.strides, self.paddings, strict=True))
        )


def windows_of(shape: Shape, k: Any, stride: Any, padding: Any) -> Windows:
    """Return the windows that the settings of a pool describe; a number is for the last two axes.

    Raises: ShapeFault for settings that do not fit the shape or each other.
    """
    sides = tuple(k) if isinstance(k, Sequence) else (k,) * max(1, min(len(shape), 2))
    axes = len(sides)
    strides = sides if stride is None else _each(stride, axes, "stride")
    paddings = _each(padding, axes, "padding")
    if axes > len(shape):
        raise ShapeFault(f"a window {sides} does not fit shape {show(shape)}")
    if any(2 * margin > side for margin, side in zip(paddings, sides, strict=True)):
        raise ShapeFault(f"padding {padding} is more than half of a window {sides}")
    return Windows(shape, sides, strides, paddings)


def _each(value: Any, axes: int, name: str) -> tuple[int, ...]:
    found = tuple(value) if isinstance(value, Sequence) else (value,)
    if len(found) not in (1, axes):
        raise ShapeFault(f"`{name}` needs one number, or one for each of {axes} axes")
    return found if len(found) == axes else found * axes


def _whole(value: Any) -> Any:
    """Return a setting with integers for exact numbers."""
    if isinstance(value, Sequence):
        return tuple(map(int, value))
    return None if value is None else int(value)


def average(x: Poly, k: Any, stride: Any = None, padding: Any = 0) -> Poly:
    """Return the mean of each window, in which padding counts as zeros."""
    found = windows_of(x.shape, k, stride, padding)
    pieces, inner = _pieces(x, found)
    if found.tile:
        return forms.mean(pieces, inner)
    return scale(forms.total(pieces, inner), Fraction(1, prod(found.sides)))


def largest(x: Poly, k: Any, stride: Any = None, padding: Any = 0) -> Poly:
    """Return the largest entry of each window, padding left out."""
    found = windows_of(x.shape, k, stride, padding)
    if found.tile:
        return reductions.largest(*_pieces(x, found))
    settings = {"k": k, "stride": stride, "padding": padding}
    return primitive("max_pool", (*x.shape[: found.lead], *found.counts), (x,), **settings)


def _pieces(x: Poly, found: Windows) -> tuple[Poly, tuple[int, ...]]:
    """Return the windows, with further axes for their cells."""
    rank = len(x.shape)
    shape = (*x.shape[: found.lead], *found.counts, *found.sides)
    index = (*range(found.lead), *found.place(found.lead, rank))
    return contract(shape, [(x, index)]), tuple(range(rank, len(shape)))


def to_the_largest(node: Atom, out: Poly, cotangent: Poly, guarded: bool) -> Poly:
    """Return the cotangent of x: that of each window for its largest entry.

    Entries of a window that share its maximum share the cotangent, where that is asked for.
    """
    (x,), settings = node.args, dict(node.params)
    found = windows_of(x.shape, settings["k"], settings["stride"], settings["padding"])
    hits = _hits(x, out, found)
    extra, rank = len(cotangent.shape) - len(node.shape), len(x.shape)
    lead = tuple(range(extra, extra + found.lead))
    entry = tuple(range(extra, extra + rank))
    window = tuple(range(extra + rank, extra + len(hits.shape)))
    parts = [(cotangent, (*range(extra), *lead, *window)), (hits, (*entry, *window))]
    if guarded:
        parts.append((power(_totals(hits, found), -1), (*lead, *window)))
    shape = (*cotangent.shape[:extra], *x.shape)
    return contract(shape, parts, dict(zip(window, found.counts, strict=True)))


def _hits(x: Poly, out: Poly, found: Windows) -> Poly:
    """Return [x[entry] = out[window]] for entries of a window; axes of entries come first."""
    rank, axes = len(x.shape), len(found.sides)
    shape = (*x.shape, *found.counts)
    window = tuple(range(rank, rank + axes))
    left = contract(shape, [(x, tuple(range(rank)))])
    right = contract(shape, [(out, (*range(found.lead), *window))])
    inside = [
        within(indices.combine(margin, {found.lead + n: 1, rank + n: -step}), side)
        for n, (side, step, margin) in enumerate(
            zip(found.sides, found.strides, found.paddings, strict=True)
        )
    ]
    same = elementwise.compare("eq", left, right)
    return contract(shape, [(same, tuple(range(len(shape))))], {}, inside)


def _totals(hits: Poly, found: Windows) -> Poly:
    """Return how many entries of each window are its maximum."""
    rank, axes = len(found.shape), len(found.sides)
    entries = range(rank, rank + axes)
    index = (*range(found.lead), *entries, *range(found.lead, found.lead + axes))
    shape = (*found.shape[: found.lead], *found.counts)
    return contract(
        shape, [(hits, index)], dict(zip(entries, found.shape[found.lead :], strict=True))
    )


def shared_maximum(settings: Mapping[str, Any]) -> str:
    """Return the condition that a window has its maximum twice, cell by cell of the windows."""
    shape = tuple(map(int, settings["x"].shape))
    found = windows_of(shape, *(_whole(settings[key]) for key in ("k", "stride", "padding")))
    lifted = "x - min(x) + 1"  # positive, so that no zero of the padding is a maximum
    widths = [(0, 0)] * found.lead + [(m, m) for m in found.paddings]
    padded = f"pad({lifted}, {widths})" if any(found.paddings) else f"({lifted})"
    sizes = zip(found.counts, found.strides, strict=True)
    ends = [step * (count - 1) + 1 for count, step in sizes]
    cells = []
    for cell in product(*map(range, found.sides)):
        spans = [
            f"{first}:{first + end}:{step}"
            for first, end, step in zip(cell, ends, found.strides, strict=True)
        ]
        items = ", ".join([":"] * found.lead + spans)
        cells.append(f"({padded}[{items}] == out - min(x) + 1)")
    return f"{' + '.join(cells)} > 1"
