r"""Activation functions of neural networks, with PyTorch's meaning, defaults and conventions.

Columns as in `elementwise`. Numbers in `selu` and `gelu_tanh` are those of the papers.
"""

from __future__ import annotations

from typing import Any

from symback.functions.rows import np, published, row, sp
from symback.functions.special import ndtr_ball, ndtr_float64
from symback.functions.values import enclosure as ball
from symback.functions.values import rational as exact

SELU_SCALE = "1.0507009873554804934193349852946"
SELU_ALPHA = "1.6732632423543772848170429916717"
GELU_CUBIC = "0.044715"
GELU_INNER = f"sqrt(2/pi)*(x + {GELU_CUBIC}*x**3)"


def decimal(text: str, like: ball.Ball) -> ball.Ball:
    """Return an exact decimal as a ball."""
    digits = text.replace(".", "")
    return type(like)(int(digits)) / 10 ** len(text.partition(".")[2])


def elu_ball(x: ball.Ball, alpha: ball.Ball) -> ball.Ball:
    """Return x where x > 0, else alpha*(exp(x) - 1)."""
    return ball.continuous(x, lambda x: x, lambda x: alpha * x.expm1())


def celu_ball(x: ball.Ball, alpha: ball.Ball) -> ball.Ball:
    """Return x where x > 0, else alpha*(exp(x/alpha) - 1)."""
    return ball.continuous(x, lambda x: x, lambda x: alpha * (x / alpha).expm1())


def selu_ball(x: ball.Ball) -> ball.Ball:
    """Return scale*elu(x, alpha)."""
    return decimal(SELU_SCALE, x) * elu_ball(x, decimal(SELU_ALPHA, x))


def selu_exact(x: exact.Rational) -> exact.Rational | None:
    """Return scale*x where x >= 0."""
    digits = SELU_SCALE.partition(".")[2]
    return x * int(SELU_SCALE.replace(".", "")) / 10 ** len(digits) if x >= 0 else None


def gelu_tanh_ball(x: ball.Ball) -> ball.Ball:
    """Return x*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x**3)))/2."""
    inner = (2 / x.pi()).sqrt() * (x + decimal(GELU_CUBIC, x) * x**3)
    return x * (1 + inner.tanh()) / 2


def gelu_tanh_sympy(x: Any) -> Any:
    """Return the same as a SymPy expression."""
    inner = sp.sqrt(2 / sp.pi) * (x + sp.Rational(GELU_CUBIC) * x**3)
    return x * (1 + sp.tanh(inner)) / 2


def selu_sympy(x: Any) -> Any:
    """Return scale*elu(x, alpha) as a SymPy expression."""
    return sp.Rational(SELU_SCALE) * sp.Piecewise(
        (x, x > 0), (sp.Rational(SELU_ALPHA) * (sp.exp(x) - 1), True)
    )


# fmt: off
RECTIFIERS = published(
    "PyTorch, torch.nn.functional",
    row("relu(x)", "maximum(x, 0)", "step(x)",
        float64=lambda x: np.maximum(x, 0.0), numpy="np.maximum(#1, 0)",
        ball=ball.relu, sympy=lambda x: sp.Max(0, x), exact=exact.relu,
        latex=r"\operatorname{ReLU}", text="ReLU", kinks="x == 0", convention="relu'(0) = 0"),
    row("relu6(x)", "minimum(maximum(x, 0), 6)", "(x > 0)*(x < 6)",
        float64=lambda x: np.clip(x, 0.0, 6.0), numpy="np.clip(#1, 0, 6)", domain=("wide",),
        ball=lambda x: ball.clip(x, type(x)(0), type(x)(6)),
        sympy=lambda x: sp.Min(sp.Max(0, x), 6), exact=lambda x: exact.clip(x, x * 0, x * 0 + 6),
        latex=r"\operatorname{ReLU6}", text="ReLU6",
        kinks="(x == 0) + (x == 6)", convention="relu6'(0) = relu6'(6) = 0"),
    row("leaky_relu(x, slope=0.01)", "x where x > 0, else slope*x",
        None, "minimum(x, 0)",
        float64=lambda x, slope: np.where(x > 0, x, slope * x),
        numpy="np.where((#1) > 0, #1, (#2)*(#1))",
        ball=lambda x, slope: ball.continuous(x, lambda x: x, lambda x: slope * x),
        sympy=lambda x, slope: sp.Piecewise((x, x > 0), (slope * x, True)),
        exact=lambda x, slope: x if x > 0 else slope * x,
        latex=r"\operatorname{LeakyReLU}", text="LeakyReLU",
        kinks="x == 0", convention="leaky_relu'(0) = slope"),
    row("elu(x, alpha=1)", "x where x > 0, else alpha*(exp(x) - 1)",
        None, "where(x > 0, 0, expm1(x))",
        float64=lambda x, alpha: np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0.0))),
        numpy="np.where((#1) > 0, #1, (#2)*np.expm1(np.minimum(#1, 0)))",
        ball=elu_ball, exact=exact.zero_or_linear,
        sympy=lambda x, a: sp.Piecewise((x, x > 0), (a * (sp.exp(x) - 1), True)),
        latex=r"\operatorname{ELU}", text="ELU",
        kinks="(x == 0)*(alpha != 1)", convention="elu'(0) = alpha",
        source="Clevert, Unterthiner, Hochreiter 2016; PyTorch"),
    row("celu(x, alpha=1)", "x where x > 0, else alpha*(exp(x/alpha) - 1)",
        None, "where(x > 0, 0, expm1(x/alpha) - x/alpha*exp(x/alpha))",
        float64=lambda x, alpha: np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0.0) / alpha)),
        numpy="np.where((#1) > 0, #1, (#2)*np.expm1(np.minimum(#1, 0)/(#2)))",
        ball=celu_ball, exact=exact.zero_or_linear, domain=("real", "positive"),
        sympy=lambda x, a: sp.Piecewise((x, x > 0), (a * (sp.exp(x / a) - 1), True)),
        latex=r"\operatorname{CELU}", text="CELU", source="Barron 2017; PyTorch"),
    row("selu(x)", "scale*elu(x, alpha), scale = 1.0507..., alpha = 1.6732...",
        f"{SELU_SCALE}*where(x > 0, 1, {SELU_ALPHA}*exp(x))",
        float64=lambda x: float(SELU_SCALE) * np.where(
            x > 0, x, float(SELU_ALPHA) * np.expm1(np.minimum(x, 0.0))),
        numpy=f"{SELU_SCALE}*np.where((#1) > 0, #1, {SELU_ALPHA}*np.expm1(np.minimum(#1, 0)))",
        ball=selu_ball, sympy=selu_sympy, exact=selu_exact,
        latex=r"\operatorname{SELU}", text="SELU",
        kinks="x == 0", convention="selu'(0) = scale*alpha",
        source="Klambauer, Unterthiner, Mayr, Hochreiter 2017; PyTorch"),
    row("hardtanh(x, min_val=-1, max_val=1)", "minimum(maximum(x, min_val), max_val)",
        "(x > min_val)*(x < max_val)", "x <= min_val", "x >= max_val",
        float64=lambda x, lo, hi: np.minimum(np.maximum(x, lo), hi), numpy="np.clip(#1, #2, #3)",
        ball=ball.clip, sympy=lambda x, lo, hi: sp.Min(sp.Max(x, lo), hi), exact=exact.clip,
        domain=("real", "inside", "above_one"),
        kinks="(x == min_val) + (x == max_val)", convention="hardtanh' is 0 at both bounds"),
    row("hardsigmoid(x)", "relu6(x + 3)/6", "(x > -3)*(x < 3)/6", domain=("wide",),
        float64=lambda x: np.clip(x + 3, 0.0, 6.0) / 6, numpy="np.clip((#1) + 3, 0, 6)/6",
        ball=lambda x: ball.clip(x + 3, type(x)(0), type(x)(6)) / 6,
        sympy=lambda x: sp.Min(sp.Max(0, x + 3), 6) / 6,
        exact=lambda x: exact.clip(x + 3, x * 0, x * 0 + 6) / 6,
        kinks="abs(x) == 3", convention="hardsigmoid'(-3) = hardsigmoid'(3) = 0"),
)

SMOOTH = published(
    "PyTorch, torch.nn.functional",
    row("sigmoid(x)", "1/(1 + exp(-x))", "out*(1 - out)",
        float64=lambda x: 1 / (1 + np.exp(-x)), numpy="1/(1 + np.exp(-(#1)))",
        ball=ball.sigmoid, sympy=lambda x: 1 / (1 + sp.exp(-x)), exact=exact.half_at_zero,
        latex=r"\sigma", text="σ", aliases=("expit",)),
    row("log_sigmoid(x)", "-log(1 + exp(-x))", "sigmoid(-x)",
        float64=lambda x: -np.logaddexp(0.0, -x), numpy="-np.logaddexp(0, -(#1))",
        ball=lambda x: -ball.softplus(-x), sympy=lambda x: -sp.log(1 + sp.exp(-x)),
        latex=r"\log\sigma", text="log σ", aliases=("logsigmoid",)),
    row("logit(x)", "log(x/(1 - x)), the inverse of sigmoid", "1/(x*(1 - x))", domain=("unit",),
        float64=lambda x: np.log(x) - np.log1p(-x), numpy="np.log(#1) - np.log1p(-(#1))",
        ball=lambda x: x.log() - (-x).log1p(), sympy=lambda x: sp.log(x / (1 - x)),
        exact=lambda x: x * 0 if 2 * x == 1 else None),
    row("softplus(x)", "log(1 + exp(x))", "sigmoid(x)",
        float64=lambda x: np.logaddexp(0.0, x), numpy="np.logaddexp(0, #1)",
        ball=ball.softplus, sympy=lambda x: sp.log(1 + sp.exp(x))),
    row("softsign(x)", "x/(1 + abs(x))", "1/(1 + abs(x))**2", parity="odd",
        float64=lambda x: x / (1 + np.abs(x)), numpy="(#1)/(1 + np.abs(#1))",
        ball=lambda x: x / (1 + abs(x)), sympy=lambda x: x / (1 + sp.Abs(x)),
        exact=lambda x: x / (1 + abs(x))),
    row("silu(x)", "x*sigmoid(x)", "out + sigmoid(x)*(1 - out)",
        float64=lambda x: x / (1 + np.exp(-x)), numpy="(#1)/(1 + np.exp(-(#1)))",
        ball=lambda x: x * ball.sigmoid(x), sympy=lambda x: x / (1 + sp.exp(-x)),
        exact=exact.AT_ZERO_0, latex=r"\operatorname{SiLU}", text="SiLU",
        source="Elfwing, Uchibe, Doya 2018; PyTorch", aliases=("swish",)),
    row("mish(x)", "x*tanh(softplus(x))",
        "tanh(softplus(x)) + x*sigmoid(x)*(1 - tanh(softplus(x))**2)",
        float64=lambda x: x * np.tanh(np.logaddexp(0.0, x)),
        numpy="(#1)*np.tanh(np.logaddexp(0, #1))", exact=exact.AT_ZERO_0,
        ball=lambda x: x * ball.softplus(x).tanh(),
        sympy=lambda x: x * sp.tanh(sp.log(1 + sp.exp(x))), source="Misra 2020; PyTorch"),
    row("gelu(x)", "x*ndtr(x)", "ndtr(x) + x*exp(-x**2/2)/sqrt(2*pi)",
        float64=lambda x: x * ndtr_float64(x), ball=lambda x: x * ndtr_ball(x),
        sympy=lambda x: x * sp.erfc(-x / sp.sqrt(2)) / 2, exact=exact.AT_ZERO_0,
        latex=r"\operatorname{GELU}", text="GELU", source="Hendrycks, Gimpel 2016; PyTorch"),
    row("gelu_tanh(x)", f"x*(1 + tanh({GELU_INNER}))/2",
        f"(1 + tanh({GELU_INNER}))/2"
        f" + x*(1 - tanh({GELU_INNER})**2)*sqrt(2/pi)*(1 + 3*{GELU_CUBIC}*x**2)/2",
        float64=lambda x: x / 2 * (
            1 + np.tanh(np.sqrt(2 / np.pi) * (x + float(GELU_CUBIC) * x**3))),
        numpy=f"(#1)/2*(1 + np.tanh(np.sqrt(2/np.pi)*((#1) + {GELU_CUBIC}*(#1)**3)))",
        ball=gelu_tanh_ball, sympy=gelu_tanh_sympy, exact=exact.AT_ZERO_0,
        source="Hendrycks, Gimpel 2016; PyTorch"),
)
# fmt: on

ROWS = RECTIFIERS + SMOOTH
