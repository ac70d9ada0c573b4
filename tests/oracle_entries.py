"""Values of the elementwise functions by mpmath, written apart from the tables they judge."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import mpmath as m
from mpmath import mpf

HALF, ONE, MINUS_ONE = mpf("0.5"), mpf(1), mpf(-1)


def _sign(x):
    return mpf((x > 0) - (x < 0))


def _trunc(x):
    return m.floor(x) if x >= 0 else m.ceil(x)


def _round(x):
    low = m.floor(x)
    if x - low == HALF:
        return low if int(low) % 2 == 0 else low + 1
    return m.floor(x + HALF)


def _sigmoid(x):
    return 1 / (1 + m.exp(-x))


def _softplus(x):
    return m.log(1 + m.exp(x))


def _ndtr(x):
    return m.erfc(-x / m.sqrt(2)) / 2


def _elu(x, alpha=1):
    return x if x > 0 else alpha * (m.exp(x) - 1)


def _celu(x, alpha=1):
    return x if x > 0 else alpha * (m.exp(x / alpha) - 1)


def _selu(x):
    return mpf("1.0507009873554804934193349852946") * _elu(
        x, mpf("1.6732632423543772848170429916717")
    )


def _gelu_tanh(x):
    return x * (1 + m.tanh(m.sqrt(2 / m.pi) * (x + mpf("0.044715") * x**3))) / 2


def _invdigamma(y):
    low, high = mpf(10) ** -6, m.exp(y) + 2
    for _ in range(8 * m.mp.prec):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if m.digamma(middle) < y else (low, middle)
    return middle


def _power(x, y):
    if x == 0 and y < 0:
        return m.nan
    return x ** int(y) if y == int(y) else x**y


def _quotient(x, y):
    return x / y if y != 0 else m.nan


def _inverse(function: Callable) -> Callable:
    return lambda x: function(1 / x) if x != 0 else m.nan


ENTRIES: dict[str, Callable] = {
    "exp": m.exp,
    "log": m.log,
    "expm1": lambda x: m.exp(x) - 1,
    "log1p": lambda x: m.log(1 + x),
    "exp2": lambda x: mpf(2) ** x,
    "exp10": lambda x: mpf(10) ** x,
    "log2": lambda x: m.log(x, 2),
    "log10": lambda x: m.log(x, 10),
    "xlogy": lambda x, y: x * m.log(y) if x != 0 else x,
    "xlog1py": lambda x, y: x * m.log(1 + y) if x != 0 else x,
    "logaddexp": lambda x, y: m.log(m.exp(x) + m.exp(y)),
    "sqrt": m.sqrt,
    "cbrt": lambda x: _sign(x) * m.root(abs(x), 3),
    "rsqrt": lambda x: 1 / m.sqrt(x) if x != 0 else m.nan,
    "square": lambda x: x * x,
    "power": _power,
    "hypot": lambda x, y: m.sqrt(x * x + y * y),
    "floor": m.floor,
    "ceil": m.ceil,
    "trunc": _trunc,
    "round": _round,
    "mod": lambda x, y: x - y * m.floor(x / y),
    "fmod": lambda x, y: x - y * _trunc(x / y),
    "abs": abs,
    "sign": _sign,
    "step": lambda x: mpf(x > 0),
    "heaviside": lambda x, h: h if x == 0 else mpf(x > 0),
    "maximum": max,
    "minimum": min,
    "clip": lambda x, lo, hi: min(max(x, lo), hi),
    "where": lambda c, a, b: a if c != 0 else b,
    "sin": m.sin,
    "cos": m.cos,
    "tan": m.tan,
    "sec": m.sec,
    "csc": m.csc,
    "cot": m.cot,
    "sinpi": m.sinpi,
    "cospi": m.cospi,
    "sinc": m.sincpi,
    "deg2rad": lambda x: x * m.pi / 180,
    "rad2deg": lambda x: x * 180 / m.pi,
    "asin": m.asin,
    "acos": m.acos,
    "atan": m.atan,
    "asec": _inverse(m.acos),
    "acsc": _inverse(m.asin),
    "acot": lambda x: m.atan(1 / x) if x != 0 else m.pi / 2,
    "atan2": m.atan2,
    "sinh": m.sinh,
    "cosh": m.cosh,
    "tanh": m.tanh,
    "sech": m.sech,
    "csch": m.csch,
    "coth": m.coth,
    "asinh": m.asinh,
    "acosh": m.acosh,
    "atanh": m.atanh,
    "asech": _inverse(m.acosh),
    "acsch": _inverse(m.asinh),
    "acoth": _inverse(m.atanh),
    "relu": lambda x: max(x, mpf(0)),
    "relu6": lambda x: min(max(x, mpf(0)), mpf(6)),
    "leaky_relu": lambda x, slope=Fraction(1, 100): x if x > 0 else slope * x,
    "elu": _elu,
    "celu": _celu,
    "selu": _selu,
    "hardtanh": lambda x, min_val=MINUS_ONE, max_val=ONE: min(max(x, min_val), max_val),
    "hardsigmoid": lambda x: min(max(x + 3, mpf(0)), mpf(6)) / 6,
    "sigmoid": _sigmoid,
    "log_sigmoid": lambda x: -_softplus(-x),
    "logit": lambda x: m.log(x / (1 - x)),
    "softplus": _softplus,
    "softsign": lambda x: x / (1 + abs(x)),
    "silu": lambda x: x * _sigmoid(x),
    "mish": lambda x: x * m.tanh(_softplus(x)),
    "gelu": lambda x: x * _ndtr(x),
    "gelu_tanh": _gelu_tanh,
    "erf": m.erf,
    "erfc": m.erfc,
    "erfi": m.erfi,
    "erfinv": m.erfinv,
    "erfcinv": lambda x: m.erfinv(1 - x),
    "erfcx": lambda x: m.exp(x * x) * m.erfc(x),
    "dawson": lambda x: m.sqrt(m.pi) / 2 * m.exp(-x * x) * m.erfi(x),
    "ndtr": _ndtr,
    "gamma": m.gamma,
    "lgamma": lambda x: m.log(abs(m.gamma(x))),
    "digamma": m.digamma,
    "trigamma": lambda x: m.psi(1, x),
    "polygamma": lambda n, x: m.psi(int(n), x),
    "invdigamma": _invdigamma,
    "beta": m.beta,
    "lbeta": lambda a, b: m.log(m.beta(a, b)),
    "betainc": lambda a, b, x: m.betainc(a, b, 0, x, regularized=True),
    "zeta": lambda s, q=ONE: m.zeta(s, q),
    "gammainc_lower": lambda a, x: m.gammainc(a, 0, x, regularized=True),
    "gammainc_upper": lambda a, x: m.gammainc(a, x, m.inf, regularized=True),
    "expint": m.expint,
    "cosint": m.ci,
    "sinint": m.si,
    "ellipk": m.ellipk,
    "ellipe": m.ellipe,
    "besselj": m.besselj,
    "bessely": m.bessely,
    "besseli": m.besseli,
    "besselk": m.besselk,
    "airyai": m.airyai,
    "airybi": m.airybi,
    "airyaiprime": lambda x: m.airyai(x, derivative=1),
    "airybiprime": lambda x: m.airybi(x, derivative=1),
}
"""Functions of `mpf` numbers; what is complex or infinite is made NaN by the caller."""

OPERATORS: dict[str, Callable] = {
    "+": lambda x, y: x + y,
    "-": lambda x, y: x - y,
    "*": lambda x, y: x * y,
    "/": _quotient,
    "**": _power,
    "<": lambda x, y: mpf(x < y),
    "<=": lambda x, y: mpf(x <= y),
    ">": lambda x, y: mpf(x > y),
    ">=": lambda x, y: mpf(x >= y),
    "==": lambda x, y: mpf(x == y),
    "!=": lambda x, y: mpf(x != y),
}
"""Arithmetic and comparisons of `mpf` numbers."""
