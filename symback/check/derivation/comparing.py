"""Whether two arrays are the same quantity: shapes as a person means them, entries in float64."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from symback.check.derivation.running import Functions, evaluated, quiet
from symback.errors import SymbackError
from symback.functions.values.arrays import Array
from symback.language.tree import Expression, Name, Number, Subscript

#: Relative difference up to which float64 values of equal formulas differ.
RELATIVE = 1e-8


def shaped(got: Array, shape: tuple[int, ...]) -> Array | None:
    """Return `got` in the shape of the quantity, None where it has another one.

    A column or row stands for a vector, an array of one entry for a number, a number for an array
    of equal entries.
    """
    got = np.asarray(got, dtype=float)
    if got.shape == shape:
        return got
    if got.ndim == 0:
        return np.full(shape, float(got))
    if len(shape) <= 1 and got.size == int(np.prod(shape)) and _is_vector(got.shape):
        return got.reshape(shape)
    return None


def _is_vector(shape: tuple[int, ...]) -> bool:
    return sum(size != 1 for size in shape) <= 1


def close(got: Array, true: Array, allowed: Array | None = None) -> Array:
    """Return entry by entry whether two arrays of one shape are equal; infinity equals nothing."""
    scale = float(np.max(np.abs(true), initial=0.0))
    if not math.isfinite(scale):
        scale = float(np.max(np.abs(true), initial=0.0, where=np.isfinite(true)))
    limit = RELATIVE * np.maximum(np.abs(true), 1e-3 * scale) + 1e-13
    if allowed is not None and allowed.shape in ((), limit.shape):
        limit = np.maximum(limit, allowed)
    return np.asarray((np.abs(got - true) <= limit) & np.isfinite(got))


def close_to_each(got: Array, values: Array, allowed: Array | None) -> Array:
    """Compare with every member of a stack along its first axis, as `close` does with one."""
    axes = tuple(range(1, values.ndim))
    scale = np.max(np.abs(values), axis=axes, initial=0.0, keepdims=True)
    limit = RELATIVE * np.maximum(np.abs(values), 1e-3 * scale) + 1e-13
    if allowed is not None and allowed.shape in ((), values.shape[1:]):
        limit = np.maximum(limit, allowed)
    return np.asarray((np.abs(got - values) <= limit) & np.isfinite(got))


def same(got: Array, true: Array, allowed: Array | None = None) -> bool:
    """Tell whether `got` is the quantity whose value is `true`."""
    true = np.asarray(true, dtype=float)
    found = shaped(got, true.shape)
    if found is None:
        return False
    if allowed is not None and allowed.shape != true.shape:
        allowed = (
            np.broadcast_to(allowed, true.shape)
            if allowed.ndim == 0
            else allowed.reshape(true.shape)
        )
    return bool(close(found, true, allowed).all())


def selected(
    value: Array, items: tuple[Expression, ...], sizes: Mapping[str, Array], functions: Functions
) -> Array | None:
    """Return entries of an array by 0-based subscripts; None where there are none."""
    if all(isinstance(item, Number) and item.value.denominator == 1 for item in items):
        place = tuple(int(item.value) for item in items if isinstance(item, Number))
        fits = len(place) <= value.ndim and all(
            -size <= k < size for k, size in zip(place, value.shape, strict=False)
        )
        return np.asarray(value[place]) if fits else None
    try:
        with quiet():
            return evaluated(Subscript(Name("#"), items), {**sizes, "#": value}, functions)
    except SymbackError:
        return None
