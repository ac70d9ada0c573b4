"""Values of arrays made from sizes, of diagonals and triangles, and of einsum.

What is made from sizes alone is float64, which the exact arithmetic lifts to rationals.
"""

from __future__ import annotations

from math import prod

import numpy as np

from symback.errors import Diagnostic, InputError
from symback.functions.dots import without_dots
from symback.functions.values.arrays import (
    Array,
    Operand,
    Setting,
    alike,
    array_of,
    boxed,
    check_size,
    filled,
    integer,
    integers,
    is_exact,
    spend,
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


def eye(n: Setting, m: Setting = None, k: Setting = 0) -> Array:
    """Matrix of n rows, and m columns if given, with ones on the k-th diagonal."""
    rows = integer(n)
    columns = rows if m is None else integer(m)
    check_size((rows, columns))
    return np.eye(rows, columns, integer(k))


def onehot(i: Setting, n: Setting) -> Array:
    """Vector of length n that is 1 at index i and 0 elsewhere; a row for each of several i."""
    length = integer(n)
    index = integers(i)
    check_size((len(index), length))
    rows = np.zeros((len(index), length))
    rows[np.arange(len(index)), index] = 1.0
    several = isinstance(i, list | tuple) or (isinstance(i, np.ndarray) and i.ndim > 0)
    return rows if several else rows[0]


def arange(n: Setting, stop: Setting = None, step: Setting = 1) -> Array:
    """Integers from 0 below `n`, or from `n` towards `stop`."""
    first, last = (0, integer(n)) if stop is None else (integer(n), integer(stop))
    numbers = range(first, last, integer(step))
    check_size((len(numbers),))
    return np.array(numbers, dtype=float)


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


def tril(A: Operand, k: Setting = 0) -> Array:
    """The matrix on and below its k-th diagonal, 0 above."""
    x = array_of(A)
    return _masked(x, np.tri(x.shape[-2], x.shape[-1], integer(k), dtype=bool))


def triu(A: Operand, k: Setting = 0) -> Array:
    """The matrix on and above its k-th diagonal, 0 below."""
    x = array_of(A)
    return _masked(x, ~np.tri(x.shape[-2], x.shape[-1], integer(k) - 1, dtype=bool))


def _masked(x: Array, keep: Array) -> Array:
    return np.where(keep, x, filled((), 0, x))


def einsum(spec: str, *operands: Operand) -> Array:
    """Sum of products over the labels that are not in the result: `"ij,jk->ik"`.

    Letters may be repeated within an operand; axes under `...` are broadcast.
    Raises: InputError E406 for labels that do not fit the operands.
    """
    if not isinstance(spec, str) or not operands:
        raise InputError(Diagnostic("E406", "`einsum` takes labels in quotes, then operands"))
    arrays = alike([array_of(x) for x in operands])
    labels, spread = without_dots(spec, [x.ndim for x in arrays])
    sizes = _label_sizes(labels, arrays, spread)
    result = labels.split("->")[-1]
    check_size(tuple(sizes[label] for label in result))
    spend(prod(sizes.values()))
    fast = not is_exact(arrays[0]) and len(arrays) > 1
    return boxed(np.einsum(labels, *arrays, optimize=fast))


def _label_sizes(labels: str, arrays: list[Array], spread: str) -> dict[str, int]:
    sides = labels.split("->")
    terms = sides[0].split(",")
    fits = len(sides) == 2 and [len(term) for term in terms] == [x.ndim for x in arrays]
    if not fits or not "".join(terms + sides[1:]).isalpha():
        message = f'the labels "{labels}" do not fit the operands'
        raise InputError(Diagnostic("E406", message, "one letter for each axis, and `->`"))
    sizes: dict[str, int] = {}
    for term, x in zip(terms, arrays, strict=True):
        for label, size in zip(term, x.shape, strict=True):
            known = sizes.setdefault(label, size)
            if label in spread and 1 in (known, size):
                sizes[label] = size if known == 1 else known
            elif known != size:
                message = f"the label `{label}` has the sizes {known} and {size}"
                raise InputError(Diagnostic("E403", message))
    if not set(sides[1]) <= set(sizes):
        raise InputError(Diagnostic("E406", f'"{labels}" has labels in the result alone'))
    return sizes
