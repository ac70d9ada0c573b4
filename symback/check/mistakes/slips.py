"""Derivatives as people get them wrong: data for the mistakes along one edge."""

from __future__ import annotations

from functools import cache

from symback.functions import Kind, table

#: Derivatives that are taken one for another, of `x` with value `out`.
SLOPES = {
    "sigmoid": "out*(1 - out)",
    "tanh": "1 - out**2",
    "relu": "step(x)",
    "exp": "out",
    "log": "1/x",
    "sqrt": "1/(2*out)",
    "sin": "cos(x)",
    "cos": "-sin(x)",
    "square": "2*x",
}
#: Derivatives of all functions that a derivative too many may be of.
OWN_SLOPES = {
    **SLOPES,
    "softplus": "sigmoid(x)",
    "silu": "out + sigmoid(x)*(1 - out)",
    "softmax": "out*(1 - out)",
}
#: Slips in particular derivatives: function, what was written, kind.
SLIPS: tuple[tuple[str, str, str], ...] = (
    ("sigmoid", "1 - out", "wrong_derivative"),
    ("sigmoid", "out*(1 + out)", "sign"),
    ("sigmoid", "out*(out - 1)", "sign"),
    ("sigmoid", "x*(1 - x)", "wrong_operand"),
    ("sigmoid", "exp(-x)", "wrong_derivative"),
    ("tanh", "1 - out", "wrong_derivative"),
    ("tanh", "1 + out**2", "sign"),
    ("tanh", "(1 - out)**2", "wrong_derivative"),
    ("tanh", "1 - x**2", "wrong_operand"),
    ("tanh", "1/cosh(x)", "wrong_derivative"),
    ("exp", "x*exp(x - 1)", "power_rule"),
    ("exp", "exp(x - 1)", "power_rule"),
    ("sqrt", "out/2", "power_rule"),
    ("sqrt", "1/out", "power_rule"),
    ("sqrt", "2*out", "power_rule"),
    ("sqrt", "1/(2*x)", "power_rule"),
    ("sqrt", "1/(2*x*out)", "power_rule"),
    ("sqrt", "-1/(2*x*out)", "power_rule"),
    ("cbrt", "1/(3*out)", "power_rule"),
    ("cbrt", "out/3", "power_rule"),
    ("relu", "step(-x)", "wrong_branch"),
    ("relu", "1 - step(x)", "wrong_branch"),
    ("leaky_relu", "step(x)", "wrong_derivative"),
    ("abs", "step(x)", "wrong_derivative"),
    ("abs", "x", "wrong_derivative"),
    ("abs", "abs(x)", "function_for_derivative"),
    ("softplus", "1 - sigmoid(x)", "wrong_derivative"),
    ("log2", "1/x", "wrong_base"),
    ("log10", "1/x", "wrong_base"),
    ("log2", "1/(x*log(10))", "wrong_base"),
    ("log10", "1/(x*log(2))", "wrong_base"),
    ("log2", "1/(2*x)", "wrong_base"),
    ("log10", "1/(10*x)", "wrong_base"),
    ("log2", "log(2)/x", "wrong_base"),
    ("log10", "log(10)/x", "wrong_base"),
    ("log", "1/(x*log(2))", "wrong_base"),
    ("log", "1/(x*log(10))", "wrong_base"),
    ("exp2", "out", "wrong_base"),
    ("exp2", "x*2**(x - 1)", "power_rule"),
    ("exp10", "out", "wrong_base"),
    ("tan", "1/cos(x)", "wrong_derivative"),
    ("asin", "1/(1 - x**2)", "wrong_derivative"),
    ("acos", "-1/(1 - x**2)", "wrong_derivative"),
    ("acos", "1/(1 - x**2)", "wrong_derivative"),
    ("asin", "1/(1 + x**2)", "wrong_derivative"),
    ("acos", "-1/(1 + x**2)", "wrong_derivative"),
    ("atan", "1/sqrt(1 - x**2)", "wrong_derivative"),
    ("asinh", "1/(1 + x**2)", "wrong_derivative"),
    ("acosh", "1/(x**2 - 1)", "wrong_derivative"),
    ("atan", "1/sqrt(1 + x**2)", "wrong_derivative"),
    ("asin", "1/sqrt(1 + x**2)", "sign"),
    ("acos", "-1/sqrt(1 + x**2)", "sign"),
    ("asinh", "1/sqrt(x**2 - 1)", "sign"),
    ("asinh", "1/sqrt(1 - x**2)", "sign"),
    ("acosh", "1/sqrt(x**2 + 1)", "sign"),
    ("acosh", "1/sqrt(1 - x**2)", "sign"),
    ("atan", "1/(1 - x**2)", "sign"),
    ("atan", "1/(x**2 - 1)", "sign"),
    ("atanh", "1/(1 + x**2)", "sign"),
    ("tan", "1 - tan(x)**2", "sign"),
    ("tan", "1/sin(x)**2", "wrong_derivative"),
    ("sinh", "-cosh(x)", "sign"),
    ("cosh", "-sinh(x)", "sign"),
    ("log", "x", "wrong_derivative"),
    ("log1p", "1/x", "wrong_operand"),
    ("log_sigmoid", "1 + sigmoid(x)", "sign"),
    ("log_sigmoid", "sigmoid(x)", "sign"),
    ("log_sigmoid", "-sigmoid(x)", "missing_term"),
    ("expm1", "out", "function_for_derivative"),
    ("softplus", "exp(x)", "wrong_derivative"),
    ("erf", "2*exp(x**2)/sqrt(pi)", "sign"),
    ("silu", "sigmoid(x)*(1 - sigmoid(x))", "wrong_derivative"),
    ("gelu", "ndtr(x)", "missing_term"),
    ("silu", "sigmoid(x)", "missing_term"),
    ("square", "2*out", "power_rule"),
    ("square", "x", "power_rule"),
)

#: Slips in the power rule for x**n: coefficient and exponent.
POWERS = (
    ("1", "n - 1"),
    ("n", "n"),
    ("n - 1", "n - 1"),
    ("n - 1", "n"),
    ("n", "n - 2"),
    ("n", "n + 1"),
    ("n - 1", "n - 2"),
    ("n + 1", "n + 1"),
    ("1", "n + 1"),
    ("n", "0"),
    ("n", "1"),
    ("1/(n + 1)", "n + 1"),
)


@cache
def elementwise() -> frozenset[str]:
    """Return the functions that act entry by entry."""
    found = table().items()
    return frozenset(n for n, f in found if f.kind is Kind.ELEMENTWISE and f.arrays)
