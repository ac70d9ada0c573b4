"""The names of a solution as SymPy symbols, in their shapes."""

from __future__ import annotations

from symback.explain.solution import Solution
from symback.language.tree import Expression
from symback.numeric.symbolic import Symbols
from symback.tensor.dims import Shape


def symbols_in(solution: Solution, expanded: bool = False) -> Symbols:
    """Return all names with their symbols; with `expanded`, steps with what they are equal to."""
    lines = (*solution.given, *solution.forward, *solution.backward)
    shapes: dict[str, Shape] = {line.name: line.shape for line in lines}
    shapes |= {result.name: result.shape for result in solution.results}
    formulas: dict[str, Expression] = {}
    if expanded:
        formulas = {line.name: line.formula for line in (*solution.forward, *solution.backward)}
        formulas |= {one.name: one.closed_form for one in solution.results if one.wrt}
    dims = {name: size for name, size in solution.problem.dims.items() if size is not None}
    return Symbols(shapes, formulas, dims)
