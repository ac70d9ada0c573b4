"""Values of layers and losses, as PyTorch has them, in both arithmetics."""

from __future__ import annotations

from collections.abc import Callable
from math import prod

import numpy as np
from flint import fmpq

from symback.errors import Diagnostic, InputError
from symback.functions.values import reductions
from symback.functions.values.arrays import (
    Array,
    Operand,
    Setting,
    alike,
    array_of,
    axis_of,
    boxed,
    check_size,
    entrywise,
    integer,
    integers,
    is_exact,
    number_like,
    spend,
)
from symback.functions.values.entries import Entry, log
from symback.functions.values.matrices import pair
from symback.functions.values.reductions import (
    exponential,
    logsumexp,
    mean,
    quotient,
    root,
    shift_of,
    var,
)
from symback.functions.values.shape import pad

#: Added to variances before their root is taken, PyTorch's default.
EPSILON = fmpq(1, 100_000)
HALF = fmpq(1, 2)


def softmax(x: Operand, axis: Setting = -1) -> Array:
    """Exponentials along an axis or several, divided by their sum."""
    x, axis = array_of(x), axis_of(axis)
    powers = exponential(boxed(x - shift_of(x, axis)))
    return quotient(powers, reductions.sum(powers, axis, keepdims=True))


def log_softmax(x: Operand, axis: Setting = -1) -> Array:
    """Logarithm of softmax, without loss where that is tiny."""
    x = array_of(x)
    return boxed(x - logsumexp(x, axis, keepdims=True))


def cross_entropy(z: Operand, t: Operand) -> Array:
    """Mean over rows of -sum(t * log_softmax(z)), z logits and t probabilities.

    Shapes: both (classes,) or (..., classes).
    """
    z, t = pair(z, t)
    return boxed(-mean(reductions.sum(t * log_softmax(z), -1)))


def binary_cross_entropy(y: Operand, t: Operand) -> Array:
    """Mean of -(t log y + (1 - t) log(1 - y)), where 0 log 0 is 0."""
    y, t = pair(y, t)
    return boxed(-mean(boxed(_times_log(t, y) + _times_log(1 - t, 1 - y))))


def _times_log(weight: Array, x: Array) -> Array:
    """Return weight * log(x), and 0 where the weight is 0."""
    weight, x = np.broadcast_arrays(boxed(weight), boxed(x))
    spend(10 * weight.size)
    if is_exact(x):
        return entrywise(_entry_times_log, weight, x)
    return np.where(weight == 0, 0.0, weight * np.log(np.where(weight == 0, 1.0, x)))


def _entry_times_log(weight: Entry, x: Entry) -> Entry:
    return weight if isinstance(weight, fmpq) and weight == 0 else weight * log(x)


def mse(y: Operand, t: Operand) -> Array:
    """Mean of the squared differences."""
    y, t = pair(y, t)
    return mean((y - t) ** 2 if not is_exact(y) else boxed((y - t) * (y - t)))


def layer_norm(x: Operand, gamma: Operand = 1, beta: Operand = 0, eps: Setting = EPSILON) -> Array:
    """gamma * (x - mean)/sqrt(var + eps) + beta, with mean and variance over the last axis."""
    return _normalised(x, gamma, beta, eps, -1)


def batch_norm(x: Operand, gamma: Operand = 1, beta: Operand = 0, eps: Setting = EPSILON) -> Array:
    """gamma * (x - mean)/sqrt(var + eps) + beta, with mean and variance over the first axis."""
    return _normalised(x, gamma, beta, eps, 0)


def _normalised(x: Operand, gamma: Operand, beta: Operand, eps: Setting, axis: int) -> Array:
    x, gamma, beta = alike([array_of(x), array_of(gamma), array_of(beta)])
    spread = root(boxed(var(x, axis, keepdims=True) + boxed(number_like(eps, x))))
    return boxed(gamma * quotient(x - mean(x, axis, keepdims=True), spread) + beta)


def conv1d(x: Operand, w: Operand, stride: Setting = 1, padding: Setting = 0) -> Array:
    """Valid cross-correlation along the last axis.

    Shapes: x (L,), w (K,) -> (M,); x (N, C, L), w (O, C, K) -> (N, O, M).
    """
    return _convolved(x, w, stride, padding, 1)


def conv2d(x: Operand, w: Operand, stride: Setting = 1, padding: Setting = 0) -> Array:
    """Valid cross-correlation along the last two axes; stride and padding may be pairs.

    Shapes: x (H, W), w (K, L) -> (P, Q); x (N, C, H, W), w (O, C, K, L) -> (N, O, P, Q).
    """
    return _convolved(x, w, stride, padding, 2)


def _convolved(x: Operand, w: Operand, stride: Setting, padding: Setting, axes: int) -> Array:
    x, w = pair(x, w)
    if x.ndim == axes == w.ndim:
        whole = _convolved(x[None, None], w[None, None], stride, padding, axes)
        return np.asarray(whole[0, 0])
    if x.ndim != axes + 2 or w.ndim != axes + 2 or x.shape[1] != w.shape[1]:
        message = f"`conv{axes}d` cannot take shapes {x.shape} and {w.shape}"
        raise InputError(Diagnostic("E403", message))
    steps, margins = per_axis(stride, axes), per_axis(padding, axes)
    x = pad(x, [(0, 0), (0, 0), *((margin, margin) for margin in margins)])
    windows = windows_of(x, w.shape[2:], steps)
    inner = tuple(range(2 + axes, 2 + 2 * axes))
    spend(windows.size * len(w))
    check_size((windows.size // max(1, prod(w.shape[1:])), len(w)))
    product = np.tensordot(windows, w, axes=((1, *inner), tuple(range(1, 2 + axes))))
    return np.asarray(np.moveaxis(product, -1, 1))


def per_axis(setting: Setting, axes: int) -> tuple[int, ...]:
    """Return one integer for each axis from a single one or a tuple.

    Raises: InputError E406 for another number of integers.
    """
    values = integers(setting)
    if len(values) not in (1, axes):
        raise InputError(Diagnostic("E406", f"expected one integer or {axes}"))
    return values if len(values) == axes else values * axes


def windows_of(x: Array, size: tuple[int, ...], steps: tuple[int, ...]) -> Array:
    """Return a view of all windows of `size` on the last axes, every `steps` entries.

    Shapes: (..., H, W) -> (..., P, Q, K, L).
    """
    axes = tuple(range(x.ndim - len(size), x.ndim))
    fits = min(axes) >= 0 and min(steps) >= 1
    if not fits or any(x.shape[axis] < n for axis, n in zip(axes, size, strict=True)):
        message = f"windows of {size} every {steps} do not fit into shape {x.shape}"
        raise InputError(Diagnostic("E403", message))
    windows = np.lib.stride_tricks.sliding_window_view(x, size, axes)
    every = tuple(slice(None, None, n) for n in steps)
    return np.asarray(windows[(slice(None),) * axes[0] + every])


def max_pool(x: Operand, k: Setting, stride: Setting = None, padding: Setting = 0) -> Array:
    """Largest entry of each window; padding is never the largest."""
    # An entry on the edge repeated in its padding leaves the maximum of its windows as it is.
    return reductions.max(*_pooled(x, k, stride, padding, _at_the_edge))


def avg_pool(x: Operand, k: Setting, stride: Setting = None, padding: Setting = 0) -> Array:
    """Mean of each window, in which padding counts as zeros."""
    return mean(*_pooled(x, k, stride, padding, pad))


def _at_the_edge(x: Array, widths: list[tuple[int, int]]) -> Array:
    return np.asarray(np.pad(x, widths, mode="edge"))


def _pooled(
    x: Operand,
    k: Setting,
    stride: Setting,
    padding: Setting,
    widened: Callable[[Array, list[tuple[int, int]]], Array],
) -> tuple[Array, tuple[int, ...]]:
    """Return the windows of side k, every `stride` entries, and the axes within a window.

    Shapes: (L,) has windows of k entries, (..., H, W) of k times k or of a pair k.
    """
    x, sizes = array_of(x), integers(k)
    count = len(sizes) if np.ndim(k) else min(max(x.ndim, 1), 2)
    sizes = per_axis(sizes, count)
    steps = sizes if stride is None else per_axis(stride, count)
    margins = per_axis(padding, count)
    if any(2 * margin > side for margin, side in zip(margins, sizes, strict=True)):
        raise InputError(Diagnostic("E406", "padding is at most half of a window"))
    if any(margins):
        widths = [(0, 0)] * (x.ndim - count) + [(margin, margin) for margin in margins]
        x = widened(x, widths)
    windows = windows_of(x, sizes, steps)
    return windows, tuple(range(-count, 0))


def embedding(table: Operand, index: Setting) -> Array:
    """Rows of a table; `index` is an integer or an array of them."""
    rows = np.vectorize(integer, otypes=[int])(array_of(index))
    return boxed(array_of(table)[rows])


def attention(Q: Operand, K: Operand, V: Operand) -> Array:
    """softmax(Q @ K.T / sqrt(d)) @ V, d the length of Q's last axis; on stacks of matrices too."""
    Q, K, V = alike([array_of(Q), array_of(K), array_of(V)])
    spend(Q.size * K.shape[-2] + V.size * Q.shape[-2])
    scale = root(boxed(number_like(Q.shape[-1], Q)))
    scores = quotient(np.matmul(Q, np.swapaxes(K, -1, -2)), scale)
    return boxed(np.matmul(softmax(scores), V))


def dropout(x: Operand, mask: Operand, p: Setting = HALF) -> Array:
    """x * mask/(1 - p): what `mask` leaves, scaled for the share p that is left out."""
    x, mask = pair(x, mask)
    return quotient(boxed(x * mask), boxed(1 - number_like(p, x)))
