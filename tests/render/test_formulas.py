"""Names and formulas in the notation of their problem."""

from dataclasses import replace

import pytest

from symback.explain.telling.aliases import aliases_of
from symback.language import parse
from symback.render.formulas import Formulas
from tests.solved import PERCEPTRON, solved

OWN = r"""
index_base: 1
given:
  A: {shape: [n, n], latex: '\mathbf{A}'}
  x: {shape: [n], latex: '\input{x}'}
define: {L: x @ A @ x}
"""


@pytest.fixture(scope="module")
def perceptron():
    """The formulas of exercise 7.1, with its δs."""
    solution = solved(PERCEPTRON)
    return Formulas(solution, aliases_of(solution))


def test_signals_have_two_names(perceptron):
    """Short inside formulas, long where they are introduced."""
    assert perceptron.text(parse("outer(dL_dz2, h)")) == "δ₂hᵀ"
    assert perceptron.text_name("dL_dz2") == "∂L/∂z₂"
    assert perceptron.text_name("dL_dz2", alias=True) == "δ₂"
    assert perceptron.latex_name("dL_dz2", alias=True) == r"\delta_{2}"


def test_entries_count_as_the_problem_does(perceptron):
    """Indices from 1 in exercise 7.1."""
    assert perceptron.entry_text("dL_dW2", (0, 2)) == "∂L/∂W₂[1,3]"
    assert perceptron.entry_latex("dL_dW2", (0, 2)) == (
        r"\frac{\partial L}{\partial [W_{2}]_{1,3}}"
    )


def test_the_files_own_latex_is_honoured():
    """Labels that are names are used, also in derivatives; others are not."""
    formulas = Formulas(solved(OWN))

    assert formulas.latex(parse("A @ x")) == r"\mathbf{A}x"
    assert formulas.latex_name("dL_dA") == r"\frac{\partial L}{\partial \mathbf{A}}"
    assert formulas.latex_name("dL_dx") == r"\frac{\partial L}{\partial x}"


def test_components_in_wrt_keep_their_brackets():
    """`wrt: 'W2[1,1]'` makes a result of that name."""
    formulas = Formulas(solved(OWN))

    assert formulas.text_name("dL_dA[1,2]") == "∂L/∂A[1,2]"
    assert formulas.latex_name("dL_dA[1,2]").endswith("_{1,2}")


def test_formulas_entry_by_entry_have_no_special_products(perceptron):
    """σ′ = y(1 − y), though y is a vector."""
    assert perceptron.entrywise_text(parse("y*(1 - y)")) == "y(1 − y)"
    assert perceptron.entrywise_latex(parse("y*(1 - y)")) == "y(1 - y)"


@pytest.mark.parametrize(
    ("function", "text", "latex"),
    [("sigmoid", "σ", r"\sigma"), ("dawson", "dawson", r"\operatorname{dawson}")],
)
def test_functions_have_their_signs(perceptron, function, text, latex):
    """Where the table has a sign it is used, else the name."""
    assert perceptron.function_text(function) == text
    assert perceptron.function_latex(function) == latex


def test_factors_are_bracketed_where_they_are_sums(perceptron):
    """Only what binds less than a product gets brackets."""
    assert perceptron.factor_text(parse("y - t")) == "(y − t)"
    assert perceptron.factor_latex(parse("-y")) == r"\left(-y\right)"
    assert perceptron.factor_text(parse("y")) == "y"


def test_entries_of_shared_parts_are_not_mistaken_for_other_parts():
    """The second entry of u is no u₁ where there are u and u1; ds_dx stays a derivative."""
    solution = solved(PERCEPTRON)
    parts = [replace(solution.backward[0], name=name, of=None) for name in ("u", "u1", "dL_dx")]
    formulas = Formulas(replace(solution, backward=tuple(parts), ranks={"u": 1, "u1": 1}))

    assert formulas.text(parse("u[0] + u[1]")) == "u[1] + u₂"
    assert formulas.text_name("dL_dx") == "∂L/∂x"


#: Formulas that other programs typeset as code; the last one is a net's.
OTHERS = {
    "logdet_gradient": {"dL_dA": r"A^{-\top}"},
    "least_squares_matrix": {"dL_dW": r"2X^{\top}(XW - Y)"},
    "perceptron_trace": {
        "dL_dW1": r"\delta_{h}x^{\top}",
        "dL_dW2": r"\left(\frac{\partial L}{\partial e}\right)h^{\top}",
        "dL_db1": r"\delta_{h}",
        "delta_h": r"\left(W_{2}^{\top}\,\frac{\partial L}{\partial e}\right) \odot (1 - h^{2})",
    },
}


@pytest.mark.parametrize(("name", "expected"), OTHERS.items(), ids=OTHERS)
def test_gradients_are_typeset_as_mathematics(name, expected):
    """Inverses, transposes, signals and entrywise products have their signs."""
    solution = solved(f"problems/regressions/{name}.yaml")
    formulas = Formulas(solution, aliases_of(solution))

    found = {one.name: one.closed_form for one in solution.results}
    found |= {line.name: line.formula for line in solution.backward}
    assert {key: formulas.latex(found[key]) for key in expected} == expected
