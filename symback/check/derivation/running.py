"""Evaluating scripts at points in float64, as they are and with single lines altered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from symback.check.derivation.passes import Line, Script
from symback.errors import SymbackError
from symback.functions.entry import Function
from symback.functions.values.arrays import Array, metered
from symback.language import names
from symback.language.tree import Expression
from symback.numeric.planned import PlannedEvaluator

Functions = Mapping[str, Function]
#: Values of formulas by their identity, each with the arrays that it was made of.
Known = dict[int, tuple[tuple[tuple[str, Array], ...], Array]]
#: Largest array that an altered formula may make.
MAX_ELEMENTS = 200_000


@dataclass
class Point:
    """Values of what is given, the sizes of dimensions, and whether the problem states them."""

    values: dict[str, Array]
    given: bool = False
    environments: dict[int, dict[str, Array]] = field(default_factory=dict)
    known: Known = field(default_factory=dict)
    """The values of parts of lines, and of what they are made of."""

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
                    except (KeyError, SymbackError):
                        continue
                    if len(line.parts) > 1:
                        self._keep(line, values, functions)
            self.environments[key] = values
        return self.environments[key]

    def _keep(self, line: Line, values: Mapping[str, Array], functions: Functions) -> None:
        """Note the values of the parts of a line, which are seldom altered all at once."""
        for part in line.parts:
            inputs = tuple((name, values[name]) for name in names(part.tree) if name in values)
            self.known[id(part.tree)] = (inputs, evaluated(part.tree, values, functions))


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


def line_value(
    line: Line, values: Mapping[str, Any], functions: Functions, known: Known | None = None
) -> Array:
    """Return the sum of a line's parts; what is known and rests on the same is not redone."""
    total = _part_value(line.parts[0].tree, values, functions, known)
    for part in line.parts[1:]:
        total = total + _part_value(part.tree, values, functions, known)
    return np.asarray(total)


def _part_value(
    tree: Expression, values: Mapping[str, Any], functions: Functions, known: Known | None
) -> Array:
    found = known.get(id(tree)) if known else None
    if found is not None and all(values.get(name) is value for name, value in found[0]):
        return found[1]
    return evaluated(tree, values, functions)


def value_with(
    script: Script,
    target: str,
    values: Mapping[str, Array],
    changed: Mapping[str, Array | Line],
    functions: Functions,
    known: Known | None = None,
) -> Array | None:
    """Return the value of `target` when some lines have other values, or other formulas.

    `values` are those of all lines as they are. None where the altered formulas make no sense.
    """
    fixed = {name: x for name, x in changed.items() if not isinstance(x, Line)}
    if target in fixed:
        return fixed[target]
    found = values_with(script, target, values, changed, functions, known)
    return None if found is None else found[target]


def values_with(
    script: Script,
    target: str,
    values: Mapping[str, Array],
    changed: Mapping[str, Array | Line],
    functions: Functions,
    known: Known | None,
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
                current[line.name] = line_value(chosen, current, functions, known)
            except (SymbackError, ValueError, KeyError):
                return None
            moved.add(line.name)
    return current
