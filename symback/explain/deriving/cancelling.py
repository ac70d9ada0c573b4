"""Steps that cancel in what is made of them: Cholesky factors in solutions and determinants.

A matrix is factorised to compute with it, not to be differentiated through: where no step is left
with the factor, as in `solve(L.T, solve(L, y))`, derivatives are those of the matrix.
"""

from __future__ import annotations

from collections.abc import Mapping

from symback.calculus.program import Program, ordered
from symback.explain.deriving.graph import formula_of, program_of
from symback.functions.entry import Function
from symback.language import names, walk
from symback.language.tree import Call
from symback.problem.model import Problem, Step
from symback.tensor.poly import as_atom


def program_without(
    problem: Problem, functions: Mapping[str, Function], guarded: bool = False
) -> Program:
    """Return the problem's tensors, with the factors that cancel taken out of other steps.

    Raises: InputError with all faults of the steps, each with its place.
    """
    factors = {name for name, step in problem.define.items() if _is_factor(step)}
    if not factors:
        return program_of(problem, functions, guarded)
    factors -= _needed(problem)
    program = program_of(problem, functions, guarded, factors)
    left = {name for name in factors if _remains(program, name)}
    return program_of(problem, functions, guarded, factors - left) if left else program


def _is_factor(step: Step) -> bool:
    tree = step.formula.tree
    return isinstance(tree, Call) and tree.function == "cholesky"


def _needed(problem: Problem) -> set[str]:
    """Return the steps that are asked for, or that anything is differentiated by."""
    needed: set[str] = set()
    for request in problem.find:
        for formula in (*(request.targets or ()), *(request.wrt or ())):
            needed.update(names(formula.tree))
    for name in problem.define:
        for node in walk(formula_of(problem, name)):
            if isinstance(node, Call) and node.function == "grad":
                needed.update(*map(names, node.arguments))
    return needed


def _remains(program: Program, name: str) -> bool:
    """Tell whether a step is made of the factor `name`."""
    own = program.leaves[name]
    factor = as_atom(program.definitions[own])
    others = [value for base, value in program.definitions.items() if base is not own]
    return factor in ordered(others, {})
