"""Random programs are solved rightly: values against differences, forms against values."""

import dataclasses
import random
from fractions import Fraction

import pytest

from symback.errors import InputError
from symback.explain.solve import solve
from symback.functions import table
from symback.language import size
from symback.problem.load import load_text
from tests.differences import OnKink, faults
from tests.random_programs import Program, random_program
from tests.strategies import presented

FUNCTIONS = table()
BATCH = 10
#: Given values of the problems into which a mistake is planted.
THREE = [Fraction("0.3"), Fraction("-0.7"), Fraction("1.1")]


def solved(program: Program, functions=FUNCTIONS):
    """Solve a program as a problem file."""
    return solve(load_text(program.text(), functions=functions), functions)


def check(program: Program) -> None:
    """Fail with the whole problem unless its solution is right; pass over kinks."""
    solution = solved(program)
    try:
        found = faults(program, solution)
    except OnKink:
        return
    assert not found, "\n".join([program.text(), *found])


@pytest.mark.parametrize("batch", range(12))
def test_small_programs_are_solved_rightly(batch):
    """One to four steps, every verb: each value, closed form and component is right."""
    for k in range(BATCH):
        check(random_program(f"small-{batch}-{k}", steps=1 + k % 4))


@pytest.mark.parametrize("batch", range(6))
def test_programs_with_axes_of_length_one_are_solved_rightly(batch):
    """One row or column is still a matrix: forms and values keep all axes."""
    for k in range(BATCH):
        check(random_program(f"one-{batch}-{k}", steps=1 + k % 3, sizes=[1, 1, 2]))


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(20))
def test_many_programs_with_axes_of_length_one_are_solved_rightly(batch):
    """Two hundred more, of the same kinds."""
    for k in range(BATCH):
        check(random_program(f"ones-{batch}-{k}", steps=1 + k % 3, sizes=[1, 1, 2]))


@pytest.mark.parametrize("batch", range(4))
def test_programs_with_symbolic_shapes_are_solved_rightly(batch):
    """What can be said for shapes that are names is right; the rest is an error of shapes."""
    for k in range(BATCH):
        program = random_program(f"symbolic-{batch}-{k}", steps=2, symbolic=True)
        try:
            check(program)
        except InputError as fault:
            assert {diagnostic.code for diagnostic in fault.diagnostics} == {"E301"}


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(60))
def test_many_programs_are_solved_rightly(batch):
    """Hundreds of programs of up to ten steps."""
    for k in range(BATCH):
        check(random_program(f"many-{batch}-{k}"))


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(20))
def test_many_second_derivatives_are_right(batch):
    """Two hundred Hessians and Hessian-vector products."""
    for k in range(BATCH):
        check(random_program(f"second-{batch}-{k}", steps=2, verb=("hessian", "hvp")[k % 2]))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_long_programs_are_solved_rightly(seed):
    """Forty steps."""
    check(random_program(f"long-{seed}", steps=40, verb="gradient"))


@pytest.mark.parametrize("seed", range(20))
def test_the_order_in_which_a_program_is_written_does_not_matter(seed):
    """Shuffled sums, products, definitions and given values give forms of the same length."""
    program = random_program(f"order-{seed}", steps=2)
    other = presented(program, random.Random(seed))

    first, second = lengths(solved(program)), lengths(solved(other))

    assert first == second


def lengths(solution) -> list[tuple[str, int]]:
    """Return every result with the number of nodes of its closed form."""
    return sorted((result.name, size(result.closed_form)) for result in solution.results)


def planted(step: str) -> Program:
    """Return the problem of differentiating one scalar step of x."""
    return Program(given={"x": THREE}, steps=[("L", step)], wrt=["x"])


def test_a_wrong_value_is_found():
    """The gradient of 2L in place of that of L is a fault: differences tell."""
    program = planted("sum(sin(x)*x)")
    right, double = solved(program), solved(planted("2*sum(sin(x)*x)"))
    wrong = dataclasses.replace(right.results[0], value=double.results[0].value)

    found = faults(program, dataclasses.replace(right, results=(wrong,)))

    assert not faults(program, right)
    assert "dL_dx is" in found[0]


def test_a_wrong_form_is_found():
    """The closed form of another gradient beside the right value is a fault."""
    program = planted("sum(sin(x)*x)")
    right, double = solved(program), solved(planted("2*sum(sin(x)*x)"))
    wrong = dataclasses.replace(right.results[0], closed_form=double.results[0].closed_form)

    (found,) = faults(program, dataclasses.replace(right, results=(wrong,)))

    assert found.startswith("dL_dx = ")


@pytest.mark.parametrize(
    ("name", "columns"),
    [("tanh", {"slopes": ("1 - out",)}), ("softmax", {"vjps": ("out*ct",)})],
)
def test_a_planted_wrong_rule_is_found(name, columns):
    """A slope without its square and a VJP without its second term are caught."""
    wrong = {**FUNCTIONS, name: dataclasses.replace(FUNCTIONS[name], **columns)}
    program = planted(f"sum({name}(x)*sin(x))")

    assert faults(program, solved(program, wrong))
