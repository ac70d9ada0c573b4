"""A result and the function it is the derivative of, evaluated around the point given."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from symback.explain.evaluating.values import Quantities
from symback.explain.solution import Result
from symback.functions.values.entries import Undefined
from symback.language.tree import Expression
from symback.numeric.value import Value

#: How far away values are taken, and how many bits of them are known.
DISTANCE_BITS, BITS = 100, 420
#: What is below 2 to the minus this is taken for 0, what is above 2 to this for no limit.
MAX_EXPONENT = 4_000
#: Facts about values that also hold nearby, and those that hold nearby for symmetric changes.
OPEN = frozenset({"real", "positive", "nonnegative", "invertible"})
SYMMETRIC = frozenset({"symmetric", "positive-definite"})
#: The key under which an expression without a name is evaluated.
TARGET = "#target"


class NoLimit(Exception):
    """There is none, or it cannot be told."""


class Surroundings:
    """The values of a result and of its function around the point."""

    def __init__(self, quantities: Quantities, result: Result) -> None:
        self.quantities = quantities
        self.result = result
        self.target = result.target
        self._random = random.Random(1)

    def line(self) -> dict[str, Any]:
        """Draw a change of every variable, as far as its facts allow it."""
        return {name: self._change(name) for name in dict.fromkeys(self.result.wrt)}

    def _change(self, name: str) -> Any:
        import numpy as np

        given = self.quantities.problem.given.get(name)
        entries = self.quantities.entries(name)
        if given is None or entries is None:
            raise NoLimit
        facts = set(given.facts)
        change = np.empty(entries.shape, dtype=object)
        for place in np.ndindex(entries.shape):
            number = self._random.choice((-1, 1)) * self._random.randint(8, 24)
            change[place] = Fraction(number, 16 << DISTANCE_BITS)
        if facts & SYMMETRIC:
            change = change + change.T
        if facts - SYMMETRIC - OPEN:
            raise NoLimit
        return change

    def both(self, line: Mapping[str, Any], sign: int) -> tuple[Any, Any]:
        """Return the result and its function at one end of a line."""
        values = self._values(line, sign, self.target, [self.result.key, TARGET])
        return values[self.result.key], values[TARGET]

    def function(self, line: Mapping[str, Any], sign: int = 1) -> Any:
        """Return the function at one end of a line."""
        return self._values(line, sign, self.target, [TARGET])[TARGET]

    def here(self, tree: Expression) -> Any:
        """Return an expression at the point itself."""
        return self._values({}, 1, tree, [TARGET])[TARGET]

    def _values(
        self, line: Mapping[str, Any], sign: int, tree: Expression, wanted: Iterable[str]
    ) -> dict[str, Any]:
        import numpy as np

        shifts = {name: np.asarray(sign * change).tolist() for name, change in line.items()}
        values = self.quantities.near(shifts, tree, TARGET, wanted, BITS)
        return {name: _finite(values[name]) for name in wanted}


def is_undefined(value: Value) -> bool:
    """Tell whether some entry has no value."""
    return any(isinstance(entry, Undefined) for entry in value.entries.flat)


def _finite(value: Value) -> Any:
    import numpy as np

    if value.entries.dtype != object or is_undefined(value):
        raise NoLimit
    return np.asarray(np.frompyfunc(_number, 1, 1)(value.entries), dtype=object)


def _number(x: Any) -> Fraction:
    """Return the rational that an entry is, or the middle of its ball."""
    from flint import arb

    if isinstance(x, arb):
        mantissa, exponent = (int(part) for part in x.mid().man_exp())
        if exponent > MAX_EXPONENT:
            raise NoLimit
        if exponent < -MAX_EXPONENT:
            return Fraction(0)
        return Fraction(mantissa) * Fraction(2) ** exponent
    return Fraction(int(x.p), int(x.q))
