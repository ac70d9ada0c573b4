"""Values of functions that rearrange and join arrays, in both arithmetics."""

from __future__ import annotations

import numpy as np

from symback.errors import Diagnostic, InputError
from symback.functions.values.arrays import (
    Array,
    Operand,
    Setting,
    alike,
    array_of,
    axis_of,
    check_size,
    filled,
    integer,
    integers,
    stacked,
)


def reshape(x: Operand, shape: Setting) -> Array:
    """The entries in the same order in another shape; one size may be -1."""
    return array_of(x).reshape(integers(shape))


def transpose(x: Operand, axes: Setting = None) -> Array:
    """Axes in another order; reversed if none is given."""
    return np.transpose(array_of(x), None if axes is None else integers(axes))


def flip(x: Operand, axis: Setting = None) -> Array:
    """Entries in reverse order along an axis, several, or all."""
    return np.flip(array_of(x), axis_of(axis))


def roll(x: Operand, shift: Setting, axis: Setting = None) -> Array:
    """Entries shifted circularly along an axis, or in the flattened order."""
    steps = integers(shift)
    return np.roll(array_of(x), steps if len(steps) > 1 else steps[0], axis_of(axis))


def concat(parts: Operand, axis: Setting = 0) -> Array:
    """Arrays joined along an axis that they have."""
    arrays = alike([array_of(part) for part in parts])
    check_size((sum(x.size for x in arrays),))
    return np.concatenate(arrays, axis=integer(axis))


def stack(parts: Operand, axis: Setting = 0) -> Array:
    """Arrays of one shape joined along a new axis."""
    arrays = [array_of(part) for part in parts]
    check_size((sum(x.size for x in arrays),))
    return stacked(arrays, integer(axis))


def pad(x: Operand, width: Setting) -> Array:
    """Zeros before and after along each axis: `[(1, 1), (0, 2)]`, or one number for all sides."""
    inner: Array = array_of(x)
    sides = list(zip(inner.shape, _widths(width, inner.ndim), strict=True))
    if not sides:
        return inner
    result = filled(tuple(before + n + after for n, (before, after) in sides), 0, inner)
    result[tuple(slice(before, before + n) for n, (before, _) in sides)] = inner
    return result


def _widths(width: Setting, ndim: int) -> list[tuple[int, int]]:
    """Return a pair of widths for each axis, from a number, a pair, or a list of pairs."""
    if isinstance(width, np.ndarray):
        width = width.tolist()
    nested = isinstance(width, list | tuple) and any(
        isinstance(part, list | tuple) or (isinstance(part, np.ndarray) and part.ndim)
        for part in width
    )
    pairs = [integers(part) for part in width] if nested else [integers(width)] * ndim
    if len(pairs) == 1:
        pairs = pairs * ndim
    pairs = [pair * 2 if len(pair) == 1 else pair for pair in pairs]
    if len(pairs) != ndim or any(len(pair) != 2 or min(pair) < 0 for pair in pairs):
        raise InputError(Diagnostic("E406", "`pad` takes a pair of widths for every axis"))
    return [(pair[0], pair[1]) for pair in pairs]


def broadcast_to(x: Operand, shape: Setting) -> Array:
    """Entries repeated along new axes in front and along axes of length 1."""
    sizes = integers(shape)
    check_size(sizes)
    return np.broadcast_to(array_of(x), sizes)
