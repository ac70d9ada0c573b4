"""The chain rule along every path of a graph of scalars, and the local slopes on its edges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from symback.calculus.program import Program
from symback.explain.deriving.graph import program_of, spelled
from symback.explain.evaluating.values import Quantities
from symback.explain.solution import Solution
from symback.functions import table
from symback.language import names
from symback.language.tree import Expression
from symback.notation.derivation import Derivation
from symback.numeric.value import Value
from symback.problem.model import Problem
from symback.tensor.poly import number

#: More paths than this are counted, not written.
MAX_PATHS = 12
#: Graphs with more scalar steps than this are not searched for paths.
MAX_STEPS = 200
#: Longer paths are not written.
MAX_EDGES = 12

#: A step and one quantity that its definition uses directly.
Edge = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Slope:
    """The derivative of a step's own formula by one of its operands, all others held fixed."""

    step: str
    operand: str
    formula: Expression
    value: Value | None = None
    fixed: tuple[str, ...] = ()
    """Operands that are held fixed although they depend on `operand`."""


@dataclass(frozen=True, slots=True)
class Paths:
    """All ways from a scalar back to a variable: products of slopes whose sum is the gradient.

    `count` is the number of paths; `products` is empty where there are too many to be written.
    """

    of: str
    wrt: str
    products: tuple[tuple[Slope, ...], ...]
    count: int


def local_slopes(problem: Problem) -> dict[Edge, Slope]:
    """Return the slope on each edge between scalars, in the order of the steps.

    There are none where there are too many steps, or formulas that had to be cut into parts.
    Slopes are derivatives of one formula each, at the values given; without these no value.
    """
    program = program_of(problem, table())
    formulas = spelled(problem, program)
    steps = [name for name in formulas if not program.tensors[name].shape]
    if len(steps) > MAX_STEPS or program.parts:
        return {}
    quantities = Quantities(problem, program)
    for name, tree in formulas.items():
        quantities.define(name, tree)
    uses = {name: names(tree) for name, tree in formulas.items()}
    found: dict[Edge, Slope] = {}
    for step in steps:
        for operand, formula in _slopes_of(program, step, uses[step]):
            fixed = _dependent(operand, uses[step], uses)
            found[step, operand] = Slope(step, operand, formula, None, fixed)
            quantities.define(_key(step, operand), formula)
    values = quantities.evaluate()
    return {edge: replace(slope, value=values.get(_key(*edge))) for edge, slope in found.items()}


def _key(step: str, operand: str) -> str:
    return f"{step}#{operand}"


def _slopes_of(
    program: Program, step: str, used: frozenset[str]
) -> Iterator[tuple[str, Expression]]:
    """Yield the operands of a step that are scalars, with the derivatives by them.

    Only the step itself has a name: its derivative is y(1 - y) where it is y = sigmoid(z).
    Operands by which there is no derivative, such as orders of Bessel functions, have no slope.
    """
    order = [name for name in program.leaves if name in used and not program.tensors[name].shape]
    definition = program.definitions[program.leaves[step]]
    alone = program.alone(step)
    derivation = Derivation(alone)
    wanted = [program.leaves[name] for name in order]
    slopes = derivation.pull_back_known(definition, number(1), wanted)
    for base, slope in slopes.items():
        shortest = derivation.shortest(slope)
        if shortest.terms:
            yield base.name, derivation.read(shortest)


def _dependent(
    operand: str, used: frozenset[str], uses: Mapping[str, frozenset[str]]
) -> tuple[str, ...]:
    return tuple(sorted(o for o in used if o != operand and operand in _below(o, uses)))


def _below(name: str, uses: Mapping[str, frozenset[str]]) -> set[str]:
    seen: set[str] = set()
    stack = [name]
    while stack:
        for operand in uses.get(stack.pop(), frozenset()) - seen:
            seen.add(operand)
            stack.append(operand)
    return seen


@dataclass(slots=True)
class PathFinder:
    """Finds the paths of one problem; slopes are derived when first needed."""

    solution: Solution
    _slopes: dict[Edge, Slope] | None = field(default=None, init=False)

    def between(self, of: str, wrt: str) -> Paths | None:
        """Return the paths from step `of` back to `wrt`; None where not all steps are scalar."""
        uses = {line.name: names(line.formula) for line in self.solution.forward}
        scalars = {name for name, rank in self.solution.ranks.items() if rank == 0}
        if of not in uses or len(uses) > MAX_STEPS or not {of, wrt} <= scalars:
            return None
        between = {n for n in {of, *_below(of, uses)} if n == wrt or wrt in _below(n, uses)}
        if wrt not in between or not between <= scalars:
            return None
        slopes = self.slopes()
        edges: dict[str, list[str]] = {}
        for step, operand in slopes:
            if step in between and operand in between:
                edges.setdefault(step, []).append(operand)
        count = _count(of, wrt, edges, {})
        if not count:
            return None
        if count > MAX_PATHS:
            return Paths(of, wrt, (), count)
        routes = list(_routes(of, wrt, edges))
        if any(len(route) > MAX_EDGES + 1 for route in routes):
            return Paths(of, wrt, (), count)
        products = [tuple(slopes[edge] for edge in pairwise(route)) for route in routes]
        return Paths(of, wrt, tuple(products), count)

    def slopes(self) -> dict[Edge, Slope]:
        """Return the slopes of all edges between scalars."""
        if self._slopes is None:
            self._slopes = local_slopes(self.solution.problem)
        return self._slopes


def _count(of: str, wrt: str, edges: Mapping[str, list[str]], known: dict[str, int]) -> int:
    """Return the number of paths; at most MAX_STEPS deep."""
    if of == wrt:
        return 1
    if of not in known:
        known[of] = sum(_count(operand, wrt, edges, known) for operand in edges.get(of, []))
    return known[of]


def _routes(of: str, wrt: str, edges: Mapping[str, list[str]]) -> Iterator[tuple[str, ...]]:
    stack: list[tuple[str, ...]] = [(of,)]
    while stack:
        route = stack.pop()
        if route[-1] == wrt:
            yield route
        else:
            stack.extend((*route, operand) for operand in reversed(edges.get(route[-1], [])))
