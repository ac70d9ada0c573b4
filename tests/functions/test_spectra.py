"""Cotangents of eigenvalues as functions of the matrix, and as polynomials in it."""

from fractions import Fraction

import numpy as np
import pytest

from symback.errors import InputError
from symback.explain.solve import solve
from symback.functions import table
from symback.language import write
from symback.problem.load import load_text
from tests.differences import faults
from tests.random_programs import Program

FUNCTIONS = table()
MATRIX = [[2, Fraction("0.3"), 0], [Fraction("-0.5"), 1, Fraction("0.2")], [Fraction("0.4"), 0, 3]]


def program_of(step: str, verb: str = "gradient") -> Program:
    """Return the problem of differentiating one scalar function of a matrix A."""
    given = {"A": [[Fraction(entry) for entry in row] for row in MATRIX]}
    return Program(given=given, steps=[("L", step)], verb=verb, wrt=["A"])


def solved(program: Program):
    """Solve a program as a problem file."""
    return solve(load_text(program.text(), functions=FUNCTIONS), FUNCTIONS)


@pytest.mark.parametrize(
    "step",
    [
        "sum(eigvalsh(A)**3)",
        "sum(exp(eigvalsh(A)/2))",
        "sum(1/(eigvalsh(A) + 1))",
        "sum(eigvalsh(A))*sum(sin(eigvalsh(A))**2)",
        "sum(log(eigvalsh(A)))",
        "sum(sqrt(eigvalsh(A)))",
        "eigvalsh(A)[1]",
        "sum(svdvals(A)**4)",
    ],
)
def test_gradients_are_what_differences_give(step):
    """Sums of functions that matrices have, of others, and single eigenvalues."""
    program = program_of(step)

    assert not faults(program, solved(program))


@pytest.mark.parametrize("step", ["sum(eigvalsh(A)**3)", "eigvalsh(A)[0]**2", "sum(svdvals(A))"])
def test_hessians_are_what_differences_give(step):
    """Both kinds of cotangent are differentiated again."""
    program = program_of(step, "hessian")
    program.given["A"] = [row[:2] for row in program.given["A"][:2]]

    assert not faults(program, solved(program))


def gradient(given: str, step: str):
    """Return the result of a gradient in A, and the notes."""
    text = f"given: {{A: {given}}}\ndefine: {{L: '{step}'}}\nfind: [{{gradient: L, wrt: A}}]\n"
    solution = solve(load_text(text, functions=FUNCTIONS), FUNCTIONS)
    return solution.results[0], solution.notes


@pytest.mark.parametrize(
    ("step", "form"),
    [
        ("sum(eigvalsh(A))", "eye(n)"),
        ("sum(eigvalsh(A)**3)", "3*(A @ A)"),
        ("sum(exp(eigvalsh(A)))", "expm(A)"),
        ("sum(log(eigvalsh(A)))", "inv(A)"),
    ],
)
def test_the_form_is_the_function_of_the_matrix(step, form):
    """A dimension may be a name, and eigenvalues may be equal: the function is smooth there."""
    given = "{shape: [n, n], assume: symmetric, value: [[2, 0], [0, 2]]}"

    result, _ = gradient(given, step)

    assert write(result.closed_form) == form
    assert None not in np.array(result.value.floats(), dtype=object)


def test_sizes_put_in_are_told():
    """Without a function of matrices the size must be known; that forms hold for it is a note."""
    result, notes = gradient("{shape: [n, n], value: [[2, 1], [1, 3]]}", "sum(sqrt(eigvalsh(A)))")

    assert result.shape == (2, 2)
    assert [note.message for note in notes] == [
        "there are no closed forms in n: these hold for n = 2"
    ]


def test_a_size_that_nobody_knows_is_asked_for():
    """A single eigenvalue of a matrix of a named dimension without a value."""
    with pytest.raises(InputError, match="its matrix must be of a known size"):
        gradient("{shape: [n, n]}", "eigvalsh(A)[0]")


def test_large_matrices_have_right_values():
    """The powers of 14 eigenvalues are beyond float64: values are exact all the same."""
    rng = np.random.default_rng(14)
    entries = rng.normal(size=(14, 14)).round(2)
    matrix = (entries @ entries.T + np.eye(14)).round(4)
    w, v = np.linalg.eigh(matrix)

    result, notes = gradient(matrix.tolist(), "sum(sqrt(eigvalsh(A)))")

    assert np.abs(np.array(result.value.floats()) - v / (2 * np.sqrt(w)) @ v.T).max() < 1e-14
    assert not notes
