"""Single entries of exact arrays: rationals, balls and undefined values, and what decides on them.

An entry is a `flint.fmpq` where the value is known exactly, else a `flint.arb`, a ball that
contains it, or an `Undefined`. Every function here takes and returns entries.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias

from flint import arb, ctx, fmpq, fmpz

from symback.errors import Diagnostic, LimitError
from symback.functions.domains import Undecided

#: Exact powers beyond this many bits are computed as balls.
MAX_EXACT_BITS = 1_000_000
#: Powers beyond 10**MAX_POWER_DIGITS are refused.
MAX_POWER_DIGITS = 1_000_000
#: Roots of a higher order than this are not looked for among the rationals.
MAX_EXACT_ROOT = 64

#: FLINT ends the process when asked for the integer in a ball of astronomical or tiny numbers.
LARGEST_SNAPPED = arb(2) ** 4096
#: Less accurate balls say too little to be shown at all.
FEW_BITS = 30
#: Balls around 0 that reach further are not taken for 0.
LARGEST_ZERO = arb(2) ** -100


@dataclass(frozen=True, slots=True)
class Undefined:
    """A value that does not exist, and why; whatever is computed from it is undefined as well."""

    reason: str

    def _absorb(self, *_: object) -> Undefined:
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _absorb
    __truediv__ = __rtruediv__ = __neg__ = __pow__ = __abs__ = _absorb


Entry: TypeAlias = fmpq | arb | Undefined

ZERO = fmpq(0)
ONE = fmpq(1)
DIVISION_BY_ZERO = Undefined("division by zero")
LOGARITHM_OF_ZERO = Undefined("logarithm of 0")
COMPLEX = Undefined("the value is complex")
TOO_FEW_DIGITS = Undefined("too many digits cancel for a value to be found")
TOO_CLOSE = Undefined("too close to where it is undefined to be decided")


@dataclass(slots=True)
class Decisions:
    """How sides of a boundary are told apart in the evaluation that is going on.

    `final` is set at the highest precision: what still cannot be decided then counts as lying on
    the boundary, and `ties` counts how often that happened.
    """

    final: bool = False
    ties: int = 0


DECISIONS = Decisions()


@contextmanager
def deciding(final: bool) -> Iterator[Decisions]:
    """Set for a block whether ties are accepted; yields the record, whose count starts at 0."""
    before = DECISIONS.final, DECISIONS.ties
    DECISIONS.final, DECISIONS.ties = final, 0
    try:
        yield DECISIONS
    finally:
        DECISIONS.final, DECISIONS.ties = before


def is_undefined(x: object) -> bool:
    """Tell whether an entry is an `Undefined`."""
    return isinstance(x, Undefined)


def as_ball(x: fmpq | arb) -> arb:
    """Enclose an entry in a ball at the current precision."""
    return x if isinstance(x, arb) else arb(x)


def undecided() -> None:
    """Ask for more precision, or record a tie where no more is to be had.

    Raises: Undecided unless the evaluation is final.
    """
    if not DECISIONS.final:
        raise Undecided
    DECISIONS.ties += 1


def sign_of(x: fmpq | arb) -> int:
    """Return -1, 0 or 1; 0 also for a ball around zero at the highest precision (a tie).

    Raises: Undecided for such a ball at a lower precision.
    """
    if isinstance(x, fmpq):
        return int(x > 0) - int(x < 0)
    if x > 0:
        return 1
    if x < 0:
        return -1
    if not x.is_zero():
        undecided()
    return 0


def ends_of(x: arb) -> tuple[arb, arb]:
    """Return a lower and an upper bound of a finite ball, at the precision that its middle has."""
    with ctx.workprec(x.mid().bits() + 64):
        return x.lower(), x.upper()


def snapped(x: fmpq | arb) -> fmpq | arb:
    """Return the only integer in a ball as a rational, other entries as they are."""
    if isinstance(x, fmpq) or not abs(x) < LARGEST_SNAPPED:
        return x
    if abs(x) < 1:
        return ZERO if x.contains(0) else x
    inside = x.unique_fmpz()
    return x if inside is None else fmpq(inside)


def finite(x: arb) -> Entry:
    """Return a finite ball as it is, ask for more precision otherwise."""
    if x.is_finite():
        return x
    undecided()
    return TOO_CLOSE


def divide(a: Entry, b: Entry) -> Entry:
    """Return a/b, undefined where b is 0.

    Raises: Undecided where a ball b contains 0 and more precision is to be had.
    """
    if isinstance(a, Undefined):
        return a
    if isinstance(b, Undefined):
        return b
    if isinstance(b, fmpq):
        return DIVISION_BY_ZERO if b == 0 else a / b
    return DIVISION_BY_ZERO if sign_of(b) == 0 else finite(a / b)


def exp(x: Entry) -> Entry:
    """Return the exponential; exact at 0."""
    if isinstance(x, Undefined):
        return x
    if isinstance(x, fmpq) and x == 0:
        return ONE
    value = as_ball(x).exp()
    return value if value.is_finite() else Undefined("too large to be represented")


def log(x: Entry) -> Entry:
    """Return the natural logarithm; exact at 1, undefined at 0 and below."""
    if isinstance(x, Undefined):
        return x
    if isinstance(x, fmpq) and x == 1:
        return ZERO
    sign = sign_of(x)
    if sign <= 0:
        return LOGARITHM_OF_ZERO if sign == 0 else COMPLEX
    return finite(as_ball(x).log())


def sqrt(x: Entry) -> Entry:
    """Return the square root; exact for squares of rationals, complex below 0."""
    return power(x, fmpq(1, 2))


def absolute(x: Entry) -> Entry:
    """Return the absolute value; needs no decision for balls around 0."""
    if isinstance(x, arb):
        return abs(x)
    return -x if isinstance(x, fmpq) and x < 0 else x


def larger(a: Entry, b: Entry) -> Entry:
    """Return the maximum, as a ball around both where they cannot be told apart."""
    if isinstance(a, Undefined) or isinstance(b, Undefined):
        return a if isinstance(a, Undefined) else b
    if a >= b:
        return a
    if b >= a:
        return b
    return as_ball(a).max(as_ball(b))


def smaller(a: Entry, b: Entry) -> Entry:
    """Return the minimum, as a ball around both where they cannot be told apart."""
    return -larger(-a, -b)


def power(base: Entry, exponent: Entry) -> Entry:
    """Return base**exponent over the reals, exact where a rational power of a rational is rational.

    0**0 is 1; 0 to a negative power and negative bases to powers that are not integers are
    undefined.

    Raises: LimitError E402 beyond 10**MAX_POWER_DIGITS; Undecided for balls around a boundary.
    """
    if isinstance(base, Undefined):
        return base
    if isinstance(exponent, Undefined):
        return exponent
    if isinstance(exponent, arb) and exponent.is_exact():
        exponent = snapped(exponent)
    if isinstance(exponent, fmpq) and exponent.q == 1:
        return _integer_power(base, exponent.p)
    sign = sign_of(base)
    if sign < 0:
        return COMPLEX
    if sign == 0:
        return _power_of_zero(exponent)
    if isinstance(base, fmpq) and isinstance(exponent, fmpq):
        root = _exact_root(base, exponent.q)
        if root is not None:
            return _integer_power(root, exponent.p)
    return _bounded(_ball_power(as_ball(base), exponent))


def _integer_power(base: fmpq | arb, n: fmpz) -> Entry:
    if n == 0:
        return ONE
    if n < 0 and sign_of(base) == 0:
        return DIVISION_BY_ZERO
    if isinstance(base, fmpq) and base.height_bits() * abs(int(n)) <= MAX_EXACT_BITS:
        return base ** int(n)
    if isinstance(base, fmpq) and abs(base) <= 1 and base.q == 1:
        return base ** int(n % 2 + 2)
    ball = as_ball(base)
    if n > 0 and ball.mid() == 0:  # where FLINT takes a logarithm
        return arb(0, ball.rad() ** arb(n))
    return _bounded(ball ** arb(n))


def _power_of_zero(exponent: fmpq | arb) -> Entry:
    sign = sign_of(exponent)
    if sign == 0:
        return ONE
    return ZERO if sign > 0 else DIVISION_BY_ZERO


def _exact_root(base: fmpq, order: fmpz) -> fmpq | None:
    if order > MAX_EXACT_ROOT:
        return None
    p, q = base.p.root(int(order)), base.q.root(int(order))
    return fmpq(p, q) if p**order == base.p and q**order == base.q else None


def _ball_power(base: arb, exponent: fmpq | arb) -> arb:
    if isinstance(exponent, fmpq) and exponent.q == 2:
        return base.sqrt() ** arb(exponent.p)
    return base ** as_ball(exponent)


def _bounded(x: arb) -> Entry:
    if not x.is_finite() or abs(x) > arb(2) ** (MAX_POWER_DIGITS * 10 // 3):
        message = f"a power is larger than 10**{MAX_POWER_DIGITS}"
        raise LimitError(Diagnostic("E402", message, "use a smaller exponent"))
    return x
