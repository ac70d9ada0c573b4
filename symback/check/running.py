"""Evaluating scripts at points in float64, as they are and with single lines altered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from symback.check.passes import Line, Script
from symback.errors import SymbackError
from symback.functions.entry import Function
from symback.functions.values_arrays import Array, metered
from symback.language.tree import Expression
from symback.numeric.planned import PlannedEvaluator

Functions = Mapping[str, Function]
#: Largest array that an altered formula may make.
MAX_ELEMENTS = 200_000


@dataclass
class Point:
    """Values of what is given, the sizes of dimensions, and whether the problem states them."""

    values: dict[str, Array]
    given: bool = False
    environments: dict[int, dict[str, Array]] = field(default_factory=dict)

    def environment(self, script: Script, functions: Functions) -> dict[str, Array]:
        """Return the value of every line of a script here."""
        key = id(script)
        if key not in self.environments:
            values: dict[str, Array] = dict(self.values)
            with quiet():
                for line in script.lines:
                    if script.rows is not None and script.rows[0] in line.uses:
                        seed, of = script.rows
                        values[seed] = np.ones_like(values[of])
                    try:
                        values[line.name] = line_value(line, values, functions)
                    except KeyError:
                        continue
            self.environments[key] = values
        return self.environments[key]


@contextmanager
def quiet() -> Iterator[None]:
    """Bound the size of arrays and let undefined numbers pass."""
    with metered(MAX_ELEMENTS), np.errstate(all="ignore"):
        yield


def evaluated(tree: Expression, values: Mapping[str, Any], functions: Functions) -> Array:
    """Return a tree's value in float64; to be called inside `quiet`.

    Raises: the errors of `numeric.evaluate`.
    """
    return PlannedEvaluator(values, functions).value(tree)


def line_value(line: Line, values: Mapping[str, Any], functions: Functions) -> Array:
    """Return the sum of a line's parts."""
    total = evaluated(line.parts[0].tree, values, functions)
    for part in line.parts[1:]:
        total = total + evaluated(part.tree, values, functions)
    return np.asarray(total)


def value_with(
    script: Script,
    target: str,
    values: Mapping[str, Array],
    changed: Mapping[str, Array | Line],
    functions: Functions,
) -> Array | None:
    """Return the value of `target` when some lines have other values, or other formulas.

    `values` are those of all lines as they are. None where the altered formulas make no sense.
    """
    fixed = {name: x for name, x in changed.items() if not isinstance(x, Line)}
    if target in fixed:
        return fixed[target]
    found = values_with(script, target, values, changed, functions)
    return None if found is None else found[target]


def values_with(
    script: Script,
    target: str,
    values: Mapping[str, Array],
    changed: Mapping[str, Array | Line],
    functions: Functions,
) -> dict[str, Array] | None:
    """Return the values of all lines that `target` rests on, as `value_with` does of it alone."""
    fixed = {name: x for name, x in changed.items() if not isinstance(x, Line)}
    current: dict[str, Array] = {**values, **fixed}
    moved = set(fixed)
    for line in script.leading_to(target, fixed):
        other = changed.get(line.name)
        if isinstance(other, Line) or not moved.isdisjoint(line.uses):
            try:
                chosen = other if isinstance(other, Line) else line
                current[line.name] = line_value(chosen, current, functions)
            except (SymbackError, ValueError, KeyError):
                return None
            moved.add(line.name)
    return current
