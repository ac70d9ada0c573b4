"""Elementwise functions where they are not smooth, not defined, or far out."""

from __future__ import annotations

from fractions import Fraction

import flint
import mpmath
import numpy as np
import pytest

from symback.errors import LimitError
from symback.functions import Kind, table
from symback.functions.domains import Undecided
from symback.functions.slopes import slope_rule
from symback.functions.values_entries import deciding
from symback.language import parse
from tests.functions.contract import parameters
from tests.oracle import evaluate_mp, number
from tests.oracle_entries import ENTRIES

HALF = Fraction(1, 2)


def slopes_at(name, *point):
    """Evaluate all derivative rules of a function at a point."""
    entry = table()[name]
    out = ENTRIES[name](*map(number, point))
    env = dict(zip(parameters(entry), point, strict=True)) | {"out": out}
    return [evaluate_mp(parse(slope_rule(entry, k)), env) for k in range(entry.arrays)]


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
    branch = table()["sinc"].slopes[0].removeprefix("where(x == 0, ").partition(", (")[0]

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
    ("name", "point"),
    [
        ("log", [-1]),
        ("log", [0]),
        ("sqrt", [-2]),
        ("asin", [2]),
        ("acosh", [0]),
        ("atanh", [1]),
        ("power", [-2, 0.5]),
        ("power", [0, -1]),
        ("rsqrt", [0]),
        ("mod", [1, 0]),
        ("gamma", [-1]),
        ("lgamma", [0]),
        ("trigamma", [-2]),
        ("polygamma", [0.5, 1]),
        ("betainc", [1, 2, 3]),
        ("erfinv", [1]),
        ("erfcinv", [2]),
        ("ellipk", [2]),
        ("zeta", [1, 1]),
        ("csc", [0]),
        ("asec", [0.5]),
    ],
)
def test_undefined_is_nan_even_for_a_ball(name, point):
    """Outside its domain a function is NaN, at the point and in a small ball around it."""
    entry = table()[name]
    exact = [flint.arb(value) for value in point]

    assert entry.ball(*exact).is_nan()
    if name in {"sqrt", "asin", "acosh", "ellipk", "asec", "betainc"}:
        assert entry.ball(*(x + flint.arb(0, 1e-12) for x in exact)).is_nan()


@pytest.mark.parametrize(
    ("name", "point"),
    [
        ("sqrt", [0]),
        ("log", [0]),
        ("step", [0]),
        ("sign", [0]),
        ("floor", [3]),
        ("round", [2.5]),
        ("csc", [0]),
        ("gamma", [-1]),
        ("where", [0, 1, 2]),
        ("atanh", [1]),
    ],
)
def test_a_ball_across_a_boundary_is_undecided(name, point):
    """A ball that holds points on both sides asks for more precision, it is not undefined."""
    first, *others = (flint.arb(value) for value in point)

    with pytest.raises(Undecided):
        table()[name].ball(first + flint.arb(0, 1e-9), *others)


@pytest.mark.parametrize(
    "name", ["relu", "abs", "cbrt", "elu", "clip", "maximum", "softplus", "leaky_relu", "relu6"]
)
def test_a_continuous_kink_is_enclosed_without_a_decision(name):
    """Where the branches meet, a ball around the kink gets a small ball around the value."""
    entry = table()[name]
    others = [flint.arb(value) for value in (0, 1)[: entry.arrays - 1]]

    actual = entry.ball(flint.arb(0, 1e-15), *others)

    assert actual.contains(entry.ball(flint.arb(0), *others))
    assert actual.rad() < 1e-4


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
    ("name", "point", "expected"),
    [
        ("sqrt", ["9/4"], "3/2"),
        ("sqrt", ["2"], None),
        ("sqrt", ["-4"], None),
        ("cbrt", ["-8/27"], "-2/3"),
        ("cbrt", ["9"], None),
        ("rsqrt", ["4"], "1/2"),
        ("power", ["2/3", "-2"], "9/4"),
        ("power", ["4/9", "3/2"], "8/27"),
        ("power", ["8", "1/3"], "2"),
        ("power", ["-8", "1/3"], None),
        ("power", ["0", "-1"], None),
        ("power", ["2", "1000000000000"], None),
        ("hypot", ["3", "4"], "5"),
        ("log2", ["1/8"], "-3"),
        ("log2", ["3/2"], None),
        ("log10", ["1000"], "3"),
        ("sinpi", ["1/6"], "1/2"),
        ("sinpi", ["-1/6"], "-1/2"),
        ("cospi", ["1/3"], "1/2"),
        ("cospi", ["1"], "-1"),
        ("gamma", ["6"], "120"),
        ("beta", ["2", "3"], "1/12"),
        ("sigmoid", ["0"], "1/2"),
        ("exp", ["0"], "1"),
        ("exp", ["1"], None),
        ("xlogy", ["0", "0"], "0"),
        ("mod", ["-7", "3"], "2"),
        ("fmod", ["-7", "3"], "-1"),
        ("relu6", ["7"], "6"),
        ("hardsigmoid", ["0"], "1/2"),
    ],
)
def test_rational_values_are_exact(name, point, expected):
    """Rational values are rationals; where there is none, or one too large, None."""
    numbers = [flint.fmpq(*Fraction(value).as_integer_ratio()) for value in point]

    actual = table()[name].exact(*numbers)

    if expected is None:
        assert actual is None
    else:
        assert actual == flint.fmpq(*Fraction(expected).as_integer_ratio())


@pytest.mark.parametrize("y", ["-100000", "-2.5", "-2", "0", "0.7", "30"])
def test_invdigamma_inverts_digamma(y):
    """The ball's digamma contains y again, and the ball is as narrow as the precision allows."""
    with flint.ctx.workdps(50):
        x = table()["invdigamma"].ball(flint.arb(y))

        assert x.digamma().contains(flint.arb(y))
        assert x.rel_accuracy_bits() > 140


@pytest.mark.parametrize("n", [0, 1, 2, 5])
@pytest.mark.parametrize("x", ["-0.3", "-7.25", "2.5"])
def test_polygamma_reflects_at_negative_arguments(n, x):
    """Orders and arguments of either sign agree with mpmath."""
    actual = table()["polygamma"].ball(flint.arb(n), flint.arb(x))

    assert float(actual) == pytest.approx(float(mpmath.psi(n, mpmath.mpf(x))), rel=1e-12)


def test_polygamma_of_a_huge_order_at_a_negative_argument_is_a_limit():
    """The series of the cotangent is bounded; the message names the bound."""
    with pytest.raises(LimitError, match="E408: `polygamma` of an order above 1,000"):
        table()["polygamma"].ball(flint.arb(1001), flint.arb(-0.5))


@pytest.mark.parametrize(
    ("name", "point", "expected"),
    [("step", [0], 0), ("sign", [0], 0), ("floor", [3], 3), ("ceil", [3], 3), ("round", [2.5], 2)],
)
def test_at_the_last_precision_a_ball_around_a_jump_counts_as_on_it(name, point, expected):
    """Where no more digits are to be had, the boundary's own value is taken and a tie counted."""
    with deciding(final=True) as decisions:
        actual = table()[name].ball(*(flint.arb(value, 1e-9) for value in point))
        ties = decisions.ties

    assert actual.mid() == expected
    assert ties > 0


def test_lgamma_and_nan_arguments():
    """lgamma is log|gamma| at negative arguments too; NaN passes through unary functions."""
    value = table()["lgamma"].ball(flint.arb(-1.5))
    assert float(value) == pytest.approx(0.8600470153764810)

    for entry in table().values():
        if entry.kind is Kind.ELEMENTWISE and entry.arrays == 1:
            assert entry.ball(flint.arb("nan")).is_nan(), entry.name
