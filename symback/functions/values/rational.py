"""Values at rational arguments that are rational again; None everywhere else.

Arguments and results are `flint.fmpq`. None also stands where a function is undefined or a result
would be larger than `MAX_BITS` bits: then the enclosure decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isqrt
from typing import Any

Rational = Any  # flint.fmpq, which is not imported before it is used
Exact = Callable[..., Rational | None]

#: Largest numerator or denominator, in bits, that a power may have: about 30,000 digits.
MAX_BITS = 100_000
#: Largest argument whose factorial is computed exactly.
MAX_FACTORIAL = 1_000


def fixed(values: Mapping[int, int]) -> Exact:
    """Return a function that knows the values at these integers only."""

    def value(x: Rational) -> Rational | None:
        return type(x)(values[int(x.p)]) if x.q == 1 and int(x.p) in values else None

    return value


AT_ZERO_0 = fixed({0: 0})
AT_ZERO_1 = fixed({0: 1})
AT_ONE_0 = fixed({1: 0})


def sign(x: Rational) -> Rational:
    """Return -1, 0 or 1."""
    return type(x)((x > 0) - (x < 0))


def step(x: Rational) -> Rational:
    """Return 1 where x > 0, else 0."""
    return type(x)(int(x > 0))


def heaviside(x: Rational, h: Rational) -> Rational:
    """Return 1 where x > 0, 0 where x < 0, h at 0."""
    return step(x) if x != 0 else h


def where(condition: Rational, chosen: Rational, other: Rational) -> Rational:
    """Return `chosen` where `condition` is not zero, else `other`."""
    return chosen if condition != 0 else other


def power(x: Rational, y: Rational) -> Rational | None:
    """Return x**y for an integer y; for y = n/2 and n/3 where the root is rational."""
    if y.q != 1:
        base = {2: sqrt, 3: _positive_cbrt}.get(int(y.q), _no_root)(x)
        return None if base is None else power(base, y * y.q)
    exponent = int(y.p)
    bits = max(int(x.p).bit_length(), int(x.q).bit_length())
    if (x == 0 and exponent < 0) or (bits > 1 and abs(exponent) * bits > MAX_BITS):
        return None
    return x**exponent


def _no_root(x: Rational) -> None:
    """Say that no root is computed exactly."""
    return None


def _positive_cbrt(x: Rational) -> Rational | None:
    """Return the cube root as a power has it, which negative numbers do not have."""
    return cbrt(x) if x >= 0 else None


def sqrt(x: Rational) -> Rational | None:
    """Return the square root of the square of a rational."""
    if x < 0:
        return None
    p, q = isqrt(int(x.p)), isqrt(int(x.q))
    return type(x)(p, q) if (p * p, q * q) == (int(x.p), int(x.q)) else None


def cbrt(x: Rational) -> Rational | None:
    """Return the real cube root of the cube of a rational."""
    p, q = _integer_cbrt(abs(int(x.p))), _integer_cbrt(int(x.q))
    if p is None or q is None:
        return None
    return type(x)(p if x >= 0 else -p, q)


def _integer_cbrt(n: int) -> int | None:
    """Return the cube root of a cube by Newton's iteration from above."""
    if n == 0:
        return 0
    root = 1 << -(-n.bit_length() // 3)
    while (lower := (2 * root + n // root**2) // 3) < root:
        root = lower
    return root if root**3 == n else None


def reciprocal(x: Rational | None) -> Rational | None:
    """Return 1/x, None for None and at 0."""
    return None if x is None or x == 0 else 1 / x


def hypot(x: Rational, y: Rational) -> Rational | None:
    """Return the length of a rational triangle's long side."""
    return sqrt(x * x + y * y)


def logarithm(base: int) -> Exact:
    """Return the logarithm that knows the powers of `base`."""

    def value(x: Rational) -> Rational | None:
        if x <= 0:
            return None
        power_of, n = (int(x.p), 1) if x >= 1 else (int(x.q), -1)
        if min(int(x.p), int(x.q)) != 1:
            return None
        exponent = 0
        while power_of % base == 0:
            power_of, exponent = power_of // base, exponent + 1
        return type(x)(n * exponent) if power_of == 1 else None

    return value


def power_of(base: int) -> Exact:
    """Return the function that raises `base` to an integer."""
    return lambda x: power(type(x)(base), x)


def sinpi(x: Rational) -> Rational | None:
    """Return sin(pi*x) at multiples of 1/2 and odd multiples of 1/6."""
    turn = x - 2 * (x / 2).floor()
    known = {(0, 1): (0, 1), (1, 1): (0, 1), (1, 2): (1, 1), (3, 2): (-1, 1)}
    known |= {(1, 6): (1, 2), (5, 6): (1, 2), (7, 6): (-1, 2), (11, 6): (-1, 2)}
    value = known.get((int(turn.p), int(turn.q)))
    return None if value is None else type(x)(*value)


def cospi(x: Rational) -> Rational | None:
    """Return cos(pi*x) at multiples of 1/2 and 1/3."""
    return sinpi(x + type(x)(1, 2))


def sinc(x: Rational) -> Rational | None:
    """Return sin(pi*x)/(pi*x) at integers."""
    return type(x)(int(x == 0)) if x.q == 1 else None


def floor(x: Rational) -> Rational:
    """Greatest integer <= x."""
    return type(x)(x.floor())


def ceil(x: Rational) -> Rational:
    """Least integer >= x."""
    return type(x)(x.ceil())


def trunc(x: Rational) -> Rational:
    """Integer part, towards zero."""
    return type(x)(x.trunc())


def round_half_even(x: Rational) -> Rational:
    """Nearest integer, halves to the even one."""
    return type(x)(x.round())


def mod(x: Rational, y: Rational) -> Rational | None:
    """Remainder with the sign of the divisor."""
    return None if y == 0 else x - y * floor(x / y)


def fmod(x: Rational, y: Rational) -> Rational | None:
    """Remainder with the sign of the dividend."""
    return None if y == 0 else x - y * trunc(x / y)


def xlogy(x: Rational, y: Rational) -> Rational | None:
    """Return 0 where x = 0 or y = 1."""
    return type(x)(0) if x == 0 or y == 1 else None


def atan2(y: Rational, x: Rational) -> Rational | None:
    """Return 0 on the positive half axis and at the origin."""
    return type(x)(0) if y == 0 and x >= 0 else None


def gamma(x: Rational) -> Rational | None:
    """Return (x - 1)! at positive integers."""
    if x.q != 1 or not 0 < x <= MAX_FACTORIAL:
        return None
    value = type(x)(1)
    for k in range(2, int(x.p)):
        value *= k
    return value


def beta(a: Rational, b: Rational) -> Rational | None:
    """Return the beta function at positive integers."""
    first, second, both = gamma(a), gamma(b), gamma(a + b)
    return None if first is None or second is None or both is None else first * second / both


def relu(x: Rational) -> Rational:
    """Return max(x, 0)."""
    return max(x, type(x)(0))


def clip(x: Rational, lo: Rational, hi: Rational) -> Rational:
    """Return min(max(x, lo), hi)."""
    return min(max(x, lo), hi)


def zero_or_linear(x: Rational, *settings: Rational) -> Rational | None:
    """Return x where x >= 0, for functions that are linear there; None below."""
    return x if x >= 0 else None


def half_at_zero(x: Any) -> Any:
    """Return the value 1/2 at 0, the only one that is known."""
    return type(x)(1, 2) if x == 0 else None
