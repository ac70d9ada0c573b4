"""Random graphs of 5 to 40 steps have the derivatives that JAX's rules give, in float64.

Programs stand away from kinks and overflow: one whose derivatives JAX itself has otherwise next
to the point is drawn again. What is compared is what the calculus derives, not shortened; where
float64 cannot evaluate that, as with 0/0 in the slope of relu(x)**2/relu(x), it is what `solve`
gives, and of some programs it is that in any case.
"""

from __future__ import annotations

import dataclasses
import math
import os
import random
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from symback.explain.solve import solve
from symback.functions import entries, table
from symback.functions.entry import Function
from symback.language import parse, walk
from symback.language.tree import Call
from symback.problem.load import load_text
from tests.random_functions import every_function
from tests.random_programs import Program, random_program
from tests.unshortened import Derived

if "CI" not in os.environ:
    pytest.importorskip("jax", reason="JAX is not installed: pip install '.[test]'")

import jax

from tests.jax_arrays import ARRAYS
from tests.jax_entries import ENTRIES, LACKING
from tests.jax_programs import TOLERANCE, Graph, distance, is_steady, whole

FUNCTIONS = table()
OPERATIONS = every_function(but=LACKING)
FIRST_ORDER, SECOND_ORDER = 2000, 200
#: Draws before a seed is given up; a few in a hundred are drawn again at all.
DRAWS = 8
FEWEST, MOST = 5, 40
#: Second derivatives are asked of shorter programs, which have fewer than a hundred entries.
MOST_TWICE = 12


def length(seed: str, most: int) -> int:
    """Draw a number of steps, as many short as long ones on a scale of ratios."""
    return round(math.exp(random.Random(seed).uniform(math.log(FEWEST), math.log(most))))


def drawn(seed: str, verb: str = "gradient") -> tuple[Program, list[Any]]:
    """Return the program of a seed, with derivatives that JAX has all as finite numbers."""
    most = MOST if verb == "gradient" else MOST_TWICE
    for draw in range(DRAWS):
        name = f"jax-{seed}-{draw}"
        program = random_program(name, length(name, most), verb, operations=OPERATIONS)
        found = Graph(program).derivatives()
        if all(np.isfinite(one).all() for one in found):
            return program, found
    raise AssertionError(f"no program for {seed}")


def faults(
    program: Program,
    expected: list[Any],
    functions: Mapping[str, Function] = FUNCTIONS,
    solving: bool = False,
) -> list[str]:
    """Return what differs from the derivatives of JAX, with the problem."""
    if not solving:
        values = Derived(program, functions, guarded=True).values()
        if not _differing(values, expected):
            return []
    problem = load_text(program.text(), functions=functions)
    results = solve(problem, functions).results
    values = [np.array(one.value.floats(), float) for one in results if one.value is not None]
    return [f"{results[k].name} {why}\n{program.text()}" for k, why in _differing(values, expected)]


def _differing(actual: list[Any], expected: list[Any]) -> list[tuple[int, str]]:
    pairs = list(zip(actual, expected, strict=True))
    return [
        (k, f"is {a.tolist()}, not {b.tolist()}")
        for k, (a, b) in enumerate(pairs)
        if distance(a, b) > TOLERANCE
    ]


def judged(seeds: list[str], verb: str = "gradient", solving: bool = False) -> set[str]:
    """Compare the programs of seeds; return the functions that they call."""
    called: set[str] = set()
    found: list[str] = []
    for seed in seeds:
        program, expected = drawn(seed, verb)
        wrong = faults(program, expected, solving=solving)
        if wrong and not is_steady(program):
            program, expected = drawn(f"{seed}-again", verb)
            wrong = faults(program, expected, solving=solving)
        found += wrong
        trees = [parse(text) for _, text in program.steps]
        called |= {one.function for tree in trees for one in walk(tree) if isinstance(one, Call)}
    assert not found, "\n".join(found)
    return called


def test_jax_knows_every_function_or_is_said_to_lack_it():
    """Nothing is left out silently, and what is said to be lacking is not there."""
    known = ENTRIES.keys() | ARRAYS.keys()

    assert known.isdisjoint(LACKING)
    assert known | LACKING.keys() == {entry.name for entry in entries()}


def test_some_graphs_agree():
    """A small sample of what the slow tests do, of operations that JAX compiles soon."""
    for seed in range(8):
        program = random_program(f"jax-some-{seed}", 5, "gradient")
        assert not faults(program, Graph(program).derivatives()) or not is_steady(program)


@pytest.mark.slow
def test_two_thousand_graphs_agree():
    """Gradients of graphs of 5 to 40 steps, which call every function that JAX has."""
    called = judged([str(k) for k in range(FIRST_ORDER)])

    assert {entry.name for entry in entries()} - called == LACKING.keys()


@pytest.mark.slow
def test_graphs_agree_as_they_are_solved():
    """Twenty more, as `solve` gives them: shortened, and with proved digits."""
    judged([f"solved-{k}" for k in range(20)], solving=True)


@pytest.mark.slow
@pytest.mark.parametrize("verb", ["hvp", "hessian"])
def test_two_hundred_graphs_agree_in_second_order(verb):
    """Products of a Hessian and a vector, and whole Hessians with their mixed blocks."""
    judged([f"second-{k}" for k in range(SECOND_ORDER // 2)], verb)


@pytest.mark.parametrize("seed", ["a", "b"])
def test_rules_joined_are_what_jax_gives_for_the_whole(seed):
    """The chain rule over single operations gives what `jax.grad` of the program does."""
    program = random_program(f"whole-{seed}", 3, "gradient")
    given = {
        name: np.asarray(one) for name, one in zip(program.given, _given(program), strict=True)
    }

    gradient = jax.grad(whole(program))(given)

    for name, found in zip(program.wrt, Graph(program).derivatives(), strict=True):
        assert distance(found, gradient[name]) <= TOLERANCE


def _given(program: Program) -> list[Any]:
    graph = Graph(program)
    return [graph.tape.values[graph.place(name)] for name in program.given]


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("tanh", {"slopes": ("1 - 1.000001*out**2",)}),
        ("softmax", {"vjps": ("out*ct",)}),
        ("expm", {"vjps": ("expm(A).T@ct",)}),
    ],
)
def test_a_planted_wrong_rule_is_found(name, columns):
    """A slope off by a millionth and VJPs with less than the whole are caught."""
    wrong = {**FUNCTIONS, name: dataclasses.replace(FUNCTIONS[name], **columns)}
    square = [[Fraction("0.3"), Fraction("-0.7")], [Fraction("1.1"), Fraction("0.4")]]
    step = ("L", f"sum({name}(X)*sin(X))")
    program = Program(given={"X": square}, steps=[step], wrt=["X"])
    expected = Graph(program).derivatives()

    assert not faults(program, expected)
    assert faults(program, expected, wrong)
