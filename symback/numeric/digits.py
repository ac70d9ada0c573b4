"""Numbers as people read them: exact decimals in full, else significant digits that are right."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Any

from flint import arb, ctx, fmpq

from symback.functions.values.entries import Undefined, ends_of

#: Exact decimals of at most so many significant digits are shown in full.
FULL_DIGITS = 6
#: A ball across a rounding boundary is shown with up to so many digits more.
WIDENING = 3
#: Numbers from 10**LEAST_PLAIN to below 10**MOST_PLAIN are written without a power of ten.
LEAST_PLAIN, MOST_PLAIN = -4, 7
#: Balls of a larger binary exponent are scaled before their digits are computed.
MAX_DYADIC_BITS = 20_000

#: Binary exponents of more bits than this are not converted to decimal digits.
MAX_EXPONENT_BITS = 40


@dataclass(frozen=True, slots=True)
class Digits:
    """A decimal number 0.d1d2d3... * 10**point, or no number at all (`digits` is empty)."""

    negative: bool
    digits: str
    point: int
    proved: bool = True
    exact: bool = False

    @property
    def scientific(self) -> bool:
        """Whether a power of ten is needed to show no digit that is not meant."""
        if not self.digits.strip("0"):
            return False
        most = MOST_PLAIN if self.exact else min(MOST_PLAIN, len(self.digits))
        return not LEAST_PLAIN < self.point <= most

    @property
    def exponent(self) -> int:
        """The power of ten of the first digit, for scientific notation."""
        return self.point - 1

    @property
    def mantissa(self) -> str:
        """The digits with a point after the first, without sign."""
        return self.digits[0] + ("." + self.digits[1:] if len(self.digits) > 1 else "")

    @property
    def plain(self) -> str:
        """The digits with their point and without sign or power of ten."""
        if self.point <= 0:
            return "0." + "0" * -self.point + self.digits
        whole = self.digits[: self.point].ljust(self.point, "0")
        rest = self.digits[self.point :]
        return whole + ("." + rest if rest else "")

    def __str__(self) -> str:
        """Write the number with ASCII signs, `-1.234e-09`, and `undefined` for none."""
        if not self.digits:
            return "undefined"
        sign = "-" if self.negative else ""
        if self.scientific:
            return f"{sign}{self.mantissa}e{self.exponent:+03d}"
        return sign + self.plain


UNDEFINED = Digits(False, "", 0)


def format_number(entry: Any, digits: int = 4, proved: bool = True) -> Digits:
    """Return an entry in decimal digits: all of an exact decimal of up to 6, else `digits`.

    Each digit is right, rounded half away from zero, or `proved` is false. A ball that lies across
    a rounding boundary gets up to three digits more.
    """
    if isinstance(entry, Undefined) or (isinstance(entry, float) and not isfinite(entry)):
        return UNDEFINED
    if isinstance(entry, arb) and not entry.is_finite():
        return UNDEFINED
    if isinstance(entry, arb):
        return _of_ball(entry, digits, proved)
    if isinstance(entry, fmpq):
        return _of_rational(int(entry.p), int(entry.q), digits, proved)
    return _of_rational(*float(entry).as_integer_ratio(), digits, False)


def _of_rational(p: int, q: int, digits: int, proved: bool) -> Digits:
    if p == 0:
        return Digits(False, "0", 1, proved, exact=proved)
    full = rounded(p, q, max(FULL_DIGITS, digits))
    if proved and full.exact:
        shown = full.digits.rstrip("0")
        return Digits(full.negative, shown, full.point, exact=True)
    result = rounded(p, q, digits)
    return Digits(result.negative, result.digits, result.point, proved)


def _of_ball(x: arb, digits: int, proved: bool) -> Digits:
    if x.contains(0):
        return Digits(False, "0", 1, proved and x.is_zero())
    if abs(int(x.mid().man_exp()[1])) >> MAX_EXPONENT_BITS:
        return UNDEFINED if abs(x) > 1 else Digits(False, "0", 1, False)
    scaled, shift = _scaled(x)
    lowest, highest, middle = (_dyadic(y) for y in (*ends_of(scaled), scaled.mid()))
    for count in range(digits, digits + WIDENING + 1):
        low, high = rounded(*lowest, count), rounded(*highest, count)
        if (low.digits, low.point) == (high.digits, high.point):
            return Digits(low.negative, low.digits, low.point + shift, proved)
    near = rounded(*middle, digits)
    return Digits(near.negative, near.digits, near.point + shift, False)


def _scaled(x: arb) -> tuple[arb, int]:
    """Return y and n with x = y * 10**n, y of moderate size."""
    if abs(int(x.mid().man_exp()[1])) < MAX_DYADIC_BITS:
        return x, 0
    with ctx.workprec(x.mid().bits() + 64):
        shift = int(float(abs(x).log() / arb(10).log()))
        return x / arb(10) ** shift, shift


def _dyadic(x: arb) -> tuple[int, int]:
    mantissa, exponent = (int(part) for part in x.man_exp())
    return (mantissa << exponent, 1) if exponent >= 0 else (mantissa, 1 << -exponent)


def rounded(p: int, q: int, count: int) -> Digits:
    """Return p/q, not 0, to `count` significant digits, halves away from zero."""
    negative, p = p < 0, abs(p)
    point = _magnitude(p, q)
    scale = count - point
    p, q = (p * 10**scale, q) if scale >= 0 else (p, q * 10**-scale)
    whole, rest = divmod(p, q)
    text = str(whole + (2 * rest >= q))
    if len(text) > count:
        text, point = text[:count], point + 1
    return Digits(negative, text, point, exact=rest == 0)


def _magnitude(p: int, q: int) -> int:
    """Return the n with 10**(n - 1) <= p/q < 10**n."""
    n = int((p.bit_length() - q.bit_length()) * 0.30103)
    while p >= q * 10**n if n >= 0 else p * 10**-n >= q:
        n += 1
    while p < q * 10 ** (n - 1) if n >= 1 else p * 10 ** (1 - n) < q:
        n -= 1
    return n
