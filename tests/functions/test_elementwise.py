"""Elementwise functions where they are not smooth, and far out."""

from __future__ import annotations

from fractions import Fraction

import flint
import mpmath
import numpy as np
import pytest

from symback.functions import entries, table
from symback.functions.slopes import slope_rule
from symback.language import parse
from tests.functions.contract import parameters
from tests.oracle import evaluate_mp, number
from tests.oracle_entries import ENTRIES

HALF = Fraction(1, 2)


def slopes_at(name, *point):
    """Evaluate the derivative rules for kinks of a function at a point."""
    entry = table()[name]
    out = ENTRIES[name](*map(number, point))
    env = dict(zip(parameters(entry), point, strict=True)) | {"out": out}
    return [
        evaluate_mp(parse(slope_rule(entry, k, guarded=True)), env) for k in range(entry.arrays)
    ]


@pytest.mark.parametrize(
    ("name", "point", "expected"),
    [
        ("abs", [0], [0]),
        ("relu", [0], [0]),
        ("relu6", [0], [0]),
        ("relu6", [6], [0]),
        ("leaky_relu", [0, Fraction(1, 100)], [Fraction(1, 100), 0]),
        ("elu", [0, 2], [2, 0]),
        ("celu", [0, 2], [1, 0]),
        ("hardtanh", [-1, -1, 1], [0, 1, 0]),
        ("hardtanh", [1, -1, 1], [0, 0, 1]),
        ("hardsigmoid", [-3], [0]),
        ("hardsigmoid", [3], [0]),
        ("maximum", [2, 2], [HALF, HALF]),
        ("minimum", [2, 2], [HALF, HALF]),
        ("maximum", [1, 2], [0, 1]),
        ("minimum", [1, 2], [1, 0]),
        ("clip", [-1, -1, 1], [1, 0, 0]),
        ("clip", [1, -1, 1], [1, 0, 0]),
        ("clip", [2, -1, 1], [0, 0, 1]),
        ("clip", [-2, -1, 1], [0, 1, 0]),
        ("clip", [0, 2, 1], [0, 0, 1]),
        ("sign", [0], [0]),
        ("step", [0], [0]),
        ("heaviside", [0, HALF], [0, 1]),
        ("floor", [2], [0]),
        ("mod", [7, 2], [1, -3]),
        ("fmod", [-7, 2], [1, 3]),
        ("softsign", [0], [1]),
        ("sinc", [0], [0]),
        ("sinint", [0], [1]),
        ("where", [0, 3, 4], [0, 0, 1]),
        ("where", [2, 3, 4], [0, 1, 0]),
    ],
)
def test_slopes_at_kinks_are_those_of_pytorch(name, point, expected):
    """At kinks and ties the rules have PyTorch's values, at removable points the limits."""
    actual = slopes_at(name, *point)

    for wanted, found in zip(expected, actual, strict=True):
        assert mpmath.almosteq(number(wanted), found, 1e-14)


def test_selu_at_zero_has_the_slope_from_the_left():
    """PyTorch takes the branch x <= 0, whose slope is scale*alpha."""
    (actual,) = slopes_at("selu", 0)

    assert mpmath.almosteq(actual, mpmath.mpf("1.7580993408473768599402175208123"), 1e-15)


def test_sinc_has_the_right_second_and_third_derivative_at_zero():
    """The branch at 0 is the start of the series: sinc'' = -pi**2/3 and sinc''' = 0 there."""
    branch = table()["sinc"].guarded[0].removeprefix("where(x == 0, ").partition(", (")[0]

    values = [evaluate_mp(parse(branch), {"x": x}) for x in (-1, 0, 1)]

    assert mpmath.almosteq((values[2] - values[0]) / 2, -(mpmath.pi**2) / 3, 1e-14)
    assert values[0] + values[2] == values[1] == 0


@pytest.mark.parametrize("name", ["sigmoid", "softplus", "log_sigmoid", "silu", "mish", "logit"])
@pytest.mark.parametrize("x", [-1000, -40, 0, 40, 1000])
def test_float64_is_stable_far_out(name, x):
    """Nothing overflows at +-1,000, and nothing is lost between the branches."""
    if name == "logit":
        x = float(flint.arb(x).exp() / (1 + flint.arb(x).exp()))
        if x in (0, 1):
            return
    entry = table()[name]
    with flint.ctx.workdps(900):
        expected = float(entry.ball(flint.arb(x)))

    with np.errstate(over="ignore"):
        actual = float(entry.float64(np.array(float(x))))

    assert actual == pytest.approx(expected, rel=1e-13, abs=1e-300)


def test_logaddexp_is_stable_far_out():
    """log(exp(1000) + exp(999)) and its mirror image are finite and right."""
    entry = table()["logaddexp"]

    for x, y in ((1000.0, 999.0), (-1000.0, -1001.0), (0.0, -1000.0)):
        expected = float(entry.ball(flint.arb(x), flint.arb(y)))
        assert float(entry.float64(x, y)) == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize(
    ("x", "expected"), [("-2.5", -2), ("-1.5", -2), ("-0.5", 0), ("0.5", 0), ("1.5", 2), ("2.5", 2)]
)
def test_round_takes_halves_to_the_even_integer(x, expected):
    """Exact value, ball and float64 agree on halves."""
    entry = table()["round"]

    assert entry.exact(flint.fmpq(*Fraction(x).as_integer_ratio())) == expected
    assert entry.ball(flint.arb(x)) == expected
    assert entry.float64(np.array(float(x))) == expected


@pytest.mark.parametrize(
    ("alias", "name"),
    [("arcsin", "asin"), ("expit", "sigmoid"), ("clamp", "clip"), ("gammaln", "lgamma")],
)
def test_second_names_mean_the_same_row(alias, name):
    """NumPy's, SciPy's and PyTorch's other names find the row; the row is listed once."""
    assert table()[alias] is table()[name]
    assert [entry.name for entry in entries()].count(name) == 1
    assert alias not in [entry.name for entry in entries()]
