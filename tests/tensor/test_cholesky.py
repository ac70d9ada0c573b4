"""Products of Cholesky factors."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symback.explain.solve import solve
from symback.functions import table
from symback.language import write
from symback.problem.load import load_text
from tests.differences import faults
from tests.notation.printed import printed
from tests.random_programs import Program

FORMS = {
    "2*sum(log(diag(cholesky(K))))": "inv(K)",
    "y @ solve(cholesky(K).T, solve(cholesky(K), y))": "-outer(solve(K, y), solve(K, y))",
    "sum(solve(cholesky(K), y)**2)": "-outer(solve(K, y), solve(K, y))",
    "norm(solve(cholesky(K), y))**2": "-outer(solve(K, y), solve(K, y))",
    "trace(cholesky(K) @ cholesky(K).T)": "eye(n)",
    "y @ cholesky(K) @ cholesky(K).T @ y": "outer(y, y)",
    "sum((cholesky(K).T @ y)**2)": "outer(y, y)",
}
OTHERS = (
    "var(cholesky(K))",
    "trace(cholesky(K).T @ cholesky(K) @ outer(y, y))",
    "y @ inv(cholesky(K)) @ inv(cholesky(K)).T @ y",
    "sum(log(diag(cholesky(K)))**2)",
    "sum(y*log(diag(cholesky(K))))",
    "sum(log(2*diag(cholesky(K))))",
    "y @ cholesky(K) @ y",
)


@pytest.mark.parametrize(("expression", "expected"), FORMS.items())
def test_factors_that_meet_cancel(expression, expected):
    """Gradients are written with the matrix, not with its factor."""
    found = printed("gradient", "K:n,n:symmetric y:n", expression, "K")

    assert list(found.values()) == [expected]


@pytest.mark.parametrize("expression", [*FORMS, *OTHERS])
def test_gradients_are_right_whether_factors_cancel_or_not(expression):
    """Differences of the function agree, also where factors meet the other way round."""
    rows = [
        [Fraction(2), Fraction(1, 2), Fraction(1, 5)],
        [Fraction(3, 4), Fraction(3), Fraction(1)],
    ]
    given = {"K": [*rows, [0, Fraction(1, 4), 2]], "y": [1, Fraction(-2, 5), 4]}
    program = Program(given, [("L", expression)], wrt=["K"])

    assert faults(program, solve(load_text(program.text(), functions=table()), table())) == []


STEPS = """
given: {{K: {{shape: [n, n], assume: [positive-definite]}}, y: {{shape: [n]}}}}
define: {{L: cholesky(K), a: {step}, f: {result}}}
find: [{{gradient: f, wrt: {wrt}}}]
"""
SOLVED = {"step": "'solve(L.T, solve(L, y))'", "result": "y @ a/2 + sum(log(diag(L)))"}


def forms(**parts):
    """Return the closed forms of the problem with these parts."""
    solution = solve(load_text(STEPS.format(**parts), functions=table()), table())
    return [write(result.closed_form) for result in solution.results]


def test_a_step_that_cancels_is_not_differentiated_through():
    """The likelihood of a Gaussian process by its factor has the gradient in the matrix."""
    assert forms(**SOLVED, wrt="[K, y]") == ["(inv(K) - outer(a, a))/2", "a"]


def test_a_step_that_is_asked_for_keeps_its_gradient():
    """The gradient with respect to the factor itself is not lost."""
    (form,) = forms(**SOLVED, wrt="L")

    assert form == "diag(1/diag(L)) - outer(a, solve(L, y))"


def test_a_step_that_does_not_cancel_keeps_its_name():
    """The sample m + L @ e depends on the factor."""
    (form,) = forms(step="L @ y", result="sum(a**2)", wrt="K")

    assert "cholesky" not in form
    assert "inv(L)" in form
