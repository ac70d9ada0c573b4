"""Local derivatives between arrays: what an edge does to the gradient that comes back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from symback.calculus.program import Program
from symback.calculus.reverse import pull_back
from symback.errors import SymbackError
from symback.explain.deriving.graph import program_of, spelled
from symback.explain.drawing.paths import MAX_STEPS, Edge
from symback.functions.entry import Function
from symback.language import names, substitute
from symback.language.tree import Expression, Name
from symback.notation.derivation import Derivation
from symback.problem.model import Problem
from symback.tensor.poly import leaf, number

#: Stands for the gradient that comes back; no file can declare a name like this.
HOLE = "•"
#: Longer derivatives are not made shorter: few would become short enough to be shown.
MOST_TERMS, LONGEST = 8, 60


def local_factors(
    problem: Problem, functions: Mapping[str, Function]
) -> Mapping[Edge, Expression | None]:
    """Return for each edge that has an array at an end the gradient times the local derivative.

    The gradient of the step is `HOLE`, 1 for a scalar: `W2.T @ HOLE` on the edge from h to
    z2 = W2 @ h, `HOLE*(z1 > 0)` on that from z1 to h = relu(z1). None stands for what is too
    long; edges without influence and those whose derivative is not known are left out.
    """
    program = program_of(problem, functions)
    formulas = spelled(problem, program)
    if len(formulas) > MAX_STEPS:
        return {}
    found: dict[Edge, Expression | None] = {}
    for step, formula in formulas.items():
        try:
            found |= {(step, name): tree for name, tree in _factors(program, step, names(formula))}
        except SymbackError:
            continue
    return found


def _factors(
    program: Program, step: str, used: frozenset[str]
) -> Iterable[tuple[str, Expression | None]]:
    """Yield the operands of a step with what comes back to them, all others held fixed."""
    base = program.leaves[step]
    definition = program.definitions[base]
    shape = definition.shape
    wanted = [program.leaves[name] for name in program.leaves if name in used]
    wanted = [one for one in wanted if shape or program.tensors[one.name].shape]
    alone = program.alone(step)
    derivation = Derivation(alone)
    coming = f"d{step}_d{step}"
    seed = leaf(coming, shape) if shape else number(1)
    pulled = pull_back(alone, definition, seed, dict.fromkeys(wanted))
    for one in wanted:
        value = pulled[one]
        if len(value.terms) > MOST_TERMS or derivation.reader.cost(value) > LONGEST:
            yield one.name, None
        elif value.terms:
            tree = derivation.read(derivation.shortest(value))
            yield one.name, substitute(tree, {coming: Name(HOLE)})
