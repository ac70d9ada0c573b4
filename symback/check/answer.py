"""A quantity that an expectation is about, and how its entries are written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from symback.check.numbers import compare, digits_written, written
from symback.functions.values.arrays import Array
from symback.language import parse
from symback.language.tree import Expression, Name, Subscript
from symback.numeric import EXACT, evaluate, format_number
from symback.problem.model import Tolerance
from symback.tensor.dims import Shape

#: Numbers that were not in the file before are written with so many digits, or as many as were.
LEAST_DIGITS = 6
#: No tolerance asks for more digits than this.
MOST_DIGITS = 60


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


def digits(tree: Expression, got: Any, tolerance: Tolerance | None = None) -> str:
    """Return a value with as many digits as a number was written with, and at least six.

    There are more where it takes them for what is returned to pass for the value.
    """
    number = written(tree)
    least = max(LEAST_DIGITS, digits_written(number) if number is not None else 0)
    for count in range(least, MOST_DIGITS):
        text = str(format_number(got, count))
        shown = written(parse(text))
        if shown is None or compare(shown, got, tolerance).passed:
            return text
    return str(format_number(got, least))
