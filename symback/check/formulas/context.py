"""What names in formulas mean: given values that may be drawn anew, and definitions on top."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from flint import ctx

from symback.calculus.elaborate import Elaborator, differentiates
from symback.calculus.program import Program
from symback.check.formulas.sampling import MAX_EXACT_ENTRIES, MODES, Variable, draw, lengths
from symback.errors import Diagnostic, InputError
from symback.functions.entry import Function
from symback.functions.values.arrays import Array, metered
from symback.functions.values.entries import deciding
from symback.language import names, walk
from symback.language.tree import Call, Compare, Expression
from symback.notation.derivation import Derivation
from symback.numeric import EXACT, FLOAT64, Arithmetic, evaluate
from symback.numeric.planned import PlannedEvaluator
from symback.tensor.poly import Poly, number

#: How many points are drawn before it is given up to find enough where formulas have values.
MAX_POINTS = 48
SEED = "symback"
#: How points with float64 values are drawn: those between others, to look for borders at.
ROUGH = "rough"


@dataclass(slots=True)
class Point:
    """One assignment of exact values to the given names, and the values that follow from it."""

    sizes: dict[str, int]
    given: dict[str, Array]
    mode: str
    values: dict[tuple[str, int], Array] = field(default_factory=dict)
    _rough: Point | None = None

    @property
    def rough(self) -> Point:
        """The point with float64 values: for what need not be proved."""
        if self._rough is None:
            given = {name: FLOAT64.lift(value) for name, value in self.given.items()}
            self._rough = Point(self.sizes, given, ROUGH)
        return self._rough

    @property
    def large(self) -> bool:
        """Whether there are too many entries for exact values: float64 has to do."""
        sizes = sum(entries.size for entries in self.given.values())
        return self.mode == ROUGH or sizes > MAX_EXACT_ENTRIES


@dataclass(slots=True)
class Context:
    """Given names, dimensions and definitions (steps, error signals), and points to test at.

    `program` holds the tensors of all names; `definitions` the trees in order of use. Points are
    drawn once and kept, so that many formulas are tested at the same ones.
    """

    program: Program
    variables: dict[str, Variable]
    definitions: dict[str, Expression]
    seed: str = SEED
    trees: dict[int, tuple[Expression, Expression, Poly]] = field(default_factory=dict)
    gaps: dict[int, tuple[Expression, list[Expression]]] = field(default_factory=dict)
    """What is 0 on the borders of branches in definitions, by the identity of these."""
    crossings: dict[tuple[Expression, int], list[float]] = field(default_factory=dict)
    """Where borders of branches are crossed on ways between points, by the number of the way."""
    between: dict[tuple[int, tuple[float, ...], float], list[Point]] = field(default_factory=dict)
    """Points between crossings on a way."""
    _points: list[Point] = field(default_factory=list)
    _drawn: int = 0

    @property
    def functions(self) -> Mapping[str, Function]:
        """The function table."""
        return self.program.functions

    def define(self, name: str, tree: Expression) -> None:
        """Add a definition that later formulas may use under its name."""
        meant, value = self.read(tree)
        self.definitions[name] = meant
        self.program.define(name, value)

    def read(self, tree: Expression) -> tuple[Expression, Poly]:
        """Return a formula, gradients in it worked out, and its tensor.

        Raises: InputError for what has no meaning or shapes that do not fit.
        """
        known = self.trees.get(id(tree))
        if known is None:
            program = self.program
            elaborate = Elaborator(
                program.functions, program.tensors, program.dims, program.known, self._gradient
            )
            value = elaborate(tree)
            meant = tree
            if differentiates(tree):
                meant = Derivation(program).read(value)
            known = self.trees[id(tree)] = tree, meant, value
        return known[1], known[2]

    def _gradient(self, scalar: Poly, name: str) -> Poly:
        if name not in self.program.leaves:
            raise InputError(Diagnostic("E303", f"`{name}` is not defined"))
        base = self.program.leaves[name]
        return Derivation(self.program).pull_back(scalar, number(1), [base])[base]

    def points(self) -> Iterator[Point]:
        """Yield points without end in sight: the given values first, then random ones."""
        place = 0
        while True:
            while place >= len(self._points):
                if self._drawn >= MAX_POINTS:
                    return
                self._draw()
            yield self._points[place]
            place += 1

    def _draw(self) -> None:
        count = self._drawn
        self._drawn += 1
        if count == 0:
            point = self._own_point()
        else:
            mode = mode_of(count)
            rng = random.Random(f"{self.seed}{count}")
            sizes = self._sizes(count, mode)
            point = self._random_point(sizes, mode, rng)
        if point is not None:
            self._points.append(point)

    def _own_point(self) -> Point | None:
        """Return the point of the given values, if every name has one."""
        sizes = {name: size for name, size in self.program.dims.items() if size is not None}
        values = {name: one.value for name, one in self.variables.items()}
        given = {name: value for name, value in values.items() if value is not None}
        if len(given) < len(values) or len(sizes) < len(self.program.dims):
            return None
        return Point(sizes, given, "given")

    def _sizes(self, count: int, mode: str) -> dict[str, int]:
        """Return sizes for the dimensions: all different, and others from point to point."""
        dims = sorted(self.program.dims)
        base = 2 + count % 2 + (2 if count % 6 > 3 else 0) + count // 12
        order = dims if count % 2 else dims[::-1]
        sizes = {name: base + k for k, name in enumerate(order)}
        if mode == "near":
            sizes |= {name: size for name, size in self.program.dims.items() if size is not None}
        return sizes

    def _random_point(self, sizes: dict[str, int], mode: str, rng: random.Random) -> Point | None:
        given = {}
        for name, variable in self.variables.items():
            shape = lengths(variable.shape, sizes)
            if shape is None:
                return None
            given[name] = draw(variable, shape, mode, rng)
        return Point(sizes, given, mode)

    def value(self, tree: Expression, point: Point, bits: int) -> Array:
        """Return a formula's value at a point, to about `bits` bits; in float64 if it is large.

        Raises: the errors of `numeric.evaluate`, Undecided.
        """
        wanted = self._needed([tree])
        environment: dict[str, Array | int] = {**point.sizes, **point.given}
        arithmetic: Arithmetic = FLOAT64 if point.large else EXACT
        compute = _planned if point.mode == ROUGH else evaluate
        with ctx.workprec(bits), deciding(point.mode == "given" and bits > 1_000):
            for name in wanted:
                found = point.values.get((name, bits))
                if found is None:
                    found = compute(self.definitions[name], environment, self.functions, arithmetic)
                    point.values[(name, bits)] = found
                environment[name] = found
            return compute(tree, environment, self.functions, arithmetic)

    def _needed(self, roots: Iterable[Expression]) -> list[str]:
        """Return the definitions that formulas rest on, in order."""
        used: set[str] = set()
        stack = [name for root in roots for name in names(root)]
        while stack:
            name = stack.pop()
            if name in self.definitions and name not in used:
                used.add(name)
                stack.extend(names(self.definitions[name]))
        return [name for name in self.definitions if name in used]

    def has_kinks(self, roots: Sequence[Expression]) -> bool:
        """Tell whether a branch is taken anywhere in formulas or in what they rest on."""
        trees = self.resting_on(roots)
        return any(branches(node, self.functions) for tree in trees for node in walk(tree))

    def resting_on(self, roots: Sequence[Expression]) -> list[Expression]:
        """Return formulas and the definitions that they rest on."""
        return [*roots, *(self.definitions[name] for name in self._needed(roots))]

    def is_constant(self, tree: Expression) -> bool:
        """Tell whether a formula depends on nothing that can vary."""
        roots = [tree, *(self.definitions[name] for name in self._needed([tree]))]
        free = {name for root in roots for name in names(root)} - self.definitions.keys()
        return not free & (self.variables.keys() | self.program.dims.keys())


def _planned(
    tree: Expression,
    environment: Mapping[str, Array | int],
    functions: Mapping[str, Function],
    arithmetic: Arithmetic,
) -> Array:
    """Return what `evaluate` does in float64, faster where a tree recurs."""
    with metered(arithmetic.max_elements), np.errstate(all="ignore"):
        return PlannedEvaluator(environment, functions).value(tree)


def mode_of(count: int) -> str:
    """Return how the point of a number is drawn: mostly without prejudice at first."""
    return "real" if count < 16 and count % 4 else MODES[count // 4 % len(MODES)]


def branches(node: Expression, functions: Mapping[str, Function]) -> bool:
    """Tell whether a node takes one of several branches."""
    if isinstance(node, Call):
        function = functions.get(node.function)
        return function is not None and bool(function.kinks)
    return isinstance(node, Compare)
