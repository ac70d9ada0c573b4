"""Layers and losses on NumPy object arrays of mpmath numbers, by their plain definitions."""

# ruff: noqa: D103 - the names are those of the language, and a body is its own description
from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import prod

import mpmath as m
import numpy as np

from tests.oracle_arrays import exp, largest, log, logsumexp, mean, pad, sqrt, total, var

EPSILON = Fraction(1, 10**5)


def softmax(x, axis=-1):
    return exp(x) / total(exp(x), axis, True)


def log_softmax(x, axis=-1):
    return x - logsumexp(x, axis, True)


def cross_entropy(logits, probs):
    return -mean(np.asarray(total(probs * log_softmax(logits), -1), object))


def binary_cross_entropy(y, t):
    return -mean(t * log(y) + (1 - t) * log(1 - y))


def mse(y, t):
    return mean((y - t) ** 2)


def layer_norm(x, gamma=1, beta=0, eps=EPSILON):
    return gamma * (x - mean(x, -1, True)) / sqrt(var(x, -1, 0, True) + eps) + beta


def batch_norm(x, gamma=1, beta=0, eps=EPSILON):
    return gamma * (x - mean(x, 0, True)) / sqrt(var(x, 0, 0, True) + eps) + beta


def attention(queries, keys, values):
    scores = queries @ np.swapaxes(keys, -1, -2) / m.sqrt(queries.shape[-1])
    return softmax(scores) @ values


def dropout(x, mask, p=Fraction(1, 2)):
    return x * mask / (1 - p)


def embedding(table, index):
    return table[np.asarray(index).astype(int)]


def _pair(setting):
    return tuple(map(int, setting)) if isinstance(setting, tuple) else (int(setting),) * 2


def conv2d(x, w, stride=1, padding=0):
    if x.ndim == 2:
        return conv2d(x[None, None], w[None, None], stride, padding)[0, 0]
    (down, right), (above, left) = _pair(stride), _pair(padding)
    x = pad(x, [(0, 0), (0, 0), (above, above), (left, left)])
    high, wide = w.shape[2:]
    rows = range(0, x.shape[2] - high + 1, down)
    columns = range(0, x.shape[3] - wide + 1, right)
    result = np.empty((len(x), len(w), len(rows), len(columns)), object)
    for (r, i), (c, j) in product(enumerate(rows), enumerate(columns)):
        result[:, :, r, c] = np.tensordot(
            x[:, :, i : i + high, j : j + wide], w, axes=((1, 2, 3), (1, 2, 3))
        )
    return result


def conv1d(x, w, stride=1, padding=0):
    if x.ndim == 1:
        return conv1d(x[None, None], w[None, None], stride, padding)[0, 0]
    return conv2d(x[:, :, None], w[:, :, None], (1, stride), (0, padding))[:, :, 0]


def _pool(x, k, stride, padding, reduce):
    """Reduce each window, cell by cell of the result; padding is left out of the windows."""
    axes = len(k) if isinstance(k, tuple) else 1 if x.ndim == 1 else 2
    sizes, margins = _each(k, axes), _each(padding, axes)
    steps = sizes if stride is None else _each(stride, axes)
    lengths = x.shape[x.ndim - axes :]
    rows = [
        [(max(0, i - m), min(n, i - m + size)) for i in range(0, n + 2 * m - size + 1, step)]
        for n, size, step, m in zip(lengths, sizes, steps, margins, strict=True)
    ]
    lead = x.shape[: x.ndim - axes]
    result = np.empty((*lead, *map(len, rows)), object)
    for cell in product(*(list(enumerate(row)) for row in rows)):
        window = x[(..., *(slice(*ends) for _, ends in cell))]
        places = tuple(place for place, _ in cell)
        result[(..., *places)] = reduce(window.reshape(*lead, -1), sizes)
    return result


def _each(setting, axes):
    values = tuple(map(int, np.ravel(np.array(setting, object))))
    return values if len(values) == axes else values * axes


def max_pool(x, k, stride=None, padding=0):
    return _pool(x, k, stride, padding, lambda window, _: largest(window, -1))


def avg_pool(x, k, stride=None, padding=0):
    return _pool(x, k, stride, padding, lambda window, k: total(window, -1) / m.mpf(prod(k)))


LAYERS = {
    name: function
    for name, function in list(globals().items())
    if getattr(function, "__module__", "") == __name__ and not name.startswith("_")
}
"""Functions of whole arrays; settings arrive as `mpf` or tuples of them."""
