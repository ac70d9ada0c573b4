"""Enclosures: undefined, undecided or narrow."""

from __future__ import annotations

import flint
import mpmath
import pytest

from symback.errors import LimitError
from symback.functions import Kind, entries, table
from symback.functions.domains import Undecided
from symback.functions.values.entries import deciding


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
    with pytest.raises(LimitError, match="beyond 1,000"):
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


@pytest.mark.parametrize(
    ("name", "point"),
    [
        ("polygamma", ["exp2(1e15)", 1]),
        ("betainc", [1, "1e18", 0.5]),
        ("zeta", ["1e18", 3]),
        ("besselj", ["1e18", 3]),
        ("gammainc_lower", ["1e18", 3]),
    ],
)
def test_astronomical_parameters_are_a_limit(name, point):
    """Neither memory nor minutes are spent; of 2**(10**15) no integer may be made."""
    balls = [
        flint.arb(2) ** flint.arb(10) ** 15 if x == "exp2(1e15)" else flint.arb(x) for x in point
    ]

    with pytest.raises(LimitError, match="E408"):
        table()[name].ball(*balls)


@pytest.mark.parametrize(("a", "x"), [(300, 200), (300, 299), (300, 301), (1e6, 6e5), (25, 1e-9)])
def test_the_lower_incomplete_gamma_function_of_large_orders_keeps_its_digits(a, x):
    """Where Arb's own value is a ball that says nothing, the series has all digits."""
    with mpmath.workdps(60):
        low = mpmath.exp(a * mpmath.log(x) - x - mpmath.loggamma(a + 1))
        digits = str(low * mpmath.hyp1f1(1, a + 1, x))
    with flint.ctx.workprec(140):
        expected = flint.arb(digits)
        actual = table()["gammainc_lower"].ball(flint.arb(a), flint.arb(x))

        assert actual.rel_accuracy_bits() > 90
        assert abs(actual / expected - 1) < 1e-25


@pytest.mark.parametrize("exponent", [300, 10**15, -(10**15)])
def test_rounding_numbers_of_any_size(exponent):
    """Astronomical and tiny balls are rounded without being made rationals."""
    x = flint.arb(2) ** exponent
    actual = table()["round"].ball(x)

    assert actual == (x if exponent > 0 else 0)


def test_lgamma_and_nan_arguments():
    """lgamma is log|gamma| at negative arguments too; NaN passes through unary functions."""
    value = table()["lgamma"].ball(flint.arb(-1.5))
    assert float(value) == pytest.approx(0.8600470153764810)

    for entry in entries():
        if entry.kind is Kind.ELEMENTWISE and entry.arrays == 1:
            assert entry.ball(flint.arb("nan")).is_nan(), entry.name
