"""Values of reductions along axes, in both arithmetics."""

from __future__ import annotations

from typing import Any

import numpy as np
from flint import fmpq

from symback.errors import Diagnostic, InputError
from symback.functions.values.arrays import (
    Array,
    Axis,
    Operand,
    Setting,
    array_of,
    axis_of,
    boxed,
    count_along,
    entrywise,
    filled,
    integer,
    is_exact,
    number_like,
    spend,
)
from symback.functions.values.entries import (
    Entry,
    Undefined,
    absolute,
    as_ball,
    divide,
    exp,
    larger,
    log,
    power,
    sign_of,
    smaller,
    sqrt,
)
from symback.functions.values.spectra import svdvals

_larger = np.frompyfunc(larger, 2, 1)
_smaller = np.frompyfunc(smaller, 2, 1)


def _folded(x: Array, step: Any, axis: Axis, keepdims: bool) -> Array:
    """Combine the entries along an axis by a binary ufunc, two at a time."""
    if axis is None and x.ndim != 1:
        flat = step.reduce(x.reshape(-1))
        return boxed(flat).reshape((1,) * x.ndim) if keepdims else boxed(flat)
    for k in _descending(x, axis):
        x = boxed(step.reduce(x, axis=k, keepdims=keepdims))
    return x


def _descending(x: Array, axis: Axis) -> list[int]:
    """Return the axes, all for None, the last one first."""
    if axis is None:
        return list(range(x.ndim))[::-1]
    axes = (axis,) if isinstance(axis, int) else axis
    if any(not -x.ndim <= k < x.ndim for k in axes):
        raise InputError(Diagnostic("E403", f"axis {axis} does not exist for {x.ndim} axes"))
    return sorted((k % x.ndim for k in axes), reverse=True)


def sum(x: Operand, axis: Setting = None, keepdims: bool = False) -> Array:
    """Sum of the entries along `axis`, an axis or several, or of all."""
    x, axis = array_of(x), axis_of(axis)
    spend(x.size)
    if is_exact(x) and not x.size:
        return filled(np.sum(np.zeros(x.shape), axis=axis, keepdims=keepdims).shape, 0, x)
    return boxed(np.sum(x, axis=axis, keepdims=keepdims))


def mean(x: Operand, axis: Setting = None, keepdims: bool = False) -> Array:
    """Arithmetic mean along `axis`; undefined without entries."""
    x = array_of(x)
    return quotient(sum(x, axis, keepdims), count_along(x, axis_of(axis)))


def quotient(x: Array, by: Operand) -> Array:
    """Divide entry by entry, in the arithmetic of `x`."""
    if not is_exact(x):
        return np.asarray(x / np.asarray(by, dtype=float))
    return entrywise(divide, x, boxed(fmpq(by)) if isinstance(by, int) else by)


def prod(x: Operand, axis: Setting = None, keepdims: bool = False) -> Array:
    """Product of the entries along `axis`."""
    x, axis = array_of(x), axis_of(axis)
    spend(x.size)
    if is_exact(x) and not x.size:
        return filled(np.sum(np.zeros(x.shape), axis=axis, keepdims=keepdims).shape, 1, x)
    return boxed(np.prod(x, axis=axis, keepdims=keepdims))


def max(x: Operand, axis: Setting = None, keepdims: bool = False) -> Array:
    """Largest entry along `axis`; a ball around the candidates where they cannot be told apart."""
    x, axis = array_of(x), axis_of(axis)
    spend(x.size)
    return _folded(x, _larger if is_exact(x) else np.maximum, axis, keepdims)


def min(x: Operand, axis: Setting = None, keepdims: bool = False) -> Array:
    """Smallest entry along `axis`."""
    x, axis = array_of(x), axis_of(axis)
    spend(x.size)
    return _folded(x, _smaller if is_exact(x) else np.minimum, axis, keepdims)


def var(x: Operand, axis: Setting = None, ddof: Setting = 0, keepdims: bool = False) -> Array:
    """Variance along `axis`: the sum of squared deviations by the count less `ddof`."""
    x = array_of(x)
    deviation = x - mean(x, axis, keepdims=True)
    count = boxed(number_like(count_along(x, axis_of(axis)), x) - number_like(ddof, x))
    return quotient(sum(deviation * deviation, axis, keepdims), count)


def std(x: Operand, axis: Setting = None, ddof: Setting = 0, keepdims: bool = False) -> Array:
    """Standard deviation along `axis`, the root of `var`."""
    return root(var(x, axis, ddof, keepdims))


def root(x: Array) -> Array:
    """Square root entry by entry."""
    return entrywise(sqrt, x) if is_exact(x) else np.sqrt(x)


def exponential(x: Array) -> Array:
    """Exponential entry by entry."""
    spend(10 * x.size)
    return entrywise(exp, x) if is_exact(x) else np.exp(x)


def logarithm(x: Array) -> Array:
    """Natural logarithm entry by entry."""
    spend(10 * x.size)
    return entrywise(log, x) if is_exact(x) else np.log(x)


def shift_of(x: Array, axis: Axis) -> Array:
    """Return numbers near the maxima along `axis`, to be subtracted before exponentials are taken.

    Any numbers give the right result; these keep the exponentials from overflowing.
    """
    if not is_exact(x):
        _descending(x, axis)
        largest = np.asarray(np.max(x, axis=axis, keepdims=True))
        return np.where(np.isfinite(largest), largest, 0.0)
    return _folded(x, _LARGER_MIDDLE, axis, keepdims=True)


def _larger_middle(a: Any, b: Any) -> Any:
    if isinstance(a, Undefined) or isinstance(b, Undefined):
        return a if isinstance(a, Undefined) else b
    return a if as_ball(a).mid() >= as_ball(b).mid() else b


_LARGER_MIDDLE = np.frompyfunc(_larger_middle, 2, 1)


def logsumexp(x: Operand, axis: Setting = None, keepdims: bool = False) -> Array:
    """Logarithm of the sum of exponentials along `axis`, without overflow."""
    x, axis = array_of(x), axis_of(axis)
    shift = shift_of(x, axis)
    total = logarithm(sum(exponential(boxed(x - shift)), axis, keepdims=True)) + shift
    total = boxed(total)
    if keepdims:
        return total
    return total.reshape(()) if axis is None else np.squeeze(total, axis)


def norm(x: Operand, ord: Setting = 2, axis: Setting = None, keepdims: bool = False) -> Array:
    """Norm along `axis`: `ord` is a number p, "inf", "-inf", "fro" (2), or "nuc" for a matrix.

    Without an axis it is that of all entries as one vector, except for "nuc".
    Raises: InputError E406 for another `ord`.
    """
    x = array_of(x)
    if isinstance(ord, str):
        return _named_norm(x, ord, axis, keepdims)
    return _power_norm(x, number_like(ord, x), axis, keepdims)


def _named_norm(x: Array, ord: str, axis: Setting, keepdims: bool) -> Array:
    if ord in ("inf", "-inf"):
        return (max if ord == "inf" else min)(magnitude(x), axis, keepdims)
    if ord == "nuc":
        return sum(svdvals(x))
    if ord == "fro":
        return _power_norm(x, number_like(2, x), axis, keepdims)
    raise InputError(Diagnostic("E406", f'there is no norm "{ord}"', 'use a number or "inf"'))


def magnitude(x: Array) -> Array:
    """Absolute value entry by entry."""
    return entrywise(absolute, x) if is_exact(x) else np.abs(x)


def _power_norm(x: Array, p: Any, axis: Setting, keepdims: bool) -> Array:
    if isinstance(p, Undefined) or p < 0:
        raise InputError(Diagnostic("E406", f"there is no norm of order {p}"))
    if p == 0:
        return sum(entrywise(_counted, x) if is_exact(x) else np.sign(x) ** 2, axis, keepdims)
    if p == 2:
        return root(sum(x * x, axis, keepdims))
    if p == 1:
        return sum(magnitude(x), axis, keepdims)
    if not is_exact(x):
        return np.asarray(sum(magnitude(x) ** p, axis, keepdims) ** (1 / p))
    powers = entrywise(lambda entry: power(absolute(entry), p), x)
    return entrywise(lambda entry: power(entry, divide(fmpq(1), p)), sum(powers, axis, keepdims))


def _counted(entry: Entry) -> Entry:
    """Return 1 for an entry other than 0."""
    return entry if isinstance(entry, Undefined) else fmpq(sign_of(entry) ** 2)


def cumsum(x: Operand, axis: Setting = None) -> Array:
    """Running sums along `axis`; of the flattened array for None."""
    return _running(np.add, array_of(x), axis)


def cumprod(x: Operand, axis: Setting = None) -> Array:
    """Running products along `axis`; of the flattened array for None."""
    return _running(np.multiply, array_of(x), axis)


def _running(step: np.ufunc, x: Array, axis: Setting) -> Array:
    spend(x.size)
    return step.accumulate(x.reshape(-1) if axis is None else x, axis=integer(axis or 0))
