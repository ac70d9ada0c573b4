"""Every row that is not elementwise: its cotangents against differences of the oracle's values."""

import dataclasses
import random

import numpy as np
import pytest

from symback.explain.solve import solve
from symback.functions import table
from symback.functions.domains import MATRICES, sample
from symback.functions.entry import Kind
from symback.functions.signature import parameters
from symback.problem.load import load_text
from tests.differences import faults, names_of
from tests.functions.contract import domains
from tests.random_programs import Program

FUNCTIONS = table()
#: Shapes of the array arguments where they are not (2, 3), or (3, 3) for matrix domains.
SHAPES = {
    "dot": [(3,), (3,)],
    "outer": [(2,), (3,)],
    "trace": [(3, 3)],
    "diag": [(3,)],
    "kron": [(2, 2), (2, 3)],
    "cross": [(3,), (3,)],
    "solve": [(3, 3), (3,)],
    "pinv": [(3, 2)],
    "expm": [(2, 2)],
    "cosm": [(2, 2)],
    "sinm": [(2, 2)],
    "cross_entropy": [(2, 3), (2, 3)],
    "layer_norm": [(2, 3), (3,), (3,)],
    "batch_norm": [(3, 2), (2,), (2,)],
    "attention": [(2, 3), (3, 3), (3, 2)],
    "conv1d": [(5,), (2,)],
    "conv2d": [(4, 3), (2, 2)],
    "max_pool": [(4, 2)],
    "avg_pool": [(4, 5)],
}
#: Arguments of functions that take a list of arrays or labels first.
CALLS = {
    "concat": "[x, y], {}",
    "stack": "[x, y], {}",
    "einsum": '"ij,ik->jk", x, y',
}
#: Settings with which a row is not rewritten by simpler ones.
LONG = {"matrix_power": ["5"]}
CASES = [
    (name, text)
    for name, entry in FUNCTIONS.items()
    if entry.name == name and entry.kind is not Kind.ELEMENTWISE and entry.arrays
    for text in [*(entry.samples or ("",)), *LONG.get(name, ())]
]


def program_of(name: str, settings: str) -> Program:
    """Return the problem of pulling a random cotangent back through one call."""
    entry, rng = FUNCTIONS[name], random.Random(f"{name} {settings}")
    if name in CALLS:
        given = {letter: sample("real", (2, 3), rng) for letter in "xy"}
        call = f"{name}({CALLS[name].format(settings)})"
    else:
        names = [f"x{k}" for k in range(entry.arrays)]
        given = dict(zip(names, values(name, rng), strict=True))
        call = f"{name}({', '.join([*names, *filter(None, [settings])])})"
    program = Program(given=given, steps=[("F", call)], verb="vjp", of="F", wrt=list(given))
    shape = np.shape(names_of(program, {})["F"])
    program.given = {**given, "g": sample("real", shape, rng)}
    program.direction = "g"
    return program


def values(name: str, rng: random.Random) -> list:
    """Draw the array arguments of a function from their domains."""
    entry = FUNCTIONS[name]
    kinds = domains(entry)
    square = [(3, 3) if kind in MATRICES and kind != "simplex" else (2, 3) for kind in kinds]
    return [sample(k, s, rng) for k, s in zip(kinds, SHAPES.get(name, square), strict=True)]


def solved(program: Program, functions=FUNCTIONS):
    """Solve a program as a problem file."""
    return solve(load_text(program.text(), functions=functions), functions)


@pytest.mark.parametrize(("name", "settings"), CASES, ids=map(" ".join, CASES))
def test_cotangents_are_what_differences_give(name, settings):
    """The VJP of each argument, and every form in which it is written, is right."""
    program = program_of(name, settings)

    assert not faults(program, solved(program))


@pytest.mark.parametrize("name", [name for name, text in CASES if not text and name not in CALLS])
def test_every_array_argument_is_known_to_the_contract(name):
    """The signature has as many arrays as the contract draws."""
    entry = FUNCTIONS[name]

    assert len(parameters(entry.signature)) >= len(values(name, random.Random(0)))


@pytest.mark.parametrize(
    "name", [name for name, entry in FUNCTIONS.items() if any(entry.vjps) and entry.arrays == 1]
)
def test_a_cotangent_off_by_one_factor_is_found(name):
    """Each VJP times 1.0001 fails the contract in some form: the test can tell."""
    entry = FUNCTIONS[name]
    rule = entry.vjps[0]

    def wrong(settings):
        text = rule if isinstance(rule, str) else rule(settings)
        return f"1.0001*({text})"

    functions = {**FUNCTIONS, name: dataclasses.replace(entry, vjps=(wrong,))}
    programs = [program_of(name, text) for text in [*(entry.samples or ("",)), *LONG.get(name, ())]]

    assert any(faults(program, solved(program, functions)) for program in programs)
