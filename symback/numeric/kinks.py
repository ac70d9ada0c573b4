"""Which functions of a computation are evaluated exactly where they have no derivative.

So are conditions: where both sides of a comparison are equal, a branch ends.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

import numpy as np
from flint import ctx

from symback.errors import InputError
from symback.functions.domains import Undecided
from symback.functions.entry import Function
from symback.functions.values.arrays import Array, entries_of, metered
from symback.functions.values.entries import Undefined, deciding
from symback.language import names, parse, walk, write
from symback.language.tree import Compare, Expression, Subscript
from symback.numeric.arithmetic import EXACT, FLOAT64, Arithmetic
from symback.numeric.evaluate import Evaluator, Functions
from symback.numeric.signature import bind
from symback.numeric.value import Note

#: Precision at which values are compared with kinks.
KINK_BITS = 256
#: A longer condition is not quoted, nor one with indices, which a problem may count from 1.
MAX_QUOTED = 60


def kink_notes(
    values: Mapping[str, Any],
    steps: Iterable[tuple[str, Expression]],
    functions: Functions,
    moving: Container[str] = (),
) -> tuple[Note, ...]:
    """Return a note of code `kink` for every function whose value in a step sits on a kink.

    So does a comparison of equal values, where one of them changes with the names in `moving`.

    `values` holds the values of all given names and steps; the message is the function's name and
    the convention for its derivative there. In a function's `kinks`, its parameters and `out`, its
    value, may be used; what is not an expression is passed over. Where there are float64 values,
    which large problems have, everything is compared in float64.
    """
    entries = {name: entries_of(value) for name, value in values.items()}
    rounded = any(array.dtype == float for array in entries.values())
    arithmetic = FLOAT64 if rounded else EXACT
    arrays = {name: arithmetic.lift(array) for name, array in entries.items()}
    notes: dict[tuple[str, str], Note] = {}
    with metered(arithmetic.max_elements), np.errstate(all="ignore"), ctx.workprec(KINK_BITS):
        for name, expression in steps:
            finder = KinkFinder(arrays, functions, arithmetic, moving)
            with deciding(final=True):
                finder.value(expression)
            for what, message in finder.messages():
                notes.setdefault((name, what), Note("kink", name, message))
    return tuple(notes.values())


class KinkFinder(Evaluator):
    """Evaluates as usual and collects the functions whose kink condition holds somewhere."""

    def __init__(
        self,
        environment: Mapping[str, Array],
        functions: Functions,
        arithmetic: Arithmetic,
        moving: Container[str] = (),
    ) -> None:
        super().__init__(environment, functions, arithmetic)
        self.moving = moving
        self.found: list[Function] = []
        self.edges: list[Compare] = []

    def messages(self) -> Iterator[tuple[str, str]]:
        """Yield what sits on a kink, with what counts there."""
        for function in self.found:
            yield function.name, f"`{function.name}` has a kink there: {function.convention}"
        for edge in self.edges:
            text = write(edge)
            picks = any(isinstance(node, Subscript) for node in walk(edge))
            what = "a condition" if picks or len(text) > MAX_QUOTED else f"`{text}`"
            yield text, f"{what} is at its edge there: the side that is taken counts"

    def combine(self, node: Expression, parts: list[Any]) -> Any:
        """Return a node's value, and remember a comparison of equal values that may change."""
        if isinstance(node, Compare) and any(name in self.moving for name in names(node)):
            same = {"left": self._array(parts[0]), "right": self._array(parts[1])}
            if self._holds("left == right", same):
                self.edges.append(node)
        return super().combine(node, parts)

    def apply(self, function: Function, arguments: list[Any], keywords: dict[str, Any]) -> Array:
        """Return a function's value, and remember the function if it sits on a kink."""
        out = super().apply(function, arguments, keywords)
        if function.kinks and function.convention:
            bound = bind(function, arguments, keywords, self._default)
            condition = function.kinks
            condition = condition if isinstance(condition, str) else condition(bound)
            if self._holds(condition, {**bound, "out": out}):
                self.found.append(function)
        return out

    def _holds(self, condition: str, environment: Mapping[str, Any]) -> bool:
        try:
            holds = Evaluator(environment, self.functions, self.arithmetic).value(parse(condition))
        except (InputError, Undecided):
            return False
        return any(not isinstance(entry, Undefined) and entry != 0 for entry in holds.flat)
