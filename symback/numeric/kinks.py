"""Which functions of a computation are evaluated exactly where they have no derivative."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from flint import ctx

from symback.errors import InputError
from symback.functions.domains import Undecided
from symback.functions.entry import Function
from symback.functions.values_arrays import Array, entries_of, metered
from symback.functions.values_entries import Undefined, deciding
from symback.language import parse
from symback.language.tree import Expression
from symback.numeric.arithmetic import EXACT, FLOAT64, Arithmetic
from symback.numeric.evaluate import Evaluator, Functions
from symback.numeric.signature import bind
from symback.numeric.value import Note

#: Precision at which values are compared with kinks.
KINK_BITS = 256


def kink_notes(
    values: Mapping[str, Any], steps: Iterable[tuple[str, Expression]], functions: Functions
) -> tuple[Note, ...]:
    """Return a note of code `kink` for every function whose value in a step sits on a kink.

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
            finder = KinkFinder(arrays, functions, arithmetic)
            with deciding(final=True):
                finder.value(expression)
            for function in finder.found:
                message = f"`{function.name}` has a kink there: {function.convention}"
                notes.setdefault((name, function.name), Note("kink", name, message))
    return tuple(notes.values())


class KinkFinder(Evaluator):
    """Evaluates as usual and collects the functions whose kink condition holds somewhere."""

    def __init__(
        self, environment: Mapping[str, Array], functions: Functions, arithmetic: Arithmetic
    ) -> None:
        super().__init__(environment, functions, arithmetic)
        self.found: list[Function] = []

    def apply(self, function: Function, arguments: list[Any], keywords: dict[str, Any]) -> Array:
        """Return a function's value, and remember the function if it sits on a kink."""
        out = super().apply(function, arguments, keywords)
        if function.kinks and function.convention:
            bound = bind(function, arguments, keywords, self._default)
            if self._holds(function.kinks, {**bound, "out": out}):
                self.found.append(function)
        return out

    def _holds(self, condition: str, environment: Mapping[str, Any]) -> bool:
        try:
            holds = Evaluator(environment, self.functions, self.arithmetic).value(parse(condition))
        except (InputError, Undecided):
            return False
        return any(not isinstance(entry, Undefined) and entry != 0 for entry in holds.flat)
