"""What the commands of LaTeX mean: one row a function, a letter, an accent or a sign."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A function of the expression language under one of its names in mathematics."""

    function: str
    result: str
    """Number of axes of the value: `same` as the argument, `scalar`, `matrix` or `diag`."""
    slope: str = ""
    """ELEMENTWISE functions: the derivative at `x`, for a prime behind the name."""
    elementwise: bool = True
    form: str = ""
    """The value at `x` in the expression language, for what is no function of it."""


def _plain(function: str, result: str, form: str = "") -> Row:
    return Row(function, result, elementwise=False, form=form)


# fmt: off
_SIGMOID = Row("sigmoid", "same", "sigmoid(x)*(1 - sigmoid(x))")
_RELU    = Row("relu",    "same", "step(x)")
_LOG     = Row("log",     "same", "1/x")
_TANH    = Row("tanh",    "same", "1 - tanh(x)**2")
_TRACE   = _plain("trace", "scalar")
_ATANH   = Row("atanh",   "same", "1/(1 - x**2)")
_ASINH   = Row("asinh",   "same", "1/sqrt(1 + x**2)")
_ACOSH   = Row("acosh",   "same", "1/sqrt(x**2 - 1)")
_STEP    = Row("step",    "same")
_SIGN    = Row("sign",    "same")

#: Words behind a backslash, in `\operatorname{}`, `\mathrm{}`, `\text{}` or plain before `(`.
FUNCTIONS: dict[str, Row] = {
    "exp":      Row("exp",  "same", "exp(x)"),
    "log":      _LOG,
    "ln":       _LOG,
    "sin":      Row("sin",  "same", "cos(x)"),
    "cos":      Row("cos",  "same", "-sin(x)"),
    "tan":      Row("tan",  "same", "1 + tan(x)**2"),
    "cot":      Row("cot",  "same"),
    "sec":      Row("sec",  "same"),
    "csc":      Row("csc",  "same"),
    "sinh":     Row("sinh", "same", "cosh(x)"),
    "cosh":     Row("cosh", "same", "sinh(x)"),
    "tanh":     _TANH,
    "coth":     Row("coth", "same"),
    "sech":     Row("sech", "same"),
    "csch":     Row("csch", "same"),
    "arcsin":   Row("asin", "same", "1/sqrt(1 - x**2)"),
    "arccos":   Row("acos", "same", "-1/sqrt(1 - x**2)"),
    "arctan":   Row("atan", "same", "1/(1 + x**2)"),
    "artanh":   _ATANH,
    "arctanh":  _ATANH,
    "arsinh":   _ASINH,
    "arcsinh":  _ASINH,
    "arcosh":   _ACOSH,
    "arccosh":  _ACOSH,
    "erf":      Row("erf",  "same"),
    "sigma":    _SIGMOID,
    "sigmoid":  _SIGMOID,
    "logistic": _SIGMOID,
    "sig":      _SIGMOID,
    "relu":     _RELU,
    "ReLU":     _RELU,
    "Relu":     _RELU,
    "RELU":     _RELU,
    "step":     _STEP,
    "Theta":    _STEP,
    "Heaviside": _STEP,
    "softplus": Row("softplus", "same", "sigmoid(x)"),
    "silu":     Row("silu", "same"),
    "SiLU":     Row("silu", "same"),
    "Phi":      Row("ndtr", "same", "exp(-x**2/2)/sqrt(2*pi)"),
    "gelu":     Row("gelu", "same"),
    "GELU":     Row("gelu", "same"),
    "abs":      Row("abs",  "same", "sign(x)"),
    "sign":     _SIGN,
    "sgn":      _SIGN,
    "sqrt":     Row("sqrt", "same", "1/(2*sqrt(x))"),
    "Gamma":    Row("gamma", "same"),
    "softmax":  _plain("softmax", "same"),
    "Softmax":  _plain("softmax", "same"),
    "diag":     _plain("diag", "diag"),
    "Diag":     _plain("diag", "diag"),
    "tr":       _TRACE,
    "Tr":       _TRACE,
    "trace":    _TRACE,
    "det":      _plain("det", "scalar"),
    "adj":      _plain("adj", "same", "det(x)*inv(x)"),
    "Adj":      _plain("adj", "same", "det(x)*inv(x)"),
    "cof":      _plain("cof", "same", "det(x)*inv(x).T"),
    "lg":       Row("log10", "same"),
    "logdet":   _plain("logdet", "scalar"),
    "sum":      _plain("sum", "scalar"),
    "mean":     _plain("mean", "scalar"),
    "var":      _plain("var", "scalar"),
    "Var":      _plain("var", "scalar"),
    "norm":     _plain("norm", "scalar"),
    "logsumexp": _plain("logsumexp", "scalar"),
    "max":      _plain("max", "scalar"),
    "min":      _plain("min", "scalar"),
    "inv":      _plain("inv", "same"),
    "dot":      _plain("dot", "scalar"),
    "outer":    _plain("outer", "matrix"),
    "clip":     _plain("clip", "same"),
}
# fmt: on

#: Functions of two arguments by the name of the one of a single argument.
PAIRWISE = {"max": "maximum", "min": "minimum"}

#: Letters that people use for the unit step, as functions.
STEPS = frozenset(("H", "u"))
#: Functions by their inverse, with -1 above.
INVERSES = {
    **{f"arc{name}": name for name in ("sin", "cos", "tan")},
    **{f"ar{name}": name for name in ("sinh", "cosh", "tanh")},
}

#: Logarithms by their base.
LOGARITHMS = {"2": "log2", "10": "log10", "e": "log"}

_GREEK = "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩ"


def _name(sign: str) -> str:
    """Return the command of a Greek letter without its backslash."""
    name = unicodedata.name(sign).split()[-1].replace("LAMDA", "LAMBDA")
    return name.lower() if sign.islower() else name.capitalize()


#: Letters by command: the spellings under which a problem may declare them.
LETTERS: dict[str, tuple[str, ...]] = {
    **{f"\\{_name(sign)}": (_name(sign), sign) for sign in _GREEK},
    "\\lambda": ("lambda", "lam", "λ"),
    "\\varepsilon": ("varepsilon", "epsilon", "ε"),
    "\\vartheta": ("vartheta", "theta", "θ"),
    "\\varphi": ("varphi", "phi", "φ"),
    "\\varrho": ("varrho", "rho", "ρ"),
    "\\varsigma": ("varsigma", "sigma", "σ"),
    "\\ell": ("ell", "l"),
}

#: Greek letters typed as such, by all their spellings.
GREEK_SIGNS = {row[-1]: row for name, row in LETTERS.items() if not name.startswith("\\var")}

#: Marks over a letter: endings under which a problem may declare the name.
ACCENTS: dict[str, tuple[str, ...]] = {
    "\\hat": ("_hat", "hat"),
    "\\bar": ("_bar", "bar"),
    "\\tilde": ("_tilde", "tilde"),
    "\\vec": ("", "_vec"),
    "\\underline": ("",),
}

#: Styles, which do not change what a letter means.
FONTS = frozenset(
    f"\\{name}"
    for name in (
        *("mathbf", "mathrm", "mathit", "mathsf", "mathcal", "mathscr", "mathfrak", "mathbb"),
        *("mathtt", "mathnormal", "text", "textbf", "operatorname"),
    )
)

RELATIONS = {"<": "<", ">": ">", "\\le": "<=", "\\ge": ">=", "=": "==", "\\ne": "!="}

#: Explicit signs of multiplication and division.
PRODUCTS = frozenset(("\\cdot", "\\times", "\\odot", "\\circ", "\\otimes", "*", "/", "\\div"))

#: Brackets by their opening: the closing one.
BRACKETS = {
    "(": ")",
    "[": "]",
    "\\{": "\\}",
    "|": "|",
    "\\lvert": "\\rvert",
    "\\lVert": "\\rVert",
    "\\|": "\\|",
    "\\langle": "\\rangle",
    "\\lfloor": "\\rfloor",
    "\\lceil": "\\rceil",
}

MATRICES = frozenset(("pmatrix", "bmatrix", "matrix", "array", "Bmatrix", "smallmatrix"))

#: What to write instead of commands that are not read.
UNREAD = {
    **dict.fromkeys(("\\dots", "\\ldots", "\\cdots"), "write all terms, or `\\sum_{i=1}^{n}`"),
    **dict.fromkeys(("\\num", "\\SI", "\\qty"), "write the number itself"),
    "\\cancel": "leave out what cancels",
    "\\int": "write what the integral comes to",
    "\\lim": "write what the limit comes to",
}
