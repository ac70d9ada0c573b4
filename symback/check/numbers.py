"""Numbers against numbers: to the digits written, or within a tolerance."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import inf, isfinite
from typing import Any

from flint import arb, ctx, fmpq

from symback.functions.values.entries import Undefined
from symback.language.tree import Expression, Negate, Number
from symback.problem.model import Tolerance

#: What float64 entries may be off beside what is allowed, relative to their size.
FLOAT64_NOISE = Fraction(1, 10**9)
#: Bits with which differences are computed: more than numbers are written with.
PRECISION = 512
#: Bits that are tried in turn where a value loses most of them.
PRECISIONS = (PRECISION, 4 * PRECISION, 16 * PRECISION)
#: Bits of an entry, relative to 1 or to its size, from which on it is known well.
SHARP = 64


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether an entry is right, and how much too large what is expected is, if that is known."""

    passed: bool
    difference: float | None


def written(tree: Expression) -> Number | None:
    """Return the number that a tree is, its sign taken in; None for any other expression."""
    match tree:
        case Number():
            return tree
        case Negate(Number(value, text)):
            return Number(-value, text)
        case _:
            return None


def half_unit(number: Number) -> Fraction | None:
    """Return half a unit of the last digit that a decimal was written with; None for integers."""
    text = number.text.lower().lstrip("+-")
    if not text or text.startswith("0x") or text.startswith("0o"):
        return None
    mantissa, _, exponent = text.partition("e")
    places = len(mantissa.partition(".")[2])
    power = int(exponent or "0") - places
    if "." not in mantissa and power >= 0:
        return None
    return Fraction(10) ** power / 2


def digits_written(number: Number) -> int:
    """Return how many significant digits a number was written with."""
    mantissa = number.text.lower().lstrip("+-").partition("e")[0].replace(".", "")
    return max(1, len(mantissa.lstrip("0")))


def compare(expected: Number, got: Any, tolerance: Tolerance | None) -> Comparison:
    """Compare one entry with what is expected of it.

    A decimal passes within half a unit of its last digit, an integer or fraction exactly; a
    tolerance `abs + rel*|got|` replaces that. A ball passes if it cannot be told from a right one.
    """
    if isinstance(got, Undefined) or (isinstance(got, float) and not isfinite(got)):
        return Comparison(False, None)
    allowed = _allowed(expected, tolerance)
    relative = _amount(tolerance.relative) if tolerance is not None else Fraction(0)
    if isinstance(got, arb):
        return _compare_ball(expected.value, got, allowed, relative)
    value = Fraction(int(got.p), int(got.q)) if isinstance(got, fmpq) else Fraction(float(got))
    noise = Fraction(0) if isinstance(got, fmpq) else FLOAT64_NOISE
    off = expected.value - value
    return Comparison(abs(off) <= allowed + (relative + noise) * abs(value), _float(off))


def same(a: Any, b: Any) -> bool:
    """Tell whether two entries cannot be told apart, float64 ones but for rounding."""
    if isinstance(a, Undefined) or isinstance(b, Undefined):
        return False
    if isinstance(a, float) or isinstance(b, float):
        return abs(float(a) - float(b)) <= float(FLOAT64_NOISE) * abs(float(b))
    if not (is_sharp(a) and is_sharp(b)):
        return False
    with ctx.workprec(PRECISION):
        return a == b if isinstance(a, fmpq) and isinstance(b, fmpq) else arb(a).overlaps(arb(b))


def is_sharp(entry: Any) -> bool:
    """Tell whether an entry is known to more digits than anybody writes."""
    if not isinstance(entry, arb):
        return True
    with ctx.workprec(PRECISION):
        return bool(entry.rad() * arb(2) ** SHARP <= 1 + abs(entry.mid()))


def difference(a: Any, b: Any) -> float:
    """Return how much larger one entry is than another; infinite beyond the range of float64."""
    ours, theirs = middle(a), middle(b)
    if any(isinstance(one, float) and not isfinite(one) for one in (ours, theirs)):
        return inf
    return _float(Fraction(ours) - Fraction(theirs))


def middle(entry: Any) -> Fraction | float:
    """Return a number in the middle of an entry, exactly."""
    if isinstance(entry, fmpq):
        return Fraction(int(entry.p), int(entry.q))
    if isinstance(entry, arb):
        mantissa, exponent = entry.mid().man_exp()
        return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    return float(entry)


def _allowed(expected: Number, tolerance: Tolerance | None) -> Fraction:
    if tolerance is not None:
        return _amount(tolerance.absolute)
    return half_unit(expected) or Fraction(0)


def _amount(tree: Expression | None) -> Fraction:
    return tree.value if isinstance(tree, Number) else Fraction(0)


def _compare_ball(
    expected: Fraction, got: arb, allowed: Fraction, relative: Fraction
) -> Comparison:
    with ctx.workprec(PRECISION):
        off = _ball(expected) - got
        limit = _ball(allowed) + _ball(relative) * got.abs_upper()
        return Comparison(not bool(off.abs_lower() > limit), float(off.mid()))


def _ball(value: Fraction) -> arb:
    return arb(fmpq(value.numerator, value.denominator))


def _float(value: Fraction) -> float:
    try:
        return float(value)
    except OverflowError:
        return inf if value > 0 else -inf
