"""Elementwise functions on arrays: rational where they can be, else enclosed, or in float64."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from flint import arb, ctx, fmpq

from symback.errors import Diagnostic, InputError
from symback.functions.domains import Undecided
from symback.functions.entry import Function
from symback.functions.values.arrays import Array, entrywise
from symback.functions.values.entries import (
    DECISIONS,
    FEW_BITS,
    LARGEST_ZERO,
    TOO_FEW_DIGITS,
    Entry,
    Undefined,
    as_ball,
    snapped,
)

#: Bits that a float64 value computed from a ball starts with.
FLOAT_BITS = 80
#: Exact balls beyond this binary exponent would take too much memory as rationals.
MAX_EXACT_EXPONENT = 8_192


def apply_to_entries(function: Function, arguments: list[Array]) -> Array:
    """Return the values of an elementwise function at exact arrays, with broadcasting.

    Raises: Undecided where the balls are too wide, InputError E407 without a numeric definition.
    """
    if function.exact is None and function.ball is None:
        raise InputError(Diagnostic("E407", f"`{function.name}` has no numeric definition"))

    def value(*entries: Entry) -> Entry:
        return entry_value(function, entries)

    return entrywise(value, *arguments)


def entry_value(function: Function, entries: tuple[Entry, ...]) -> Entry:
    """Return one value of an elementwise function.

    A choice by its first argument ignores what is undefined in the branch not taken. At the
    highest precision arguments that may be an integer count as that integer, which is a tie.
    """
    for entry in entries:
        if isinstance(entry, Undefined):
            return _chosen(function, entries, entry)
    numbers = [entry for entry in entries if not isinstance(entry, Undefined)]
    if DECISIONS.final and any(_says_nothing(x) for x in numbers):
        return TOO_FEW_DIGITS
    try:
        return _value(function, numbers)
    except Undecided:
        if not DECISIONS.final:
            raise
    DECISIONS.ties += 1
    try:
        return _value(function, [snapped(x) for x in numbers])
    except Undecided:
        return Undefined(f"`{function.name}` is too close to a jump to be decided")


def _chosen(function: Function, entries: tuple[Entry, ...], undefined: Undefined) -> Entry:
    condition = entries[0]
    if function.name != "where" or not isinstance(condition, fmpq):
        return undefined
    return entries[1] if condition != 0 else entries[2]


def _value(function: Function, numbers: list[fmpq | arb]) -> Entry:
    if function.exact is not None and all(isinstance(x, fmpq) for x in numbers):
        rational = function.exact(*numbers)
        if rational is not None:
            return fmpq(rational)
    if function.ball is None:
        return Undefined(_reason(function, numbers))
    ball: arb = function.ball(*(_widened(as_ball(x)) for x in numbers))
    if ball.is_finite():
        return ball
    if any(_holds_an_integer_and_more(x) for x in numbers):
        raise Undecided
    return Undefined(_reason(function, numbers))


def _says_nothing(x: fmpq | arb) -> bool:
    """Tell whether a ball is too wide for any use, neither precise nor small."""
    return isinstance(x, arb) and x.rel_accuracy_bits() < FEW_BITS and x.rad() > LARGEST_ZERO


def _widened(x: arb) -> arb:
    """Give an exact ball of astronomical exponent a radius, lest it be made a rational."""
    if not x.is_exact() or abs(int(x.man_exp()[1])) < MAX_EXACT_EXPONENT:
        return x
    return x * (1 + arb(0, 1) * arb(2) ** -ctx.prec)


def _holds_an_integer_and_more(x: fmpq | arb) -> bool:
    return isinstance(x, arb) and not x.is_exact() and isinstance(snapped(x), fmpq)


def _reason(function: Function, numbers: list[fmpq | arb]) -> str:
    if function.name == "log" and numbers[0] == 0:
        return "logarithm of 0"
    places = ", ".join(f"{float(as_ball(x)):.4g}" for x in numbers)
    return f"`{function.name}` has no finite real value at {places}"


def apply_to_floats(function: Function, arguments: list[Array]) -> Array:
    """Return the values of an elementwise function at float64 arrays, with broadcasting."""
    if function.float64 is not None:
        return np.asarray(function.float64(*arguments), dtype=float)
    if function.ball is None:
        raise InputError(Diagnostic("E407", f"`{function.name}` has no numeric definition"))
    compute = np.frompyfunc(_by_ball(function.ball), len(arguments), 1)
    return np.asarray(compute(*arguments), dtype=float)


def _by_ball(ball: Callable[..., Any]) -> Callable[..., float]:
    def value(*floats: float) -> float:
        if not np.isfinite(floats).all():
            return float("nan")
        with ctx.workprec(FLOAT_BITS):
            try:
                return float(ball(*(arb(x) for x in floats)))
            except Undecided:
                return float("nan")

    return value
