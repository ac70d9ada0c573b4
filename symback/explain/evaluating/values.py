"""The numbers of a solution: every given value, step, error signal and result, once each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from symback.calculus.program import Program
from symback.explain.deriving.requests import Derived
from symback.explain.evaluating.components import expand
from symback.explain.evaluating.flat import flat_notes
from symback.explain.solution import Note
from symback.functions.values.arrays import Array, entries_of
from symback.language import names, substitute
from symback.language.tree import Expression, Name, Negate, Number
from symback.numeric import kink_notes, solve_values
from symback.numeric.value import Value
from symback.problem.arrays import read_array
from symback.problem.model import ArrayFile, Problem, tree_of
from symback.problem.model import Value as GivenValue
from symback.problem.names import UNNAMED

#: Verbs that differentiate nothing.
CONSTANT = ("value", "graph")


class Quantities:
    """Collects what is to be evaluated; names that several entries of `find` use are kept apart."""

    def __init__(self, problem: Problem, program: Program) -> None:
        self.problem = problem
        self.program = program
        self.definitions: dict[str, Expression] = {}
        self.expanded: dict[str, Expression | None] = {}
        self._steps: list[tuple[str, Expression]] = []
        self._keys: dict[str, str] = {}

    def define(self, name: str, tree: Expression) -> None:
        """Add a step that later ones may use under its name."""
        known = self.definitions.get(name)
        if known == tree:
            return
        key = name if known is None else f"{name}#{len(self._steps)}"
        self._steps.append((key, self._own(tree)))
        self.definitions[name] = tree
        self.expanded[name] = expand(tree, self.expanded)
        self._keys[name] = key

    def define_result(self, one: Derived, tree: Expression) -> str:
        """Add a result and return the key of its value."""
        if isinstance(tree, Name) and tree.id in self.program.tensors:
            return self._keys.get(tree.id, tree.id)
        if self.definitions.get(one.name) == tree:
            return self._keys[one.name]
        key = f"{one.name}#{len(self._steps)}"
        self._steps.append((key, self._own(tree)))
        self._keys[one.name] = key
        return key

    def _own(self, tree: Expression) -> Expression:
        keys = {name: self._keys.get(name, name) for name in names(tree)}
        renamed = {name: Name(key) for name, key in keys.items() if name != key}
        return substitute(tree, renamed) if renamed else tree

    def evaluate(self) -> dict[str, Value]:
        """Return the value of everything that given values determine."""
        given, steps = self._plan()
        computed = [key for key, _ in steps]
        shown = [name for name in self.problem.given if name in {*given, *computed}]
        wanted = [*shown, *(key for key in computed if key not in shown)]
        return solve_values(given, steps, wanted, self.program.functions)

    def near(
        self,
        shifts: Mapping[str, Any],
        target: Expression,
        key: str,
        wanted: Iterable[str],
        bits: int,
    ) -> dict[str, Value]:
        """Return values to `bits` bits where given values are changed by `shifts`.

        `key` is the name of the value of an expression besides.
        """
        given, steps = self._plan()
        moved = {
            name: entries_of(given[name]) + entries_of(shift) for name, shift in shifts.items()
        }
        return solve_values(
            {**given, **moved}, [*steps, (key, target)], wanted, self.program.functions, bits
        )

    def entries(self, name: str) -> Array | None:
        """Return what is given as numbers; None for what is not."""
        given, _ = self._given()
        return entries_of(given[name]) if name in given else None

    def _plan(self) -> tuple[dict[str, Any], list[tuple[str, Expression]]]:
        """Return the given numbers, and the steps that these determine."""
        given, constants = self._given()
        known = {*given, "pi"}
        steps = []
        for key, tree in [*constants, *self._steps]:
            if names(tree) <= known:
                steps.append((key, tree))
                known.add(key)
        return given, steps

    def _given(self) -> tuple[dict[str, Any], list[tuple[str, Expression]]]:
        """Return numbers as they are, and constant expressions as steps."""
        sizes = {name: size for name, size in self.program.dims.items() if size is not None}
        numbers: dict[str, Any] = dict(sizes)
        constants = []
        for given in self.problem.given.values():
            if isinstance(given.value, ArrayFile):
                numbers[given.name] = read_array(given.value)
            elif given.value is not None:
                entries = _numbers(given.value)
                if entries is None:
                    constants.append((given.name, tree_of(given.value)))
                else:
                    numbers[given.name] = entries
        return numbers, constants

    def notes(self, values: Mapping[str, Value]) -> Iterator[Note]:
        """Yield what is to be said about the values: undefined ones, kinks, missing proofs."""
        seen = set()
        for value in values.values():
            for note in value.notes:
                entry = Note(note.code, _plain(note.name), note.message)
                if entry not in seen:
                    seen.add(entry)
                    yield entry
        define = self.problem.define
        forward = [(key, tree) for key, tree in self._steps if key in define]
        forward += [
            (UNNAMED[0], formula.tree)
            for request in self.problem.find
            for formula in request.targets or ()
            if not isinstance(formula.tree, Name)
        ]
        kinks = list(self._kinks(values, forward))
        yield from kinks
        if self.program.guarded:
            derived = [(_plain(key), tree) for key, tree in self._steps if key not in define]
            yield from flat_notes(derived, values, self.program.functions, kinks)

    def _kinks(
        self, values: Mapping[str, Value], steps: Iterable[tuple[str, Expression]]
    ) -> Iterator[Note]:
        known = {name: value.entries for name, value in values.items()}
        valued = {*known, "pi"}
        usable = [(key, tree) for key, tree in steps if names(tree) <= valued]
        moving = self._moving(usable)
        for note in kink_notes(known, usable, self.program.functions, moving):
            yield Note(note.code, note.name, note.message)

    def _moving(self, steps: Iterable[tuple[str, Expression]]) -> set[str]:
        """Return what something is differentiated by, and the steps that change with it."""
        moving: set[str] = set()
        for request in self.problem.find:
            if request.verb not in CONSTANT:
                asked = request.wrt
                moving.update(
                    self.problem.given
                    if asked is None
                    else (name for formula in asked for name in names(formula.tree))
                )
        for key, tree in steps:
            if names(tree) & moving:
                moving.add(key)
        return moving


def _plain(key: str) -> str:
    return key.split("#")[0]


def _numbers(value: GivenValue) -> Any:
    """Return nested exact numbers, None where an entry is an expression."""
    if isinstance(value, tuple):
        inner = [_numbers(one) for one in value]
        return None if any(one is None for one in inner) else inner
    match value:
        case Number(number):
            return number
        case Negate(Number(number)):
            return -number
        case _:
            return None
