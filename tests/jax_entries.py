"""What each function of the language is in JAX: by its name there, or by its definition.

Nothing is taken from the function tables: a row that is wrong there cannot be wrong here alike.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
from jax import lax, nn
from jax.scipy import special

jax.config.update("jax_enable_x64", True)

ROOT_PI = jnp.pi**0.5

#: Functions that JAX has neither under a name nor by composing others, and why.
LACKING = {
    "airyai": "no Airy functions",
    "airyaiprime": "no Airy functions",
    "airybi": "no Airy functions",
    "airybiprime": "no Airy functions",
    "besselk": "no Bessel functions of the second kind",
    "bessely": "no Bessel functions of the second kind",
    "ellipe": "no elliptic integrals",
    "ellipk": "no elliptic integrals",
    "invdigamma": "no inverse of digamma",
}


def lbeta(a, b):
    """For positive arguments; JAX's own has a derivative that is right to 7 digits only."""
    return special.gammaln(a) + special.gammaln(b) - special.gammaln(a + b)


def expint(n, x):
    """By the recurrence from the first; JAX's own cannot be compiled in second order."""
    found = -special.expi(-x)
    for k in range(1, n):
        found = (jnp.exp(-x) - x * found) / k
    return found


ENTRIES: dict[str, Callable[..., Any]] = {
    "exp": jnp.exp,
    "log": jnp.log,
    "expm1": jnp.expm1,
    "log1p": jnp.log1p,
    "exp2": jnp.exp2,
    "exp10": lambda x: jnp.power(10.0, x),
    "log2": jnp.log2,
    "log10": jnp.log10,
    "xlogy": special.xlogy,
    "xlog1py": special.xlog1py,
    "logaddexp": jnp.logaddexp,
    "sqrt": jnp.sqrt,
    "cbrt": jnp.cbrt,
    "rsqrt": lax.rsqrt,
    "square": jnp.square,
    "power": jnp.power,
    "hypot": jnp.hypot,
    "floor": jnp.floor,
    "ceil": jnp.ceil,
    "trunc": jnp.trunc,
    "round": jnp.round,
    "mod": jnp.mod,
    "fmod": jnp.fmod,
    "abs": jnp.abs,
    "sign": jnp.sign,
    "step": lambda x: jnp.heaviside(x, 0.0),
    "heaviside": jnp.heaviside,
    "maximum": jnp.maximum,
    "minimum": jnp.minimum,
    "clip": jnp.clip,
    "where": lambda c, a, b: jnp.where(c != 0, a, b),
    "sin": jnp.sin,
    "cos": jnp.cos,
    "tan": jnp.tan,
    "sec": lambda x: 1 / jnp.cos(x),
    "csc": lambda x: 1 / jnp.sin(x),
    "cot": lambda x: 1 / jnp.tan(x),
    "sinpi": lambda x: jnp.sin(jnp.pi * x),
    "cospi": lambda x: jnp.cos(jnp.pi * x),
    "sinc": jnp.sinc,
    "deg2rad": jnp.deg2rad,
    "rad2deg": jnp.rad2deg,
    "asin": jnp.arcsin,
    "acos": jnp.arccos,
    "atan": jnp.arctan,
    "asec": lambda x: jnp.arccos(1 / x),
    "acsc": lambda x: jnp.arcsin(1 / x),
    "acot": lambda x: jnp.arctan(1 / x),
    "atan2": jnp.arctan2,
    "sinh": jnp.sinh,
    "cosh": jnp.cosh,
    "tanh": jnp.tanh,
    "sech": lambda x: 1 / jnp.cosh(x),
    "csch": lambda x: 1 / jnp.sinh(x),
    "coth": lambda x: 1 / jnp.tanh(x),
    "asinh": jnp.arcsinh,
    "acosh": jnp.arccosh,
    "atanh": jnp.arctanh,
    "asech": lambda x: jnp.arccosh(1 / x),
    "acsch": lambda x: jnp.arcsinh(1 / x),
    "acoth": lambda x: jnp.arctanh(1 / x),
    "relu": nn.relu,
    "relu6": nn.relu6,
    "leaky_relu": lambda x, slope=0.01: nn.leaky_relu(x, slope),
    "elu": lambda x, alpha=1.0: nn.elu(x, alpha),
    "celu": lambda x, alpha=1.0: nn.celu(x, alpha),
    "selu": nn.selu,
    "hardtanh": lambda x, min_val=-1.0, max_val=1.0: jnp.clip(x, min_val, max_val),
    "hardsigmoid": nn.hard_sigmoid,
    "sigmoid": nn.sigmoid,
    "log_sigmoid": nn.log_sigmoid,
    "logit": special.logit,
    "softplus": nn.softplus,
    "softsign": nn.soft_sign,
    "silu": nn.silu,
    "mish": nn.mish,
    "gelu": lambda x: nn.gelu(x, approximate=False),
    "gelu_tanh": lambda x: nn.gelu(x, approximate=True),
    "erf": special.erf,
    "erfc": special.erfc,
    "erfi": lambda x: 2 / ROOT_PI * jnp.exp(x**2) * special.dawsn(x),
    "erfinv": special.erfinv,
    "erfcinv": lambda x: special.erfinv(1 - x),
    "erfcx": special.erfcx,
    "dawson": special.dawsn,
    "ndtr": special.ndtr,
    "gamma": special.gamma,
    "lgamma": special.gammaln,
    "digamma": special.digamma,
    "trigamma": lambda x: special.polygamma(1, x),
    "polygamma": special.polygamma,
    "beta": lambda a, b: jnp.exp(lbeta(a, b)),
    "lbeta": lbeta,
    "betainc": special.betainc,
    "zeta": lambda s, q=1.0: special.zeta(s, q),
    "gammainc_lower": special.gammainc,
    "gammainc_upper": special.gammaincc,
    "expint": expint,
    "cosint": lambda x: special.sici(x)[1],
    "sinint": lambda x: special.sici(x)[0],
    "besselj": lambda n, x: special.bessel_jn(x, v=n)[n],
    "besseli": lambda n, x: (special.i0, special.i1)[n](x),
}
"""Functions of numbers, on arrays that broadcast."""

OPERATORS: dict[str, Callable[..., Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "**": operator.pow,
    "@": jnp.matmul,
    "<": lambda a, b: jnp.less(a, b).astype(float),
    "<=": lambda a, b: jnp.less_equal(a, b).astype(float),
    ">": lambda a, b: jnp.greater(a, b).astype(float),
    ">=": lambda a, b: jnp.greater_equal(a, b).astype(float),
    "==": lambda a, b: jnp.equal(a, b).astype(float),
    "!=": lambda a, b: jnp.not_equal(a, b).astype(float),
}
"""Arithmetic, products of matrices, and comparisons valued 0 or 1."""
