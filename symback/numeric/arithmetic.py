"""The two arithmetics: exact rationals with certified balls, and float64."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import prod
from operator import eq, ge, gt, le, lt, ne
from typing import Any, Protocol

import numpy as np
from flint import arb, fmpq

from symback.functions.entry import Function
from symback.functions.values.arrays import (
    METER,
    Array,
    boxed,
    check_size,
    entrywise,
    lifted,
    spend,
)
from symback.functions.values.entries import (
    ONE,
    ZERO,
    Entry,
    Undefined,
    as_ball,
    divide,
    power,
    sign_of,
)
from symback.numeric.elementwise import apply_to_entries, apply_to_floats

#: Exact arrays of more bits than this have their longest entries turned into balls.
MAX_EXACT_BITS_OF_ARRAY = 131_072
LONG_ENTRY_BITS = 4_096
#: What a value of an elementwise function costs, in multiplications, and one NumPy does not have.
WORK_OF_FUNCTION, WORK_OF_SPECIAL_FUNCTION = 10, 200


class Arithmetic(Protocol):
    """How numbers are held in arrays and calculated with; operands have one dtype."""

    max_elements: int

    def number(self, value: Fraction) -> Array:
        """Return a number as an array without axes."""
        ...

    def pi(self) -> Array:
        """Return the circle constant."""
        ...

    def lift(self, x: Array) -> Array:
        """Return an array of either arithmetic as one of this arithmetic."""
        ...

    def binary(self, op: str, a: Array, b: Array) -> Array:
        """Return `a op b` for `+ - * / ** @`, with broadcasting, `@` on stacks of matrices."""
        ...

    def compare(self, op: str, a: Array, b: Array) -> Array:
        """Return 1 where `a op b` holds and 0 elsewhere."""
        ...

    def elementwise(self, function: Function, arguments: list[Array]) -> Array:
        """Return an elementwise function's values, with broadcasting."""
        ...


class Exact:
    """Object arrays of `fmpq` where a value is rational, else of `arb` at the set precision."""

    max_elements = 1_000_000

    def number(self, value: Fraction) -> Array:
        """Return a rational."""
        return boxed(fmpq(value.numerator, value.denominator))

    def pi(self) -> Array:
        """Return a ball around the circle constant."""
        return boxed(arb.pi())

    def lift(self, x: Array) -> Array:
        """Return the rationals that float64 entries are; exact arrays as they are."""
        return lifted(x)

    def binary(self, op: str, a: Array, b: Array) -> Array:
        """Return `a op b`; entries that are too long for rationals become balls."""
        check_product(op, a, b)
        return shortened(boxed(EXACT_OPERATIONS[op](a, b)))

    def compare(self, op: str, a: Array, b: Array) -> Array:
        """Return rationals 0 and 1; raises Undecided for balls that overlap."""
        check_product(op, a, b)
        return entrywise(EXACT_COMPARISONS[op], a, b)

    def elementwise(self, function: Function, arguments: list[Array]) -> Array:
        """Apply `exact` where it has a value, `ball` elsewhere."""
        check_broadcast(function, arguments)
        return shortened(apply_to_entries(function, arguments))


class Float64:
    """Plain float64 arrays; what is undefined is not a number or infinite."""

    max_elements = 20_000_000

    def number(self, value: Fraction) -> Array:
        """Return the nearest float64, infinite beyond their range."""
        try:
            return np.asarray(float(value))
        except OverflowError:
            return np.asarray(np.inf if value > 0 else -np.inf)

    def pi(self) -> Array:
        """Return the float64 next to the circle constant."""
        return np.asarray(np.pi)

    def lift(self, x: Array) -> Array:
        """Return the nearest float64 entries, not a number where there are none."""
        return x if x.dtype != object else np.asarray(_floats(x), dtype=float)

    def binary(self, op: str, a: Array, b: Array) -> Array:
        """Return `a op b` by one call of NumPy."""
        check_product(op, a, b)
        if op == "**" and b.ndim == 0:
            return np.asarray(a ** float(b))
        return np.asarray(FLOAT_OPERATIONS[op](a, b))

    def compare(self, op: str, a: Array, b: Array) -> Array:
        """Return 1.0 and 0.0."""
        check_product(op, a, b)
        return np.asarray(COMPARISONS[op](a, b), dtype=float)

    def elementwise(self, function: Function, arguments: list[Array]) -> Array:
        """Apply `float64`, or `ball` entry by entry where a function has no such column."""
        check_broadcast(function, arguments)
        return apply_to_floats(function, arguments)


EXACT = Exact()
FLOAT64 = Float64()


def check_broadcast(function: Function, arrays: list[Array]) -> None:
    """Refuse operands whose common shape is too large, and count the work."""
    shape = arrays[0].shape
    if len(arrays) > 1:
        shape = np.broadcast_shapes(*(x.shape for x in arrays))
        check_size(shape)
    if function.float64:
        spend(WORK_OF_FUNCTION * prod(shape))
    else:
        METER.special += prod(shape)
        spend(WORK_OF_SPECIAL_FUNCTION * prod(shape))


def check_product(op: str, a: Array, b: Array) -> None:
    """Refuse an operation whose result is too large, and count its work."""
    if op == "@":
        rows = a.shape[:-1] if a.ndim > 1 else ()
        shape = np.broadcast_shapes(rows[:-1], b.shape[:-2]) + rows[-1:] + b.shape[-1:]
        check_size(shape if b.ndim > 1 else shape[:-1])
        spend(prod(shape if b.ndim > 1 else shape[:-1]) * (a.shape[-1] if a.ndim else 1))
    elif a.shape == b.shape or not (a.ndim and b.ndim):
        spend(max(a.size, b.size))
    else:
        shape = np.broadcast_shapes(a.shape, b.shape)
        check_size(shape)
        spend(prod(shape))


def shortened(x: Array) -> Array:
    """Turn very long rationals into balls where an array holds many bits."""
    bits = [entry.height_bits() if type(entry) is fmpq else 0 for entry in x.flat]
    if sum(bits) <= MAX_EXACT_BITS_OF_ARRAY:
        return x
    short = [
        arb(entry) if size > LONG_ENTRY_BITS else entry
        for entry, size in zip(x.flat, bits, strict=True)
    ]
    result = np.empty(x.size, dtype=object)
    result[:] = short
    return result.reshape(x.shape)


def float_of(x: Entry) -> float:
    """Return the float64 near an entry, not a number where it is undefined."""
    if isinstance(x, Undefined):
        return float("nan")
    if isinstance(x, arb):
        return float(x)
    try:
        return int(x.p) / int(x.q)
    except OverflowError:
        return float("inf") if x > 0 else float("-inf")


_floats = np.frompyfunc(float_of, 1, 1)


def _comparison(holds: Callable[[int, int], bool]) -> Callable[[Entry, Entry], Entry]:
    """Make the comparison of two entries from that of their difference's sign with 0."""

    def compare(a: Entry, b: Entry) -> Entry:
        if isinstance(a, Undefined) or isinstance(b, Undefined):
            return a if isinstance(a, Undefined) else b
        return ONE if holds(_order(a, b), 0) else ZERO

    return compare


def _order(a: fmpq | arb, b: fmpq | arb) -> int:
    if isinstance(a, fmpq) and isinstance(b, fmpq):
        return int(a > b) - int(a < b)
    return sign_of(as_ball(a) - as_ball(b))


COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
    "==": eq,
    "!=": ne,
}
EXACT_COMPARISONS = {op: _comparison(holds) for op, holds in COMPARISONS.items()}
FLOAT_OPERATIONS: dict[str, Callable[[Array, Array], Any]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "**": np.power,
    "@": np.matmul,
}
EXACT_OPERATIONS: dict[str, Callable[[Array, Array], Any]] = {
    **FLOAT_OPERATIONS,
    "/": np.frompyfunc(divide, 2, 1),
    "**": np.frompyfunc(power, 2, 1),
}
