"""What each function of whole arrays is in JAX: by its name there, or by its definition."""

# ruff: noqa: D103 - the names are those of the language, and a body is its own description
from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import jax.numpy as jnp
from jax import lax, nn
from jax.scipy import linalg, special

EPSILON = Fraction(1, 10**5)


def norm(x, ord=2, axis=None, keepdims=False):
    if ord == "nuc":
        return jnp.linalg.norm(x, "nuc")
    order = {"fro": 2, "inf": jnp.inf, "-inf": -jnp.inf}.get(ord, ord)
    return jnp.linalg.vector_norm(x, ord=order, axis=axis, keepdims=keepdims)


def cumulative(function):
    def along(x, axis=None):
        return function(x, axis=axis if axis is not None or x.ndim > 1 else 0)

    return along


def solve(a, b):
    if a.shape[0] == a.shape[1]:
        return jnp.linalg.solve(a, b)
    return jnp.linalg.lstsq(a, b)[0]


def quarters(x):
    """The exponential of a rotation by x: cosines on its diagonal, sines below it."""
    nothing = jnp.zeros_like(x)
    return linalg.expm(jnp.block([[nothing, -x], [x, nothing]]))


def cosm(x):
    return quarters(x)[: len(x), : len(x)]


def sinm(x):
    return quarters(x)[len(x) :, : len(x)]


def sizes(*shape):
    return shape[0] if isinstance(shape[0], tuple) else shape


def reshape(x, *shape):
    return jnp.reshape(x, sizes(*shape))


def cross_entropy(z, t):
    return -jnp.mean(jnp.sum(t * nn.log_softmax(z), axis=-1))


def binary_cross_entropy(y, t):
    return -jnp.mean(special.xlogy(t, y) + special.xlog1py(1 - t, -y))


def layer_norm(x, gamma, beta, eps=EPSILON):
    return nn.standardize(x, axis=-1, epsilon=float(eps)) * gamma + beta


def batch_norm(x, gamma, beta, eps=EPSILON):
    return nn.standardize(x, axis=0, epsilon=float(eps)) * gamma + beta


def attention(queries, keys, values):
    """By its definition: JAX's own computes the weights in float32."""
    return nn.softmax(queries @ keys.T / queries.shape[-1] ** 0.5) @ values


def dropout(x, mask, p=0.5):
    return jnp.where(mask == 0, 0.0, x / (1 - p)) * mask


def pair(setting, axes):
    return setting if isinstance(setting, tuple) else (setting,) * axes


def convolved(axes):
    def convolution(x, w, stride=1, padding=0):
        if x.ndim == axes:
            return convolution(x[None, None], w[None, None], stride, padding)[0, 0]
        margins = [(margin, margin) for margin in pair(padding, axes)]
        return lax.conv_general_dilated(x, w, pair(stride, axes), margins)

    return convolution


def pooled(reduce):
    def pool(x, k, stride=None, padding=0):
        axes = len(k) if isinstance(k, tuple) else 1 if x.ndim in (1, 3) else 2
        lead = (1,) * (x.ndim - axes)
        margins = [(0, 0)] * len(lead) + [(m, m) for m in pair(padding, axes)]
        return reduce(x, lead + pair(k, axes), lead + pair(stride or k, axes), margins)

    return pool


def greatest(x, window, strides, margins):
    return lax.reduce_window(x, -jnp.inf, lax.max, window, strides, margins)


def average(x, window, strides, margins):
    return lax.reduce_window(x, 0.0, lax.add, window, strides, margins) / math.prod(window)


ARRAYS: dict[str, Callable[..., Any]] = {
    "sum": jnp.sum,
    "mean": jnp.mean,
    "prod": jnp.prod,
    "max": jnp.max,
    "min": jnp.min,
    "var": jnp.var,
    "std": jnp.std,
    "logsumexp": special.logsumexp,
    "norm": norm,
    "cumsum": cumulative(jnp.cumsum),
    "cumprod": cumulative(jnp.cumprod),
    "dot": jnp.dot,
    "outer": jnp.outer,
    "trace": jnp.trace,
    "diag": jnp.diag,
    "tril": jnp.tril,
    "triu": jnp.triu,
    "kron": jnp.kron,
    "cross": jnp.cross,
    "eye": lambda n: jnp.eye(n),
    "zeros": lambda *shape: jnp.zeros(sizes(*shape)),
    "ones": lambda *shape: jnp.ones(sizes(*shape)),
    "onehot": lambda i, n: nn.one_hot(i, n, dtype=float),
    "arange": lambda n: jnp.arange(n, dtype=float),
    "einsum": jnp.einsum,
    "inv": jnp.linalg.inv,
    "solve": solve,
    "pinv": jnp.linalg.pinv,
    "det": jnp.linalg.det,
    "logdet": lambda a: jnp.linalg.slogdet(a)[1],
    "logabsdet": lambda a: jnp.linalg.slogdet(a)[1],
    "matrix_power": jnp.linalg.matrix_power,
    "expm": linalg.expm,
    "cosm": cosm,
    "sinm": sinm,
    "cholesky": lambda a: jnp.linalg.cholesky(a, symmetrize_input=True),
    "eigvalsh": lambda a: jnp.linalg.eigvalsh(a, symmetrize_input=True),
    "svdvals": jnp.linalg.svdvals,
    "reshape": reshape,
    "transpose": jnp.transpose,
    "flip": jnp.flip,
    "roll": jnp.roll,
    "concat": jnp.concatenate,
    "stack": jnp.stack,
    "pad": jnp.pad,
    "broadcast_to": jnp.broadcast_to,
    "softmax": nn.softmax,
    "log_softmax": nn.log_softmax,
    "cross_entropy": cross_entropy,
    "binary_cross_entropy": binary_cross_entropy,
    "mse": lambda y, t: jnp.mean((y - t) ** 2),
    "layer_norm": layer_norm,
    "batch_norm": batch_norm,
    "attention": attention,
    "dropout": dropout,
    "conv1d": convolved(1),
    "conv2d": convolved(2),
    "max_pool": pooled(greatest),
    "avg_pool": pooled(average),
    "embedding": lambda table, index: table[jnp.asarray(index, dtype=int)],
}
"""Functions of whole arrays and their settings."""
