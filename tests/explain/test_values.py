"""What is said about values: also about expressions that have no name."""

import math

import pytest

import symback
from symback.language import write
from tests.solved import solved


def test_kinks_of_expressions_in_find_are_noted():
    """A value on a kink is a matter of note wherever the expression stands."""
    text = "given: {o: 0}\nfind: [{gradient: abs(o), wrt: o}]\n"

    solution = symback.loads(text).solve()
    assert solution.notes == ("L: `abs` has a kink there: abs'(0) = 0",)
    assert symback.loads(text.replace("o: 0", "o: 1")).solve().notes == ()


def test_a_derivative_inside_a_step_is_evaluated():
    """What is written in `define` as `x - grad(L, x)` is read as what it is equal to."""
    text = """
        given: {x: [1, 2]}
        define: {L: sum(x**3)/3, M: 'sum(exp(x - grad(L, x)))'}
        find: [{gradient: M, wrt: x}]
    """
    (result,) = solved(text).results

    assert "grad" not in write(result.closed_form)
    assert result.value.floats() == pytest.approx([-1, -3 * math.exp(-2)], rel=1e-15)


def test_a_derivative_inside_a_step_follows_the_conventions():
    """Entries that share a maximum share its gradient wherever that is used."""
    text = """
        given: {x: [1, 1, 0.5]}
        define: {L: max(x), M: 'sum(grad(L, x)**2)'}
        find: [{value: M}]
    """
    (result,) = solved(text).results

    assert result.value.floats() == 0.5
