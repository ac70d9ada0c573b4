"""Tangents pushed forward: matrix functions, parts of a variable, entries that move together."""

from __future__ import annotations

import pytest

from symback.language import write
from tests.solved import solved

GIVEN = "A: {shape: [n, n]}, B: {shape: [n, n]}, x: {shape: [n]}, t: {shape: []}, v: {shape: []}"


def jvp(step: str, wrt: str, tangent: str, given: str = GIVEN):
    """Return the result of one JVP."""
    solution = solved(
        f"given: {{{given}}}\ndefine:\n  F: '{step}'\n"
        f"find: [{{jvp: F, wrt: '{wrt}', tangent: '{tangent}'}}]\n"
    )
    return solution.results[0]


@pytest.mark.parametrize(
    ("step", "wrt", "tangent", "form"),
    [
        ("A @ x", "A", "B", "B @ x"),
        ("inv(A)", "A", "B", "-(F @ B @ F)"),
        ("softmax(x)", "x", "x", "F*(x - F @ x)"),
        ("expm(t*A)", "t", "v", "(A @ F)*v"),
        ("sum(sin(x))", "x", "x", "x @ cos(x)"),
    ],
)
def test_forms_of_jvps(step, wrt, tangent, form):
    """Products, inverses and functions of t*A have the forms that textbooks print."""
    assert write(jvp(step, wrt, tangent).closed_form) == form


@pytest.mark.parametrize("name", ["expm", "cosm", "sinm"])
def test_a_matrix_function_is_pushed_by_its_block_form(name):
    """The tangent of f(A) along B is a block of f of (A, B; 0, A), which has no other names."""
    form = write(jvp(f"{name}(A)", "A", "B").closed_form)

    assert form == f"{name}(concat([concat([A, B], axis=1), pad(A, [(0, 0), (n, 0)])]))[:n, n:]"


def test_a_component_and_what_is_tied_to_it():
    """Entries of a symmetric matrix move together: along S[0,1] both it and S[1,0] do."""
    given = "S: {value: [[2, 1], [1, 3]], structure: symmetric}, B: [[1, 2], [3, 5]]"

    result = jvp("sum(S*B)", "S[0,1]", "1", given)

    assert result.value.floats() == 5


def test_steps_that_the_variable_does_not_reach_have_the_tangent_zero():
    """Nothing is passed on from there."""
    assert write(jvp("A @ x", "B", "A").closed_form) == "zeros(n)"
