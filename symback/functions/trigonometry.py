"""Trigonometric and hyperbolic functions, all six of each, and their inverses.

Columns as in `elementwise`. Inverses of the reciprocals are asec(x) = acos(1/x) and so on: acot is
odd, with a jump at 0.
"""

from __future__ import annotations

from symback.functions.rows import np, published, row, sp
from symback.functions.values import enclosure as ball
from symback.functions.values import rational as exact

ZERO, ONE = exact.AT_ZERO_0, exact.AT_ZERO_1  # the value at 0

# fmt: off
CIRCULAR = published(
    "DLMF 4.14, 4.20",
    row("sin(x)", "the sine of x radians", parity="odd",
        np="sin", arb="sin", sp="sin", exact=ZERO, latex=r"\sin"),
    row("cos(x)", "the cosine of x radians", parity="even",
        np="cos", arb="cos", sp="cos", exact=ONE, latex=r"\cos"),
    row("tan(x)", "sin(x)/cos(x)", parity="odd", domain=("angle",),
        np="tan", arb="tan", sp="tan", exact=ZERO, latex=r"\tan"),
    row("sec(x)", "1/cos(x)", parity="even", domain=("angle",),
        float64=lambda x: 1 / np.cos(x), numpy="1/np.cos(#1)",
        arb="sec", sp="sec", exact=ONE, latex=r"\sec"),
    row("csc(x)", "1/sin(x)", parity="odd", domain=("angle",),
        float64=lambda x: 1 / np.sin(x), numpy="1/np.sin(#1)", arb="csc", sp="csc", latex=r"\csc"),
    row("cot(x)", "cos(x)/sin(x)", parity="odd", domain=("angle",),
        float64=lambda x: 1 / np.tan(x), numpy="1/np.tan(#1)", arb="cot", sp="cot", latex=r"\cot"),
    row("sinpi(x)", "sin(pi*x)", "pi*cospi(x)", parity="odd",
        float64=lambda x: np.sin(np.pi * np.fmod(x, 2.0)), numpy="np.sin(np.pi*(#1))",
        arb="sin_pi", sympy=lambda x: sp.sin(sp.pi * x), exact=exact.sinpi,
        latex=r"\sin\left(\pi #1\right)", text="sin(π(#1))"),
    row("cospi(x)", "cos(pi*x)", "-pi*sinpi(x)", parity="even",
        float64=lambda x: np.cos(np.pi * np.fmod(x, 2.0)), numpy="np.cos(np.pi*(#1))",
        arb="cos_pi", sympy=lambda x: sp.cos(sp.pi * x), exact=exact.cospi,
        latex=r"\cos\left(\pi #1\right)", text="cos(π(#1))"),
    row("sinc(x)", "sin(pi*x)/(pi*x), and 1 at 0",
        "(cospi(x) - out)/x", parity="even",
        guarded=("where(x == 0, -pi**2*x/3, (cospi(x) - out)/x)",),
        np="sinc", arb="sinc_pi", exact=exact.sinc,
        sympy=lambda x: sp.sin(sp.pi * x) / (sp.pi * x)),
    row("deg2rad(x)", "pi*x/180", parity="odd",
        np="deg2rad", ball=lambda x: x * x.pi() / 180, sympy=lambda x: x * sp.pi / 180,
        exact=ZERO, aliases=("radians",)),
    row("rad2deg(x)", "180*x/pi", parity="odd",
        np="rad2deg", ball=lambda x: x * 180 / x.pi(), sympy=lambda x: x * 180 / sp.pi,
        exact=ZERO, aliases=("degrees",)),
)

INVERSE_CIRCULAR = published(
    "DLMF 4.23, 4.24",
    row("asin(x)", "the inverse sine in [-pi/2, pi/2]", parity="odd",
        np="arcsin", arb="asin", sp="asin", exact=ZERO, domain=("inside",), latex=r"\arcsin",
        aliases=("arcsin",)),
    row("acos(x)", "the inverse cosine in [0, pi]",
        np="arccos", arb="acos", sp="acos", exact=exact.AT_ONE_0, domain=("inside",),
        latex=r"\arccos", aliases=("arccos",)),
    row("atan(x)", "the inverse tangent in (-pi/2, pi/2)", parity="odd",
        np="arctan", arb="atan", sp="atan", exact=ZERO, latex=r"\arctan", aliases=("arctan",)),
    row("asec(x)", "acos(1/x)", "1/(abs(x)*sqrt(x**2 - 1))",
        float64=lambda x: np.arccos(1 / x), numpy="np.arccos(1/(#1))",
        ball=ball.inverse(lambda x: x.acos()), sp="asec", exact=exact.AT_ONE_0,
        domain=("outside",), latex=r"\operatorname{arcsec}"),
    row("acsc(x)", "asin(1/x)", "-1/(abs(x)*sqrt(x**2 - 1))", parity="odd",
        float64=lambda x: np.arcsin(1 / x), numpy="np.arcsin(1/(#1))",
        ball=ball.inverse(lambda x: x.asin()), sp="acsc", domain=("outside",),
        latex=r"\operatorname{arccsc}"),
    row("acot(x)", "atan(1/x), and pi/2 at 0",
        float64=lambda x: np.where(x == 0, np.pi / 2, np.arctan(1 / np.where(x == 0, 1.0, x))),
        numpy="np.arctan(1/(#1))", ball=ball.acot, sp="acot",
        latex=r"\operatorname{arccot}", kinks="x == 0",
        convention="the derivative at the jump is that of both sides, -1"),
    row("atan2(y, x)", "the angle of the point (x, y) in (-pi, pi]",
        np="arctan2", ball=lambda y, x: type(y).atan2(y, x), sp="atan2", exact=exact.atan2,
        kinks="(y == 0)*(x < 0)", convention="the derivative at the jump is that of both sides",
        aliases=("arctan2",)),
)

HYPERBOLIC = published(
    "DLMF 4.28, 4.34",
    row("sinh(x)", "(exp(x) - exp(-x))/2", parity="odd",
        np="sinh", arb="sinh", sp="sinh", exact=ZERO, latex=r"\sinh"),
    row("cosh(x)", "(exp(x) + exp(-x))/2", parity="even",
        np="cosh", arb="cosh", sp="cosh", exact=ONE, latex=r"\cosh"),
    row("tanh(x)", "sinh(x)/cosh(x)", parity="odd",
        np="tanh", arb="tanh", sp="tanh", exact=ZERO, latex=r"\tanh"),
    row("sech(x)", "1/cosh(x)", parity="even",
        float64=lambda x: 1 / np.cosh(x), numpy="1/np.cosh(#1)",
        arb="sech", sp="sech", exact=ONE, latex=r"\operatorname{sech}"),
    row("csch(x)", "1/sinh(x)", parity="odd",
        float64=lambda x: 1 / np.sinh(x), numpy="1/np.sinh(#1)",
        arb="csch", sp="csch", latex=r"\operatorname{csch}"),
    row("coth(x)", "cosh(x)/sinh(x)", "1 - out**2", parity="odd",
        float64=lambda x: 1 / np.tanh(x), numpy="1/np.tanh(#1)",
        arb="coth", sp="coth", latex=r"\coth"),
)

INVERSE_HYPERBOLIC = published(
    "DLMF 4.37, 4.38",
    row("asinh(x)", "log(x + sqrt(x**2 + 1))", parity="odd",
        np="arcsinh", arb="asinh", sp="asinh", exact=ZERO, latex=r"\operatorname{arsinh}",
        aliases=("arcsinh",)),
    row("acosh(x)", "log(x + sqrt(x**2 - 1))", "1/sqrt(x**2 - 1)", domain=("above_one",),
        np="arccosh", arb="acosh", sp="acosh", exact=exact.AT_ONE_0,
        latex=r"\operatorname{arcosh}", aliases=("arccosh",)),
    row("atanh(x)", "log((1 + x)/(1 - x))/2", parity="odd", domain=("inside",),
        np="arctanh", arb="atanh", sp="atanh", exact=ZERO, latex=r"\operatorname{artanh}",
        aliases=("arctanh",)),
    row("asech(x)", "acosh(1/x)", domain=("unit",),
        float64=lambda x: np.arccosh(1 / x), numpy="np.arccosh(1/(#1))",
        ball=ball.inverse(lambda x: x.acosh()), sp="asech", exact=exact.AT_ONE_0,
        latex=r"\operatorname{arsech}"),
    row("acsch(x)", "asinh(1/x)", "-1/(abs(x)*sqrt(x**2 + 1))", parity="odd",
        float64=lambda x: np.arcsinh(1 / x), numpy="np.arcsinh(1/(#1))",
        ball=ball.inverse(lambda x: x.asinh()), sp="acsch", latex=r"\operatorname{arcsch}"),
    row("acoth(x)", "atanh(1/x)", parity="odd", domain=("outside",),
        float64=lambda x: np.arctanh(1 / x), numpy="np.arctanh(1/(#1))",
        ball=ball.inverse(lambda x: x.atanh()), sp="acoth", latex=r"\operatorname{arcoth}"),
)
# fmt: on

ROWS = CIRCULAR + INVERSE_CIRCULAR + HYPERBOLIC + INVERSE_HYPERBOLIC
