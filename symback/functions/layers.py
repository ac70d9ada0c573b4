"""Layers and losses of neural networks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symback.functions import pools, reductions
from symback.functions.entry import Function, Kind, Rule
from symback.functions.forms import entries as forms
from symback.functions.forms import shape as forms_shape
from symback.functions.forms.primitives import primitive
from symback.functions.late import late
from symback.tensor import elementwise
from symback.tensor.algebra import broadcast
from symback.tensor.dims import show
from symback.tensor.poly import Poly, add, scale
from symback.tensor.shifts import apart


def _value(name: str) -> Any:
    return late("layers", name)


def _softmaxes(name: str) -> tuple[str, ...]:
    axes = ("x{2,3}", "x{2,3}, 0", "x{2,2,2}, axis=-2", "x{3}")
    forms = (*axes, "x{2,3}, axis=None", "x{2,2,2}, axis=(0, -1)")
    return tuple(f"{name}({form})" for form in forms)


def _pools(name: str) -> tuple[str, ...]:
    plain = ("x{5}, 2", "x{4,3}, 2", "x{2,5}, k=(2, 2)", "x{2,1,2,2}, (1, 2)")
    moved = ("x{5}, 3, 1", "x{6}, 2, stride=3", "x{4}, 3, 2, 1", "x{2,3}, (2,), 1, padding=1")
    both = ("x{3,4}, 2, 1", "x{3,3}, 3, stride=2, padding=1", "x{1,2,2,3}, (1, 2), (2, 1), (0, 1)")
    forms = (*plain, *moved, *both)
    return tuple(f"{name}({form})" for form in forms)


def _softmax(x: Poly, axis: forms.Axes = -1) -> Poly:
    places = forms.axes_of(axis, len(x.shape))
    if len(places) != 1:
        return elementwise.function("exp", [_log_softmax(x, places)])
    return primitive("softmax", x.shape, (apart(x, places)[0],), axis=places[0])


def _log_softmax(x: Poly, axis: forms.Axes = -1) -> Poly:
    places = forms.axes_of(axis, len(x.shape))
    if len(places) != 1:
        total = reductions.logarithm_of_sum(x, places, keepdims=True)
        return add([x, scale(broadcast(total, x.shape), -1)])
    return primitive("log_softmax", x.shape, (apart(x, places)[0],), axis=places[0])


def _cross_entropy(settings: Mapping[str, Any]) -> str:
    inner = "sum(t*log_softmax(z, axis=-1), axis=-1)"
    return f"-mean({inner})" if len(settings["z"].shape) > 1 else f"-{inner}"


def _attention(settings: Mapping[str, Any]) -> str:
    keys = settings["K"].shape
    if len(keys) < 2:
        raise forms.ShapeFault(f"`attention` needs matrices or stacks of them, not {show(keys)}")
    *stacks, row, column = range(len(keys))
    turned = f"transpose(K, {(*stacks, column, row)})" if stacks else "K.T"
    return f"softmax(Q@{turned}/sqrt({keys[-1]}), axis=-1)@V"


def _normalised(axis: int) -> Rule:
    centred = f"(x - mean(x, axis={axis}, keepdims=True))"
    spread = f"sqrt(mean({centred}**2, axis={axis}, keepdims=True) + eps)"
    return f"{centred}/{spread}*gamma + beta"


def _composite(
    name: str, signature: str, arrays: int, summary: str, body: Rule, **columns: Any
) -> Function:
    return Function(
        name=name,
        signature=signature,
        kind=Kind.COMPOSITE,
        summary=summary,
        arrays=arrays,
        latex=rf"\operatorname{{{name.replace('_', ' ')}}}",
        body=body,
        value=_value(name),
        **columns,
    )


ROWS: tuple[Function, ...] = (
    Function(
        name="softmax",
        signature="x, axis=-1",
        kind=Kind.PRIMITIVE,
        summary="exp(x)/sum(exp(x)) along axis",
        samples=_softmaxes("softmax"),
        latex=r"\operatorname{softmax}",
        vjps=(lambda s: f"out*(ct - sum(ct*out, axis={s['axis']}, keepdims=True))",),
        build=_softmax,
        value=_value("softmax"),
    ),
    Function(
        name="log_softmax",
        signature="x, axis=-1",
        kind=Kind.PRIMITIVE,
        summary="log(softmax(x)) along axis",
        samples=_softmaxes("log_softmax"),
        latex=r"\log\operatorname{softmax}",
        text="log softmax",
        vjps=(
            lambda s: f"ct - softmax(x, axis={s['axis']})*sum(ct, axis={s['axis']}, keepdims=True)",
        ),
        build=_log_softmax,
        value=_value("log_softmax"),
    ),
    _composite(
        "cross_entropy",
        "z, t",
        2,
        "mean over rows of -sum(t*log_softmax(z)), z logits, t probabilities",
        _cross_entropy,
        domain=("real", "simplex"),
        samples=("cross_entropy(z{2,3}, t{2,3})", "cross_entropy(z{3}, t{3})"),
    ),
    _composite(
        "binary_cross_entropy",
        "y, t",
        2,
        "-mean(t*log(y) + (1 - t)*log(1 - y))",
        "-mean(t*log(y) + (1 - t)*log(1 - y))",
        domain=("unit", "unit"),
        samples=("binary_cross_entropy(y{2,3}, t{2,3})", "binary_cross_entropy(y{3}, t{3})"),
    ),
    _composite(
        "mse",
        "y, t",
        2,
        "mean((y - t)**2)",
        "mean((y - t)**2)",
        samples=("mse(y{2,3}, t{2,3})", "mse(y{3}, t{3})"),
    ),
    _composite(
        "layer_norm",
        "x, gamma=1, beta=0, eps=1e-5",
        3,
        "(x - mean(x))/sqrt(var(x) + eps)*gamma + beta over the last axis",
        _normalised(-1),
        samples=(
            "layer_norm(x{2,2}, gamma{2}, beta{2})",
            "layer_norm(x{3}, eps=1/10)",
        ),
    ),
    _composite(
        "batch_norm",
        "x, gamma=1, beta=0, eps=1e-5",
        3,
        "(x - mean(x))/sqrt(var(x) + eps)*gamma + beta over the first axis",
        _normalised(0),
        samples=(
            "batch_norm(x{3,2}, gamma{2}, beta{2})",
            "batch_norm(x{3}, eps=1/10)",
        ),
    ),
    _composite(
        "attention",
        "Q, K, V",
        3,
        "softmax(Q@K.T/sqrt(d))@V, d the length of a key",
        _attention,
        samples=(
            "attention(Q{2,2}, K{3,2}, V{3,2})",
            "attention(Q{2,1,2}, K{2,2,2}, V{2,2,1})",
            "attention(Q{1,2,1,1}, K{1,2,2,1}, V{1,2,2,1})",
        ),
    ),
    _composite(
        "dropout",
        "x, mask, p=1/2",
        2,
        "x*mask/(1 - p), mask of zeros and ones given",
        "x*mask/(1 - p)",
        domain=("real", "condition"),
        samples=("dropout(x{2,3}, mask{2,3})", "dropout(x{3}, mask{3}, p=1/4)"),
    ),
    Function(
        name="conv1d",
        signature="x, w, stride=1, padding=0",
        kind=Kind.INDEX,
        summary="valid cross-correlation of (L) with (K) or (N, C, L) with (O, C, K)",
        arrays=2,
        samples=(
            "conv1d(x{4}, w{2})",
            "conv1d(x{5}, w{2}, stride=2)",
            "conv1d(x{4}, w{3}, 1, padding=1)",
            "conv1d(x{2,2,4}, w{2,2,2}, stride=2, padding=1)",
        ),
        latex=r"\operatorname{conv}",
        text="conv",
        build=lambda x, w, stride, padding: forms_shape.convolution(x, w, stride, padding, 1),
        value=_value("conv1d"),
    ),
    Function(
        name="conv2d",
        signature="x, w, stride=1, padding=0",
        kind=Kind.INDEX,
        summary="valid cross-correlation of (H, W) with (P, Q) or (N, C, H, W) with (O, C, P, Q)",
        arrays=2,
        samples=(
            "conv2d(x{3,4}, w{2,2})",
            "conv2d(x{3,5}, w{2,2}, stride=2)",
            "conv2d(x{2,3}, w{2,2}, stride=(1, 2), padding=(1, 0))",
            "conv2d(x{1,2,3,3}, w{2,2,2,2}, padding=1, stride=2)",
        ),
        latex=r"\operatorname{conv}",
        text="conv",
        build=lambda x, w, stride, padding: forms_shape.convolution(x, w, stride, padding, 2),
        value=_value("conv2d"),
    ),
    Function(
        name="max_pool",
        signature="x, k, stride=None, padding=0",
        kind=Kind.PRIMITIVE,
        summary="largest entry of each window of side k, every `stride` (k if None) entries",
        samples=_pools("max_pool"),
        latex=r"\operatorname{maxpool}",
        text="maxpool",
        kinks=pools.shared_maximum,
        convention="entries of a window that share its maximum share the gradient equally",
        direct=pools.to_the_largest,
        build=pools.largest,
        value=_value("max_pool"),
        aliases=("max_pool2d",),
    ),
    Function(
        name="avg_pool",
        signature="x, k, stride=None, padding=0",
        kind=Kind.INDEX,
        summary="mean of each window of side k, every `stride` (k if None) entries; padding is 0",
        samples=_pools("avg_pool"),
        latex=r"\operatorname{avgpool}",
        text="avgpool",
        build=pools.average,
        value=_value("avg_pool"),
        aliases=("avg_pool2d",),
    ),
    Function(
        name="embedding",
        signature="table, index",
        kind=Kind.INDEX,
        summary="the rows of table that the whole numbers in index name",
        samples=(
            "embedding(table{3,2}, [0, 2, 0])",
            "embedding(table{3,2}, 1)",
            "embedding(table{3,2}, index=[[0, 1], [2, 1]])",
        ),
        latex=r"\operatorname{embedding}",
        text="embedding",
        build=forms_shape.embedding,
        value=_value("embedding"),
    ),
)
