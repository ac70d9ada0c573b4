r"""Elementwise functions: exponentials and logarithms, powers, rounding, comparison and choice.

One row a function: how it is called, its formula, then the columns of `rows.row`. Its derivatives
are SymPy's (`slopes`); one that a row states itself follows a convention at kinks, does not
overflow, or is shorter through the value `out` or a function that SymPy has not. In templates `#1`
stands for an argument that the template itself keeps apart, by brackets or by position.
"""

from __future__ import annotations

from symback.functions.rows import np, published, row, sp
from symback.functions.values import enclosure as ball
from symback.functions.values import rational as exact

# fmt: off
EXPONENTIALS = published(
    "DLMF 4.2, 4.7",
    row("exp(x)", "e**x",
        np="exp", arb="exp", sp="exp", exact=exact.AT_ZERO_1, latex=r"e^{#1}"),
    row("log(x)", "the natural logarithm", domain=("positive",),
        np="log", arb="log", sp="log", exact=exact.AT_ONE_0, latex=r"\log"),
    row("expm1(x)", "e**x - 1, exact near 0",
        np="expm1", arb="expm1", sympy=lambda x: sp.exp(x) - 1, exact=exact.AT_ZERO_0),
    row("log1p(x)", "log(1 + x), exact near 0", domain=("positive",),
        np="log1p", arb="log1p", sympy=lambda x: sp.log(1 + x), exact=exact.AT_ZERO_0),
    row("exp2(x)", "2**x",
        np="exp2", ball=lambda x: type(x)(2)**x, sympy=lambda x: 2**x,
        exact=exact.power_of(2), latex=r"2^{#1}"),
    row("exp10(x)", "10**x",
        float64=lambda x: 10.0**x, numpy="10.0**(#1)", ball=lambda x: type(x)(10)**x,
        sympy=lambda x: 10**x, exact=exact.power_of(10), latex=r"10^{#1}"),
    row("log2(x)", "log(x)/log(2)", domain=("positive",),
        np="log2", ball=lambda x: x.log() / type(x)(2).log(),
        sympy=lambda x: sp.log(x) / sp.log(2), exact=exact.logarithm(2),
        latex=r"\log_{2}", text="log₂"),
    row("log10(x)", "log(x)/log(10)", domain=("positive",),
        np="log10", ball=lambda x: x.log() / type(x)(10).log(),
        sympy=lambda x: sp.log(x) / sp.log(10), exact=exact.logarithm(10),
        latex=r"\log_{10}", text="log₁₀"),
    row("xlogy(x, y)", "x*log(y), and 0 where x = 0", domain=("positive",),
        float64=lambda x, y: np.where(x == 0, 0.0, x * np.log(np.where(x == 0, 1.0, y))),
        numpy="np.where((#1) == 0, 0.0, (#1)*np.log(np.where((#1) == 0, 1.0, #2)))",
        ball=ball.xlogy, sympy=lambda x, y: x * sp.log(y), exact=exact.xlogy),
    row("xlog1py(x, y)", "x*log(1 + y), and 0 where x = 0", "log1p(y)",
        domain=("positive",),
        float64=lambda x, y: np.where(x == 0, 0.0, x * np.log1p(np.where(x == 0, 0.0, y))),
        numpy="np.where((#1) == 0, 0.0, (#1)*np.log1p(np.where((#1) == 0, 0.0, #2)))",
        ball=lambda x, y: x if x.is_zero() else x * y.log1p(),
        sympy=lambda x, y: x * sp.log(1 + y), exact=lambda x, y: exact.xlogy(x, 1 + y)),
    row("logaddexp(x, y)", "log(exp(x) + exp(y))", "sigmoid(x - y)", "sigmoid(y - x)",
        np="logaddexp", ball=ball.logaddexp,
        sympy=lambda x, y: sp.log(sp.exp(x) + sp.exp(y))),
)

POWERS = published(
    "DLMF 4.2, 4.7",
    row("sqrt(x)", "the square root", domain=("positive",),
        np="sqrt", arb="sqrt", sp="sqrt", exact=exact.sqrt, latex=r"\sqrt{#1}", text="√(#1)"),
    row("cbrt(x)", "the real cube root", "1/(3*out**2)",
        np="cbrt", ball=ball.cbrt, sympy=lambda x: sp.sign(x) * sp.cbrt(sp.Abs(x)),
        exact=exact.cbrt, parity="odd", latex=r"\sqrt[3]{#1}", text="∛(#1)"),
    row("rsqrt(x)", "1/sqrt(x)", "-out**3/2", domain=("positive",),
        float64=lambda x: 1 / np.sqrt(x), numpy="1/np.sqrt(#1)", arb="rsqrt",
        sympy=lambda x: 1 / sp.sqrt(x), exact=lambda x: exact.reciprocal(exact.sqrt(x)),
        latex=r"\frac{1}{\sqrt{#1}}", text="1/√(#1)"),
    row("square(x)", "x**2",
        np="square", ball=lambda x: (x * x).nonnegative_part(), sympy=lambda x: x**2,
        exact=lambda x: x * x, parity="even",
        latex=r"\left(#1\right)^{2}", text="(#1)²"),
    row("power(x, y)", "x**y", domain=("positive", "real"),
        np="power", ball=lambda x, y: x**y, sympy=lambda x, y: x**y, exact=exact.power,
        latex=r"\left(#1\right)^{#2}", text="(#1)^(#2)", aliases=("pow",)),
    row("hypot(x, y)", "sqrt(x**2 + y**2)",
        np="hypot", ball=ball.hypot, sympy=lambda x, y: sp.sqrt(x**2 + y**2),
        exact=exact.hypot),
)

ROUNDING = published(
    "NumPy, Mathematical functions: rounding",
    row("floor(x)", "the greatest integer <= x", "0",
        np="floor", ball=ball.floor, sp="floor", exact=exact.floor,
        latex=r"\left\lfloor #1 \right\rfloor", text="⌊#1⌋",
        kinks="x == floor(x)", convention="the derivative is 0 at the jumps too"),
    row("ceil(x)", "the least integer >= x", "0",
        np="ceil", ball=ball.ceil, sp="ceiling", exact=exact.ceil,
        latex=r"\left\lceil #1 \right\rceil", text="⌈#1⌉",
        kinks="x == floor(x)", convention="the derivative is 0 at the jumps too"),
    row("trunc(x)", "the integer part, towards 0", "0",
        np="trunc", ball=ball.trunc, exact=exact.trunc, parity="odd",
        kinks="(x == floor(x))*(x != 0)", convention="the derivative is 0 at the jumps too",
        aliases=("fix",)),
    row("round(x)", "the nearest integer, halves to the even one", "0",
        np="round", ball=ball.round_half_even, exact=exact.round_half_even, parity="odd",
        kinks="x - floor(x) == 1/2", convention="the derivative is 0 at the jumps too"),
    row("mod(x, y)", "x - y*floor(x/y), with the sign of y", "1", "-floor(x/y)",
        np="mod", ball=ball.mod, sympy=lambda x, y: x - y * sp.floor(x / y), exact=exact.mod,
        latex=r"\left(#1 \bmod #2\right)", text="(#1 mod #2)",
        kinks="x/y == floor(x/y)", convention="at the jumps, the derivative to their right",
        aliases=("remainder",)),
    row("fmod(x, y)", "x - y*trunc(x/y), with the sign of x", "1", "-trunc(x/y)",
        np="fmod", ball=ball.fmod, exact=exact.fmod,
        kinks="(x/y == floor(x/y))*(x != 0)",
        convention="at the jumps, the derivative farther from 0"),
)

CHOICE = published(
    "PyTorch, tools/autograd/derivatives.yaml",
    row("abs(x)", "the absolute value",
        np="abs", ball=abs, sp="Abs", exact=abs, parity="even",
        latex=r"\left|#1\right|", text="|#1|", kinks="x == 0", convention="abs'(0) = 0",
        aliases=("absolute",)),
    row("sign(x)", "-1, 0 or 1 with the sign of x", "0",
        np="sign", ball=lambda x: ball.by_sign(x, -1, 0, 1), sp="sign", exact=exact.sign,
        parity="odd", kinks="x == 0", convention="sign'(0) = 0"),
    row("step(x)", "1 where x > 0, else 0", "0",
        float64=lambda x: np.heaviside(x, 0.0), numpy="np.heaviside(#1, 0.0)",
        ball=lambda x: ball.above(x, lambda x: x * 0 + 1, lambda x: x * 0),
        sympy=lambda x: sp.Heaviside(x, 0), exact=exact.step,
        latex=r"\left[#1 > 0\right]", text="[#1 > 0]",
        kinks="x == 0", convention="step'(0) = 0"),
    row("heaviside(x, h)", "0 where x < 0, h where x = 0, 1 where x > 0", "0", "x == 0",
        np="heaviside", ball=lambda x, h: ball.by_sign(x, 0, h, 1),
        sympy=lambda x, h: sp.Heaviside(x, h), exact=exact.heaviside,
        kinks="x == 0", convention="the derivative in x is 0 at the jump too"),
    row("maximum(x, y)", "the larger of x and y", "x > y", "y > x",
        tied=("x >= y", "y >= x"), guarded=("heaviside(x - y, 1/2)", "heaviside(y - x, 1/2)"),
        np="maximum", ball=lambda x, y: x.max(y), sp="Max", exact=max, latex=r"\max",
        text="max", kinks="x == y", convention="a tie is shared equally"),
    row("minimum(x, y)", "the smaller of x and y", "x < y", "y < x",
        tied=("x <= y", "y <= x"), guarded=("heaviside(y - x, 1/2)", "heaviside(x - y, 1/2)"),
        np="minimum", ball=lambda x, y: x.min(y), sp="Min", exact=min, latex=r"\min",
        text="min", kinks="x == y", convention="a tie is shared equally"),
    row("clip(x, lo, hi)", "minimum(maximum(x, lo), hi)",
        "(x >= lo)*(x <= hi)", "(x < lo)*(lo < hi)", "maximum(x, lo) > hi",
        float64=lambda x, lo, hi: np.minimum(np.maximum(x, lo), hi), numpy="np.clip(#1, #2, #3)",
        ball=ball.clip, sympy=lambda x, lo, hi: sp.Min(sp.Max(x, lo), hi), exact=exact.clip,
        domain=("real", "inside", "above_one"),
        kinks="(x == lo) + (x == hi)", convention="the derivative in x is 1 at both bounds",
        aliases=("clamp",)),
    row("where(c, a, b)", "a where c is not 0, else b",
        None, "where(c, 1, 0)", "where(c, 0, 1)",
        float64=lambda c, a, b: np.where(c != 0, a, b), numpy="np.where(#1, #2, #3)",
        ball=ball.choose, exact=exact.where,
        sympy=lambda c, a, b: sp.Piecewise((a, sp.Ne(c, 0)), (b, True)),
        domain=("condition", "real", "real")),
)
# fmt: on

ROWS = EXPONENTIALS + POWERS + ROUNDING + CHOICE
