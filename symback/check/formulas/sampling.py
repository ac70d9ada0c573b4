"""Random exact values for given names, in keeping with what is assumed of them."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any

import numpy as np
from flint import arb, fmpq, fmpq_mat

from symback.functions.domains import Nested, sample
from symback.functions.values.arrays import Array, entries_of
from symback.functions.values.entries import Undefined
from symback.tensor.dims import Shape

#: Ways to draw what nothing is assumed of, in the order in which they are tried.
MODES = ("real", "positive", "unit", "near", "above_one", "dominant", "definite")
#: Larger arrays of which nothing is assumed are drawn in float64.
MAX_EXACT_ENTRIES = 5_000
#: Facts about single entries, by the domain of `functions.domains` that they are drawn from.
ENTRY_FACTS = {
    "simplex": "simplex",
    "probability": "unit",
    "binary": "condition",
    "positive": "positive",
    "nonnegative": "positive",
}
#: Facts about matrices, most special first.
MATRIX_FACTS = {
    "positive-definite": "spd",
    "positive-semidefinite": "spd",
    "symmetric": "symmetric",
    "symmetric-toeplitz": "symmetric",
    "lower-triangular": "lower",
    "triangular": "lower",
    "invertible": "invertible",
    "full-rank": "invertible",
}


@dataclass(frozen=True, slots=True)
class Variable:
    """A given name: its shape, what is assumed of it, and its value where there is one."""

    shape: Shape
    facts: tuple[str, ...] = ()
    value: Array | None = None


def lengths(shape: Shape, sizes: dict[str, int]) -> tuple[int, ...] | None:
    """Return a shape in numbers, None where an axis would have no entry."""
    found = [one if isinstance(one, int) else one.at(sizes) for one in shape]
    whole = tuple(one for one in found if one is not None and one > 0)
    return whole if len(whole) == len(found) else None


def draw(variable: Variable, shape: tuple[int, ...], mode: str, rng: random.Random) -> Array:
    """Return random rational entries of `shape` that have the facts of a variable.

    `mode` decides where nothing is assumed: `near` stays near the variable's own value, keeps
    integers, and falls back to numbers between 0 and 1.
    """
    facts = set(variable.facts)
    if not facts and prod(shape) > MAX_EXACT_ENTRIES:
        return _floats(shape, rng)
    if len(shape) >= 2 and shape[-1] == shape[-2]:
        special = _special_matrix(facts, shape, rng)
        if special is not None:
            return special
    value = _entries(facts, shape, rng)
    if value is not None:
        return value
    if mode == "near":
        return _near(variable.value, shape, rng)
    if mode in ("definite", "dominant"):
        return _positive(mode, shape, rng)
    return _array(sample(mode, shape, rng))


def _floats(shape: tuple[int, ...], rng: random.Random) -> Array:
    """Return float64 entries of either sign and moderate size."""
    entries = np.random.default_rng(rng.getrandbits(64)).uniform(-1.0, 1.0, shape)
    return np.asarray(entries)


def _positive(mode: str, shape: tuple[int, ...], rng: random.Random) -> Array:
    """Return positive entries, or square matrices that are definite, symmetric or just dominant."""
    if len(shape) < 2 or shape[-1] != shape[-2]:
        return _array(sample("positive", shape, rng))
    matrix = _array(sample("spd", shape, rng))
    if mode == "dominant":
        matrix = matrix + _antisymmetric(_array(sample("inside", shape, rng))) / fmpq(4)
    return np.asarray(matrix)


def _array(nested: Nested) -> Array:
    return entries_of(nested)


def _special_matrix(facts: set[str], shape: tuple[int, ...], rng: random.Random) -> Array | None:
    if "orthogonal" in facts:
        return _stack(shape, lambda size: _orthogonal(size, rng))
    if "diagonal" in facts:
        positive = facts & {"positive-definite", "positive", "nonnegative"}
        entries = _array(sample("positive" if positive else "real", shape, rng))
        entries[..., ~np.eye(shape[-1], dtype=bool)] = fmpq(0)
        return entries
    if "upper-triangular" in facts:
        return np.asarray(np.swapaxes(_array(sample("lower", shape, rng)), -1, -2))
    if facts & {"antisymmetric", "toeplitz", "circulant", "hankel", "symmetric-toeplitz"}:
        return _patterned(facts, shape, rng)
    for fact, domain in MATRIX_FACTS.items():
        if fact in facts:
            entries = _array(sample(domain, shape, rng))
            return abs(entries) if facts & {"positive", "nonnegative"} else entries
    return None


def _stack(shape: tuple[int, ...], make: Any) -> Array:
    result = np.empty(shape, dtype=object)
    for place in np.ndindex(shape[:-2]):
        result[place] = make(shape[-1])
    return result


def _orthogonal(size: int, rng: random.Random) -> Array:
    """Return a random rational rotation: the Cayley transform of an antisymmetric matrix."""
    turn = _antisymmetric(_array(sample("inside", (size, size), rng)))
    one = fmpq_mat(size, size, [fmpq(int(i == j)) for i in range(size) for j in range(size)])
    matrix = fmpq_mat(size, size, list(turn.flat))
    return _square((one + matrix).solve(one - matrix), size)


def _square(matrix: fmpq_mat, size: int) -> Array:
    entries = np.empty(size * size, dtype=object)
    entries[:] = matrix.entries()
    return entries.reshape(size, size)


def _antisymmetric(entries: Array) -> Array:
    return np.asarray(entries - np.swapaxes(entries, -1, -2))


def _patterned(facts: set[str], shape: tuple[int, ...], rng: random.Random) -> Array:
    if "antisymmetric" in facts:
        return _antisymmetric(_array(sample("real", shape, rng)))
    size = shape[-1]
    rows, columns = np.indices((size, size))
    key = rows - columns + size
    if "hankel" in facts:
        key = rows + columns
    elif "circulant" in facts:
        key = (rows - columns) % size
    elif "symmetric-toeplitz" in facts:
        key = abs(rows - columns)
    return np.asarray(_array(sample("real", (*shape[:-2], 2 * size), rng))[..., key])


def _entries(facts: set[str], shape: tuple[int, ...], rng: random.Random) -> Array | None:
    """Return entries for facts that do not need a square matrix."""
    if shape and facts & {"onehot", "unit-norm"}:
        return _rows("onehot" in facts, shape, rng)
    if "integer" in facts:
        count = _array(sample("count", shape, rng))
        return np.asarray(count + fmpq(1) if "positive" in facts else count)
    if facts & {"negative", "nonpositive"}:
        return np.asarray(-_array(sample("positive", shape, rng)))
    for fact, domain in ENTRY_FACTS.items():
        if fact in facts and (shape or domain != "simplex"):
            return _array(sample(domain, shape, rng))
    return None


def _rows(onehot: bool, shape: tuple[int, ...], rng: random.Random) -> Array:
    """Return vectors along the last axis with one 1, or of length 1 (by stereography)."""
    result = np.full(shape, fmpq(0), dtype=object)
    for place in np.ndindex(shape[:-1]):
        if onehot or shape[-1] == 1:
            result[(*place, rng.randrange(shape[-1]))] = fmpq(1)
            continue
        flat = _array(sample("real", (shape[-1] - 1,), rng))
        square = sum(flat * flat, fmpq(0))
        result[place][:-1] = flat * fmpq(2) / (square + 1)
        result[place][-1] = (square - 1) / (square + 1)
    return result


def _near(value: Array | None, shape: tuple[int, ...], rng: random.Random) -> Array:
    if value is None or value.shape != shape:
        return _array(sample("unit", shape, rng))
    if is_whole(value.flat):
        return value
    jitter = _array(sample("inside", shape, rng)) / fmpq(10)
    return np.asarray(value * (jitter + fmpq(1)) + jitter / fmpq(100))


def is_whole(entries: Iterable[Any]) -> bool:
    """Tell whether all entries are integers."""
    return all(isinstance(entry, fmpq) and entry.q == 1 for entry in entries)


def as_fraction(entry: Any) -> Fraction | float:
    """Return an entry as a plain number: exact if it is rational."""
    if isinstance(entry, fmpq):
        return Fraction(int(entry.p), int(entry.q))
    if isinstance(entry, arb):
        return float(entry.mid())
    return float("nan") if isinstance(entry, Undefined) else float(entry)
