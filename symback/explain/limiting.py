"""Values where a closed form is 0/0 but the derivative exists: limits, checked by differences.

The gradient of a determinant at a singular matrix and that of a nuclear norm at equal singular
values are defined; their closed forms divide by 0 there.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from symback.errors import SymbackError
from symback.explain.solution import Note, Result, Solution
from symback.explain.values import Quantities
from symback.functions.values_entries import Undefined
from symback.language.tree import Expression, Name
from symback.numeric.value import Value

#: How far away values are taken, and how many bits of them are known.
DISTANCE_BITS, BITS = 100, 420
#: Values on different sides agree to as many bits.
AGREEING_BITS = 70
#: Differences are what the limit says to as many bits; a kink leaves none.
CHECKED_BITS = 30
#: What is below 2 to the minus this is taken for 0, what is above 2 to this for no limit.
MAX_EXPONENT = 4_000
#: A limit this close to a fraction with a short denominator is that fraction.
MAX_DENOMINATOR = 10_000
#: Larger results are not looked at.
MAX_ENTRIES = 400
#: Facts about values that also hold nearby, and those that hold nearby for symmetric changes.
OPEN = frozenset({"real", "positive", "nonnegative", "invertible"})
SYMMETRIC = frozenset({"symmetric", "positive-definite"})
#: The key under which a differentiated expression without a name is evaluated.
TARGET = "#target"
MESSAGE = "the closed form has no value here: the number is its limit"


def with_limits(solution: Solution, quantities: Quantities) -> Solution:
    """Return the solution with values in place of those that are undefined but have a limit.

    The function must have a value, the limits along several lines must agree, and differences of
    the function must confirm them.
    """
    found = {}
    for place, result in enumerate(solution.results):
        value = result.value
        if value is not None and _is_undefined(value) and value.entries.size <= MAX_ENTRIES:
            limit = _limit(solution, quantities, result)
            if limit is not None:
                found[place] = limit
    if not found:
        return solution
    results = [
        replace(result, value=found.get(place, result.value))
        for place, result in enumerate(solution.results)
    ]
    settled = {solution.results[place].name for place in found}
    left = [n for n in solution.notes if n.code != "undefined" or n.name not in settled]
    notes = [Note("limit", name, MESSAGE) for name in sorted(settled)]
    return replace(solution, results=tuple(results), notes=(*left, *notes))


def _is_undefined(value: Value) -> bool:
    return any(isinstance(entry, Undefined) for entry in value.entries.flat)


def _limit(solution: Solution, quantities: Quantities, result: Result) -> Value | None:
    kinds = ("gradient", "jacobian", "hessian")
    target = _target(solution, result)
    if result.kind not in kinds or target is None:
        return None
    try:
        nearby = _Nearby(quantities, result, target)
        return nearby.limit()
    except (SymbackError, _NoLimit):
        return None


def _target(solution: Solution, result: Result) -> Expression | None:
    """Return the expression that is differentiated."""
    if result.of in solution.problem.define:
        return Name(result.of)
    targets = (result.request and result.request.targets) or ()
    return targets[0].tree if len(targets) == 1 else None


class _NoLimit(Exception):
    """There is none, or it cannot be told."""


class _Nearby:
    """The values of a result and of its function around the point."""

    def __init__(self, quantities: Quantities, result: Result, target: Expression) -> None:
        self.quantities = quantities
        self.result = result
        self.target = target
        self._random = random.Random(1)

    def limit(self) -> Value:
        """Return the limit; raises _NoLimit."""
        import numpy as np

        here = self._here()
        lines = [self._line() for _ in range(2)]
        ends = [self._at(line, sign) for line in lines for sign in (1, -1)]
        values = [value for value, _ in ends]
        middle = self._agreed(values)
        for k, line in enumerate(lines):
            self._check(line, middle, here, [function for _, function in ends[2 * k : 2 * k + 2]])
        entries = np.empty(middle.size, dtype=object)
        entries[:] = [_short(x) for x in middle.flat]
        proved = np.zeros(middle.shape, dtype=bool)
        return Value(self.result.key, entries.reshape(middle.shape), proved)

    def _line(self) -> dict[str, Any]:
        """Draw a change of every variable, as far as its facts allow it."""
        return {name: self._change(name) for name in dict.fromkeys(self.result.wrt)}

    def _change(self, name: str) -> Any:
        import numpy as np

        given = self.quantities.problem.given.get(name)
        entries = self.quantities.entries(name)
        if given is None or entries is None:
            raise _NoLimit
        facts = {*given.assume, *([given.structure] if given.structure else [])}
        change = np.empty(entries.shape, dtype=object)
        for place in np.ndindex(entries.shape):
            number = self._random.choice((-1, 1)) * self._random.randint(8, 24)
            change[place] = Fraction(number, 16 << DISTANCE_BITS)
        if facts & SYMMETRIC:
            change = change + change.T
        if facts - SYMMETRIC - OPEN:
            raise _NoLimit
        return change

    def _at(self, line: Mapping[str, Any], sign: int) -> tuple[Any, Any]:
        """Return the result and its function at one end of a line."""
        import numpy as np

        shifts = {name: np.asarray(sign * change).tolist() for name, change in line.items()}
        key = self.result.key
        values = self.quantities.near(shifts, self.target, TARGET, [key, TARGET], BITS)
        return self._finite(values[key]), self._finite(values[TARGET])

    @staticmethod
    def _finite(value: Value) -> Any:
        import numpy as np

        if value.entries.dtype != object or _is_undefined(value):
            raise _NoLimit
        return np.asarray(np.frompyfunc(_number, 1, 1)(value.entries), dtype=object)

    def _agreed(self, values: list[Any]) -> Any:
        """Return the mean of values that agree."""
        import numpy as np

        middle = np.asarray(sum(values[1:], values[0]) / len(values), dtype=object)
        for value in values:
            for x, y in zip(value.flat, middle.flat, strict=True):
                if abs(x - y) * 2**AGREEING_BITS > max(abs(y), 1):
                    raise _NoLimit
        return middle

    def _check(self, line: Mapping[str, Any], value: Any, here: Any, ends: list[Any]) -> None:
        """Compare differences of the function along a line with what the limit says."""
        ahead, behind = ends
        bent = ahead + behind - 2 * here
        step = Fraction(1, 2**DISTANCE_BITS)
        if self.result.kind == "hessian":
            wanted = self._second(line, value)
            if wanted is None:
                return
            self._compare(bent, wanted, step * step)
        else:
            (name,) = self.result.wrt
            wanted = 2 * _contracted(value, line[name])
            self._compare(ahead - behind, wanted, step)
            self._compare(bent, 0 * bent, step)

    def _second(self, line: Mapping[str, Any], value: Any) -> Any:
        """Return what the second difference along a line must be, None for a mixed derivative."""
        first, last = self.result.wrt
        if first != last:
            return None
        return _contracted(_contracted(value, line[last]), line[first])

    def _here(self) -> Any:
        values = self.quantities.near({}, self.target, TARGET, [TARGET], BITS)
        return self._finite(values[TARGET])

    @staticmethod
    def _compare(found: Any, wanted: Any, unit: Fraction) -> None:
        import numpy as np

        for x, y in zip(np.ravel(found), np.ravel(wanted), strict=True):
            if abs(x - y) * 2**CHECKED_BITS > max(abs(y), unit):
                raise _NoLimit


def _contracted(value: Any, change: Any) -> Any:
    """Contract the last axes of a derivative with a change of the variable."""
    import numpy as np

    return np.tensordot(value, change, axes=change.ndim) if change.ndim else value * change


def _number(x: Any) -> Fraction:
    """Return the rational that an entry is, or the middle of its ball."""
    from flint import arb

    if isinstance(x, arb):
        mantissa, exponent = (int(part) for part in x.mid().man_exp())
        if exponent > MAX_EXPONENT:
            raise _NoLimit
        if exponent < -MAX_EXPONENT:
            return Fraction(0)
        return Fraction(mantissa) * Fraction(2) ** exponent
    return Fraction(int(x.p), int(x.q))


def _short(number: Fraction) -> Any:
    """Return a number as an entry, the fraction that it is next to if that is a short one."""
    from flint import arb, fmpq

    near = number.limit_denominator(MAX_DENOMINATOR)
    if abs(number - near) < Fraction(1, 2**AGREEING_BITS):
        return fmpq(near.numerator, near.denominator)
    return arb(fmpq(number.numerator, number.denominator))
