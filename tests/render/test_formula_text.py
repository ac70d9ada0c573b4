"""Formulas in the terminal: what a textbook prints, on one line of Unicode."""

from fractions import Fraction

import pytest
from hypothesis import example, given

from symback.functions import table
from symback.language import parse
from symback.language.tree import Call, Literal, Name, Number, Subscript
from symback.render.formula.axes import axes_of
from symback.render.formula.text import text_of
from symback.render.names import Style
from tests.language.trees import expressions

RANKS = {
    **dict.fromkeys(("a", "b", "c", "e", "s", "lr", "lam", "gamma", "n", "L"), 0),
    **dict.fromkeys(("x", "y", "t", "h", "z", "z1", "z2", "b1", "b2", "d", "p", "q"), 1),
    **dict.fromkeys(("u", "v", "w", "x_hat", "dL_dz2", "dL_dh", "dL_dx"), 1),
    **dict.fromkeys(("W", "W1", "W2", "A", "B", "X", "D", "dL_dW2", "dL_dA"), 2),
    "K": 3,
}
DECLARED = frozenset(name for name in RANKS if not name.startswith("dL"))
TEMPLATES = {name: entry.text for name, entry in table().items() if entry.text}
STYLE = Style(axes_of(RANKS), 1, {"dL_dz2": "δ₂"}, TEMPLATES, DECLARED)

PRINTED = [
    ("(y - t)/2", "½(y − t)"),
    ("W1 @ x + b1", "W₁x + b₁"),
    ("relu(z1)", "ReLU(z₁)"),
    ("-mean(t*log(y) + (1 - t)*log(1 - y))", "−mean(t ⊙ log y + (1 − t) ⊙ log(1 − y))"),
    ("outer(dL_dz2, h)", "δ₂hᵀ"),
    ("(W2.T @ dL_dz2)*(z1 > 0)", "(W₂ᵀδ₂) ⊙ [z₁ > 0]"),
    ("(y[0] - t[0])/2*h[0]", "½(y₁ − t₁)h₁"),
    ("2*d[0]*x[0] + d[1]*x[1]", "2d₁x₁ + d₂x₂"),
    ("x[0]*d + dot(d, x)*onehot(0, 5)", "x₁d + (dᵀx)e₁"),
    ("y*(1 - y)", "y ⊙ (1 − y)"),
    ("a*b*(1 - a)", "ab(1 − a)"),
    ("2*x", "2x"),
    ("x @ A", "Aᵀx"),
    ("dot(x @ A, y)", "xᵀAy"),
    ("x @ A @ x", "xᵀAx"),
    ("A @ x", "Ax"),
    ("W2.T @ dL_dz2", "W₂ᵀδ₂"),
    ("z > 0", "[z > 0]"),
    ("step(z)", "[z > 0]"),
    ("sigmoid(z)", "σ(z)"),
    ("exp(x)", "exp x"),
    ("exp(-a)", "exp(−a)"),
    ("exp(-(a - b)**2/(2*c**2))", "exp(−(a − b)²/(2c²))"),
    ("sum(x)", "Σx"),
    ("sum(x*y)", "Σ(x ⊙ y)"),
    ("mean((y - t)**2)", "mean((y − t)²)"),
    ("norm(x)", "‖x‖"),
    ("norm(x, 1)", "‖x‖₁"),
    ("norm(A)**2", "‖A‖²"),
    ("inv(A)", "A⁻¹"),
    ("inv(A).T", "A⁻ᵀ"),
    ("inv(A) @ x", "A⁻¹x"),
    ("diag(v)", "diag(v)"),
    ("A*v", "A diag(v)"),
    ("v[:, None]*A", "diag(v) A"),
    ("v[:, None]*A*w", "diag(v) A diag(w)"),
    ("v[:, None]*w", "vwᵀ"),
    ("x**2", "x²"),
    ("A**2", "A∘²"),
    ("matrix_power(A, 2)", "A²"),
    ("x**n", "xⁿ"),
    ("x**(a + 1)", "x^(a + 1)"),
    ("sqrt(a**2 + b**2)", "√(a² + b²)"),
    ("sqrt(a)", "√a"),
    ("abs(a)", "|a|"),
    ("eye(3)", "I"),
    ("A + eye(n)", "A + I"),
    ("trace(A @ B)", "tr(AB)"),
    ("x[0]", "x₁"),
    ("W[0, 1]", "W[1,2]"),
    ("W2[0, 0]", "W₂[1,1]"),
    ("z1[1]", "z₁[2]"),
    ("dL_dW2[0, 0]", "∂L/∂W₂[1,1]"),
    ("dL_dx[0]", "∂L/∂x₁"),
    ("dL_dz2[0]", "δ₂[1]"),
    ('einsum("ij,jk->ik", A, B)', "[Σⱼ AᵢⱼBⱼₖ]ᵢₖ"),
    ('einsum("...j,kj->...k", A, B)', "[Σⱼ AₙⱼBₖⱼ]ₙₖ"),
    ("A[..., 0]", "A[:,1]"),
    ('einsum("ij,ij->", A, B)', "Σᵢⱼ AᵢⱼBᵢⱼ"),
    ('2*einsum("mj,ml,ik->ijkl", A, B, eye(2))', "2(I ⊗ AᵀB)"),
    ('einsum("lj,ki->ijkl", A, B)', "Bᵀ ⊗ Aᵀ"),
    ('einsum("ij,kl->ijkl", A, B)', "[AᵢⱼBₖₗ]ᵢⱼₖₗ"),
    ('einsum("im,mk,jm,ml->ijkl", A, A, B, B)', "[Σₘ AᵢₘAₘₖBⱼₘBₘₗ]ᵢⱼₖₗ"),
    ('einsum("ij,jk,jl->ijkl", A, A, B)', "[AᵢⱼAⱼₖBⱼₗ]ᵢⱼₖₗ"),
    ("a + -b", "a − b"),
    ("-(a + b)", "−(a + b)"),
    ("a - (b - c)", "a − b + c"),
    ("a - (-b)", "a + b"),
    ("-a*b", "−ab"),
    ("--a", "a"),
    ("a*-b", "−ab"),
    ("t/y", "t/y"),
    ("-t/y + (1 - t)/(1 - y)", "−t/y + (1 − t)/(1 − y)"),
    ("X.T @ (X @ w - y)/n", "Xᵀ(Xw − y)/n"),
    ("2*X.T @ (X @ w - y)/n", "2Xᵀ(Xw − y)/n"),
    ("2/n*(X.T @ (X @ w - y))", "2Xᵀ(Xw − y)/n"),
    ("a/(b*c)", "a/(bc)"),
    ("a/b/c", "a/(bc)"),
    ("a*b/c", "ab/c"),
    ("x/n", "x/n"),
    ("x/3", "⅓x"),
    ("2*x/3", "⅔x"),
    ("3/7*a", "3a/7"),
    ("0.5*x", "0.5x"),
    ("1e-3*x", "10⁻³x"),
    ("2.5e-3*a", "2.5·10⁻³a"),
    ("lr*x", "lr x"),
    ("lr*(y - t)", "lr (y − t)"),
    ("log(x)", "log x"),
    ("log(a)**2", "(log a)²"),
    ("log(a)*b", "(log a)b"),
    ("b*log(a)", "b log a"),
    ("sigmoid(z)**2", "σ(z)²"),
    ("exp(a)**2", "(exp a)²"),
    ("softmax(z)", "softmax(z)"),
    ("softmax(A, axis=-1)", "softmax(A)"),
    ("softmax(A, axis=0)", "softmax(Aᵀ)ᵀ"),
    ("cumsum(x)", "[Σ_{j≤i} xⱼ]ᵢ"),
    ("norm(A, 2, axis=1)", r"[√(Σⱼ Aᵢⱼ²)]ᵢ"),
    ('norm(x, "-inf")', r"‖x‖_−∞"),
    ("logsumexp(A, axis=1)", "[logsumexpⱼ Aᵢⱼ]ᵢ"),
    ("sum(D, axis=0)", "Dᵀ𝟏"),
    ("sum(D, axis=1)", "D𝟏"),
    ("X @ W + b1", "XW + 𝟏b₁ᵀ"),
    ("x[:, None] + y", "x𝟏ᵀ + 𝟏yᵀ"),
    ("[a, b]", "(a, b)"),
    ("[[a, b], [c, 1]]", "[a, b; c, 1]"),
    ("where(z > 0, a, b)", "where(z > 0, a, b)"),
    ("maximum(0, z)", "max(0, z)"),
    ("kron(A, B)", "A ⊗ B"),
    ("cross(x, y)", "x × y"),
    ("outer(x, y) @ w", "xyᵀw"),
    ("(A @ B).T", "(AB)ᵀ"),
    ("A.T @ B.T", "AᵀBᵀ"),
    ("(A + B).T", "(A + B)ᵀ"),
    ("(A + B) @ x", "(A + B)x"),
    ("A @ (x*y)", "A(x ⊙ y)"),
    ("(A @ x)*(B @ y)", "(Ax) ⊙ (By)"),
    ("2*(A @ x)*y", "2(Ax) ⊙ y"),
    ("a*(z > 0)", "a·[z > 0]"),
    ("a*dot(x, y)", "axᵀy"),
    ("2*3**2", "2·3²"),
    ("a**-1", "a⁻¹"),
    ("x**-1", "x⁻¹"),
    ("a**0.5", "a^(0.5)"),
    ("pi*a", "πa"),
    ("solve(A, x)", "A⁻¹x"),
    ("solve(A, x + y)", "A⁻¹(x + y)"),
    ("gamma*x", "γx"),
    ("x_hat", "x̂"),
    ("K @ A", "KA"),
    ("x[1:3]", "x[2:3]"),
    ("x[:-2]", "x[:−3]"),
    ("A[:, 1]", "A[:,2]"),
    ("A[0]", "A[1,:]"),
    ("x[n - 1]", "xₙ"),
    ("reshape(x, (2, 3))", "reshape(x, (2, 3))"),
    ('norm(x, "inf")', "‖x‖_∞"),
    ("grad(L, x)", "∂L/∂x"),
    ("dL_dh*(z1 > 0)", "∂L/∂h ⊙ [z₁ > 0]"),
    ("dL_dh @ A", "Aᵀ ∂L/∂h"),
    ("-x", "−x"),
    ("-(x*y)", "−x ⊙ y"),
    ("-(A @ x)", "−Ax"),
    ("tanh(z)", "tanh(z)"),
    ("1 - tanh(z)**2", "1 − tanh(z)²"),
    ("polygamma(1, a)", "polygamma(1, a)"),
    ("power(a, b)", "aᵇ"),
    ("square(a + b)", "(a + b)²"),
    ("besselj(0, a)", "besselj(0, a)"),
    ("mod(a, b)", "(a mod b)"),
    ("logdet(A)", "log det A"),
    ("det(A @ B)", "det(AB)"),
    ("log1p(a)", "log1p(a)"),
    ("prod(x)", "Πx"),
    ("x < y", "[x < y]"),
    ("(x > 0)*(y > 0)", "[x > 0] ⊙ [y > 0]"),
    ("(x > 0)*y", "[x > 0] ⊙ y"),
    ("x*y*z", "x ⊙ y ⊙ z"),
    ("a*x*y", "ax ⊙ y"),
    ("a - b*c", "a − bc"),
    ("a/2", "½a"),
    ("1/2", "½"),
    ("-1/2", "−½"),
    ("1/a", "1/a"),
    ("1/(1 + exp(-a))", "1/(1 + exp(−a))"),
    ("(1/2)**a", "(½)ᵃ"),
    ("(a/b)**2", "(a/b)²"),
    ("-a**2", "−a²"),
    ("(-a)**2", "(−a)²"),
    ("a**b**c", "a^(bᶜ)"),
    ("diag(p) - outer(p, p)", "diag(p) − ppᵀ"),
    ("X.T @ diag(p*(1 - p)) @ X", "Xᵀ diag(p ⊙ (1 − p)) X"),
    ("mean(x)*y", "mean(x) y"),
    ("sum(x)*y", "(Σx)y"),
    ("sum(x*y)/n", "Σ(x ⊙ y)/n"),
    ("(x @ y)*z", "(xᵀy)z"),
    ("erf(a)", "erf(a)"),
    ("floor(a + b)", "⌊a + b⌋"),
    ("log(a)*log(b)", "(log a) log b"),
    ("x.T", "x"),
    ("A.T.T", "A"),
    ("D.T @ X", "DᵀX"),
    ("sum(A*x[:, None]*y)", "Σ(diag(x) A diag(y))"),
    ("-sum(log_sigmoid(-(A @ v)))", "−Σ log σ(−Av)"),
    ("(X.T*(y*(1 - y))) @ X", "Xᵀ diag(y ⊙ (1 − y)) X"),
    ("X.T @ (v[:, None]*X)", "Xᵀ diag(v) X"),
    ("X.T @ (v[:, None]*X*w) @ A", "Xᵀ diag(v) X diag(w) A"),
    ("(2*X.T*v) @ X", "2Xᵀ diag(v) X"),
    ("stack([a, b, c])", "(a, b, c)"),
    ("stack([x, y])", "stack((x, y))"),
    ("concat([x, y])", "[x; y]"),
    ("2000000000*a", "2·10⁹a"),
    ("250000000 + 0.00000045*a", "2.5·10⁸ + 4.5·10⁻⁷a"),
    ("100000*a + 0.00001*b", "100000a + 0.00001b"),
    ("1000000", "10⁶"),
    ("concat([A, B], axis=1)", "[A, B]"),
    ("4*A*sum(A**2, axis=1, keepdims=True)", "[4AᵢⱼΣₖ Aᵢₖ²]ᵢⱼ"),
    ("A/sum(A, axis=1, keepdims=True) + A @ B", "[Aᵢⱼ/Σₖ Aᵢₖ]ᵢⱼ + AB"),
    ("A - mean(A, axis=1, keepdims=True)", "[Aᵢⱼ − meanₖ Aᵢₖ]ᵢⱼ"),
    ("A/sqrt(mean(A**2, axis=0) + a)", "[Aᵢⱼ/√(meanₖ Aₖⱼ² + a)]ᵢⱼ"),
    ("mean(A, axis=0) + x", "[meanⱼ Aⱼᵢ]ᵢ + x"),
    ("2*max(A, axis=1)", "2·[maxⱼ Aᵢⱼ]ᵢ"),
    ("sum(K*A, axis=(0, 1))", "[Σⱼₖ KⱼₖᵢAₖᵢ]ᵢ"),
    ("K*A[:, :, None]", "[KᵢⱼₖAᵢⱼ]ᵢⱼₖ"),
    ("X.T @ (A*sum(B, axis=1, keepdims=True))", "Xᵀ·[AᵢⱼΣₖ Bᵢₖ]ᵢⱼ"),
    ("K[0] + A[None, 0]", "[K[1,i,j] + A[1,j]]ᵢⱼ"),
    ("sum(A, axis=1, keepdims=True)", "[Σₖ Aᵢₖ]ᵢ"),
    ("mean(A, axis=0)[1]", "meanᵢ A[i,2]"),
    ('einsum("ij,j->ij", mean(K, axis=2), x)', "[(meanₖ Kᵢⱼₖ)xⱼ]ᵢⱼ"),
    (
        '2*(einsum("ik,kj->ij", A, B) + A*sum(B, axis=1, keepdims=True))',
        "[2(Σₖ AᵢₖBₖⱼ + AᵢⱼΣₗ Bᵢₗ)]ᵢⱼ",
    ),
    ("pad(x, [(0, 2)])", "pad(x, (0, 2))"),
    ("pad(A, [(0, 2), (1, 0)])", "pad(A, ((0, 2), (1, 0)))"),
    ("zeros(3)", "𝟎"),
    ("ones(n)", "𝟏"),
    ("x + zeros(3)", "x + 𝟎"),
    ("a/2*sum((x - y)**2)", "½aΣ(x − y)²"),
    ("(A*v).T", "(A diag(v))ᵀ"),
    ("(A*B) @ x", "(A ⊙ B)x"),
]


@pytest.mark.parametrize(("formula", "printed"), PRINTED)
def test_formula_is_printed(formula, printed):
    """A formula of the expression language has this form."""
    assert printed == text_of(parse(formula), STYLE)


def test_a_long_sum_is_printed_without_recursion():
    """Two thousand terms are as good as two."""
    text = " + ".join(["x"] * 2000)

    assert " + ".join(["x"] * 2000) == text_of(parse(text), STYLE)


def test_a_deep_formula_is_printed_without_recursion():
    """Four hundred functions inside each other need no stack."""
    tree = Name("a")
    for _ in range(400):
        tree = Call("sigmoid", (tree,))

    assert text_of(tree, STYLE) == "σ(" * 400 + "a" + ")" * 400


def test_scalars_of_the_same_names_stand_side_by_side():
    """What is a product of arrays for vectors is a plain product for numbers."""
    style = Style(axes_of({}))

    assert text_of(parse("y*(1 - y)"), style) == "y(1 − y)"


def test_indices_count_from_the_first_index_of_the_problem():
    """With base 0 components are numbered as in Python."""
    style = Style(axes_of(RANKS), index_base=0)

    assert text_of(parse("x[0]*d + dot(d, x)*onehot(0, 5)"), style) == "x₀d + (dᵀx)e₀"
    assert text_of(parse("x[1:3]"), style) == "x[1:3]"


def test_a_component_is_not_mistaken_for_a_name():
    """The first component of z is not z₁ where that is a name of its own."""
    assert text_of(parse("z[0] + x[0]"), STYLE) == "z[1] + x₁"


@given(expressions)
@example(parse("x[None, :]"))
@example(parse("0[None] + einsum('ij,jk->ik')"))
@example(Subscript(Literal(None), (Number(Fraction(0)),)))
def test_any_tree_is_printed(tree):
    """Every tree has a form, on one line, without the marks of LaTeX or Python."""
    text = text_of(tree, STYLE)

    assert text and "\n" not in text and "**" not in text


@pytest.mark.parametrize(
    "text",
    [
        "x[1:, None, None]",
        "A[::2, None]*K",
        "sum(A, axis=(), keepdims=True)*A",
        "K[:, None][..., 0]",
    ],
)
def test_what_has_no_entries_is_printed_all_the_same(text):
    """Slices with ends, reductions over no axis, dots."""
    assert text_of(parse(text), STYLE)
