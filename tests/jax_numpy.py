"""What JAX has traced, computed by NumPy: compiling each small piece would take far longer.

The derivative rules are JAX's; only the arithmetic of the traced operations is done here. A piece
with an operation that is not listed is compiled by JAX instead.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import numpy as np
from scipy import special

Function = Callable[..., Any]


def _select(which: Any, *cases: Any) -> Any:
    return np.where(which, cases[1], cases[0]) if len(cases) == 2 else np.choose(which, cases)


def _broadcast(x: Any, shape: Any, broadcast_dimensions: Any, **_: Any) -> Any:
    if not shape:
        return x
    places = dict(zip(broadcast_dimensions, np.shape(x), strict=True))
    return np.broadcast_to(np.reshape(x, [places.get(k, 1) for k in range(len(shape))]), shape)


def _contract(a: Any, b: Any, dimension_numbers: Any, **_: Any) -> Any:
    (sum_a, sum_b), (batch_a, batch_b) = dimension_numbers
    left, right = list(range(a.ndim)), list(range(50, 50 + b.ndim))
    for i, j in (*zip(sum_a, sum_b, strict=True), *zip(batch_a, batch_b, strict=True)):
        right[j] = left[i]
    batch = [left[i] for i in batch_a]
    rest_a = [left[i] for i in range(a.ndim) if i not in (*sum_a, *batch_a)]
    rest_b = [right[j] for j in range(b.ndim) if j not in (*sum_b, *batch_b)]
    labels = {label: k for k, label in enumerate(dict.fromkeys((*left, *right)))}

    def short(long: list[int]) -> list[int]:
        return [labels[label] for label in long]

    return np.einsum(a, short(left), b, short(right), short([*batch, *rest_a, *rest_b]))


def _padded(x: Any, fill: Any, padding_config: Any) -> Any:
    spread = [
        n + max(n - 1, 0) * gap for n, (_, _, gap) in zip(x.shape, padding_config, strict=True)
    ]
    sizes = [low + n + high for n, (low, high, _) in zip(spread, padding_config, strict=True)]
    result = np.full(sizes, fill)
    target, source = [], []
    for size, n, (low, _, gap) in zip(sizes, x.shape, padding_config, strict=True):
        inside = [k for k in range(n) if 0 <= low + k * (gap + 1) < size]
        source.append(inside)
        target.append([low + k * (gap + 1) for k in inside])
    result[np.ix_(*target)] = x[np.ix_(*source)]
    return result


def _sliced(x: Any, start_indices: Any, limit_indices: Any, strides: Any) -> Any:
    steps = strides or (1,) * x.ndim
    return x[tuple(map(slice, start_indices, limit_indices, steps))]


def _reshaped(x: Any, new_sizes: Any, dimensions: Any, **_: Any) -> Any:
    if not new_sizes:
        return x
    return np.reshape(x if dimensions is None else np.transpose(x, dimensions), new_sizes)


def _running(function: Function) -> Function:
    def along(x: Any, axis: int, reverse: bool) -> Any:
        if reverse:
            return np.flip(function(np.flip(x, axis), axis=axis), axis)
        return function(x, axis=axis)

    return along


def _iota(dtype: Any, shape: Any, dimension: int, **_: Any) -> Any:
    place = [1] * len(shape)
    place[dimension] = shape[dimension]
    return np.broadcast_to(np.arange(shape[dimension], dtype=dtype).reshape(place), shape)


def _over(function: Function) -> Function:
    return lambda x, axes, **_: function(x, axis=tuple(axes))


def _plain(*functions: Function) -> dict[str, Function]:
    return {function.__name__: _bare(function) for function in functions}


def _bare(function: Function) -> Function:
    """Leave out settings that say how fast or how accurate."""
    return lambda *arrays, **_: function(*arrays)


OPERATIONS: dict[str, Function] = {
    **_plain(
        np.abs,
        np.ceil,
        np.cbrt,
        np.cos,
        np.cosh,
        np.exp,
        np.exp2,
        np.expm1,
        np.floor,
        np.log,
        np.log1p,
        np.sign,
        np.sin,
        np.sinh,
        np.sqrt,
        np.square,
        np.tan,
        np.tanh,
        special.erf,
        special.erfc,
    ),
    "abs": _bare(np.abs),
    "acos": _bare(np.arccos),
    "acosh": _bare(np.arccosh),
    "add": _bare(np.add),
    "add_any": _bare(np.add),
    "and": _bare(np.logical_and),
    "argmax": lambda x, axes, **_: np.argmax(x, axis=axes[0]),
    "asin": _bare(np.arcsin),
    "asinh": _bare(np.arcsinh),
    "atan": _bare(np.arctan),
    "atan2": _bare(np.arctan2),
    "atanh": _bare(np.arctanh),
    "broadcast_in_dim": _broadcast,
    "clamp": lambda low, x, high: np.clip(x, low, high),
    "concatenate": lambda *parts, dimension: np.concatenate(parts, dimension),
    "convert_element_type": lambda x, new_dtype, **_: np.asarray(x).astype(new_dtype),
    "copy": _bare(np.asarray),
    "copy_p": _bare(np.asarray),
    "cumprod": _running(np.cumprod),
    "cumsum": _running(np.cumsum),
    "digamma": _bare(special.digamma),
    "div": _bare(np.divide),
    "dot_general": _contract,
    "eq": _bare(np.equal),
    "erf_inv": _bare(special.erfinv),
    "ge": _bare(np.greater_equal),
    "gt": _bare(np.greater),
    "integer_pow": lambda x, y: np.power(x, float(y)),
    "iota": _iota,
    "is_finite": _bare(np.isfinite),
    "le": _bare(np.less_equal),
    "lgamma": _bare(special.gammaln),
    "logistic": _bare(special.expit),
    "lt": _bare(np.less),
    "max": _bare(np.maximum),
    "min": _bare(np.minimum),
    "mul": _bare(np.multiply),
    "ne": _bare(np.not_equal),
    "neg": _bare(np.negative),
    "not": _bare(np.logical_not),
    "or": _bare(np.logical_or),
    "pad": _padded,
    "pow": _bare(np.power),
    "reduce_max": _over(np.max),
    "reduce_min": _over(np.min),
    "reduce_or": _over(np.any),
    "reduce_and": _over(np.all),
    "reduce_prod": _over(np.prod),
    "reduce_sum": _over(np.sum),
    "rem": _bare(np.fmod),
    "reshape": _reshaped,
    "rev": lambda x, dimensions: np.flip(x, dimensions),
    "rsqrt": lambda x, **_: 1 / np.sqrt(x),
    "select_n": _select,
    "slice": _sliced,
    "split": lambda x, sizes, axis: np.split(x, np.cumsum(sizes)[:-1], axis),
    "squeeze": lambda x, dimensions: np.squeeze(x, tuple(dimensions)),
    "stop_gradient": _bare(np.asarray),
    "sub": _bare(np.subtract),
    "transpose": lambda x, permutation: np.transpose(x, permutation),
}
"""The operations that NumPy does here, by JAX's names."""
NESTED = {
    "jit": "jaxpr",
    "pjit": "jaxpr",
    "custom_jvp_call": "call_jaxpr",
    "closed_call": "call_jaxpr",
}
"""Operations that are pieces themselves."""
SEVERAL = ("split",)
#: Entries that are computed at once where JAX compiles.
ROW = 64


def traced(function: Function, *examples: Any) -> Function:
    """Return a function of arrays of the shapes of `examples` that computes what is traced."""
    return _interpreted(function, examples) or jax.jit(function)


def traced_entrywise(function: Function, *examples: Any) -> Function:
    """Return a function of arrays of one shape from one of numbers, done for all entries."""
    plain = _interpreted(function, examples, scalars=True)
    many = jax.jit(jax.vmap(function))

    def compute(*arguments: Any) -> Any:
        shape = np.shape(jax.tree.leaves(arguments)[0])
        if plain is not None:
            return jax.tree.map(lambda x: np.broadcast_to(x, shape), plain(*arguments))
        count = int(np.prod(shape))
        found = many(*jax.tree.map(_filled, arguments))
        return jax.tree.map(lambda x: np.asarray(x)[:count].reshape(shape), found)

    return compute


def _filled(x: Any) -> Any:
    """Return entries in a row, of a length that few others have, so that few are compiled for."""
    flat = np.ravel(x)
    length = ROW * -(-flat.size // ROW)
    return np.concatenate([flat, np.full(length - flat.size, flat[0])])


def _interpreted(
    function: Function, examples: tuple[Any, ...], scalars: bool = False
) -> Function | None:
    closed, shape = jax.make_jaxpr(function, return_shape=True)(*examples)
    if not _is_plain(closed.jaxpr, scalars):
        return None
    structure = jax.tree.structure(shape)

    def compute(*arguments: Any) -> Any:
        with np.errstate(all="ignore"):
            return jax.tree.unflatten(structure, _run(closed, jax.tree.leaves(arguments)))

    return compute


def _is_plain(jaxpr: Any, scalars: bool) -> bool:
    """Tell whether only listed operations occur, on real numbers, and on single ones if asked."""
    for equation in jaxpr.eqns:
        name = equation.primitive.name
        known = _is_plain(_inner(equation).jaxpr, scalars) if name in NESTED else name in OPERATIONS
        values = [atom.aval for atom in (*equation.invars, *equation.outvars)]
        if not known or not all(one.dtype.kind in "fbi" for one in values):
            return False
        if scalars and any(one.shape for one in values):
            return False
    return True


def _inner(equation: Any) -> Any:
    return equation.params[NESTED[equation.primitive.name]]


def _run(closed: Any, arguments: list[Any]) -> list[Any]:
    jaxpr = closed.jaxpr
    env = dict(zip((*jaxpr.constvars, *jaxpr.invars), (*closed.consts, *arguments), strict=True))

    def read(atom: Any) -> Any:
        return env[atom] if type(atom).__name__ != "Literal" else atom.val

    for equation in jaxpr.eqns:
        operands = [np.asarray(read(atom)) for atom in equation.invars]
        name = equation.primitive.name
        if name in NESTED:
            found = _run(_inner(equation), operands)
        else:
            found = OPERATIONS[name](*operands, **equation.params)
            found = found if name in SEVERAL else [found]
        env.update(zip(equation.outvars, found, strict=True))
    return [np.asarray(read(atom)) for atom in jaxpr.outvars]
