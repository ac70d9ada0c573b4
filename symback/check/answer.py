"""A quantity that an expectation is about, and how its entries are written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from symback.check.numbers import digits_written, written
from symback.functions.values_arrays import Array
from symback.language.tree import Expression, Name, Subscript
from symback.numeric import EXACT, evaluate, format_number
from symback.tensor.dims import Shape

#: Numbers that were not in the file before are written with so many digits, or as many as were.
LEAST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Answer:
    """A quantity of a solution: what it is called, its formula, shape, and value if it has one."""

    name: str
    tree: Expression
    shape: Shape
    value: Array | None

    def at(self, items: tuple[Expression, ...]) -> Answer:
        """Return a component or slice of it."""
        value = None
        if self.value is not None:
            tree = Subscript(Name("value"), items)
            value = evaluate(tree, {"value": self.value}, {}, EXACT)
        shape = value.shape if value is not None else ()
        return replace(self, tree=Subscript(self.tree, items), shape=shape, value=value)


def subscript(place: tuple[int, ...], base: int) -> str:
    """Return the text of a place as the file counts: `[1,2]`, nothing for a scalar."""
    return "[" + ",".join(str(k + base) for k in place) + "]" if place else ""


def digits(tree: Expression, got: Any) -> str:
    """Return a value with as many digits as a number was written with, and at least six."""
    number = written(tree)
    count = max(LEAST_DIGITS, digits_written(number) if number is not None else 0)
    return str(format_number(got, count))
