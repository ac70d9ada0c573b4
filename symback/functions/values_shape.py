"""Values of functions that make, rearrange and join arrays, and of einsum, in both arithmetics.

What is made from sizes alone is float64, which the exact arithmetic lifts to rationals.
"""

from __future__ import annotations

from math import prod

import numpy as np

from symback.errors import Diagnostic, InputError
from symback.functions.values_arrays import (
    Array,
    Operand,
    Setting,
    alike,
    array_of,
    axis_of,
    boxed,
    check_size,
    filled,
    integer,
    integers,
    is_exact,
    spend,
    stacked,
)


def sizes_of(shape: tuple[Setting, ...]) -> tuple[int, ...]:
    """Return a shape given as one tuple or as several integers."""
    return integers(shape[0]) if len(shape) == 1 else integers(shape)


def zeros(*shape: Setting) -> Array:
    """Array of zeros, `zeros(2, 3)` or `zeros((2, 3))`."""
    return filled(sizes_of(shape), 0)


def ones(*shape: Setting) -> Array:
    """Array of ones, `ones(2, 3)` or `ones((2, 3))`."""
    return filled(sizes_of(shape), 1)


def eye(n: Setting, m: Setting = None) -> Array:
    """Matrix of n rows, and m columns if given, with ones on the main diagonal."""
    rows = integer(n)
    columns = rows if m is None else integer(m)
    check_size((rows, columns))
    return np.eye(rows, columns)


def onehot(i: Setting, n: Setting) -> Array:
    """Vector of length n that is 1 at index i and 0 elsewhere; a row for each of several i."""
    length = integer(n)
    index = integers(i)
    check_size((len(index), length))
    rows = np.zeros((len(index), length))
    rows[np.arange(len(index)), index] = 1.0
    several = isinstance(i, list | tuple) or (isinstance(i, np.ndarray) and i.ndim > 0)
    return rows if several else rows[0]


def arange(start: Setting, stop: Setting = None, step: Setting = 1) -> Array:
    """Integers from 0 below `start`, or from `start` towards `stop`."""
    first, last = (0, integer(start)) if stop is None else (integer(start), integer(stop))
    numbers = range(first, last, integer(step))
    check_size((len(numbers),))
    return np.array(numbers, dtype=float)


def reshape(x: Operand, *shape: Setting) -> Array:
    """The entries in the same order in another shape; one size may be -1."""
    return array_of(x).reshape(sizes_of(shape))


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


def concat(arrays: Operand, axis: Setting = 0) -> Array:
    """Arrays joined along an axis that they have."""
    parts = alike([array_of(part) for part in arrays])
    check_size((sum(part.size for part in parts),))
    return np.concatenate(parts, axis=integer(axis))


def stack(arrays: Operand, axis: Setting = 0) -> Array:
    """Arrays of one shape joined along a new axis."""
    parts = [array_of(part) for part in arrays]
    check_size((sum(part.size for part in parts),))
    return stacked(parts, integer(axis))


def pad(x: Operand, width: Setting) -> Array:
    """Zeros before and after along each axis: `[(1, 1), (0, 2)]`, or one number for all sides."""
    x = array_of(x)
    sides = list(zip(x.shape, _widths(width, x.ndim), strict=True))
    result = filled(tuple(before + n + after for n, (before, after) in sides), 0, x)
    result[tuple(slice(before, before + n) for n, (before, _) in sides)] = x
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


def broadcast_to(x: Operand, *shape: Setting) -> Array:
    """Entries repeated along new axes in front and along axes of length 1."""
    sizes = sizes_of(shape)
    check_size(sizes)
    return np.broadcast_to(array_of(x), sizes)


def diag(x: Operand, k: Setting = 0) -> Array:
    """The k-th diagonal of a matrix, or the matrix with a vector on its k-th diagonal."""
    x, k = array_of(x), integer(k)
    if x.ndim == 2:
        return np.diagonal(x, k)
    if x.ndim != 1:
        raise InputError(Diagnostic("E403", f"`diag` cannot take shape {x.shape}"))
    size = len(x) + abs(k)
    result = filled((size, size), 0, x)
    rows = np.arange(len(x))
    result[rows + max(-k, 0), rows + max(k, 0)] = x
    return result


def tril(x: Operand, k: Setting = 0) -> Array:
    """The matrix on and below its k-th diagonal, 0 above."""
    x = array_of(x)
    return _masked(x, np.tri(x.shape[-2], x.shape[-1], integer(k), dtype=bool))


def triu(x: Operand, k: Setting = 0) -> Array:
    """The matrix on and above its k-th diagonal, 0 below."""
    x = array_of(x)
    return _masked(x, ~np.tri(x.shape[-2], x.shape[-1], integer(k) - 1, dtype=bool))


def _masked(x: Array, keep: Array) -> Array:
    return np.where(keep, x, filled((), 0, x))


def einsum(labels: str, *operands: Operand) -> Array:
    """Sum of products over the labels that are not in the result: `"ij,jk->ik"`.

    Letters may be repeated within an operand.
    Raises: InputError E406 for labels that do not fit the operands.
    """
    arrays = alike([array_of(x) for x in operands])
    labels = labels.replace(" ", "")
    sizes = _label_sizes(labels, arrays)
    result = labels.split("->")[-1]
    check_size(tuple(sizes[label] for label in result))
    spend(prod(sizes.values()))
    fast = not is_exact(arrays[0]) and len(arrays) > 1
    return boxed(np.einsum(labels, *arrays, optimize=fast))


def _label_sizes(labels: str, arrays: list[Array]) -> dict[str, int]:
    sides = labels.split("->")
    terms = sides[0].split(",")
    fits = len(sides) == 2 and [len(term) for term in terms] == [x.ndim for x in arrays]
    if not fits or not "".join(terms + sides[1:]).isalpha():
        message = f'the labels "{labels}" do not fit the operands'
        raise InputError(Diagnostic("E406", message, "one letter for each axis, and `->`"))
    sizes: dict[str, int] = {}
    for term, x in zip(terms, arrays, strict=True):
        for label, size in zip(term, x.shape, strict=True):
            if sizes.setdefault(label, size) != size:
                message = f"the label `{label}` has the sizes {sizes[label]} and {size}"
                raise InputError(Diagnostic("E403", message))
    if not set(sides[1]) <= set(sizes):
        raise InputError(Diagnostic("E406", f'"{labels}" has labels in the result alone'))
    return sizes
