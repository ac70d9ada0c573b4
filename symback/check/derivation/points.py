"""Points at which answers are compared: the values given, and random ones like them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import fmpq

from symback.calculus.program import Program
from symback.check.derivation.passes import Script
from symback.check.derivation.running import Functions, Point
from symback.check.formulas.context import branches
from symback.check.formulas.sampling import MODES, Variable, draw, lengths
from symback.errors import SymbackError
from symback.explain.deriving.graph import shape_of, spelled
from symback.explain.evaluating.values import Quantities
from symback.functions.values.arrays import Array
from symback.language import walk
from symback.numeric.arithmetic import EXACT, FLOAT64
from symback.problem.model import Problem

#: Random points at which formulas are compared; more where branches are to be seen.
RANDOM_POINTS, POINTS_WITH_KINKS = 3, 6
TRIES = 12
#: What the first kind of random values is multiplied by, so that functions do not saturate.
SCALES = (1.0, 0.5, 0.25)
TRIES_FOR_MODERATE = 4
#: Sizes between which all values of a point had best be.
MODERATE = (1e-3, 1e3)
#: Relative difference up to which two ways to the same value agree at a point that is used.
AGREEMENT = 1e-10
#: Relative difference from which on it is not rounding that makes two ways differ.
CONTRADICTION = 1e-3
#: What values that something is differentiated by are moved by, lest integers stay on kinks.
OFF_INTEGERS = fmpq(1, 1000)
#: Points near the values given.
NEAR_POINTS = 4
#: Sizes of dimensions that the problem leaves open, one list a point.
SIZES = ((3, 4, 2, 5), (4, 2, 5, 3), (2, 5, 3, 4))


@dataclass(frozen=True)
class Neighbourhood:
    """The values that a problem states, and points near them.

    `bases` are the values given, with random ones for what has none; `labelled` are random points
    at which rows of probabilities stay such, though something is differentiated by them.
    """

    known: dict[str, Array]
    bases: list[Point]
    near: list[Point]
    labelled: list[Point]

    @classmethod
    def of(
        cls, problem: Problem, program: Program, points: list[Point], given: Point | None
    ) -> Neighbourhood:
        """Return that of a problem with random points."""
        found = Quantities(problem, program).evaluate()
        known = {n: FLOAT64.lift(found[n].entries) for n in problem.given if n in found}
        bases = [given] if given else [Point({**one.values, **known}) for one in points]
        tied = {n for n, one in problem.given.items() if one.facts}
        rng = np.random.default_rng(1)
        around = [
            Point({n: x if n in tied or n not in known else _moved(x, rng)
                   for n, x in bases[k % len(bases)].values.items()})
            for k in range(NEAR_POINTS) if bases
        ]  # fmt: skip
        labels = {n: x for n, x in known.items() if _are_probabilities(x)}
        rows = [{n: rng.dirichlet(np.ones(x.shape[-1]), x.shape[:-1]) for n, x in labels.items()}
                for _ in points]  # fmt: skip
        labelled = [Point({**a.values, **b}) for a, b in zip(points, rows, strict=True) if labels]
        return cls(known, bases, around, labelled)


def _moved(value: Array, rng: np.random.Generator) -> Array:
    """Return entries moved by a few percent, zeros a little too."""
    scale = 0.05 * np.abs(value) + 0.01
    return np.asarray(value + scale * rng.uniform(-1, 1, np.shape(value)))


def given_point(problem: Problem, program: Program) -> Point | None:
    """Return the values that the problem states; None if some are missing."""
    values: dict[str, Array] = {}
    quantities = Quantities(problem, program)
    found = quantities.evaluate()
    for name in problem.given:
        if name not in found:
            return None
        values[name] = FLOAT64.lift(found[name].entries)
    for name, size in program.dims.items():
        if size is None:
            return None
        values[name] = np.asarray(float(size))
    return Point(values, given=True)


def random_points(
    problem: Problem,
    program: Program,
    scripts: Iterable[Sequence[Script]],
    functions: Functions,
) -> list[Point]:
    """Return random points at which every line of every script has a finite value.

    `scripts` are alternatives for the same lines, group by group; they must agree. The last point
    is near the values given, if there are any: what is right for positive numbers, say, is right.
    """
    sampler = _Sampler(problem, program, [list(group) for group in scripts], functions)
    trees = spelled(problem, program).values()
    kinks = any(branches(node, functions) for tree in trees for node in walk(tree))
    count = POINTS_WITH_KINKS if kinks else RANDOM_POINTS
    found = [sampler.point(k, MODES) for k in range(count)]
    if sampler.given is not None and found[0] is not None:
        found.append(sampler.point(0, ("near",)))
    return [point for point in found if point is not None]


class _Sampler:
    """Draws points for one problem."""

    def __init__(
        self,
        problem: Problem,
        program: Program,
        scripts: list[list[Script]],
        functions: Functions,
    ) -> None:
        self.problem = problem
        self.program = program
        self.scripts = scripts
        self.functions = functions
        self.given = given_point(problem, program)
        self.fixed = varied(problem)
        self.rng = random.Random(1)

    def point(self, number: int, modes: Iterable[str]) -> Point | None:
        """Return a point at which all scripts have finite values, drawn as the first mode can.

        One at which no value is very large or very small is preferred: there every way to write a
        formula gives many digits.
        """
        for mode in modes:
            found = None
            for attempt in range(TRIES):
                scale = SCALES[attempt % len(SCALES)] if mode == "real" else 1.0
                try:
                    point = Point(dict(self._draw(number, mode, scale)))
                    good = all(_is_good(point, group, self.functions) for group in self.scripts)
                except (SymbackError, ValueError, ArithmeticError):
                    break
                found = found or (point if good else None)
                if good and self._is_moderate(point):
                    return point
                if found is not None and attempt + 1 >= TRIES_FOR_MODERATE:
                    return found
        return None

    def _is_moderate(self, point: Point) -> bool:
        """Tell whether the values of all lines have a moderate size, or are 0."""
        low, high = MODERATE
        for script in (group[0] for group in self.scripts if group):
            values = point.environment(script, self.functions)
            for line in script.lines:
                size = np.abs(values[line.name])
                if not ((size == 0) | ((size > low) & (size < high))).all():
                    return False
        return True

    def _draw(self, number: int, mode: str, scale: float) -> Iterator[tuple[str, Array]]:
        sizes: dict[str, int] = {}
        for place, (name, size) in enumerate(self.program.dims.items()):
            sizes[name] = SIZES[number % len(SIZES)][place % 4] if size is None else size
            yield name, np.asarray(float(sizes[name]))
        for name, one in self.problem.given.items():
            value = self.given.values.get(name) if self.given is not None else None
            shape = lengths(shape_of(self.program, one), sizes)
            if shape is None:
                raise ValueError(name)
            exact = None if value is None else EXACT.lift(value)
            if exact is not None and name in self.fixed:
                exact = np.asarray(exact + OFF_INTEGERS, dtype=object)
            facts = likely_facts(one.facts, None if name in self.fixed else value)
            drawn = FLOAT64.lift(draw(Variable(shape, facts, exact), shape, mode, self.rng))
            yield name, drawn if facts else drawn * scale


def _is_good(point: Point, scripts: Sequence[Script], functions: Functions) -> bool:
    """Tell whether every value is finite, and scripts of the same lines agree to many digits."""
    if not all(_finite(point, script, functions) for script in scripts):
        return False
    errors = [disagreement(point, scripts[0], other, functions) for other in scripts[1:]]
    return all(error <= AGREEMENT or error > CONTRADICTION for error in errors)


def consistent(points: list[Point], first: Script, other: Script, functions: Functions) -> bool:
    """Tell whether a script agrees with another at some point, or there is none to compare at."""
    if other.rows is not None:
        return True
    errors = [disagreement(point, first, other, functions) for point in points]
    return not errors or min(errors) <= CONTRADICTION


def disagreement(point: Point, first: Script, other: Script, functions: Functions) -> float:
    """Return the largest relative difference between the cotangents of two scripts."""
    values, theirs = (point.environment(script, functions) for script in (first, other))
    worst = 0.0
    for line in other.lines:
        if "#" in line.name or line.of is None or line.name not in values:
            continue
        a, b = values[line.name], theirs[line.name]
        if np.shape(a) != np.shape(b):
            return float("inf")
        size = float(np.max(np.abs(a), initial=0.0))
        error = float(np.max(np.abs(a - b), initial=0.0))
        worst = max(worst, error / size if size else error)
    return worst


def _finite(point: Point, script: Script, functions: Functions) -> bool:
    values = point.environment(script, functions)
    return all(
        line.name in values and bool(np.isfinite(values[line.name]).all()) for line in script.lines
    )


def varied(problem: Problem) -> frozenset[str]:
    """Return the given names that something is differentiated by."""
    found: set[str] = set()
    for request in problem.find:
        for formula in request.wrt or ():
            found.add(formula.text.split("[")[0].strip())
    return frozenset(found)


def likely_facts(declared: tuple[str, ...], value: Any) -> tuple[str, ...]:
    """Return what is assumed, else what a value looks like that nothing is differentiated by.

    Labels stay rows of probabilities, constants positive. `value` is None where it is not known.
    """
    if declared or value is None:
        return declared
    if not value.ndim:
        return ("positive",) if value > 0 else ()
    return ("simplex",) if _are_probabilities(value) else ()


def _are_probabilities(value: Any) -> bool:
    rows = value.ndim and value.shape[-1] > 1 and (value >= 0).all()
    return bool(rows and np.allclose(value.sum(axis=-1), 1))
