"""Special functions: error functions, gamma and its family, integrals, Bessel, Airy, elliptic.

Columns as in `elementwise`. In most orders and parameters no closed form of the derivative is
known, to SymPy neither, and then that is said (`slopes.slope_rule`).
"""

from __future__ import annotations

import math
from typing import Any

from symback.errors import Diagnostic, LimitError
from symback.functions.rows import Lazy, np, published, row, sp
from symback.functions.values import enclosure as ball
from symback.functions.values import rational as exact

fl = Lazy("flint")
ZERO = exact.AT_ZERO_0  # the value at 0

#: Derivatives of the cotangent are taken from a power series up to this order.
MAX_ORDER = 1_000
#: Orders and parameters beyond this, on either side of 0, would take minutes.
MAX_PARAMETER = 1_000_000
#: Above this order the lower incomplete gamma function is summed here.
LARGE_ORDER = 20


def bounded(name: str, *parameters: ball.Ball, most: int = MAX_PARAMETER) -> None:
    """Raise LimitError E408 if one of a function's parameters is certainly beyond `most`."""
    if any(parameter > most or parameter < -most for parameter in parameters):
        message = f"`{name}` is not computed for parameters beyond {most:,}"
        raise LimitError(Diagnostic("E408", message, "use smaller values"))


def within(name: str, method: str) -> Any:
    """Return a function of an order and x that calls Arb's `method` of x for moderate orders."""

    def value(order: ball.Ball, x: ball.Ball) -> ball.Ball:
        bounded(name, order)
        return getattr(x, method)(order)

    return value


def zeta_ball(s: ball.Ball, q: ball.Ball) -> ball.Ball:
    """Return Hurwitz's zeta function."""
    bounded("zeta", s, most=MAX_ORDER if s < 0 else MAX_PARAMETER)
    return s.zeta(q)


def gammainc_lower_ball(a: ball.Ball, x: ball.Ball) -> ball.Ball:
    """Return P(a, x); by its series of positive terms where Arb loses all digits, for large a > x.

    Source: DLMF 8.7.1; the rest of the series is at most its next term times a geometric series.
    """
    bounded("gammainc_lower", a)
    if not (a > LARGE_ORDER and x > 0):
        return x.gamma_lower(a, regularized=1)
    if not x < a:
        return 1 - x.gamma_upper(a, regularized=1)
    term = total = type(x)(1)
    least, k = type(x)(2) ** -(fl.ctx.prec + 8), 0
    while not term < least * total:
        k += 1
        if not a + k > x:
            return ball.nan(x)
        term *= x / (a + k)
        total += term
    rest = (term * x / (a + k + 1 - x)).abs_upper()
    return (a * x.log() - x - (a + 1).lgamma()).exp() * (total + type(x)(0, 1) * rest)


def gammainc_upper_ball(a: ball.Ball, x: ball.Ball) -> ball.Ball:
    """Return Q(a, x)."""
    bounded("gammainc_upper", a)
    return x.gamma_upper(a, regularized=1)


def ndtr_ball(x: ball.Ball) -> ball.Ball:
    """Normal distribution function, without loss in the lower tail."""
    return (-x / type(x)(2).sqrt()).erfc() / 2


def ndtr_float64(x: Any) -> Any:
    """Normal distribution function of float64 arrays."""
    return np.vectorize(math.erfc, otypes=[float])(-np.asarray(x) / math.sqrt(2)) / 2


def erf_float64(x: Any) -> Any:
    """Error function of float64 arrays."""
    return np.vectorize(math.erf, otypes=[float])(x)


def erfc_float64(x: Any) -> Any:
    """Complementary error function of float64 arrays."""
    return np.vectorize(math.erfc, otypes=[float])(x)


def erfcinv_ball(x: ball.Ball) -> ball.Ball:
    """Inverse of erfc; undefined outside (0, 2)."""
    return x.erfcinv() if 0 < x < 2 else ball.nan(x)


def lgamma_ball(x: ball.Ball) -> ball.Ball:
    """Logarithm of |gamma(x)|, by reflection for x < 0."""
    if x > 0:
        return x.lgamma()
    return (x.pi() / abs(x.sin_pi())).log() - (1 - x).lgamma()


def polygamma_ball(n: ball.Ball, x: ball.Ball) -> ball.Ball:
    """Derivative of order n = 0, 1, 2, ... of digamma; undefined for other orders.

    Raises: LimitError E408 for an order above `MAX_PARAMETER`, or above `MAX_ORDER` at x < 0,
    where reflection is needed.
    """
    if n == 0:
        return x.digamma()
    if not n.is_exact() or n < 0:
        return ball.nan(x)
    # Before the order is made an integer, which may not fit into memory.
    bounded("polygamma", n, most=MAX_PARAMETER if x > 0 else MAX_ORDER)
    if not n.is_integer() or not (x > 0 or x < 1):
        return ball.nan(x)
    order = int(n.unique_fmpz())
    if x > 0:
        return (-1) ** (order + 1) * (n + 1).gamma() * (n + 1).zeta(x)
    cotangent = fl.arb_series([x, 1], order + 1).cot_pi()[order] * x.pi()
    return (-1) ** order * polygamma_ball(n, 1 - x) - (n + 1).gamma() * cotangent


def invdigamma_ball(y: ball.Ball) -> ball.Ball:
    """Positive x with digamma(x) = y, by Newton's iteration and an interval step that proves it.

    Source: Minka, Estimating a Dirichlet distribution (2000), appendix C, for the start.
    """
    middle, trigamma = y.mid(), fl.arb(2).zeta
    x = middle.exp() + fl.arb(1) / 2 if middle > -2 else -1 / (middle + fl.arb.const_euler())
    for _ in range(64):
        change = ((x.digamma() - middle) / trigamma(x)).mid()
        x = (x - change).mid()
        if abs(change) < abs(x) / fl.arb(2) ** (fl.ctx.prec // 2 + 2):
            break
    radius = ((x.digamma() - y) / trigamma(x)).abs_upper()
    for _ in range(16):
        radius *= 4
        wide = x + fl.arb(0, 1) * radius
        proved = x - (x.digamma() - y) / trigamma(wide)
        if wide.contains(proved):
            return proved
    return ball.nan(y)


def beta_ball(a: ball.Ball, b: ball.Ball) -> ball.Ball:
    """Return gamma(a)*gamma(b)/gamma(a + b)."""
    return a.gamma() * b.gamma() * (a + b).rgamma()


def lbeta_ball(a: ball.Ball, b: ball.Ball) -> ball.Ball:
    """Logarithm of |beta(a, b)|."""
    return lgamma_ball(a) + lgamma_ball(b) - lgamma_ball(a + b)


def betainc_ball(a: ball.Ball, b: ball.Ball, x: ball.Ball) -> ball.Ball:
    """Regularised incomplete beta function for a, b > 0 and 0 <= x <= 1."""
    if a <= 0 or b <= 0 or x < 0 or x > 1:
        return ball.nan(x)
    bounded("betainc", a, b)
    return x.beta_lower(a, b, regularized=1)


def elliptic_ball(method: str, m: ball.Ball) -> ball.Ball:
    """Complete elliptic integral of parameter m; complex, so undefined, for m > 1."""
    value = getattr(fl.acb(m), method)()
    return ball.nan(m) if m > 1 else value.real


# fmt: off
ERROR_FUNCTIONS = published(
    "DLMF 7.2, 7.10, 7.17",
    row("erf(x)", "2/sqrt(pi) times the integral of exp(-t**2) from 0 to x",
        parity="odd",
        float64=erf_float64, arb="erf", sp="erf", exact=ZERO),
    row("erfc(x)", "1 - erf(x)",
        float64=erfc_float64, arb="erfc", sp="erfc", exact=exact.AT_ZERO_1),
    row("erfi(x)", "2/sqrt(pi) times the integral of exp(t**2) from 0 to x",
        arb="erfi", sp="erfi", exact=ZERO, parity="odd"),
    row("erfinv(x)", "the inverse of erf", parity="odd",
        arb="erfinv", sp="erfinv", exact=ZERO, domain=("inside",),
        latex=r"\operatorname{erf}^{-1}"),
    row("erfcinv(x)", "the inverse of erfc",
        ball=erfcinv_ball, sympy=lambda x: sp.erfinv(1 - x), exact=exact.AT_ONE_0,
        domain=("below_two",), latex=r"\operatorname{erfc}^{-1}"),
    row("erfcx(x)", "exp(x**2)*erfc(x)", "2*x*out - 2/sqrt(pi)",
        ball=lambda x: (x * x).exp() * x.erfc(), exact=exact.AT_ZERO_1,
        sympy=lambda x: sp.exp(x**2) * sp.erfc(x)),
    row("dawson(x)", "exp(-x**2) times the integral of exp(t**2) from 0 to x",
        "1 - 2*x*out", parity="odd", exact=ZERO,
        ball=lambda x: x.pi().sqrt() / 2 * (-x * x).exp() * x.erfi(),
        sympy=lambda x: sp.sqrt(sp.pi) / 2 * sp.exp(-(x**2)) * sp.erfi(x)),
    row("ndtr(x)", "the normal distribution function, erfc(-x/sqrt(2))/2",
        "exp(-x**2/2)/sqrt(2*pi)", float64=ndtr_float64, ball=ndtr_ball,
        sympy=lambda x: sp.erfc(-x / sp.sqrt(2)) / 2, exact=exact.half_at_zero,
        latex=r"\Phi", text="Φ"),
)

GAMMA_FAMILY = published(
    "DLMF 5.2, 5.12, 5.15, 8.2, 8.8, 8.17, 25.11",
    row("gamma(x)", "Euler's gamma function", domain=("positive",),
        arb="gamma", sp="gamma", exact=exact.gamma, latex=r"\Gamma", text="Γ"),
    row("lgamma(x)", "log(abs(gamma(x)))", domain=("positive",),
        ball=lgamma_ball, sp="loggamma", exact=lambda x: x * 0 if x in (1, 2) else None,
        latex=r"\log\Gamma", text="log Γ", aliases=("gammaln",)),
    row("digamma(x)", "the derivative of lgamma", domain=("positive",),
        arb="digamma", sp="digamma", latex=r"\psi", text="ψ"),
    row("trigamma(x)", "the derivative of digamma", domain=("positive",),
        ball=lambda x: polygamma_ball(type(x)(1), x), sp="trigamma",
        latex=r"\psi^{(1)}", text="ψ₁"),
    row("polygamma(n, x)", "the derivative of order n of digamma, n = 0, 1, 2, ...",
        domain=("count", "positive"),
        ball=polygamma_ball, sp="polygamma", latex=r"\psi^{\left(#1\right)}\left(#2\right)"),
    row("invdigamma(y)", "the positive x with digamma(x) = y", "1/trigamma(out)",
        ball=invdigamma_ball, latex=r"\psi^{-1}", text="ψ⁻¹", source="Minka 2000, appendix C"),
    row("beta(a, b)", "gamma(a)*gamma(b)/gamma(a + b)",
        domain=("positive",), ball=beta_ball, sp="beta", exact=exact.beta,
        latex=r"\mathrm{B}", text="B"),
    row("lbeta(a, b)", "log(beta(a, b))",
        domain=("positive",), ball=lbeta_ball, latex=r"\log\mathrm{B}", text="log B",
        sympy=lambda a, b: sp.loggamma(a) + sp.loggamma(b) - sp.loggamma(a + b)),
    row("betainc(a, b, x)", "the regularised incomplete beta function I_x(a, b)",
        domain=("positive", "positive", "unit"),
        ball=betainc_ball,
        sympy=lambda a, b, x: sp.betainc_regularized(a, b, 0, x),
        latex=r"I_{#3}\left(#1, #2\right)"),
    row("zeta(s, q=1)", "Hurwitz's zeta function, the sum of (q + k)**-s; Riemann's for q = 1",
        domain=("above_one", "positive"),
        ball=zeta_ball, sp="zeta", latex=r"\zeta", text="ζ"),
    row("gammainc_lower(a, x)", "the regularised lower incomplete gamma function P(a, x)",
        domain=("positive",),
        ball=gammainc_lower_ball, latex=r"P", text="P",
        sympy=lambda a, x: sp.lowergamma(a, x) / sp.gamma(a)),
    row("gammainc_upper(a, x)", "the regularised upper incomplete gamma function Q(a, x)",
        domain=("positive",),
        ball=gammainc_upper_ball, latex=r"Q", text="Q",
        sympy=lambda a, x: sp.uppergamma(a, x) / sp.gamma(a)),
)

INTEGRALS = published(
    "DLMF 6.2, 8.19, 19.2, 19.4",
    row("expint(n, x)", "the integral of exp(-x*t)/t**n from 1 to infinity, E_n(x)",
        domain=("real", "positive"),
        ball=within("expint", "expint"), sp="expint", latex=r"E_{#1}\left(#2\right)"),
    row("cosint(x)", "minus the integral of cos(t)/t from x to infinity",
        domain=("positive",), arb="ci", sp="Ci", latex=r"\operatorname{Ci}", text="Ci"),
    row("sinint(x)", "the integral of sin(t)/t from 0 to x", "sinc(x/pi)", parity="odd",
        arb="si", sp="Si", exact=ZERO, latex=r"\operatorname{Si}", text="Si"),
    row("ellipk(m)", "the integral of 1/sqrt(1 - m*sin(t)**2) from 0 to pi/2",
        domain=("inside",),
        ball=lambda m: elliptic_ball("elliptic_k", m), sp="elliptic_k", latex="K", text="K"),
    row("ellipe(m)", "the integral of sqrt(1 - m*sin(t)**2) from 0 to pi/2",
        domain=("inside",),
        ball=lambda m: elliptic_ball("elliptic_e", m), sp="elliptic_e", exact=exact.fixed({1: 1}),
        latex="E", text="E"),
)

BESSEL = published(
    "DLMF 9.2, 10.6, 10.29",
    row("besselj(n, x)", "the Bessel function of the first kind and order n",
        domain=("positive",),
        ball=within("besselj", "bessel_j"), sp="besselj", latex=r"J_{#1}\left(#2\right)"),
    row("bessely(n, x)", "the Bessel function of the second kind and order n",
        domain=("positive",),
        ball=within("bessely", "bessel_y"), sp="bessely", latex=r"Y_{#1}\left(#2\right)"),
    row("besseli(n, x)", "the modified Bessel function of the first kind and order n",
        domain=("positive",),
        ball=within("besseli", "bessel_i"), sp="besseli", latex=r"I_{#1}\left(#2\right)"),
    row("besselk(n, x)", "the modified Bessel function of the second kind and order n",
        domain=("positive",),
        ball=within("besselk", "bessel_k"), sp="besselk", latex=r"K_{#1}\left(#2\right)"),
    row("airyai(x)", "the Airy function of the first kind",
        arb="airy_ai", sp="airyai", latex=r"\operatorname{Ai}", text="Ai"),
    row("airybi(x)", "the Airy function of the second kind",
        arb="airy_bi", sp="airybi", latex=r"\operatorname{Bi}", text="Bi"),
    row("airyaiprime(x)", "the derivative of airyai",
        ball=lambda x: x.airy_ai(derivative=1), sp="airyaiprime",
        latex=r"\operatorname{Ai}'", text="Ai′"),
    row("airybiprime(x)", "the derivative of airybi",
        ball=lambda x: x.airy_bi(derivative=1), sp="airybiprime",
        latex=r"\operatorname{Bi}'", text="Bi′"),
)
# fmt: on

ROWS = ERROR_FUNCTIONS + GAMMA_FAMILY + INTEGRALS + BESSEL
