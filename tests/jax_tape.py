"""Operations in JAX joined by the chain rule: values and derivatives of what is put on a tape.

An operation with its settings and shapes is traced once and used for all programs; tracing and
compiling thousands of whole programs would take an hour.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from tests.jax_arrays import ARRAYS
from tests.jax_entries import ENTRIES, OPERATORS
from tests.jax_numpy import Function, traced, traced_entrywise

FUNCTIONS = ENTRIES | ARRAYS
#: Functions of a spectrum, which has no derivative where values of it are equal or 0.
SPECTRAL = ("eigvalsh", "svdvals")
#: Singular values at least so far apart are different.
APART = 1e-6


@dataclass(frozen=True, slots=True)
class Ref:
    """The place of an array on a tape."""

    place: int
    shape: tuple[int, ...]


class Operation:
    """One operation with its settings, of arrays of given shapes; traced when first used."""

    def __init__(
        self, function: Function, shapes: tuple[tuple[int, ...], ...], spectral: bool
    ) -> None:
        self.function = function
        self.spectral = spectral
        self.examples = [np.zeros(shape) for shape in shapes]

    def _real(self, *arrays: Any) -> Any:
        return jnp.asarray(self.function(*arrays), float)

    def _pulled(self, arrays: Any, cotangent: Any) -> Any:
        return jax.vjp(self._real, *arrays)[1](cotangent)

    def _pushed(self, arrays: Any, tangents: Any) -> Any:
        return jax.jvp(self._real, tuple(arrays), tuple(tangents))[1]

    def _twice(self, arrays: Any, tangents: Any, cotangent: Any, change: Any) -> Any:
        return jax.jvp(self._pulled, (arrays, cotangent), (tangents, change))[1]

    trace = staticmethod(traced)

    @cached_property
    def value(self) -> Function:
        """The value."""
        return self.trace(self._real, *self.examples)

    @cached_property
    def _out(self) -> Any:
        return np.zeros(jax.eval_shape(self._real, *self.examples).shape)

    @cached_property
    def pull(self) -> Function:
        """Cotangents of the arrays, from these and the cotangent of the value."""
        return self.trace(self._pulled, self.examples, self._out)

    @cached_property
    def push(self) -> Function:
        """The tangent of the value, from the arrays and their tangents."""
        return self.trace(self._pushed, self.examples, self.examples)

    @cached_property
    def pull_twice(self) -> Function:
        """How `pull` changes with arrays and cotangent, from these and their changes."""
        return self.trace(self._twice, self.examples, self.examples, self._out, self._out)


class Entrywise(Operation):
    """An operation on numbers: traced for one, done for all entries of arrays of one shape."""

    trace = staticmethod(traced_entrywise)


@cache
def operation(name: str, structure: Any, items: tuple[Any, ...]) -> Operation:
    """Return an operation by name, arguments' structure, and shapes or settings in there."""
    holes = [k for k, item in enumerate(items) if isinstance(item, Hole)]

    def function(*arrays: Any) -> Any:
        filled = [item[1] if isinstance(item, tuple) else item for item in items]
        for hole, array in zip(holes, arrays, strict=True):
            filled[hole] = array
        arguments, keywords = jax.tree.unflatten(structure, filled)
        return (SYNTAX | FUNCTIONS)[name](*arguments, **keywords)

    kind = Entrywise if name in ENTRIES or (name in OPERATORS and name != "@") else Operation
    spectral = name in SPECTRAL or (str, "nuc") in items
    return kind(function, tuple(items[k].shape for k in holes), spectral)


@dataclass(frozen=True, slots=True)
class Hole:
    """Where an array of a shape stands among the arguments."""

    shape: tuple[int, ...]


SYNTAX: dict[str, Function] = {
    **OPERATORS,
    "negate": lambda x: -x,
    "T": lambda x: jnp.transpose(x),
    "[]": lambda x, items: x[tuple(slice(*one) if type(one) is list else one for one in items)],
    "list": lambda *parts: jnp.stack([jnp.asarray(part, float) for part in parts]),
}
"""What is written without a name."""


class Tape:
    """The arrays of one evaluation, with the operations and arrays that each comes from."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self.sources: list[tuple[Operation, list[int]] | None] = []

    def add(self, value: Any, source: tuple[Operation, list[int]] | None = None) -> Ref:
        """Put an array on the tape."""
        self.values.append(np.asarray(value, float))
        self.sources.append(source)
        return Ref(len(self.values) - 1, self.values[-1].shape)

    def apply(self, name: str, *arguments: Any, **keywords: Any) -> Any:
        """Compute an operation: of numbers at once, of arrays on the tape."""
        leaves, structure = jax.tree.flatten((arguments, keywords))
        places = [leaf.place for leaf in leaves if isinstance(leaf, Ref)]
        if not places and name in OPERATORS and name != "@":
            number = OPERATORS[name](*arguments)
            return number if isinstance(number, int | float) else float(number)
        entrywise = name in ENTRIES or (name in OPERATORS and name != "@")
        if entrywise:
            leaves = self._spread(leaves)
            places = [leaf.place for leaf in leaves if isinstance(leaf, Ref)]
        # 2 and 2.0 are one key but not one setting.
        items = [
            Hole(() if entrywise else leaf.shape) if isinstance(leaf, Ref) else (type(leaf), leaf)
            for leaf in leaves
        ]
        found = operation(name, structure, tuple(items))
        value = found.value(*(self.values[place] for place in places))
        return self.add(value, (found, places))

    def _spread(self, leaves: list[Any]) -> list[Any]:
        """Broadcast the arrays among the operands to one shape."""
        whole = np.broadcast_shapes(*(leaf.shape for leaf in leaves if isinstance(leaf, Ref)))
        return [
            self.apply("broadcast_to", leaf, whole)
            if isinstance(leaf, Ref) and leaf.shape != whole
            else leaf
            for leaf in leaves
        ]

    def push(self, tangents: Mapping[int, Any]) -> list[Any]:
        """Return the tangents of all arrays, given those of some."""
        found: list[Any] = []
        for place, source in enumerate(self.sources):
            tangent = tangents.get(place, np.zeros_like(self.values[place]))
            if source is not None and source[1]:
                moved = [found[k] for k in source[1]]
                if any(one.any() for one in moved):
                    tangent = np.asarray(source[0].push(self._at(source[1]), moved))
            found.append(tangent)
        return found

    def pull(self, place: int, cotangent: Any) -> list[Any]:
        """Return the cotangents of all arrays, given that of one."""
        found = [np.zeros_like(value) for value in self.values]
        found[place] = np.asarray(cotangent, float)
        for source, own in self._backwards(found):
            _add(found, source[1], source[0].pull(self._at(source[1]), own))
        return found

    def is_regular(self) -> bool:
        """Tell whether every operation by itself has finite derivatives where it stands."""
        for source, value in zip(self.sources, self.values, strict=True):
            if source is not None and source[1]:
                arrays = self._at(source[1])
                if source[0].spectral and not _has_simple_spectrum(arrays[0]):
                    return False
                found = source[0].pull(arrays, np.ones_like(value))
                if not all(np.isfinite(one).all() for one in found):
                    return False
        return True

    def pull_twice(self, place: int, tangents: Mapping[int, Any]) -> list[Any]:
        """Return how the cotangents of a scalar change along tangents."""
        moved = self.push(tangents)
        first = [np.zeros_like(value) for value in self.values]
        second = [np.zeros_like(value) for value in self.values]
        first[place] = np.ones(())
        for k in range(place, -1, -1):
            source = self.sources[k]
            if source is not None and source[1] and (first[k].any() or second[k].any()):
                arrays, along = self._at(source[1]), [moved[one] for one in source[1]]
                _add(first, source[1], source[0].pull(arrays, first[k]))
                changes = source[0].pull_twice(arrays, along, first[k], second[k])
                _add(second, source[1], changes)
        return second

    def _backwards(self, cotangents: list[Any]) -> Iterator[tuple[Any, Any]]:
        for place in range(len(self.sources) - 1, -1, -1):
            source = self.sources[place]
            if source is not None and source[1] and cotangents[place].any():
                yield source, cotangents[place]

    def _at(self, places: list[int]) -> list[Any]:
        return [self.values[place] for place in places]


def _add(totals: list[Any], places: list[int], parts: Any) -> None:
    for place, part in zip(places, parts, strict=True):
        totals[place] = totals[place] + np.asarray(part)


def _has_simple_spectrum(matrix: Any) -> bool:
    spectrum = np.linalg.svd(matrix, compute_uv=False)
    return bool(spectrum[-1] > APART and (np.diff(spectrum) < -APART).all())
