"""Points at which answers are compared: the values given, and random ones like them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from symback.calculus.program import Program
from symback.check.passes import Script
from symback.check.running import Functions, Point
from symback.check.sampling import MODES, Variable, draw, lengths
from symback.errors import SymbackError
from symback.explain.graph import shape_of
from symback.explain.values import Quantities
from symback.functions.values_arrays import Array
from symback.numeric.arithmetic import EXACT, FLOAT64
from symback.problem.model import Problem

#: Random points at which formulas are compared.
RANDOM_POINTS = 3
TRIES = 12
#: What the first kind of random values is multiplied by, so that functions do not saturate.
SCALES = (1.0, 0.5, 0.25)
#: Relative difference up to which two ways to the same value agree at a point that is used.
AGREEMENT = 1e-10
#: Relative difference from which on it is not rounding that makes two ways differ.
CONTRADICTION = 1e-3
#: Sizes of dimensions that the problem leaves open, one list a point.
SIZES = ((3, 4, 2, 5), (4, 2, 5, 3), (2, 5, 3, 4))


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

    `scripts` are alternatives for the same lines, group by group; they must agree.
    """
    rng = random.Random(1)
    scripts = list(scripts)
    given = given_point(problem, program)
    found: list[Point] = []
    for k in range(RANDOM_POINTS):
        point = _random_point(problem, program, scripts, functions, (k, rng, given))
        if point is not None:
            found.append(point)
    return found


def _random_point(
    problem: Problem,
    program: Program,
    scripts: list[Sequence[Script]],
    functions: Functions,
    state: tuple[int, random.Random, Point | None],
) -> Point | None:
    k, rng, given = state
    for mode in MODES:
        for attempt in range(TRIES):
            try:
                scale = SCALES[attempt % len(SCALES)] if mode == "real" else 1.0
                point = Point(dict(_draw(problem, program, mode, (k, rng, given), scale)))
                if all(_is_good(point, group, functions) for group in scripts):
                    return point
            except (SymbackError, ValueError, ArithmeticError):
                break
    return None


def _is_good(point: Point, scripts: Sequence[Script], functions: Functions) -> bool:
    """Tell whether every value is finite, and scripts of the same lines agree to many digits."""
    if not all(_finite(point, script, functions) for script in scripts):
        return False
    errors = [disagreement(point, scripts[0], other, functions) for other in scripts[1:]]
    return all(error <= AGREEMENT or error > CONTRADICTION for error in errors)


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


def _draw(
    problem: Problem,
    program: Program,
    mode: str,
    state: tuple[int, random.Random, Point | None],
    scale: float,
) -> Iterator[tuple[str, Array]]:
    k, rng, given = state
    sizes: dict[str, int] = {}
    for place, (name, size) in enumerate(program.dims.items()):
        sizes[name] = SIZES[k % len(SIZES)][place % 4] if size is None else size
        yield name, np.asarray(float(sizes[name]))
    fixed = _varied(problem)
    for name, one in problem.given.items():
        value = given.values.get(name) if given is not None else None
        shape = lengths(shape_of(program, one), sizes)
        if shape is None:
            raise ValueError(name)
        facts = (*one.assume, *((one.structure,) if one.structure else ()))
        exact = None if value is None else EXACT.lift(value)
        if name not in fixed and value is not None and not facts:
            facts = _likely_facts(value)
        drawn = FLOAT64.lift(draw(Variable(shape, facts, exact), shape, mode, rng))
        yield name, drawn if facts else drawn * scale


def _varied(problem: Problem) -> frozenset[str]:
    """Return the given names that something is differentiated by."""
    found: set[str] = set()
    for request in problem.find:
        for formula in request.wrt or ():
            found.add(formula.text.split("[")[0].strip())
    return frozenset(found)


def _likely_facts(value: Any) -> tuple[str, ...]:
    """Return what labels look like: rows of probabilities stay rows of probabilities."""
    rows = value.ndim and value.shape[-1] > 1 and (value >= 0).all()
    return ("simplex",) if rows and np.allclose(value.sum(axis=-1), 1) else ()


__all__ = ["CONTRADICTION", "disagreement", "given_point", "random_points"]
