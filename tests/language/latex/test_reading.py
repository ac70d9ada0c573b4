r"""What stands around a formula: environments, labels, left sides, chains of equations, remarks."""

from fractions import Fraction

import pytest

from symback.errors import InputError
from symback.language import parse, write
from symback.language.latex import Wanted, read_wanted

NDIM = {
    **dict.fromkeys(("L", "a", "b", "c", "f", "df_da"), 0),
    **dict.fromkeys(("x", "y", "z", "u", "dL_dy", "dL_dz"), 1),
    **dict.fromkeys(("A", "X", "W2"), 2),
}
LENGTHS = {"x": (3,), "u": (3,), "A": (3, 3), "y": (2,)}


def agree(one, other):
    """Tell whether two formulas are the same text, or the numbers of this file are equal."""
    known = {"a*b": Fraction(6), "2*3": Fraction(6), "6": Fraction(6), "7": Fraction(7)}
    texts = write(one), write(other)
    return texts[0] == texts[1] or known.get(texts[0], texts[0]) == known.get(texts[1], texts[1])


def read(text, axes=0, right=""):
    """Read an answer for the gradient by a; `right` is the formula that makes it right."""
    wanted = Wanted(
        (),
        axes,
        {"dL_da"},
        strict=True,
        lengths=LENGTHS,
        fits=lambda tree: True,
        right=lambda tree: write(tree) == right,
        agree=agree,
    )
    return write(read_wanted(text, NDIM, NDIM.get, 1, wanted))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b % by the product rule", "a*b"),
        (r"a b \tag{1}", "a*b"),
        (r"\begin{equation} a b \label{eq:1} \end{equation}", "a*b"),
        (r"{\color{red} a b}", "a*b"),
        (r"\textcolor{blue}{a} b", "a*b"),
        (r"\underbrace{a}_{\partial L/\partial b} b", "a*b"),
        (r"\mathbf{a (b + c)}", "a*(b + c)"),
        (r"\therefore a b", "a*b"),
        (r"a b \checkmark", "a*b"),
        (r"\phantom{-} a b", "a*b"),
        (r"\frac{\partial L}{\partial a} \overset{!}{=} a b", "a*b"),
        (r"\frac{\partial L}{\partial a} := a b", "a*b"),
        (
            r"\begin{align*} \frac{\partial L}{\partial a} &= a b \\ &\quad + c \end{align*}",
            "a*b + c",
        ),
        ("2*a*b", "2*a*b"),
        (r"||x||^2", "norm(x)**2"),
        (r"|A||A|", "det(A)*det(A)"),
        (r"a b \quad\text{(since } b > 0\text{)}", "a*b"),
        (r"a b \quad \forall i", "a*b"),
        (r"2\,000.5 a", "2000.5*a"),
        (r"1{,}000{,}000 a", "1000000*a"),
        (r"1.000{,}5 a", "1000.5*a"),
    ],
)
def test_what_only_says_how_a_formula_looks_goes(text, expected):
    """Labels, colours, remarks, lines, and the signs between groups of three digits."""
    assert expected == read(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\frac{\partial L}{\partial a} = a b = 6", "a*b"),
        (r"a b = 2 \cdot 3 = 6", "a*b"),
        (r"2 \cdot 3 = 6", "6"),
        (r"g = a b", "a*b"),
        (r"a b \approx 6", "a*b"),
        (r"\int a = a b = 6", "a*b"),
        (r"q b \text{ where } q = 2 a", "2*a*b"),
        (r"q b, \quad q = r + a, \; r = c", "(c + a)*b"),
    ],
)
def test_equal_formulas_are_read_as_one(text, expected):
    """The last formula counts if all are equal; a name may be explained behind it."""
    assert expected == read(text)


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        (r"\frac{\partial L}{\partial a} = a b = 7", "E223", "`7` is not equal to `a*b`"),
        ("c = a b", "E221", "the left side is not `dL_da`"),
        ("a b, c", "E221", "what stands behind the comma is not read"),
        ("a b, c = 2", "E221", "what stands behind the comma is not read"),
        (r"\begin{align} a b \\ c \end{align}", "E220", "the environment `align` is not read"),
    ],
)
def test_what_is_not_one_formula_is_refused(text, code, message):
    """Sides that differ, another left side, something else behind a comma."""
    with pytest.raises(InputError) as caught:
        read(text)

    (found,) = caught.value.diagnostics
    assert (code, message) == (found.code, found.message)


#: What is believed only where it makes an answer right.
BOLD = [
    (r"\bar{x}", 0, "mean(x)"),
    (r"\overline{x \odot u}", 0, "mean(x*u)"),
    (r"\bar{z}", 1, "dL_dz"),
    (r"\frac{a}{n}", 0, "a/3"),
    ("H(a)", 0, "step(a)"),
    ("x'u", 0, "dot(x, u)"),
    (r"1{,}250", 0, "1250"),
    (r"1{,}250", 0, "1.250"),
    (r"2\frac{1}{2}", 0, "2 + 1/2"),
    ("9e-4", 0, "9e-4"),
    (r"9\mathrm{E}{-4}", 0, "9e-4"),
    (r"\sin^{-1} a", 0, "asin(a)"),
    (r"\lg a", 0, "log10(a)"),
    (r"\operatorname{Var}(x)", 0, "var(x)"),
    (r"\operatorname{Var}(x)", 0, "var(x, ddof=1)"),
    (r"\|A\|_2", 0, "norm(A)"),
    (r"\sum_i x_i u_i", 0, "sum(x*u)"),
    (r"A^2", 2, "A**2"),
    (r"x_{1,2}", 0, "X[0, 1]"),
    (r"\ln 2\, e^{a}", 0, "log(2)*exp(a)"),
]


@pytest.mark.parametrize(("text", "axes", "right"), BOLD)
def test_a_guess_is_believed_where_it_is_right(text, axes, right):
    """The reading that makes the answer right is what was meant."""
    assert write(parse(right)) == read(text, axes, right)


@pytest.mark.parametrize(("text", "axes", "right"), BOLD)
def test_a_guess_is_not_believed_where_it_is_not(text, axes, right):
    """Else the formula is refused, or has its usual meaning."""
    usual = {r"A^2": "matrix_power(A, 2)", r"\sum_i x_i u_i": "sum(x*u)"}
    if text in usual:
        assert usual[text] == read(text, axes)
        return
    with pytest.raises(InputError):
        read(text, axes)


@pytest.mark.parametrize(
    ("text", "axes", "expected"),
    [
        (r"\sum_{j} W^{(2)}_{1j} x_j", 0, "sum(W2[0]*x)"),
        (r"\sum_{i,j} w^{(2)}_{ij}", 0, "sum(W2)"),
        (r"\left[x_i u_j\right]_{ij}", 2, "x[:, None]*u"),
        (r"\sum x_i u_i", 0, "sum(x*u)"),
        (r"A [x_i u_i]_i", 1, "A @ (x*u)"),
        (r"x_i - \operatorname{mean}_k x_k", 1, "x - mean(x)"),
        (r"\begin{pmatrix} x^\top \\ u^\top \end{pmatrix}", 2, "stack([x, u])"),
        (r"\begin{pmatrix} x & u \end{pmatrix}", 2, "stack([x, u]).T"),
        (r"a\,\Phi(b)", 0, "a*ndtr(b)"),
        (r"\prod_i x_i u_i", 0, "prod(x*u)"),
        (r"\sum_{i \ge 2} x_i", 0, "x[1] + x[2]"),
        (r"\sum_{i < 3} x_i", 0, "x[0] + x[1]"),
        (r"(a - b)_+", 0, "relu(a - b)"),
        (r"\operatorname{adj}(A)", 2, "det(A)*inv(A)"),
        (r"A^{-\mathsf{T}}", 2, "inv(A).T"),
        (r"A^t x", 1, "A.T @ x"),
        (r"\operatorname{sech}^2 a", 0, "sech(a)**2"),
        (r"a \mathbb{I} x", 1, "a*x"),
        (r"\partial_a f", 0, "df_da"),
        ("f'(a)", 0, "df_da"),
        ("f_a", 0, "df_da"),
        (r"\ln(2)\,2^a", 0, "log(2)*2**a"),
        (r"\frac{a^3}{3!}", 0, "a**3/6"),
        (r"a!", 0, "gamma(a + 1)"),
        (r"\langle a, b \rangle", 1, "[a, b]"),
        (
            r"\begin{cases} 1 & a > 0 \\ 0 & a = 0 \\ -1 & a < 0 \end{cases}",
            0,
            "where(a > 0, 1, where(a == 0, 0, -1))",
        ),
        (
            r"\left\{\begin{array}{ll} a & b > 0 \\ c & b < 0 \end{array}\right.",
            0,
            "where(b > 0, a, c)",
        ),
        (
            r"\begin{cases} x & a > 0 \\ \mathbf 0 & \text{otherwise} \end{cases}",
            1,
            "where(a > 0, x, 1*0)",
        ),
    ],
)
def test_more_of_what_people_write_is_read(text, axes, expected):
    """Entries in small letters, sums by their index alone, functions of matrices, cases."""
    assert expected == read(text, axes)


def test_ones_take_the_size_that_fits():
    """Ones without a partner have a length that some axis has, if one of them fits."""
    wanted = Wanted(
        (), 1, {"dL_da"}, lengths=LENGTHS, fits=lambda tree: write(tree) == "1/3*ones(3)"
    )

    found = read_wanted(r"\frac{1}{3} \mathbf 1", NDIM, NDIM.get, 1, wanted)

    assert write(found) == "1/3*ones(3)"
