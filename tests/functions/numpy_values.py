"""The functions of whole arrays by NumPy and SciPy, under the names of the language.

Samples are Python too: evaluated with these, they have the value that the libraries give.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import linalg, signal, special

SAME = [
    "sum",
    "mean",
    "prod",
    "max",
    "min",
    "var",
    "std",
    "cumsum",
    "cumprod",
    "dot",
    "outer",
    "diag",
    "tril",
    "triu",
    "kron",
    "cross",
    "arange",
    "einsum",
    "reshape",
    "transpose",
    "flip",
    "roll",
    "stack",
    "broadcast_to",
]
EPSILON = 1e-5


def norm(x: Any, ord: Any = 2, axis: Any = None, keepdims: bool = False) -> Any:
    """Norms of matrices are those of their entries, but for the nuclear one."""
    if ord == "nuc":
        return np.linalg.norm(x, "nuc")
    order = {"fro": 2, "inf": np.inf, "-inf": -np.inf}.get(ord, ord)
    return np.linalg.vector_norm(x, ord=order, axis=axis, keepdims=keepdims)


def solve(a: Any, b: Any) -> Any:
    """Solve, or take the least squares or the least solution."""
    square = a.shape[-2] == a.shape[-1]
    return np.linalg.solve(a, b) if square else np.linalg.lstsq(a, b, rcond=None)[0]


def symmetric(a: Any) -> Any:
    """Return the symmetric part."""
    return (a + np.swapaxes(a, -1, -2)) / 2


def cross_entropy(z: Any, t: Any) -> Any:
    """Mean over rows of the cross entropy of softmax(z)."""
    return np.mean(-np.sum(t * special.log_softmax(z, axis=-1), axis=-1))


def normalised(axis: int) -> Any:
    """Return the normalisation over an axis."""

    def apply(x: Any, gamma: Any = 1, beta: Any = 0, eps: float = EPSILON) -> Any:
        centre, spread = x.mean(axis, keepdims=True), x.var(axis, keepdims=True)
        return gamma * (x - centre) / np.sqrt(spread + eps) + beta

    return apply


def attention(q: Any, k: Any, v: Any) -> Any:
    """Scaled dot-product attention."""
    return special.softmax(q @ np.swapaxes(k, -1, -2) / np.sqrt(k.shape[-1]), axis=-1) @ v


def convolution(axes: int) -> Any:
    """Return the cross-correlation over the last axes."""

    def apply(x: Any, w: Any, stride: Any = 1, padding: Any = 0) -> Any:
        if x.ndim > axes:
            pairs = [
                [apply(a, b, stride, padding) for a, b in zip(n, o, strict=True)]
                for n in x
                for o in w
            ]
            return np.sum(pairs, axis=1).reshape(len(x), len(w), *np.shape(pairs)[2:])
        strides, margins = np.broadcast_to(stride, axes), np.broadcast_to(padding, axes)
        whole = signal.correlate(np.pad(x, [(m, m) for m in margins]), w, mode="valid")
        return whole[tuple(slice(None, None, step) for step in strides)]

    return apply


def pooled(reduce: Any, outside: float) -> Any:
    """Return the reduction of each window, where padding has the value `outside`."""

    def apply(x: Any, k: Any, stride: Any = None, padding: Any = 0) -> Any:
        sides = np.broadcast_to(k, np.size(k) if np.ndim(k) else min(x.ndim, 2))
        steps = np.broadcast_to(k if stride is None else stride, sides.shape)
        margins = [(m, m) for m in np.broadcast_to(padding, sides.shape)]
        axes = tuple(range(-len(sides), 0))
        x = np.pad(x, [(0, 0)] * (x.ndim - len(sides)) + margins, constant_values=outside)
        windows = np.lib.stride_tricks.sliding_window_view(x, sides, axes)
        every = tuple(slice(None, None, step) for step in steps)
        return reduce(windows[(..., *every, *(slice(None),) * len(sides))], axis=axes)

    return apply


NUMPY: dict[str, Any] = {
    **{name: getattr(np, name) for name in SAME},
    "norm": norm,
    "logsumexp": special.logsumexp,
    "zeros": lambda *shape: np.zeros(shape[0] if len(shape) == 1 else shape),
    "ones": lambda *shape: np.ones(shape[0] if len(shape) == 1 else shape),
    "onehot": lambda i, n: np.eye(n)[np.array(i)],
    "inv": np.linalg.inv,
    "solve": solve,
    "pinv": np.linalg.pinv,
    "det": np.linalg.det,
    "logdet": lambda a: np.linalg.slogdet(a)[1],
    "logabsdet": lambda a: np.linalg.slogdet(a)[1],
    "matrix_power": lambda a, exponent: np.linalg.matrix_power(a, exponent),
    "eye": lambda n, m=None, k=0: np.eye(n, m, k),
    "pad": lambda x, width: np.pad(x, width),
    "expm": linalg.expm,
    "cosm": linalg.cosm,
    "sinm": linalg.sinm,
    "trace": lambda a: np.trace(a, axis1=-2, axis2=-1),
    "cholesky": lambda a: np.linalg.cholesky(symmetric(a)),
    "eigvalsh": lambda a: np.linalg.eigvalsh(symmetric(a)),
    "svdvals": np.linalg.svdvals,
    "concat": np.concatenate,
    "softmax": lambda x, axis=-1: special.softmax(x, axis=axis),
    "log_softmax": lambda x, axis=-1: special.log_softmax(x, axis=axis),
    "cross_entropy": cross_entropy,
    "binary_cross_entropy": lambda y, t: -np.mean(t * np.log(y) + (1 - t) * np.log(1 - y)),
    "mse": lambda y, t: np.mean((y - t) ** 2),
    "layer_norm": normalised(-1),
    "batch_norm": normalised(0),
    "attention": attention,
    "dropout": lambda x, mask, p=0.5: x * mask / (1 - p),
    "conv1d": convolution(1),
    "conv2d": convolution(2),
    "max_pool": pooled(np.max, -np.inf),
    "avg_pool": pooled(np.mean, 0),
    "embedding": lambda table, index: table[np.array(index)],
}
