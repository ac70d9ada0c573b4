"""Judging a solution by what shares no code with it: differences and values of the oracle.

`faults(program, solution)` lists what is wrong, nothing where the solution is right.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import Any

import mpmath
import numpy as np
from mpmath import mpf

from symback.errors import SymbackError
from symback.explain.solution import Result, Solution
from symback.language import parse, write
from symback.language.tree import Expression
from tests.oracle import array, evaluate_mp
from tests.random_programs import Program

DIGITS = 60
FIRST, SECOND = mpf(10) ** -15, mpf(10) ** -12
#: Values have 53 bits, differences some 25 digits.
TOLERANCE = mpf("1e-11")
#: One-sided differences that disagree more than this sit on a kink.
KINK = mpf("1e-6")
CHECKED_COMPONENTS = 6

Shifts = Mapping[str, Any]


class OnKink(Exception):
    """The program is not differentiable where it stands."""


def names_of(program: Program, shifts: Shifts) -> dict[str, Any]:
    """Return the values of all names with some given values moved."""
    env: dict[str, Any] = {name: mpf(size) for name, size in program.dims().items()}
    for name, value in program.given.items():
        env[name] = array(value) + shifts.get(name, 0)
    for name, text in program.steps:
        env[name] = evaluate_mp(parse(text), env, DIGITS)
    return env


def error(left: Any, right: Any) -> Any:
    """Return the largest difference, relative above 1; infinite for other shapes."""
    a, b = np.asarray(left, object), np.asarray(right, object)
    if a.shape != b.shape:
        return mpmath.inf
    scale = max([mpf(1), *map(abs, a.flat), *map(abs, b.flat)])
    return max([mpf(0), *(abs(x - y) for x, y in zip(a.flat, b.flat, strict=True))]) / scale


def direction(shape: tuple[int, ...], rng: random.Random) -> Any:
    """Draw a direction in which to differentiate."""
    entries = [mpf(rng.randint(1, 9)) / rng.choice((-7, 7)) for _ in range(int(np.prod(shape)))]
    return np.array(entries, dtype=object).reshape(shape)


def along(program: Program, shifts: Shifts) -> Any:
    """Return the derivative of the result's function in a direction; OnKink where it has two."""

    def value(times: Any) -> Any:
        moved = {name: times * shift for name, shift in shifts.items()}
        return np.asarray(names_of(program, moved)[program.of], object)

    ahead, here, behind = value(FIRST), value(0), value(-FIRST)
    if not error((ahead - here) / FIRST, (here - behind) / FIRST) < KINK:
        raise OnKink
    return (ahead - behind) / (2 * FIRST)


def second(program: Program, left: tuple[str, Any], right: tuple[str, Any]) -> Any:
    """Return the mixed second derivative in two directions; OnKink where it depends on the step."""

    def value(a: Any, b: Any) -> Any:
        moved: dict[str, Any] = {}
        for (name, shift), times in ((left, a), (right, b)):
            moved[name] = moved.get(name, 0) + times * shift
        return names_of(program, moved)[program.of]

    def mixed(h: Any) -> Any:
        return (value(h, h) - value(h, -h) - value(-h, h) + value(-h, -h)) / (4 * h * h)

    found = mixed(SECOND)
    if not error(found, mixed(2 * SECOND)) < KINK:
        raise OnKink
    return found


def contracted(result: Any, shift: Any) -> Any:
    """Contract the last axes of a result with a direction."""
    return np.tensordot(result, shift, axes=shift.ndim) if shift.ndim else result * shift


def exact(result: Result) -> Any:
    """Return a result's floats as numbers of the oracle."""
    assert result.value is not None
    return np.asarray(array(result.value.floats()), object)


def expected(program: Program, result: Result, rng: random.Random) -> tuple[Any, Any]:
    """Return what a result gives in random directions and what the differences give."""
    shifts = {name: direction(np.shape(array(program.given[name])), rng) for name in result.wrt}
    value = exact(result)
    first, last = result.wrt[0], result.wrt[-1]
    given = None
    if program.direction:
        given = np.asarray(array(program.given[program.direction]), object)
    if program.verb == "jvp":
        return value, along(program, {first: given})
    if program.verb in ("hessian", "hvp"):
        other = direction(shifts[last].shape, rng) if given is None else given
        product = contracted(value, other) if given is None else value
        along(program, {first: shifts[first]})
        return np.sum(product * shifts[first]), second(
            program, (first, shifts[first]), (last, other)
        )
    slope = along(program, shifts)
    return contracted(value, shifts[first]), slope if given is None else np.sum(slope * given)


def faults(program: Program, solution: Solution, seed: int = 1) -> list[str]:
    """Return what is wrong with the values and the forms of a solution.

    Raises: OnKink where the program has no derivative.
    """
    rng = random.Random(seed)
    found = []
    with mpmath.workdps(DIGITS):
        for result in solution.results:
            if result.value is None or None in np.ravel(np.array(result.value.floats(), object)):
                found.append(f"{result.name} has no value")
                continue
            actual, wanted = expected(program, result, rng)
            if not error(actual, wanted) <= TOLERANCE:
                found.append(f"{result.name} is {actual}, not {wanted}")
        return found + list(wrong_forms(program, solution))


def wrong_forms(program: Program, solution: Solution) -> Iterator[str]:
    """Yield every written form that does not have the value beside it."""
    given = names_of(program, {})
    env = dict(given)
    for line in solution.backward:
        env[line.name] = yield from _compared(line.name, line.formula, env, line.value)
    for result in solution.results:
        yield from _compared(result.name, result.closed_form, env, result.value)
        if result.expanded is not None:
            yield from _compared(result.name, result.expanded, given, result.value)
        if result.value is not None:
            value = np.asarray(result.value.floats(), float)
            for component in result.components[:CHECKED_COMPONENTS]:
                name = f"{result.name}{component.index}"
                yield from _compared(name, component.formula, env, value[component.index])


def _compared(name: str, form: Expression, env: Mapping[str, Any], value: Any) -> Iterator[str]:
    """Write a form, read it back, and yield a sentence if its value differs; return its value."""
    text = write(form)
    try:
        found = evaluate_mp(parse(text), env, DIGITS)
    except (SymbackError, ArithmeticError, ValueError, LookupError, TypeError) as fault:
        yield f"{name} = {text} cannot be evaluated: {fault!r}"
        return None
    if value is not None:
        floats = value.floats() if hasattr(value, "floats") else value
        if not error(found, array(floats)) <= TOLERANCE:
            yield f"{name} = {text} is {found}, not {floats}"
    return found
