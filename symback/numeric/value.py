"""Values with what is known about them: shape, entries, proof and notes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import inf, isfinite
from typing import Any, TypeAlias

import numpy as np
from flint import arb, fmpq

from symback.functions.values.arrays import Array
from symback.functions.values.entries import (
    FEW_BITS,
    LARGEST_ZERO,
    TOO_FEW_DIGITS,
    Undefined,
    ends_of,
)

#: Balls of at least this relative accuracy round to float64 and to 17 digits (53 bits and a rest).
ACCURATE_BITS = 70
#: Binary exponents of more bits than this are not converted to decimal digits.
MAX_EXPONENT_BITS = 40

Nested: TypeAlias = Any


@dataclass(frozen=True, slots=True)
class Note:
    """Something to be said about a value: `code` is the kind, `name` whose value it is.

    Codes: `undefined`, `overflow`, `underflow`, `unproved`, `tie`, `float64`.
    """

    code: str
    name: str
    message: str
    place: tuple[int, ...] | None = None
    """The first entry that it is about, 0-based; None for the whole value."""


@dataclass(frozen=True, slots=True)
class Value:
    """The value of one name: entries of dtype object (`fmpq`, `arb`, `Undefined`) or float64.

    Shapes: `proved` has that of `entries`; an entry is proved if it is rational, undefined, or in a
    ball with more than enough digits.
    """

    name: str
    entries: Array
    proved: Array
    notes: tuple[Note, ...] = ()

    @property
    def shape(self) -> tuple[int, ...]:
        """The lengths of the axes."""
        return self.entries.shape

    @property
    def exact(self) -> bool:
        """Whether every entry is a rational number, and proved."""
        rational = all(isinstance(entry, fmpq) for entry in self.entries.flat)
        return rational and bool(self.proved.all())

    def floats(self) -> Nested:
        """Return nested float64 numbers, each the nearest one; None where there is none."""
        if self.entries.dtype != object:
            numbers = self.entries.astype(object)
            numbers[~np.isfinite(self.entries)] = None
            return numbers.tolist()
        flat = np.empty(self.entries.size, dtype=object)
        flat[:] = [nearest_float(entry) for entry in self.entries.flat]
        nested = flat.reshape(self.shape)
        return nested.tolist() if self.shape else nested.item()


def fractions(entries: Array) -> Nested:
    """Return the entries as nested fractions, irrational ones as the nearest float64."""
    flat = np.empty(entries.size, dtype=object)
    flat[:] = [_fraction(entry) for entry in entries.flat]
    nested = flat.reshape(entries.shape)
    return nested.tolist() if entries.shape else nested.item()


def _fraction(entry: Any) -> Fraction:
    if isinstance(entry, fmpq):
        return Fraction(int(entry.p), int(entry.q))
    return Fraction(nearest_float(entry) or 0)


def nearest_float(entry: Any) -> float | None:
    """Return the float64 nearest to an entry, None if it is undefined or beyond their range."""
    if isinstance(entry, Undefined):
        return None
    if isinstance(entry, fmpq):
        value = _ratio(int(entry.p), int(entry.q))
    elif isinstance(entry, arb):
        value = 0.0 if entry.contains(0) else _dyadic(entry.mid())
    else:
        value = float(entry)
    return value if isfinite(value) else None


def _ratio(p: int, q: int) -> float:
    """Divide with correct rounding, which Python's integers do."""
    try:
        return p / q
    except OverflowError:
        return inf if p > 0 else -inf


def _dyadic(x: arb) -> float:
    mantissa, exponent = (int(part) for part in x.man_exp())
    size = mantissa.bit_length() + exponent
    if mantissa == 0 or size < -1080:
        return 0.0
    if size > 1025:
        return inf if mantissa > 0 else -inf
    return _ratio(mantissa << max(exponent, 0), 1 << max(-exponent, 0))


def is_accurate(entry: Any, bits: int = ACCURATE_BITS) -> bool:
    """Tell whether an entry is known to `bits` bits and rounds to one float64 number."""
    if isinstance(entry, fmpq | Undefined):
        return True
    if entry.is_zero():
        return True
    if not entry.is_finite() or entry.rel_accuracy_bits() < bits:
        return False
    low, high = ends_of(entry)
    return _dyadic(low) == _dyadic(high)


def certified_value(name: str, x: Array, tied: bool, bits: int) -> Value:
    """Return the value of exact entries; `tied` if it rests on a comparison left open."""
    entries = [_settled(entry) for entry in x.flat]
    accurate = [is_accurate(entry, bits) for entry in x.flat]
    proved = np.array([fine and not tied for fine in accurate], dtype=bool).reshape(x.shape)
    places = list(np.ndindex(x.shape))
    notes = [
        Note("undefined", name, entry.reason, place)
        for entry, place in zip(entries, places, strict=True)
        if isinstance(entry, Undefined)
    ]
    notes += [
        Note("unproved", name, "0 as far as can be told" if entry.contains(0) else "not proved", at)
        for entry, fine, at in zip(entries, accurate, places, strict=True)
        if not fine and not isinstance(entry, Undefined)
    ]
    if tied:
        notes.append(Note("tie", name, "values that cannot be told apart count as equal"))
    notes += _range_notes(name, entries, places)
    array = np.empty(len(entries), dtype=object)
    array[:] = entries
    return Value(name, array.reshape(x.shape), proved, first_of_each(notes))


def float_value(name: str, x: Array) -> Value:
    """Return the value of float64 entries, none of them proved."""
    notes = [Note("float64", name, "too large a problem for proved digits: in float64")]
    bad = np.argwhere(~np.isfinite(x))
    if len(bad):
        place = tuple(int(k) for k in bad[0])
        notes.append(Note("undefined", name, "not a finite float64 number", place))
    return Value(name, x, np.zeros(x.shape, dtype=bool), tuple(notes))


def first_of_each(notes: list[Note]) -> tuple[Note, ...]:
    """Keep the first of the notes that say the same of different entries."""
    seen: dict[tuple[str, str], Note] = {}
    for note in notes:
        seen.setdefault((note.code, note.message), note)
    return tuple(seen.values())


def _settled(entry: Any) -> Any:
    """Turn a ball that says nothing about the value into the statement that there is none."""
    if not isinstance(entry, arb) or entry.is_zero():
        return entry
    if not entry.is_finite():
        return Undefined("no finite value was found")
    if entry.contains(0):
        return entry if entry.abs_upper() < LARGEST_ZERO else TOO_FEW_DIGITS
    if int(entry.mid().man_exp()[1]).bit_length() > MAX_EXPONENT_BITS and abs(entry) > 1:
        return Undefined("too large to be represented")
    return entry if entry.rel_accuracy_bits() > FEW_BITS else TOO_FEW_DIGITS


def _range_notes(name: str, entries: list[Any], places: list[tuple[int, ...]]) -> list[Note]:
    """Say which entries have a value that float64 cannot hold."""
    notes = []
    for entry, place in zip(entries, places, strict=True):
        if isinstance(entry, Undefined):
            continue
        value = nearest_float(entry)
        if value is None:
            notes.append(Note("overflow", name, "beyond the largest float64 number", place))
        elif value == 0 and not _may_be_zero(entry):
            notes.append(Note("underflow", name, "not 0, but below the least float64", place))
    return notes


def _may_be_zero(entry: fmpq | arb) -> bool:
    return entry.contains(0) if isinstance(entry, arb) else entry == 0
