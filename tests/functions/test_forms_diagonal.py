"""Functions of diagonal matrices."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symback.explain.solve import solve
from symback.functions import table
from symback.problem.load import load_text
from tests.differences import faults
from tests.notation.printed import printed
from tests.random_programs import Program

FORMS = {
    "b @ inv(diag(d)) @ b": "-(b**2/d**2)",
    "b @ inv(diag(d) + 3*eye(n)) @ b": "-(b**2/(d + 3)**2)",
    "b @ solve(diag(d), b)": "-(b**2/d**2)",
    "det(diag(d))": "result/d",
    "det(-2*diag(d))": "result/d",
    "logdet(diag(d))": "1/d",
    "logdet(3*diag(d))": "1/d",
    "logdet(eye(n) + diag(exp(d)))": "sigmoid(d)",
    "logabsdet(diag(d))": "1/d",
    "trace(matrix_power(diag(d), 7))": "7*d**6",
    "trace(matrix_power(diag(d), -2))": "-(2/d**3)",
    "trace(matrix_power(diag(d), k))": "k*d**(k - 1)",
    "trace(expm(diag(d)))": "exp(d)",
    "trace(cosm(diag(d)))": "-sin(d)",
    "trace(sinm(diag(d)))": "cos(d)",
    "trace(cholesky(diag(d)))": "1/(2*sqrt(d))",
}


@pytest.mark.parametrize(("expression", "expected"), FORMS.items())
def test_functions_of_a_diagonal_act_on_its_entries(expression, expected):
    """Inverses, determinants, powers and functions print without the matrix."""
    found = printed("gradient", "d:n b:n k:", expression, "d")

    assert list(found.values()) == [expected]


NUMBERS = [expression for expression in FORMS if "k)" not in expression]
STACKS = ("sum(inv(D[:, :, None]*eye(3)))", "sum(logabsdet(D[:, :, None]*eye(3))**2)")


@pytest.mark.parametrize("expression", [*NUMBERS, *STACKS])
def test_they_have_the_values_of_the_matrix_functions(expression):
    """Gradients are the limits of differences of the function of the whole matrix."""
    rows = [
        [Fraction(3, 2), Fraction(2), Fraction(5, 8)],
        [Fraction(1, 4), Fraction(7), Fraction(4)],
    ]
    given = {"d": rows[0], "b": [1, Fraction(-2, 5), 4], "D": rows}
    text = expression.replace("eye(n)", "eye(3)")
    program = Program(given, [("L", text)], wrt=["D" if expression in STACKS else "d"])

    assert faults(program, solve(load_text(program.text(), functions=table()), table())) == []


@pytest.mark.parametrize("matrix", ["M", "diag(d) + M", "diag(d, 1)[:2, :2]", "outer(d, d)"])
def test_other_matrices_stay_whole(matrix):
    """A matrix with entries off its diagonal is not taken for a diagonal one."""
    forms = printed("gradient", "d:2 M:2,2 b:2", f"b @ inv({matrix} + eye(2)) @ b", "b")

    assert any("inv" in form or "solve" in form for form in forms.values())
