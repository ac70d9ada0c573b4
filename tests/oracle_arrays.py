"""Reductions, linear algebra, shapes and layers on NumPy object arrays of mpmath numbers.

Each is the plain definition, slow and short, written apart from the tables that it judges.
"""

# ruff: noqa: D103 - the names are those of the language, and a body is its own description
from __future__ import annotations

import mpmath as m
import numpy as np
from mpmath import mpf

from tests.oracle_entries import ENTRIES

exp, log, sqrt = (np.frompyfunc(ENTRIES[name], 1, 1) for name in ("exp", "log", "sqrt"))


def _axis(axis):
    if axis is None:
        return None
    return tuple(map(int, axis)) if isinstance(axis, tuple) else int(axis)


def _count(x, axis):
    return mpf(x.size) / (np.sum(np.ones(x.shape, int), axis=_axis(axis)).size or 1)


def total(x, axis=None, keepdims=False):
    return np.sum(x, axis=_axis(axis), keepdims=bool(keepdims), initial=mpf(0))


def mean(x, axis=None, keepdims=False):
    return total(x, axis, keepdims) / _count(x, axis)


def var(x, axis=None, ddof=0, keepdims=False):
    spread = (x - mean(x, axis, True)) ** 2
    return total(spread, axis, keepdims) / (_count(x, axis) - ddof)


def std(x, axis=None, ddof=0, keepdims=False):
    return sqrt(var(x, axis, ddof, keepdims))


def prod(x, axis=None, keepdims=False):
    return np.prod(x, axis=_axis(axis), keepdims=bool(keepdims))


def largest(x, axis=None, keepdims=False):
    return np.max(x, axis=_axis(axis), keepdims=bool(keepdims))


def smallest(x, axis=None, keepdims=False):
    return np.min(x, axis=_axis(axis), keepdims=bool(keepdims))


def logsumexp(x, axis=None, keepdims=False):
    return log(total(exp(x), axis, keepdims))


def norm(x, ord=2, axis=None, keepdims=False):
    if ord == "nuc":
        return total(svdvals(x))
    if ord == "inf":
        return largest(abs(x), axis, keepdims)
    if ord == "-inf":
        return smallest(abs(x), axis, keepdims)
    if ord == 0:
        return total(np.asarray(x != 0, object), axis, keepdims)
    p = mpf(2) if ord == "fro" else ord
    powers = np.frompyfunc(lambda entry: abs(entry) ** p, 1, 1)(x)
    return np.asarray(total(powers, axis, keepdims), object) ** (1 / p)


def cumsum(x, axis=None):
    return np.cumsum(x, axis=_axis(axis))


def cumprod(x, axis=None):
    return np.cumprod(x, axis=_axis(axis))


def dot(a, b):
    return np.dot(a, b)


def outer(a, b):
    return np.multiply.outer(np.ravel(a), np.ravel(b))


def each_matrix(function):
    """Apply a function to each matrix of a stack."""

    def apply(x, *settings, **named):
        if x.ndim == 2:
            return function(x, *settings, **named)
        each = [np.asarray(apply(one, *settings, **named), object) for one in x]
        return np.array([one.tolist() for one in each], object)

    return apply


@each_matrix
def trace(x):
    return total(np.asarray([x[k, k] for k in range(min(x.shape))], object))


def _matrix(x):
    return m.matrix(x.tolist())


def _array(matrix):
    return np.array(matrix.tolist(), dtype=object)


@each_matrix
def det(x):
    return m.det(_matrix(x))


def logdet(x):
    return log(np.asarray(det(x), object))


def logabsdet(x):
    return log(abs(np.asarray(det(x), object)))


@each_matrix
def inv(x):
    return _array(_matrix(x) ** -1)


def solve(a, b):
    return np.matmul(inv(a) if a.shape[-2] == a.shape[-1] else pinv(a), b)


@each_matrix
def pinv(x):
    return inv(x.T @ x) @ x.T if x.shape[0] >= x.shape[1] else x.T @ inv(x @ x.T)


def kron(a, b):
    if a.ndim == b.ndim == 1:
        return outer(a, b).reshape(-1)
    a, b = (x.reshape(1, -1) if x.ndim == 1 else x for x in (a, b))
    rows, columns = a.shape[0] * b.shape[0], a.shape[1] * b.shape[1]
    return np.einsum("ij,kl->ikjl", a, b).reshape(rows, columns)


def cross(a, b):
    return np.cross(a, b)


def diag(x, k=0):
    return np.diag(x, int(k))


def tril(x, k=0):
    return x * np.tri(*x.shape[-2:], int(k), dtype=int)


def triu(x, k=0):
    return x * (1 - np.tri(*x.shape[-2:], int(k) - 1, dtype=int))


@each_matrix
def matrix_power(x, exponent):
    base = x if exponent >= 0 else inv(x)
    result = eye(len(x))
    for _ in range(abs(int(exponent))):
        result = result @ base
    return result


@each_matrix
def expm(x):
    with m.extradps(20):
        return _array(m.expm(_matrix(x), method="taylor"))


@each_matrix
def cosm(x):
    with m.extradps(20):
        return _series(x, eye(len(x)), 0)


@each_matrix
def sinm(x):
    with m.extradps(20):
        return _series(x, x, 1)


def _series(x, term, order):
    """Alternating Taylor series whose first term and power are given."""
    result, square = term, x @ x
    for k in range(order + 2, 40 + 2 * m.mp.dps, 2):
        term = -(term @ square) / mpf(k * (k - 1))
        result = result + term
    return result


@each_matrix
def cholesky(x):
    return _array(m.cholesky(_matrix((x + x.T) / 2)))


@each_matrix
def eigvalsh(x):
    return np.array(sorted(m.eigsy(_matrix((x + x.T) / 2), eigvals_only=True)), object)


@each_matrix
def svdvals(x):
    return np.array(sorted(m.svd_r(_matrix(x), compute_uv=False), reverse=True), object)


def _sizes(shape):
    return tuple(int(n) for item in shape for n in (item if isinstance(item, tuple) else (item,)))


def full(shape, number):
    result = np.empty(_sizes(shape), object)
    result.fill(mpf(number))
    return result


def zeros(*shape):
    return full(shape, 0)


def ones(*shape):
    return full(shape, 1)


def eye(n, m=None, k=0):
    columns = range(int(n if m is None else m))
    return np.array([[mpf(j - i == int(k)) for j in columns] for i in range(int(n))], object)


def onehot(i, n):
    if np.ndim(i):
        return np.array([onehot(one, n) for one in i], object)
    return np.array([mpf(int(i) == j) for j in range(int(n))], object)


def arange(n, stop=None, step=1):
    start, stop = (0, n) if stop is None else (n, stop)
    return np.array([mpf(k) for k in range(int(start), int(stop), int(step))], object)


def einsum(labels, *operands):
    return np.einsum(labels, *operands)


def reshape(x, shape):
    return np.reshape(x, _sizes((shape,)))


def transpose(x, axes=None):
    return np.transpose(x, _axis(axes))


def flip(x, axis=None):
    return np.flip(x, _axis(axis))


def roll(x, shift, axis=None):
    return np.roll(x, _axis(shift), _axis(axis))


def concat(arrays, axis=0):
    return np.concatenate([np.asarray(x, object) for x in arrays], int(axis))


def stack(arrays, axis=0):
    return np.stack([np.asarray(x, object) for x in arrays], int(axis))


def pad(x, width):
    widths = np.broadcast_to(np.array(width, dtype=float).astype(int), (x.ndim, 2))
    return np.pad(x, widths, constant_values=mpf(0))


def broadcast_to(x, shape):
    return np.broadcast_to(x, _sizes((shape,)))


ARRAYS = {
    name: function
    for name, function in list(globals().items())
    if getattr(function, "__module__", "") == __name__ and not name.startswith("_")
}
"""Functions of whole arrays; settings arrive as `mpf`, strings, tuples, True, False or None."""

for name, plain in (("sum", "total"), ("max", "largest"), ("min", "smallest")):
    ARRAYS[name] = ARRAYS.pop(plain)
del ARRAYS["full"]
