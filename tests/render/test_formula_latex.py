"""Formulas in LaTeX: what they look like, that TeX takes them, that they say what the tree says."""

import random

import numpy as np
import pytest
from hypothesis import given

from symback.functions import table
from symback.language import parse
from symback.language.latex import read_latex
from symback.render.formula.axes import axes_of
from symback.render.formula.latex import latex_of
from symback.render.latex.lint import lint_latex
from symback.render.names import Style
from tests.language.trees import expressions

from .shaped_trees import AXES, shaped, value

RANKS = {
    **dict.fromkeys(("a", "b", "c", "e", "s", "lr", "lam", "gamma", "n", "L"), 0),
    **dict.fromkeys(("x", "y", "t", "h", "z", "z1", "z2", "b1", "b2", "d", "p", "q"), 1),
    **dict.fromkeys(("u", "v", "w", "x_hat", "dL_dz2", "dL_dh", "dL_dx"), 1),
    **dict.fromkeys(("W", "W1", "W2", "A", "B", "X", "D", "dL_dW2", "dL_dA"), 2),
    "K": 3,
}
DECLARED = frozenset(name for name in RANKS if not name.startswith("dL"))
TEMPLATES = {name: entry.latex for name, entry in table().items() if entry.latex}
STYLE = Style(axes_of(RANKS), 1, {"dL_dz2": "\\delta_{2}"}, TEMPLATES, DECLARED)
SHAPED = Style(axes_of(AXES), 1, {}, TEMPLATES, frozenset(AXES))
PRINTED = [
    ("(y - t)/2", r"\tfrac{1}{2}(y - t)"),
    ("W1 @ x + b1", "W_{1}x + b_{1}"),
    ("relu(z1)", r"\operatorname{ReLU}(z_{1})"),
    (
        "-mean(t*log(y) + (1 - t)*log(1 - y))",
        r"-\operatorname{mean}(t \odot \log y + (1 - t) \odot \log(1 - y))",
    ),
    ("outer(dL_dz2, h)", r"\delta_{2}h^{\top}"),
    ("(W2.T @ dL_dz2)*(z1 > 0)", r"(W_{2}^{\top}\delta_{2}) \odot [z_{1} > 0]"),
    ("(y[0] - t[0])/2*h[0]", r"\tfrac{1}{2}(y_{1} - t_{1})h_{1}"),
    ("2*d[0]*x[0] + d[1]*x[1]", "2d_{1}x_{1} + d_{2}x_{2}"),
    ("x[0]*d + dot(d, x)*onehot(0, 5)", r"x_{1}d + (d^{\top}x)e_{1}"),
    ("y*(1 - y)", r"y \odot (1 - y)"),
    ("a*b*(1 - a)", "ab(1 - a)"),
    ("2*x", "2x"),
    ("x @ A", r"A^{\top}x"),
    ("dot(x @ A, y)", r"x^{\top}Ay"),
    ("x @ A @ x", r"x^{\top}Ax"),
    ("A @ x", "Ax"),
    ("W2.T @ dL_dz2", r"W_{2}^{\top}\delta_{2}"),
    ("z > 0", "[z > 0]"),
    ("step(z)", "[z > 0]"),
    ("sigmoid(z)", r"\sigma(z)"),
    ("exp(x)", "e^{x}"),
    ("exp(-a)", "e^{-a}"),
    ("exp(-(a - b)**2/(2*c**2))", r"\exp\left(-\frac{(a - b)^{2}}{2c^{2}}\right)"),
    ("sum(x)", r"\sum x"),
    ("sum(x*y)", r"\sum (x \odot y)"),
    ("mean((y - t)**2)", r"\operatorname{mean}((y - t)^{2})"),
    ("norm(x)", r"\lVert x\rVert"),
    ("norm(x, 1)", r"\lVert x\rVert_{1}"),
    ("norm(A)**2", r"\lVert A\rVert^{2}"),
    ("inv(A)", "A^{-1}"),
    ("inv(A).T", r"A^{-\top}"),
    ("inv(A) @ x", "A^{-1}x"),
    ("diag(v)", r"\operatorname{diag}(v)"),
    ("A*v", r"A\,\operatorname{diag}(v)"),
    ("v[:, None]*A", r"\operatorname{diag}(v)\,A"),
    ("v[:, None]*A*w", r"\operatorname{diag}(v)\,A\,\operatorname{diag}(w)"),
    ("v[:, None]*w", r"vw^{\top}"),
    ("x**2", "x^{2}"),
    ("A**2", r"A^{\circ 2}"),
    ("matrix_power(A, 2)", "A^{2}"),
    ("x**n", "x^{n}"),
    ("x**(a + 1)", "x^{a + 1}"),
    ("sqrt(a**2 + b**2)", r"\sqrt{a^{2} + b^{2}}"),
    ("sqrt(a)", r"\sqrt{a}"),
    ("abs(a)", r"\left|a\right|"),
    ("eye(3)", "I"),
    ("A + eye(n)", "A + I"),
    ("trace(A @ B)", r"\operatorname{tr}(AB)"),
    ("x[0]", "x_{1}"),
    ("W[0, 1]", "W_{1,2}"),
    ("W2[0, 0]", "[W_{2}]_{1,1}"),
    ("z1[1]", "[z_{1}]_{2}"),
    ("dL_dW2[0, 0]", r"\frac{\partial L}{\partial [W_{2}]_{1,1}}"),
    ("dL_dx[0]", r"\frac{\partial L}{\partial x_{1}}"),
    ("dL_dz2[0]", r"[\delta_{2}]_{1}"),
    ('einsum("ij,jk->ik", A, B)', r"\left[\sum_{j} A_{ij}B_{jk}\right]_{ik}"),
    ('einsum("ij,ij->", A, B)', r"\sum_{ij} A_{ij}B_{ij}"),
    ("a + -b", "a - b"),
    ("-(a + b)", "-(a + b)"),
    ("a - (b - c)", "a - b + c"),
    ("a - (-b)", "a + b"),
    ("-a*b", "-ab"),
    ("--a", "a"),
    ("a*-b", "-ab"),
    ("t/y", r"\frac{t}{y}"),
    ("-t/y + (1 - t)/(1 - y)", r"-\frac{t}{y} + \frac{1 - t}{1 - y}"),
    ("X.T @ (X @ w - y)/n", r"\frac{1}{n}X^{\top}(Xw - y)"),
    ("2*X.T @ (X @ w - y)/n", r"\frac{2}{n}X^{\top}(Xw - y)"),
    ("2/n*(X.T @ (X @ w - y))", r"\frac{2}{n}X^{\top}(Xw - y)"),
    ("a/(b*c)", r"\frac{a}{bc}"),
    ("a/b/c", r"\frac{a}{bc}"),
    ("a*b/c", r"\frac{ab}{c}"),
    ("x/n", r"\frac{x}{n}"),
    ("x/3", r"\tfrac{1}{3}x"),
    ("2*x/3", r"\tfrac{2}{3}x"),
    ("3/7*a", r"\tfrac{3}{7}a"),
    ("0.5*x", "0.5x"),
    ("1e-3*x", "10^{-3}x"),
    ("2.5e-3*a", r"2.5 \cdot 10^{-3}a"),
    ("lr*x", r"\mathrm{lr}\,x"),
    ("lr*(y - t)", r"\mathrm{lr}\,(y - t)"),
    ("log(x)", r"\log x"),
    ("log(a)**2", r"(\log a)^{2}"),
    ("log(a)*b", r"(\log a)b"),
    ("b*log(a)", r"b\,\log a"),
    ("sigmoid(z)**2", r"\sigma(z)^{2}"),
    ("exp(a)**2", "(e^{a})^{2}"),
    ("softmax(z)", r"\operatorname{softmax}(z)"),
    ("softmax(A, axis=-1)", r"\operatorname{softmax}(A)"),
    ("softmax(A, axis=0)", r"\operatorname{softmax}(A^{\top})^{\top}"),
    ("cumsum(x)", r"\left[\sum_{j \le i} x_{j}\right]_{i}"),
    ("cumsum(A, axis=1)", r"\left[\sum_{k \le j} A_{ik}\right]_{ij}"),
    ("cumprod(A*x, axis=0)", r"\left[\prod_{k \le i} A_{kj}x_{j}\right]_{ij}"),
    ("cumsum(A)", r"\operatorname{cumsum}(A)"),
    ("norm(A, axis=1)", r"\left[\sqrt{\sum_{j} A_{ij}^{2}}\right]_{i}"),
    ("norm(A, 1, 1)", r"\left[\sum_{j} \left|A_{ij}\right|\right]_{i}"),
    ('norm(A, "inf", axis=0)', r"\left[\max_{j} \left|A_{ji}\right|\right]_{i}"),
    (
        "norm(A, 3, axis=-1)",
        r"\left[\left(\sum_{j} \left|A_{ij}\right|^{3}\right)^{\tfrac{1}{3}}\right]_{i}",
    ),
    ("norm(A, 0, axis=-1)", r"\left[\sum_{j} [A_{ij} \ne 0]\right]_{i}"),
    ('norm(x, "-inf")', r"\lVert x\rVert_{-\infty}"),
    ("max(A, 1)", r"[\max_{j} A_{ij}]_{i}"),
    ("logsumexp(A, axis=1)", r"[\operatorname{logsumexp}_{j} A_{ij}]_{i}"),
    ("sum(D, axis=0)", r"D^{\top}\mathbf{1}"),
    ("sum(D, axis=1)", r"D\mathbf{1}"),
    ("X @ W + b1", r"XW + \mathbf{1}b_{1}^{\top}"),
    ("x[:, None] + y", r"x\mathbf{1}^{\top} + \mathbf{1}y^{\top}"),
    ("[a, b]", r"\begin{pmatrix} a \\ b \end{pmatrix}"),
    ("[[a, b], [c, 1]]", r"\begin{pmatrix} a & b \\ c & 1 \end{pmatrix}"),
    ("where(z > 0, a, b)", r"\begin{cases} a & z > 0 \\ b & \text{otherwise} \end{cases}"),
    ("maximum(0, z)", r"\max(0, z)"),
    ("kron(A, B)", r"A \otimes B"),
    ("cross(x, y)", r"x \times y"),
    ("outer(x, y) @ w", r"xy^{\top}w"),
    ("(A @ B).T", r"(AB)^{\top}"),
    ("A.T @ B.T", r"A^{\top}B^{\top}"),
    ("(A + B).T", r"(A + B)^{\top}"),
    ("(A + B) @ x", "(A + B)x"),
    ("A @ (x*y)", r"A(x \odot y)"),
    ("(A @ x)*(B @ y)", r"(Ax) \odot (By)"),
    ("2*(A @ x)*y", r"2(Ax) \odot y"),
    ("a*(z > 0)", r"a \cdot [z > 0]"),
    ("a*dot(x, y)", r"ax^{\top}y"),
    ("2*3**2", r"2 \cdot 3^{2}"),
    ("a**-1", "a^{-1}"),
    ("x**-1", "x^{-1}"),
    ("a**0.5", "a^{0.5}"),
    ("pi*a", r"\pi a"),
    ("solve(A, x)", "A^{-1}x"),
    ("solve(A, x + y)", "A^{-1}(x + y)"),
    ("gamma*x", r"\gamma x"),
    ("x_hat", r"\hat{x}"),
    ("K @ A", "KA"),
    ("x[1:3]", "x_{2:3}"),
    ("x[:-2]", "x_{:-3}"),
    ("A[:, 1]", "A_{:,2}"),
    ("A[0]", "A_{1,:}"),
    ("x[n - 1]", "x_{n}"),
    ("reshape(x, (2, 3))", r"\operatorname{reshape}(x, (2, 3))"),
    ('norm(x, "inf")', r"\lVert x\rVert_{\infty}"),
    ("grad(L, x)", r"\frac{\partial L}{\partial x}"),
    ("dL_dh*(z1 > 0)", r"\frac{\partial L}{\partial h} \odot [z_{1} > 0]"),
    ("dL_dh @ A", r"A^{\top}\,\frac{\partial L}{\partial h}"),
    ("-x", "-x"),
    ("-(x*y)", r"-x \odot y"),
    ("-(A @ x)", "-Ax"),
    ("tanh(z)", r"\tanh(z)"),
    ("1 - tanh(z)**2", r"1 - \tanh(z)^{2}"),
    ("polygamma(1, a)", r"\psi^{\left(1\right)}\left(a\right)"),
    ("power(a, b)", "a^{b}"),
    ("square(a + b)", "(a + b)^{2}"),
    ("besselj(0, a)", r"J_{0}\left(a\right)"),
    ("mod(a, b)", r"\left(a \bmod b\right)"),
    ("logdet(A)", r"\log\det A"),
    ("det(A @ B)", r"\det(AB)"),
    ("log1p(a)", r"\operatorname{log1p}(a)"),
    ("prod(x)", r"\prod x"),
    ("x < y", "[x < y]"),
    ("(x > 0)*(y > 0)", r"[x > 0] \odot [y > 0]"),
    ("(x > 0)*y", r"[x > 0] \odot y"),
    ("x*y*z", r"x \odot y \odot z"),
    ("a*x*y", r"ax \odot y"),
    ("a - b*c", "a - bc"),
    ("a/2", r"\tfrac{1}{2}a"),
    ("1/2", r"\tfrac{1}{2}"),
    ("-1/2", r"-\tfrac{1}{2}"),
    ("1/a", r"\frac{1}{a}"),
    ("1/(1 + exp(-a))", r"\frac{1}{1 + e^{-a}}"),
    ("(1/2)**a", r"(\tfrac{1}{2})^{a}"),
    ("(a/b)**2", r"\left(\frac{a}{b}\right)^{2}"),
    ("-a**2", "-a^{2}"),
    ("(-a)**2", "(-a)^{2}"),
    ("a**b**c", "a^{b^{c}}"),
    ("diag(p) - outer(p, p)", r"\operatorname{diag}(p) - pp^{\top}"),
    ("X.T @ diag(p*(1 - p)) @ X", r"X^{\top}\,\operatorname{diag}(p \odot (1 - p))\,X"),
    ("mean(x)*y", r"\operatorname{mean}(x)\,y"),
    ("sum(x)*y", r"\left(\sum x\right)y"),
    ("sum(x*y)/n", r"\frac{\sum (x \odot y)}{n}"),
    ("(x @ y)*z", r"(x^{\top}y)z"),
    ("erf(a)", r"\operatorname{erf}(a)"),
    ("floor(a + b)", r"\left\lfloor a + b \right\rfloor"),
    ("log(a)*log(b)", r"(\log a)\,\log b"),
    ("x.T", "x"),
    ("A.T.T", "A"),
    ("D.T @ X", r"D^{\top}X"),
    ("sum(A*x[:, None]*y)", r"\sum (\operatorname{diag}(x)\,A\,\operatorname{diag}(y))"),
    ("-sum(log_sigmoid(-(A @ v)))", r"-\sum \log\sigma(-Av)"),
    ("(X.T*(y*(1 - y))) @ X", r"X^{\top}\,\operatorname{diag}(y \odot (1 - y))\,X"),
    ("X.T @ (v[:, None]*X)", r"X^{\top}\,\operatorname{diag}(v)\,X"),
    (
        "X.T @ (v[:, None]*X*w) @ A",
        r"X^{\top}\,\operatorname{diag}(v)\,X\,\operatorname{diag}(w)\,A",
    ),
    ("(2*X.T*v) @ X", r"2X^{\top}\,\operatorname{diag}(v)\,X"),
    ("concat([x, y])", r"\begin{pmatrix} x \\ y \end{pmatrix}"),
    (
        "A*x[:, None]/max(A @ B, axis=1, keepdims=True)",
        r"\left[\frac{A_{ij}x_{i}}{\max_{k} (AB)_{ik}}\right]_{ij}",
    ),
    ("concat([A, B], axis=1)", r"\begin{pmatrix} A & B \end{pmatrix}"),
    ("stack([a, b, c])", r"\begin{pmatrix} a \\ b \\ c \end{pmatrix}"),
    ("stack([x, y])", r"\operatorname{stack}\left(\begin{pmatrix} x \\ y \end{pmatrix}\right)"),
    ("zeros(3)", r"\mathbf{0}"),
    ("ones(n)", r"\mathbf{1}"),
    ("x + zeros(3)", r"x + \mathbf{0}"),
    ("a/2*sum((x - y)**2)", r"\tfrac{1}{2}a\sum (x - y)^{2}"),
    ("(A*v).T", r"(A\,\operatorname{diag}(v))^{\top}"),
    ("(A*B) @ x", r"(A \odot B)x"),
]


@pytest.mark.parametrize(("formula", "printed"), PRINTED)
def test_formula_is_printed(formula, printed):
    """A formula of the expression language has this form."""
    assert printed == latex_of(parse(formula), STYLE)


def test_every_formula_lints():
    """No double scripts, no stray brace."""
    assert [text for _, text in PRINTED if lint_latex(text)] == []


@given(expressions)
def test_latex_of_any_tree_lints(tree):
    """TeX takes the form of any tree."""
    assert lint_latex(latex_of(tree, STYLE)) == []


def test_long_formulas_are_printed_without_recursion():
    """Two thousand terms are as good as two."""
    text = " + ".join(["x"] * 2000)

    assert text == latex_of(parse(text), STYLE)


@pytest.mark.parametrize("seed", range(4))
def test_what_is_printed_reads_back_with_the_same_value(seed):
    """The project's LaTeX reader, which shares nothing with the printer, gets the same numbers."""
    draw = random.Random(seed)
    compared = 0
    for _ in range(100):
        tree = shaped(draw, 3, draw.choice((0, 1, 2)))
        printed = latex_of(tree, SHAPED)
        again = read_latex(printed, AXES, AXES.get, 1)
        one, other = value(tree), value(again)
        if np.isfinite(one).all():
            np.testing.assert_allclose(other, one, rtol=1e-8, atol=1e-12, err_msg=printed)
            compared += 1

    assert compared > 50
