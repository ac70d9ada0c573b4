r"""Formulas as students write them, what they mean, and what is refused rather than guessed."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symback.errors import InputError, LimitError, SymbackError
from symback.language import parse, write
from symback.language.latex import Wanted, read_latex, read_wanted
from symback.language.latex.ranks import rank
from symback.language.tree import Number

#: The declared names and their axes.
NDIM = {
    **dict.fromkeys(("L", "a", "b", "c", "n", "s", "alpha", "z_max"), 0),
    **dict.fromkeys(("x", "y", "t", "z", "h", "u", "v", "w", "d", "p", "x_hat"), 1),
    **dict.fromkeys(("z1", "z2", "b1", "b2", "delta_2", "dL_dz1", "dL_dz2"), 1),
    **dict.fromkeys(("W", "W1", "W2", "A", "B", "X"), 2),
}


def read(text, index_base=1, names=NDIM, indices=(), axes=0):
    """Read a formula over the names above and write it in the expression language."""
    return write(read_latex(text, names, names.get, index_base, indices, axes))


READ = [
    (r"\frac{1}{2}(y - t)", "1/2*(y - t)"),
    (r"\tfrac12(y-t)", "1/2*(y - t)"),
    (r"\delta_2 h^\top", "outer(delta_2, h)"),
    (r"\delta_2 h^T", "outer(delta_2, h)"),
    (r"(W_2^\top \delta_2) \odot \mathbb{1}[z_1 > 0]", "(W2.T @ delta_2)*(z1 > 0)"),
    (r"W_2^{\top}\delta_2 \odot \mathrm{ReLU}'(z_1)", "(W2.T @ delta_2)*step(z1)"),
    (r"\sigma(z_2)", "sigmoid(z2)"),
    (r"y \odot (1-y)", "y*(1 - y)"),
    (r"\sigma'(z)", "sigmoid(z)*(1 - sigmoid(z))"),
    (
        r"-\frac{1}{2}\sum_{i=1}^{2} \left( t_i \log y_i + (1-t_i)\log(1-y_i) \right)",
        "-1/2*(t[0]*log(y[0]) + (1 - t[0])*log(1 - y[0])"
        " + t[1]*log(y[1]) + (1 - t[1])*log(1 - y[1]))",
    ),
    (r"\frac{1}{n}\sum_{i=1}^n (y_i-t_i)^2", "1/n*sum((y - t)**2)"),
    (r"\sum_i x_i y_i", "sum(x*y)"),
    (r"\sum_{i,j} A_{ij} B_{ij}", "sum(A*B)"),
    (r"\sum_{j} W_{1j} x_j", "sum(W[0]*x)"),
    (r"\sum_i u_i \sum_j A_{ij} v_j", "sum(u*sum(A*v, axis=-1))"),
    (r"x^\top A x", "dot(x @ A, x)"),
    (r"u v^\top", "outer(u, v)"),
    (r"u \odot v \odot u v^\top", "outer(u*v*u, v)"),
    (r"u^\top v", "dot(u, v)"),
    ("A^{-1} x", "inv(A) @ x"),
    (r"A^{-\top}", "inv(A).T"),
    ("A^{-T}", "inv(A).T"),
    (r"X^\top (X w - y)", "X.T @ (X @ w - y)"),
    (r"2X^\top(Xw-y)", "2*(X.T @ (X @ w - y))"),
    (r"\|x\|_2^2", "norm(x)**2"),
    (r"\|Xw - y\|^2", "norm(X @ w - y)**2"),
    ("|a|", "abs(a)"),
    (r"\frac{\partial L}{\partial z_2} h^\top", "outer(dL_dz2, h)"),
    (r"\partial L/\partial W_1", "dL_dW1"),
    (r"\frac{\partial L}{\partial W_{2,11}}", "dL_dW2[0, 0]"),
    (r"\frac{\partial L}{\partial W_2}_{11}", "dL_dW2[0, 0]"),
    (r"\nabla_{W_1} L", "dL_dW1"),
    (r"\nabla_W L", "dL_dW"),
    (r"\frac{\mathrm{d}L}{\mathrm{d}W_1}", "dL_dW1"),
    (r"\begin{aligned} &\frac12 (y - t) \end{aligned}", "1/2*(y - t)"),
    (r"\begin{equation} y - t \end{equation}", "y - t"),
    (r"\operatorname{sech}^2(z)", "sech(z)**2"),
    (r"\operatorname{diag}(p) - p p^\top", "diag(p) - outer(p, p)"),
    (r"\operatorname{diag}(p) - pp^\top", "diag(p) - outer(p, p)"),
    (r"\operatorname{tr}(A B)", "trace(A @ B)"),
    (r"\mathrm{tr}(A^\top B)", "trace(A.T @ B)"),
    (r"\det A", "det(A)"),
    (r"\log\det A", "log(det(A))"),
    (r"\mathbf{W}_1 \mathbf{x} + \mathbf{b}_1", "W1 @ x + b1"),
    ("W_1 x + b_1", "W1 @ x + b1"),
    ("W^{(2)} h + b^{(2)}", "W2 @ h + b2"),
    ("W^{[1]}x", "W1 @ x"),
    (r"\hat{x} + 1", "x_hat + 1"),
    (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "[[1, 2], [3, 4]]"),
    (r"\begin{bmatrix} x_1 \\ x_2 \end{bmatrix}", "[x[0], x[1]]"),
    ("(d_3, d_4, d_1)", "[d[2], d[3], d[0]]"),
    ("2 d_1 x_1 + d_2 x_2", "2*d[0]*x[0] + d[1]*x[1]"),
    (r"\log_2 a", "log2(a)"),
    (r"\log_{10} a", "log10(a)"),
    (r"\log_b a", "log(a)/log(b)"),
    ("e^{-a}", "exp(-a)"),
    (r"\frac{1}{1+e^{-z}}", "1/(1 + exp(-z))"),
    (r"\exp(-z)", "exp(-z)"),
    (r"\mathbf{1}^\top x", "sum(x)"),
    (r"X^\top \mathbf{1}", "sum(X.T, axis=1)"),
    ("A + I", "A + matrix_power(A, 0)"),
    ("I - A", "matrix_power(A, 0) - A"),
    (r"(1 - t) \odot \frac{1}{1-y} - t \odot \frac1y", "(1 - t)*(1/(1 - y)) - t*(1/y)"),
    (r"-\frac{t}{y} + \frac{1-t}{1-y}", "-t/y + (1 - t)/(1 - y)"),
    (r"\frac{y_1 - t_1}{2} h_1", "(y[0] - t[0])/2*h[0]"),
    ("W_{11} + W_{1,2}", "W[0, 0] + W[0, 1]"),
    ("[z > 0]", "z > 0"),
    (r"1\{z>0\}", "z > 0"),
    ("1_{z>0}", "z > 0"),
    (r"\mathbf 1_{\{z > 0\}}", "z > 0"),
    (r"\mathbb{I}(z > 0)", "z > 0"),
    ("(W x)_1", "(W @ x)[0]"),
    (r"\mathrm{softmax}(z)", "softmax(z)"),
    (r"\operatorname{softmax}(z)_1", "softmax(z)[0]"),
    (r"\max(0, z)", "maximum(0, z)"),
    (r"\max_i x_i", "max(x)"),
    (r"\prod_i x_i", "prod(x)"),
    (r"\sqrt{a^2 + b^2}", "sqrt(a**2 + b**2)"),
    (r"\sqrt[3]{a}", "cbrt(a)"),
    (r"\sin^2 a + \cos^2 a", "sin(a)**2 + cos(a)**2"),
    (r"\sin 2a", "sin(2*a)"),
    (r"\begin{cases} z & z > 0 \\ 0 & \text{otherwise} \end{cases}", "where(z > 0, z, 0)"),
    (r"\begin{cases} a & \text{if } a > 0 \\ 0 & a \le 0 \end{cases}", "where(a > 0, a, 0)"),
    (r"\langle u, v \rangle", "dot(u, v)"),
    (r"u \cdot v", "dot(u, v)"),
    (r"A \cdot x", "A @ x"),
    (r"a \cdot b", "a*b"),
    ("ab", "a*b"),
    ("2ab^2", "2*a*b**2"),
    ("1/2 (y-t)", "1/2*(y - t)"),
    ("W_2 ReLU(W_1 x + b_1) + b_2", "W2 @ relu(W1 @ x + b1) + b2"),
    ("relu(z)", "relu(z)"),
    ("tr(A)", "trace(A)"),
    (r"z_{\max}", "z_max"),
    (r"z_{\text{max}} + z_\mathrm{max}", "z_max + z_max"),
    (r"\pi a^2", "pi*a**2"),
    (r"\alpha x", "alpha*x"),
    ("α x", "alpha*x"),
    (r"\tanh'(z)", "1 - tanh(z)**2"),
    (r"1 - \tanh^2(z)", "1 - tanh(z)**2"),
    (r"\sum_{i=1}^{3} x_{i+1} x_i", "x[1]*x[0] + x[2]*x[1] + x[3]*x[2]"),
    (r"\frac{\partial^2 L}{\partial w \partial w}", "d2L_dw_dw"),
    (r"\frac{\partial^2 L}{\partial w^2}", "d2L_dw_dw"),
    (r"x^{\circ 2}", "x**2"),
    (r"X^\top \operatorname{diag}(p \odot (1-p)) X", "X.T @ diag(p*(1 - p)) @ X"),
    (r"\frac{1}{2}\|y-t\|^2", "1/2*norm(y - t)**2"),
    (r"\left(W_2^\top \delta_2\right) \odot \left[z_1 > 0\right]", "(W2.T @ delta_2)*(z1 > 0)"),
    (r"A \otimes B", "kron(A, B)"),
    ("-0.2009", "-0.2009"),
    ("(-0.2009, 0.33)", "[-0.2009, 0.33]"),
    (r"\ln(a)", "log(a)"),
    (r"\sum x", "sum(x)"),
    (r"$\frac{1}{2}(y-t)$", "1/2*(y - t)"),
    (r"\[ x + 1 \]", "x + 1"),
    (r"\left\| x \right\|_1", "norm(x, 1)"),
    (r"\left|a\right| + |b|", "abs(a) + abs(b)"),
    (r"\frac{|a|}{|b|}", "abs(a)/abs(b)"),
    (r"\log(a)^2", "log(a)**2"),
    (r"\log a^2", "log(a**2)"),
    (r"\log(1 - a)", "log(1 - a)"),
    (r"-\log a", "-log(a)"),
    (r"-\mathrm{mean}(t \odot \log y)", "-mean(t*log(y))"),
    (r"t^\top \log(y) + (1-t)^\top \log(1-y)", "dot(t, log(y)) + dot(1 - t, log(1 - y))"),
    (
        r"-\frac12 \left[ t^\top \log y + (\mathbf{1}-t)^\top \log(\mathbf 1 - y) \right]",
        "-1/2*(dot(t, log(y)) + dot(1 - t, log(1 - y)))",
    ),
    (r"(y - t)^\top (y-t)", "dot(y - t, y - t)"),
    ("(y-t)^2", "(y - t)**2"),
    (r"\frac{1}{2}\left(\hat{x}-t\right)", "1/2*(x_hat - t)"),
    (r"\boldsymbol{\delta}_2 \mathbf{h}^{\mathsf{T}}", "outer(delta_2, h)"),
    (r"\bm{W}_2^{\mathrm{T}}\bm\delta_2", "W2.T @ delta_2"),
    (r"{W_2}^T \delta_2", "W2.T @ delta_2"),
    (r"W_2^T\delta_2", "W2.T @ delta_2"),
    (r"W_{2}^{\top} \delta_{2} x^{\top}", "outer(W2.T @ delta_2, x)"),
    ("A^2", "matrix_power(A, 2)"),
    (r"A^{\circ 2}", "A**2"),
    ("a^{-1}", "a**-1"),
    ("a^{1/2}", "a**(1/2)"),
    (r"x^\top y x", "dot(x, y)*x"),
    (r"x x^\top y", "outer(x, x) @ y"),
    (r"X^\top X w", "X.T @ X @ w"),
    (r"\operatorname{diag}(x) A", "diag(x) @ A"),
    (r"A \operatorname{diag}(x)", "A @ diag(x)"),
    ("A_{12} x_2 + A_{11}x_1", "A[0, 1]*x[1] + A[0, 0]*x[0]"),
    (r"\frac{\partial z_2}{\partial h}", "dz2_dh"),
    (r"\frac{\partial L}{\partial x_1}", "dL_dx[0]"),
    (r"\frac{\partial L}{\partial h}\odot \mathbb 1[z_1>0]", "dL_dh*(z1 > 0)"),
    ("x_1 y_1 + x_2 y_2", "x[0]*y[0] + x[1]*y[1]"),
    (r"d_1\cdot x_1 + d_2 \cdot x_2", "d[0]*x[0] + d[1]*x[1]"),
    (r"\sum_{i=1}^{3} d_i x_i", "d[0]*x[0] + d[1]*x[1] + d[2]*x[2]"),
    (
        r"\sum_{i=1}^{3} \sum_{j=1}^{2} A_{ij}",
        "A[0, 0] + A[0, 1] + A[1, 0] + A[1, 1] + A[2, 0] + A[2, 1]",
    ),
    (r"\sum_{i}\sum_{j} A_{ij} x_i y_j", "sum(A*x[:, None]*y)"),
    (r"\sum_{i} x_i^2", "sum(x**2)"),
    (r"\sum_i \log(1 + e^{-t_i x_i})", "sum(log(1 + exp(-t*x)))"),
    (r"\sum_i (x_i - \frac{1}{n} \sum_j x_j)^2", "sum((x - 1/n*sum(x))**2)"),
    (r"\sum_{i} A_{ii}", "sum(diag(A))"),
    (r"\sum_i |x_i|", "sum(abs(x))"),
    (r"\max_i |x_i|", "max(abs(x))"),
    (r"\prod_{i=1}^{3} x_i", "x[0]*x[1]*x[2]"),
    (r"\frac{e^{a}}{e^a+e^b}", "exp(a)/(exp(a) + exp(b))"),
    (r"\frac{e^{z_1}}{\sum_{j} e^{z_j}}", "exp(z1)/sum(exp(z))"),
    (r"\exp\left(-\frac{(a-b)^2}{2c^2}\right)", "exp(-(a - b)**2/(2*c**2))"),
    (r"\frac{1}{\sqrt{2\pi}} e^{-\frac{a^2}{2}}", "1/sqrt(2*pi)*exp(-a**2/2)"),
    (r"\ln\left(\frac{a}{b}\right)", "log(a/b)"),
    (r"\sqrt{a}b", "sqrt(a)*b"),
    (r"\arctan a", "atan(a)"),
    (r"\sinh(a)\cosh(a)", "sinh(a)*cosh(a)"),
    (r"\operatorname{sign}(x)", "sign(x)"),
    (r"2 \cdot 3", "2*3"),
    ("2(3)", "2*3"),
    (r"2 \cdot -3", "2*-3"),
    (r"a \cdot -b", "a*-b"),
    (r"1.5 \cdot 10^{-3}", "1.5*10**-3"),
    (r"\mathbf{I} - \mathbf{A}", "matrix_power(A, 0) - A"),
    ("I_3", "eye(3)"),
    ("(I - A)^{-1} x", "inv(matrix_power(A, 0) - A) @ x"),
    (r"(A + \alpha I)^{-1} x", "inv(A + alpha*matrix_power(A, 0)) @ x"),
    (r"(X^\top X)^{-1} X^\top y", "inv(X.T @ X) @ X.T @ y"),
    (r"A^\dagger", "pinv(A)"),
    (r"\begin{pmatrix} a \\ b \end{pmatrix} x^\top", "outer([a, b], x)"),
    (
        r"\begin{pmatrix} 1 & 2 \end{pmatrix} \begin{pmatrix} a \\ b \end{pmatrix}",
        "dot([1, 2], [a, b])",
    ),
    (
        r"\begin{bmatrix} -0.0462 & -0.0804 & -0.1145 \\ 0.0759 & 0.1320 & 0.1881 \end{bmatrix}",
        "[[-0.0462, -0.0804, -0.1145], [0.0759, 0.1320, 0.1881]]",
    ),
    ("[[1,2],[3,4]]", "[[1, 2], [3, 4]]"),
    ("[1, 2, 3]", "[1, 2, 3]"),
    (r"\mathcal{L}", "L"),
    (r"\nabla_{\mathbf{W}_1} \mathcal{L}", "dL_dW1"),
    ("W1 x + b1", "W1 @ x + b1"),
    ("2x", "2*x"),
    (r"\mathrm{dL\_dz2} h^\top", "outer(dL_dz2, h)"),
    ("z > 0", "z > 0"),
    (r"\{z > 0\}", "z > 0"),
    (r"\mathbb{1}_{z_1 > 0} \odot (W_2^\top \delta_2)", "(z1 > 0)*(W2.T @ delta_2)"),
    (r"(z_1 > 0) \odot (W_2^\top \delta_2)", "(z1 > 0)*(W2.T @ delta_2)"),
    ("W_2[1,1]", "W2[0, 0]"),
    ("y_1(1-y_1)", "y[0]*(1 - y[0])"),
    (r"\frac{a+b}{2}c", "(a + b)/2*c"),
    (r"\dfrac{a}{b}", "a/b"),
    (r"\frac ab", "a/b"),
    (r"\frac{a}b", "a/b"),
    (r"\frac1{2}(y-t)", "1/2*(y - t)"),
    (r"\frac 1 2 (y-t)", "1/2*(y - t)"),
    (r"\sigma(z)^2", "sigmoid(z)**2"),
    (r"\sigma(z) \odot (1-\sigma(z))", "sigmoid(z)*(1 - sigmoid(z))"),
    (r"\sigma(a)(1-\sigma(a))", "sigmoid(a)*(1 - sigmoid(a))"),
    (r"x^\top + y^\top", "x + y"),
    (r"x^{\top}", "x"),
    (r"W^\top_1 x", "W1.T @ x"),
    (r"\lVert x \rVert^2", "norm(x)**2"),
    (r"\left\lVert Xw-y\right\rVert_2^{2}", "norm(X @ w - y)**2"),
    (r"\|A\|_F^2", "norm(A)**2"),
    (r"a \div b", "a/b"),
    (r"\tanh(W_1 x + b_1)", "tanh(W1 @ x + b1)"),
    (r"\text{softmax}(z) - t", "softmax(z) - t"),
    ("softmax(z) - t", "softmax(z) - t"),
    ("p_1(1-p_1)", "p[0]*(1 - p[0])"),
    ("-p_1 p_2", "-p[0]*p[1]"),
    ("x_{hat}", "x_hat"),
    (r"\vec{x}", "x"),
    (r"\vec{x} \cdot \vec{y}", "dot(x, y)"),
    (r"\begin{array}{cc} 1 & 2 \\ 3 & 4 \end{array}", "[[1, 2], [3, 4]]"),
    (r"\begin{cases} 1 & z_1 > 0 \\ 0 & z_1 \leq 0 \end{cases}", "where(z1 > 0, 1, 0)"),
    (r"\mathrm{tr}(X^\top A X)", "trace(X.T @ A @ X)"),
    (r"\operatorname{tr} A", "trace(A)"),
    (r"\partial L / \partial z_2 \cdot h^\top", "outer(dL_dz2, h)"),
    ("x^T", "x"),
    ("1 + 2 + 3", "1 + 2 + 3"),
    (r"\frac{3}{4}", "3/4"),
    ("0.1x", "0.1*x"),
    ("W x + b", "W @ x + b"),
    ("a b c", "a*b*c"),
    ("a(b + c)d", "a*(b + c)*d"),
    ("(a)(b)", "a*b"),
    (r"a\,b", "a*b"),
    (r"a \quad b", "a*b"),
    (r"\alpha I x", "alpha*x"),
    ("I x", "x"),
    (r"\mathbf{1}_n^\top x", "dot(ones(n), x)"),
    (r"\mathbf{1} \odot x", "x"),
    (r"2\mathbf{1} - y", "2*1 - y"),
    (r"\log_b(a)", "log(a)/log(b)"),
    (r"\exp(a)^2", "exp(a)**2"),
    (r"\max(a, b)", "maximum(a, b)"),
    (r"\min(z)", "min(z)"),
    ("e^{-t_1 x_1}", "exp(-t[0]*x[0])"),
    (r"\frac{1}{1 + e^{-a}}", "1/(1 + exp(-a))"),
    (r"\left( \frac{1}{2} \right)^2", "(1/2)**2"),
    (r"-\left(t_1 \log(y_1) + t_2\log(y_2)\right)", "-(t[0]*log(y[0]) + t[1]*log(y[1]))"),
    (r"\frac{1}{2}(W_2^\top \delta_2) \odot \mathrm{ReLU}'(z_1)", "1/2*(W2.T @ delta_2)*step(z1)"),
    (r"\tfrac{1}{2} \left( y - t \right) h^{\top}", "1/2*outer(y - t, h)"),
    (r"\delta_2 \otimes h", "outer(delta_2, h)"),
    (r"x_1 \mathbf{b}_1", "x[0]*b1"),
    ("(a + b)^{2}", "(a + b)**2"),
    (r"\lfloor a \rfloor + \lceil b \rceil", "floor(a) + ceil(b)"),
    (r"\frac{\partial L}{\partial W_{11}}", "dL_dW[0, 0]"),
    (r"\frac{\mathrm{d} L}{\mathrm{d} w}", "dL_dw"),
    (r"\partial L / \partial b_1", "dL_db1"),
    (r"\cos'(a)", "-sin(a)"),
    (r"\sum_{i=1}^{2} i x_i", "1*x[0] + 2*x[1]"),
    (r"\sum_{i} (x_i + y_i)", "sum(x + y)"),
    (r"\sum_i A_{i1}", "sum(A[:, 0])"),
    (r"\sum_j A_{2j} x_j", "sum(A[1]*x)"),
    (r"\sum_i \sum_j A_{ij} B_{ji}", "sum(A*B.T)"),
    ("(A B)_{12}", "(A @ B)[0, 1]"),
    ("(x + y)_2", "(x + y)[1]"),
    ("A^T", "A.T"),
    (r"a \cdot b \cdot c", "a*b*c"),
    (r"x \cdot 2", "x*2"),
    (r"A + x^\top", "A + x"),
    (r"\sin^2(a)", "sin(a)**2"),
    (r"\sin^2 a", "sin(a)**2"),
    (r"\tanh z", "tanh(z)"),
    (r"1 - \tanh(z)^2", "1 - tanh(z)**2"),
    (r"\log a \log b", "log(a)*log(b)"),
    (r"\log \sigma(a)", "log(sigmoid(a))"),
    (r"x_1 d + (d^\top x) e_1", "x[0]*d + dot(d, x)*matrix_power(diag(x[0]*d), 0)[0]"),
    (r"x_1 d + (d^\top x) \mathbf{e}_1", "x[0]*d + dot(d, x)*matrix_power(diag(x[0]*d), 0)[0]"),
    (r"\sum_{i=1}^m x_i", "sum(x)"),
    (r"\sum_i^m x_i y_i", "sum(x*y)"),
    (r"\frac{1}{n}\sum_{i=1}^N x_i", "1/n*sum(x)"),
    (r"\sigma^\prime(z)", "sigmoid(z)*(1 - sigmoid(z))"),
    (r"\sigma^{\prime}(z_1)", "sigmoid(z1)*(1 - sigmoid(z1))"),
    (r"\mathrm{ReLU}^{\prime}(z_1)", "step(z1)"),
    (r"= \frac{1}{2}(y-t)", "1/2*(y - t)"),
    (r"\approx -0.0462", "-0.0462"),
    (r"\frac{1}{2}(y-t).", "1/2*(y - t)"),
    (r"\delta_2 \times h^\top", "outer(delta_2, h)"),
    (r"W_2^\top \times \delta_2", "W2.T @ delta_2"),
    (r"u^\top \times v", "dot(u, v)"),
    (r"\|x - y\|^2_2", "norm(x - y)**2"),
    (r"\|x\|_1^2", "norm(x, 1)**2"),
    ("(W x)[1]", "(W @ x)[0]"),
    (r"\partial L/\partial W_2[1,1]", "dL_dW2[0, 0]"),
    (r"\frac{\partial L}{\partial W_2}[1,1]", "dL_dW2[0, 0]"),
    (r"\sigma{(z)}", "sigmoid(z)"),
    (r"\log{a}", "log(a)"),
    (r"\exp{(-a)}", "exp(-a)"),
    (r"\norm{x}^2", "norm(x)**2"),
    (r"\abs{a}", "abs(a)"),
    (r"\mathbf{W}_2^{\!\top}\boldsymbol{\delta}_2", "W2.T @ delta_2"),
    (r"\left[\begin{array}{c} a \\ b \end{array}\right]", "[a, b]"),
    (r"{\delta_2}{h}^{T}", "outer(delta_2, h)"),
    (r"\frac{\partial L}{\partial z_2}\, h^{\mathrm T}", "outer(dL_dz2, h)"),
    (r"W_{2}^{\mathsf{T}}\delta_2", "W2.T @ delta_2"),
    (r"\mathbf{1}[z_1>0]\odot(W_2^T\delta_2)", "(z1 > 0)*(W2.T @ delta_2)"),
    (r"\text{diag}(\mathbf{1}[z_1>0]) W_2^T \delta_2", "diag(z1 > 0) @ W2.T @ delta_2"),
    (
        r"-\frac{1}{2} \left( \frac{t_1}{y_1} - \frac{1-t_1}{1-y_1} \right)",
        "-1/2*(t[0]/y[0] - (1 - t[0])/(1 - y[0]))",
    ),
    (
        r"\frac{1}{2}\begin{pmatrix} y_1 - t_1 \\ y_2 - t_2 \end{pmatrix}",
        "1/2*[y[0] - t[0], y[1] - t[1]]",
    ),
    (
        r"\begin{pmatrix} \frac12(y_1-t_1) \\ \frac12(y_2-t_2) \end{pmatrix}",
        "[1/2*(y[0] - t[0]), 1/2*(y[1] - t[1])]",
    ),
    (r"-\frac{1}{2}(0.5138 + 1.0785)", "-1/2*(0.5138 + 1.0785)"),
    (r"\frac{(y-t)}{2}", "(y - t)/2"),
    (r"\frac{y-t}{2}h^T", "outer((y - t)/2, h)"),
    (r"\frac{\delta_2}{2} h^\top", "outer(delta_2/2, h)"),
    ("0.5(y-t)", "0.5*(y - t)"),
    (r"0.5 \cdot (y-t) \cdot h^T", "outer(0.5*(y - t), h)"),
    ("(y-t)h^T/2", "outer(y - t, h)/2"),
    ("(y-t)/2", "(y - t)/2"),
    (r"\frac{1}{2}(y_1 - t_1)\cdot h_1", "1/2*(y[0] - t[0])*h[0]"),
    (r"2x_1 d_1 + \sum_{i=2}^{3} d_i x_i", "2*x[0]*d[0] + (d[1]*x[1] + d[2]*x[2])"),
    (r"W_2^T\frac{\partial L}{\partial z_2} \odot \mathbb{I}[z_1 > 0]", "(W2.T @ dL_dz2)*(z1 > 0)"),
    (r"\left|b\right|(5 - a)\left|a\right|c", "abs(b)*(5 - a)*abs(a)*c"),
    (r"\left|a\left|b\right|\right|", "abs(a*abs(b))"),
    (r"\lvert a \lvert b \rvert \rvert", "abs(a*abs(b))"),
    (r"\bigl| a \bigr| + \left\lVert x \right\rVert", "abs(a) + norm(x)"),
    (r"\frac{y-t}{y(1-y)}", "(y - t)/(y*(1 - y))"),
    (r"X^\top \operatorname{diag}(p(1-p)) X", "X.T @ diag(p*(1 - p)) @ X"),
    (r"\sigma(z)(1-\sigma(z))", "sigmoid(z)*(1 - sigmoid(z))"),
    (r"(y-t)\,y(1-y)h^\top", "outer((y - t)*y*(1 - y), h)"),
    ("A(1-A)", "A*(1 - A)"),
    ("x * y", "x*y"),
    ("W * x", "W @ x"),
    ("|A|", "det(A)"),
    (r"\log|A|", "log(det(A))"),
    ("0{,}5 x", "0.5*x"),
    ("(0{,}5; -1{,}2)", "[0.5, -1.2]"),
    (r"12.5\% a", "0.125*a"),
    (
        r"\frac{I}{\|x\|} - \frac{xx^\top}{\|x\|^3}",
        "matrix_power(outer(x, x)/norm(x)**3, 0)/norm(x) - outer(x, x)/norm(x)**3",
    ),
    (r"\sum_i x_i y_i z", "sum(x*y*z[:, None], axis=-1)"),
    (r"\sum_i (p_i - t_i) X_i", "sum((p - t)*X.T, axis=-1)"),
    (
        r"\frac1n \sum_{i=1}^n (X_i^\top w - y_i) X_i + a w",
        "1/n*sum((sum(X*w, axis=-1) - y)*X.T, axis=-1) + a*w",
    ),
    (r"\sum_i X_i X_i^\top", "sum(X.T[:, None, :]*X.T, axis=-1)"),
    (r"\sum_j A_{:,j} x_j + A_{1,\cdot}", "sum(x*A, axis=-1) + A[0]"),
    (r"\prod_{j \ne 2} x_j", "prod(concat([x[:1], x[2:]]))"),
    (r"{\bf W}_1^\top x", "W1.T @ x"),
    (r"\sqrt(a)b", "sqrt(a)*b"),
    (r"\begin{cases} 1, & a > 0, \\ 0, & \text{else}. \end{cases}", "where(a > 0, 1, 0)"),
    (r"4z - \mathbf 1 \mathbf 1^\top z", "4*z - sum(z)*1"),
    (r"(I - \frac{1}{4}\mathbf 1 \mathbf 1^\top)z/a", "(z - 1/4*(sum(z)*1))/a"),
    (r"z^\top(I - \mathbf 1 p^\top)", "z - sum(z)*p"),
    (r"X^\top(I - a\mathbf 1 \mathbf 1^\top) X", "(X.T - a*outer(sum(X.T, axis=1), 1)) @ X"),
    ("W₂ᵀδ₂", "W2.T @ delta_2"),
    ("½x² + √(a)·y", "1/2*x**2 + sqrt(a)*y"),
    ("‖x̂‖₂² ∑ᵢ x̂ᵢ", "norm(x_hat)**2*sum(x_hat)"),
    ("𝐀⁻¹x − 𝟙[z₁>0]", "inv(A) @ x - (z1 > 0)"),
]

REFUSED = [
    ("|a| b |c|", "E223", "it is not clear which bars belong together"),
    (r"\left| a |", "E221", "the formula ends too early"),
    (
        r"\log a \cdot b",
        "E221",
        "how far the argument of the function reaches is not clear",
    ),
    (r"\log a / b", "E221", "how far the argument of the function reaches is not clear"),
    (r"\log{a}^2", "E221", "what this script belongs to is not clear"),
    ("e_1", "E224", "the size of this constant is not known"),
    (
        r"\sum_{i=1}^{k-1} x_i",
        "E225",
        "the bounds of this sum are neither numbers nor all there are",
    ),
    (r"\sum_i a_i b_i", "E222", "`a` has 0 axes, 1 subscripts are written"),
    ("u v", "E224", "a vector stands before a vector: the product is not clear"),
    (r"3\frac{1}{2}", "E223", "two numbers stand side by side"),
    (r"\log a b", "E221", "how far the argument of the function reaches is not clear"),
    ("x'", "E223", "a prime behind a name has two meanings"),
    ("x^23", "E221", "`23` without braces counts as its first digit"),
    ("x_12", "E221", "`12` without braces counts as its first digit"),
    (r"u \times v", "E223", r"`\times` between arrays has several meanings"),
    ("a/b c", "E221", "what stands under the slash is not clear"),
    (r"\delta_1", "E222", "the name `delta_1` is not declared"),
    ("x_{i}", "E225", "the index `i` belongs to no sum"),
    (
        r"\sum_{i=1}^{n-1} x_i",
        "E225",
        "the bounds of this sum are neither numbers nor all there are",
    ),
    (
        r"\frac{dL}{dw}",
        "E223",
        "`d` is a declared name, so that this may be a quotient or a derivative",
    ),
    ("y = x + 1", "E221", "an equation is not a value"),
    (r"\sum_{k} A_{ik}", "E225", "the index `i` belongs to no sum"),
    ("dL/dw", "E221", "what stands under the slash is not clear"),
    (r"\foo x", "E220", r"the command `\foo` is not read"),
    (r"x \pm y", "E221", r"`\pm` is not understood here"),
    (r"\frac{1}{2", "E221", "`{` is not closed"),
    ("(a + b", "E221", "`)` is expected, found the end"),
    ("a + ", "E221", "the formula ends too early"),
    (r"\delta_2 = \frac{1}{2}(y-t)", "E221", "an equation is not a value"),
    ("|a|b|c|", "E223", "it is not clear which bars belong together"),
    ("x_0", "E225", "indices count from 1"),
    (
        r"\frac{\partial L}{\partial z_2} \cdot \frac{\partial z_2}{\partial h}",
        "E224",
        "a vector stands before a matrix: the product is not clear",
    ),
    ("2 3", "E223", "two numbers stand side by side"),
    ("1.5e-3", "E221", "a number with `e` is not clear in LaTeX"),
    (r"(A + \lambda I)^{-1} x", "E222", "the name `lambda` is not declared"),
    ("(1, 2) x", "E224", "a vector stands before a vector: the product is not clear"),
    (
        r"\frac{\partial \mathcal{L}}{\partial \mathbf{W}_2} = 1",
        "E221",
        "an equation is not a value",
    ),
    ("h2", "E223", "a number behind a value can be a factor or a subscript"),
    ("x2", "E223", "a number behind a value can be a factor or a subscript"),
    (r"\sigma^2", "E222", "the name `sigma` is not declared"),
    (r"x + y^\top", "E224", "a row vector and a column vector are added"),
    (r"A x^\top", "E224", "a matrix stands before a row vector: the product is not clear"),
    (r"\sin^{-1}(a)", "E223", "an exponent behind a function has two meanings"),
    ("f(x)", "E222", "the name `f` is not declared"),
    ("L(y,t)", "E224", "the entries of this list are not all scalars"),
    ("h'", "E223", "a prime behind a name has two meanings"),
    (r"\log", "E221", "the argument of the function is missing"),
    (r"\left( a + b \right.", "E221", "`)` is expected, found `.`"),
    ("a_{", "E221", "`{` is not closed"),
    ("x_{1,2}", "E222", "`x` has 1 axes, 2 subscripts are written"),
    ("x_{i,j}", "E222", "`x` has 1 axes, 2 subscripts are written"),
    (r"\int x", "E220", r"the command `\int` is not read"),
    (r"\lim x", "E220", r"the command `\lim` is not read"),
    (r"\mathbb{E}[x]", "E222", "the name `E` is not declared"),
    ("x^{(1)}", "E222", "the name `x_1` is not declared"),
    (r"\bar{x}", "E222", "the name `x_bar` is not declared"),
    (r"\hat{y}", "E222", "the name `y_hat` is not declared"),
    (r"\tilde x", "E222", "the name `x_tilde` is not declared"),
    (r"a \\ b", "E221", r"`\\` is not understood here"),
    ("a & b", "E221", "`&` is not understood here"),
    ("a = b = c", "E221", "an equation is not a value"),
    (r"\operatorname{vec}(A)", "E222", "the name `vec` is not declared"),
    (r"\ell", "E222", "the name `ell` is not declared"),
    (r"\varepsilon", "E222", "the name `varepsilon` is not declared"),
    (r"\Sigma", "E222", "the name `Sigma` is not declared"),
    (r"\sum_{i=2}^{n} x_i", "E225", "the bounds of this sum are neither numbers nor all there are"),
    (r"\sum_i x_i + y_i", "E225", "the index `i` belongs to no sum"),
    (r"\sum_i 3", "E225", "nothing inside the sum depends on `i`"),
    (r"\sum_{i \neq j} x_i", "E225", "the index `j` belongs to no sum"),
    (r"\sum_{i \neq i} x_i", "E225", "the subscript of this sum is not read"),
    (r"\prod_i x_i a", "E221", "how far this reaches is not clear"),
    ("h(1-h)z", "E224", "a vector stands before a vector: the product is not clear"),
    ("x x", "E224", "a vector stands before a vector: the product is not clear"),
    ("A * B", "E223", "`*` between arrays has several meanings"),
    ("√x²", "E221", "how far the root reaches is not clear"),
    ("①x", "E220", "the sign `①` is not read"),
    ("(1, 2; 3)", "E221", "`)` is expected, found `;`"),
    (r"\|x\|_3", "E221", "the norm with index `3` is not read"),
    ("|x|", "E223", "bars around a vector have several meanings"),
    (r"\frac{x}{A}", "E224", "a vector and a matrix are joined entry by entry"),
    (r"x \odot A", "E224", "a vector and a matrix are joined entry by entry"),
    (r"x^\top \odot x x^\top", "E224", "a row vector and a matrix are joined entry by entry"),
    ("e^{A}", "E223", "the exponential of a matrix has two meanings"),
    (
        r"\begin{cases} 1 & a > 0 \\ 0 & b \le 0 \end{cases}",
        "E223",
        "the second case is not all that the first leaves",
    ),
    (
        r"\begin{pmatrix} 1 & 2 \\ 3 \end{pmatrix}",
        "E221",
        "the rows of the matrix differ in length",
    ),
    (r"\begin{tabular} 1 \end{tabular}", "E220", "the environment `tabular` is not read"),
    ("x^y", "E224", "an exponent is a scalar"),
    (r"A \odot B x", "E224", "a matrix and a vector are joined entry by entry"),
    (r"A \odot B \cdot x", "E223", "elementwise and other products follow each other"),
    ("A_{1}", "E222", "`A` has 2 axes, 1 subscripts are written"),
    (r"\mathbf{1}", "E224", "the size of this constant is not known"),
    ("I", "E224", "the size of this constant is not known"),
    (r"\sqrt{A}", "E223", "the root of a matrix is not read"),
    ("A!", "E224", "the factorial of an array is not read"),
    ("a{-b}", "E223", "braces print nothing: this sum runs on"),
    ("{a + b}^2", "E223", "braces print nothing: this sum runs on"),
    ("1{,}250", "E223", "`1{,}250` can be 1.250 and 1250"),
    ("2\\frac{1}{2}", "E223", "two numbers stand side by side"),
    (r"\lg a", "E223", r"the base of `\lg` is not the same for all"),
    (r"\|A\|_2", "E223", "the 2-norm of a matrix has two meanings"),
    (r"\binom{a}{b}", "E223", "this can be a binomial coefficient and a vector"),
    (r"\bar{x}", "E222", "the name `x_bar` is not declared"),
    ("x^{*}", "E222", "the name `x_star` is not declared"),
    (r"\{1, 2\}", "E221", "a set is not a value"),
    (r"\frac{1}{2}}", "E221", "`}` is not understood here"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_formula_is_read(text, expected):
    """The formula means this expression, which the project's own parser reads too."""
    assert expected == read(text)
    assert expected == write(parse(expected))


@pytest.mark.parametrize(("text", "code", "message"), REFUSED)
def test_formula_is_refused(text, code, message):
    """What is not understood, or could mean two things, is said and not guessed."""
    with pytest.raises(InputError) as caught:
        read(text)

    (found,) = caught.value.diagnostics
    assert (code, message) == (found.code, found.message)
    assert 0 <= found.span.start <= found.span.end <= len(text)


@pytest.mark.parametrize(
    ("text", "axes", "quantity", "expected"),
    [
        (r"\frac{\partial L}{\partial W_1} = \delta_2 x^\top", 2, "dL_dW1", "outer(delta_2, x)"),
        (r"\nabla_x L := W^\top h", 1, "dL_dx", "W.T @ h"),
        (r"\delta = y - t", 1, "delta", "y - t"),
        (r"\frac{\partial L}{\partial W_{ji}} = x_i h_j", 2, "dL_dW", "x*h[:, None]"),
        (r"\frac{\partial L}{\partial x_2} = h_1", 0, "dL_dx[1]", "h[0]"),
        ("x_i h_j", 2, "dL_dW", "x[:, None]*h"),
        ("2I", 2, "A", "2*eye(3)"),
    ],
)
def test_an_answer_may_begin_with_what_it_is(text, axes, quantity, expected):
    """A left side that is the quantity asked for says nothing new but the order of indices."""
    wanted = Wanted((), axes, {quantity}, Number(Fraction(3)), strict=True)

    assert expected == write(read_wanted(text, NDIM, NDIM.get, 1, wanted))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\sum_{i=1}^{2} y_i", "y[0] + y[1]"),
        (r"\sum_{i=1}^{1} y_i", "y[1]"),
        (r"\sum_{i=1}^{2} i y_i", "1*y[1] + 2*y[2]"),
        (r"\sum_{i=1}^{n} y_i", "sum(y)"),
    ],
)
def test_a_sum_from_one_over_a_whole_axis_is_all_of_it(text, expected):
    """Where indices count from 0, the length of the axis tells what a sum from 1 to 2 is."""
    wanted = Wanted(lengths={"y": (2,)})

    assert expected == write(read_wanted(text, NDIM, NDIM.get, 0, wanted))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (r"\delta_2 = y - t", "the left side is not `dL_dW`"),
        (r"\frac{\partial L}{\partial W} = A = B", "an equation is not a value"),
        ("h_j x_i", "which index comes first is not said"),
    ],
)
def test_an_answer_about_something_else_is_refused(text, message):
    """Another left side, two equations, and indices in an order that nobody states."""
    with pytest.raises(InputError) as caught:
        read_wanted(text, NDIM, NDIM.get, 1, Wanted((), 2, {"dL_dW"}, strict=True))

    assert message == caught.value.diagnostics[0].message


@pytest.mark.parametrize(
    ("text", "base", "expected"),
    [
        ("x_0", 0, "x[0]"),
        ("W_{01}", 0, "W[0, 1]"),
        (r"\sum_{i=0}^{2} d_i x_i", 0, "d[0]*x[0] + d[1]*x[1] + d[2]*x[2]"),
        (r"\frac{1}{n} \sum_{i=0}^{n-1} x_i", 0, "1/n*sum(x)"),
        ("x_1", 1, "x[0]"),
        ("b_1", 1, "b1"),
    ],
)
def test_indices_count_from_the_base_and_names_come_first(text, base, expected):
    """`b_1` is the declared b1 before it could be a component."""
    assert expected == read(text, base)


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        (r"\hat{y}", {"yhat": 1}, "yhat"),
        (r"\hat y_1", {"y_hat": 1}, "y_hat[0]"),
        (r"\hat{y}_1", {"y_hat_1": 1}, "y_hat_1"),
        (r"\delta_2", {"δ_2": 1}, "δ_2"),
        (r"\delta^{(2)}", {"delta2": 1}, "delta2"),
        (r"\sigma(2)", {"sigma": 0}, "sigma*2"),
        (r"e^2", {"e": 0}, "e**2"),
        (r"W_{hh} h_t", {"W_hh": 2, "h_t": 1}, "W_hh @ h_t"),
        (r"\theta_{out}", {"theta_out": 0}, "theta_out"),
        (r"I x", {"I": 0, "x": 1}, "I*x"),
        (r"loss", {"loss": 0, "s": 0}, "loss"),
        (r"\frac{dL}{dx}", {"L": 0, "x": 1}, "dL_dx"),
        (r"\frac{\partial L}{\partial x_2}", {"dL_dx": 1, "x": 1}, "dL_dx[1]"),
        (r"\ell x", {"ell": 0, "x": 1}, "ell*x"),
        (r"\frac{f}{den}", {"f": 0, "den": 0}, "f/den"),
        (r"A x", {"A": 2, "x": 1}, "A @ x"),
        (r"2 q", {"q": None}, "2*q"),
        (r"X\beta", {"X": 2, "be": 1}, "X @ be"),
        (r"\frac{k}{\theta}", {"k": 0, "th": 0}, "k/th"),
        (r"\boldsymbol{\alpha}_2 + \varepsilon", {"al_2": 1, "eps": 0}, "al_2 + eps"),
        (r"\frac{x}{\sigma^2}", {"x": 1, "sig": 0}, "x/sig**2"),
        (r"\beta x", {"be": 0, "beta": 0, "x": 1}, "beta*x"),
    ],
)
def test_symbols_are_matched_with_declared_spellings(text, names, expected):
    """Accents, layers, Greek letters and words find the name that the problem uses."""
    assert expected == read(text, names=names)


@pytest.mark.parametrize(
    ("text", "names", "code"),
    [
        (r"W_1", {"W1": 2, "W_1": 2}, "E223"),
        (r"q q", {"q": None}, "E223"),
        (r"x^T", {"x": 1, "T": 0}, "E223"),
        (r"ab", {"a": 0, "b": 0, "ab": 0}, "E223"),
        (r"x^{(1)}", {"x": 1}, "E222"),
        (r"\varepsilon", {"var": 0}, "E222"),
        (r"\beta", {"b": 0, "bend": 0}, "E222"),
        (r"\sigma(x)", {"sig": 0, "x": 1}, "E221"),
    ],
)
def test_symbols_with_two_readings_are_refused(text, names, code):
    """Which of two names is meant is for the writer to say."""
    with pytest.raises(InputError, match=code):
        read(text, names=names)


@pytest.mark.parametrize(
    ("text", "indices", "expected"),
    [
        (r"d_i x_j", ("i", "j"), "d[:, None]*x"),
        (r"\sum_k A_{ik} B_{kj}", ("i", "j"), "sum(A[:, None, :]*B.T, axis=-1)"),
        (r"p_i (1 - p_i)", ("i",), "p*(1 - p)"),
        (r"A_{ji}", ("i", "j"), "A.T"),
    ],
)
def test_a_formula_for_one_entry_gives_the_array(text, indices, expected):
    """Free indices become axes in the order named."""
    assert expected == read(text, indices=indices)


@pytest.mark.parametrize(
    ("text", "axes", "expected"),
    [
        ("y_k - t_k", 1, "y - t"),
        (
            r"\begin{cases} p_i (1 - p_i) & i = j \\ -p_i p_j & i \ne j \end{cases}",
            2,
            "where(diag(p*0 + 1), p[:, None]*(1 - p[:, None]), -p[:, None]*p)",
        ),
        (r"\delta_{2} + 1", 1, "delta_2 + 1"),
        (r"x_j d_i", 2, "x*d[:, None]"),
        (r"\sum_k A_{ik} x_k", 1, "sum(A*x, axis=-1)"),
        (r"\prod_{j \ne i} x_j", 1, "prod(x**(1 - diag(x*0 + 1)), axis=-1)"),
        (
            r"d_i \sum_{k \ne i} A_{ik}",
            1,
            "d*sum(A*(1 - diag(diag(A)*0 + 1)), axis=-1)",
        ),
    ],
)
def test_letters_that_no_sum_binds_are_the_indices_of_the_answer(text, axes, expected):
    """As many as the answer has axes, in alphabetical order."""
    assert expected == read(text, axes=axes)


@pytest.mark.parametrize(("text", "axes"), [("x_i y_j", 1), ("x_i", 2), ("x_i y_i", 0)])
def test_other_numbers_of_free_letters_are_refused(text, axes):
    """An answer of other rank is not what the formula says."""
    with pytest.raises(InputError, match="E225"):
        read(text, axes=axes)


#: Habits of many lecture notes, environments, decimals with a comma, conditions on indices.
HABITS = [
    (r"\begin{aligned} &(y - t)/2 \\ \end{aligned}", 1, "(y - t)/2"),
    (r"\begin{align*} \delta_2 &= y - t \end{align*}", 1, "y - t"),
    (r"\begin{split} \delta_2 = A x \end{split}", 1, "A @ x"),
    (r"\boxed{\delta_2 h^\top}", 2, "outer(delta_2, h)"),
    (r"0,5 \cdot (y - t)", 1, "0.5*(y - t)"),
    (r"-\frac{1,25}{a}", 0, "-1.25/a"),
    (r"\begin{pmatrix} 0,5 \\ 1,5 \end{pmatrix}", 1, "[0.5, 1.5]"),
    (r"W_{1,2}", 0, "W[0, 1]"),
    (r"(1,2)", 1, "[1, 2]"),
    (r"(y - t) \oslash y", 1, "(y - t)/y"),
    (r"\operatorname{arctanh} a", 0, "atanh(a)"),
    (r"\Theta(z)", 1, "step(z)"),
    (r"\langle A, B \rangle", 0, "sum(A*B)"),
    (r"\langle A, B \rangle_F^2", 0, "sum(A*B)**2"),
    (r"\|A\|_{\mathrm{F}}^2", 0, "norm(A)**2"),
    (r"W^{(2)\top} \delta_2", 1, "W2.T @ delta_2"),
    (r"e_1^\top A x", 0, "dot(A[0], x)"),
    (r"A e_2", 1, "A[:, 1]"),
    (r"e_2^\top x", 0, "x[1]"),
    (r"p_i (\delta_{ij} - p_j)", 2, "p[:, None]*(diag(p*0 + 1) - p)"),
    (r"\sum_{j=1}^{2} \delta_{ij} x_j", 1, "diag(x*0 + 1)[:, 0]*x[0] + diag(x*0 + 1)[:, 1]*x[1]"),
    (r"\sum_{i<j} x_i x_j", 0, "sum(where(triu(outer(x*0 + 1, x*0 + 1), 1), x[:, None]*x, 0))"),
    (
        r"\prod_{i<j} A_{ij}",
        0,
        "prod(where(triu(outer(sum(A, axis=1)*0 + 1, sum(A, axis=1)*0 + 1), 1), A, 1))",
    ),
    (r"\sum_{j \le i} x_j", 1, "sum(where(triu(outer(x*0 + 1, x*0 + 1), 0).T, x, 0), axis=-1)"),
    (
        r"\sum_{i \ne j} A_{ij}",
        0,
        "sum(where(outer(sum(A, axis=1)*0 + 1, sum(A, axis=1)*0 + 1)"
        " - diag(sum(A, axis=1)*0 + 1), A, 0))",
    ),
    (
        r"\begin{cases} 1, & \text{falls } a > 0, \\ 0, & \text{sonst.} \end{cases}",
        0,
        "where(a > 0, 1, 0)",
    ),
    (r"\det A \cdot B", 2, "det(A)*B"),
    (r"|x|^2", 0, "norm(x)**2"),
    (r"|x|", 1, "abs(x)"),
    (r"\operatorname{tr} A \cdot B", 2, "trace(A)*B"),
    (r"\frac{\partial L}{\partial z_1} W_1", 1, "dL_dz1 @ W1"),
    (r"\frac{\partial L}{\partial z_1} x", 2, "outer(dL_dz1, x)"),
    ("u v", 0, "dot(u, v)"),
    ("u (v + w)", 1, "u*(v + w)"),
]


@pytest.mark.parametrize(("text", "axes", "expected"), HABITS)
def test_habits_of_writing_are_read(text, axes, expected):
    """Where there are several readings, the one that gives what is wanted."""

    def fits(tree):
        """Tell whether a reading has the axes wanted."""
        return rank(tree, NDIM.get) == axes

    wanted = Wanted((), axes, {"delta_2"}, strict=True, fits=fits)

    assert expected == write(read_wanted(text, NDIM, NDIM.get, 1, wanted))


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (r"|x|", r"write `\\|x\\|` for a norm, `\operatorname{abs}(x)` for entries without signs"),
        (r"\det A \cdot B", r"write `\det(a) b` or `\det(a b)`"),
        ("A * B", r"write `\odot` for elementwise, nothing for a matrix product"),
        ("u v", r"write `\odot` for elementwise, `^\top` for a transpose"),
        (r"\sin^{-1} a", r"write `\arcsin(x)` for the inverse, `\sin(x)^{-1}` for one over it"),
    ],
)
def test_what_has_two_readings_says_both(text, hint):
    """Where nothing tells which is meant, the refusal says how to write either."""
    wanted = Wanted((), 0, (), fits=lambda tree: True)

    with pytest.raises(InputError) as caught:
        read_wanted(text, NDIM, NDIM.get, 1, wanted)

    assert hint.replace("\\\\|", "\\|") == caught.value.diagnostics[0].hint


def test_an_accent_too_many_is_pointed_out():
    """The name without it is what the problem has."""
    with pytest.raises(InputError) as caught:
        read(r"\hat{p} - t")

    assert caught.value.diagnostics[0].hint == "the problem has `p`"


@pytest.mark.parametrize("text", ["1,000", "12,345 a"])
def test_thousands_are_not_taken_for_decimals(text):
    """A comma before three digits may be either."""
    with pytest.raises(InputError):
        read(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a" * 10_001, "E491"),
        ("{" * 500 + "a" + "}" * 500, "E492"),
        (r"\log" * 2000 + "a", "E492"),
        (r"\hat" * 2000 + "x", "E492"),
        (r"\sum_i" * 1000 + "x_i", "E492"),
        ("a^{" * 500 + "a" + "}" * 500, "E492"),
        ("+".join(["a"] * 4000), "E493"),
        (r"\sum_{i=1}^{900}\sum_{j=1}^{900} x_i", "E493"),
        ("9" * 1001, "E494"),
    ],
)
def test_limits(text, code):
    """Length, nesting, terms and digits are bounded."""
    with pytest.raises(LimitError, match=code):
        read(text)


def test_a_long_sum_is_read_without_recursion():
    """Nineteen hundred terms are no deeper than two."""
    assert " + ".join(["x"] * 1900) == read("+".join(["x"] * 1900))


PARTS = r"\frac { } ( ) [ ] | \| ^ _ + - / \cdot \odot , = < x W a 1 23 . \sum \partial \hat"
PARTS += r" \text \log ' \top T d i \max \sqrt \begin{pmatrix} \end{pmatrix} & \\ \{ \} \mathbb{1}"


@given(st.lists(st.sampled_from(PARTS.split(" ")), max_size=9))
def test_any_text_is_read_or_refused(parts):
    """No other exception leaves the reader; what it reads, the parser reads too."""
    try:
        tree = read_latex("".join(parts), NDIM, NDIM.get)
    except SymbackError:
        return
    assert parse(write(tree)) is not None
