"""Enclosures of function values by `flint.arb` balls where Arb has no method of that name.

Arguments and results are balls at the working precision `flint.ctx.prec`. Undefined is NaN; a
branch that the balls do not decide raises `Undecided`, and more precision may decide it.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

from symback.functions.domains import Undecided

Ball = Any  # flint.arb, which is not imported before it is used

#: Larger balls hold an integer, or are too wide to be rounded: they are not made rationals.
LARGEST_ROUNDED = 2**256


def certified(function: Callable[..., Ball]) -> Callable[..., Ball]:
    """Make `function` tell undefined (NaN) from undecided (`Undecided`) where it is not finite.

    A result that is not finite is undefined if it is so at the ends and the middle of all
    arguments as well; otherwise the balls are too wide.
    """

    def value(*balls: Ball) -> Ball:
        result = function(*balls)
        if result.is_finite():
            return result
        if all(ball.is_finite() for ball in balls):
            points = product(*((ball.lower(), ball.mid(), ball.upper()) for ball in balls))
            if any(_finite(function, point) for point in points):
                undecided()
        return nan(result)

    return value


def _finite(function: Callable[..., Ball], point: tuple[Ball, ...]) -> bool:
    """Say whether `function` has a value at `point`, undecided counting as one."""
    try:
        return bool(function(*point).is_finite())
    except Undecided:
        return True


def undecided() -> None:
    """Ask for more precision; at the highest, count a tie and return: the boundary is taken."""
    from symback.functions.values import entries as values_entries

    values_entries.undecided()


def nan(like: Ball) -> Ball:
    """Return NaN as a ball."""
    return type(like)("nan")


def sign(x: Ball) -> int:
    """Return -1, 0 or 1; 0 also for a ball around zero at the highest precision.

    Raises: Undecided for such a ball at a lower precision.
    """
    if x > 0:
        return 1
    if x < 0:
        return -1
    if not x.is_zero():
        undecided()
    return 0


def by_sign(x: Ball, negative: Any, zero: Any, positive: Any) -> Ball:
    """Return the value that belongs to the sign of `x`; NaN for NaN."""
    if x.is_nan():
        return x
    return x * 0 + (zero, positive, negative)[sign(x)]


def choose(condition: Ball, chosen: Ball, other: Ball) -> Ball:
    """Return `chosen` where `condition` is not zero, else `other`."""
    if condition.is_nan():
        return condition
    return chosen if sign(condition) else other


def above(x: Ball, positive: Callable[[Ball], Ball], other: Callable[[Ball], Ball]) -> Ball:
    """Return `positive(x)` where x > 0 and `other(x)` where x <= 0."""
    if x.is_nan():
        return x
    return other(x) if x <= 0 or sign(x) <= 0 else positive(x)


def continuous(x: Ball, positive: Callable[[Ball], Ball], other: Callable[[Ball], Ball]) -> Ball:
    """Like `above` for branches that meet at 0: a ball around 0 gets the hull of both."""
    if x > 0 or x <= 0 or x.is_nan():
        return above(x, positive, other)
    return positive(x).union(other(x))


def cbrt(x: Ball) -> Ball:
    """Real cube root, odd."""
    if x > 0:
        return x.root(3)
    if x < 0:
        return -(-x).root(3)
    if x.is_zero() or x.is_nan():
        return x
    widest = x.abs_upper().root(3)
    return widest.union(-widest)


def hypot(x: Ball, y: Ball) -> Ball:
    """Square root of x**2 + y**2."""
    return (x * x + y * y).nonnegative_part().sqrt()


def inverse(function: Callable[[Ball], Ball]) -> Callable[[Ball], Ball]:
    """Return `function` of the reciprocal: acsc from asin, and so on."""
    return lambda x: function(1 / x)


def acot(x: Ball) -> Ball:
    """Inverse cotangent, odd, with the value pi/2 at 0."""
    return x.pi() / 2 if x.is_zero() else (1 / x).atan()


def floor(x: Ball) -> Ball:
    """Greatest integer <= x."""
    integer = x.floor()
    if integer.is_exact() or x.is_nan():
        return integer
    undecided()
    return x.upper().floor()


def ceil(x: Ball) -> Ball:
    """Least integer >= x."""
    return -floor(-x)


def trunc(x: Ball) -> Ball:
    """Integer part, towards zero."""
    return x * 0 if abs(x) < 1 else above(x, floor, ceil)


def round_half_even(x: Ball) -> Ball:
    """Nearest integer, halves to the even one."""
    if abs(2 * x) < 1:
        return x * 0
    if not abs(x) < LARGEST_ROUNDED:
        return floor(x)
    if x.is_exact():
        return x if x.is_integer() else x * 0 + x.fmpq().round()
    half = type(x)(1) / 2
    nearest = floor(x + half)
    if abs(x - nearest) < half or x.is_nan():
        return nearest
    undecided()
    return 2 * floor(nearest / 2)


def mod(x: Ball, y: Ball) -> Ball:
    """Remainder with the sign of the divisor."""
    return x - y * floor(x / y)


def fmod(x: Ball, y: Ball) -> Ball:
    """Remainder with the sign of the dividend."""
    return x - y * trunc(x / y)


def xlogy(x: Ball, y: Ball) -> Ball:
    """Return x*log(y), 0 where x = 0."""
    return x if x.is_zero() else x * y.log()


def relu(x: Ball) -> Ball:
    """Return max(x, 0)."""
    return x.max(type(x)(0))


def clip(x: Ball, lo: Ball, hi: Ball) -> Ball:
    """Return min(max(x, lo), hi)."""
    return x.max(lo).min(hi)


def sigmoid(x: Ball) -> Ball:
    """Return 1/(1 + exp(-x))."""
    return 1 / (1 + (-x).exp())


def softplus(x: Ball) -> Ball:
    """Return log(1 + exp(x)) without loss where exp(x) is tiny or huge."""
    return relu(x) + (-abs(x)).exp().log1p()


def logaddexp(x: Ball, y: Ball) -> Ball:
    """Return log(exp(x) + exp(y))."""
    return x.max(y) + (-abs(x - y)).exp().log1p()
