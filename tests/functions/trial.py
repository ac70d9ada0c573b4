"""One sample of the function table put through what is asked of it: values, derivatives, forms.

A sample is solved once, for first derivatives both ways and for all second ones along directions.
Closed forms are read back and evaluated by the oracle at 80 digits, and must be what differences
of the oracle's values give.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import mpmath
import numpy as np
from mpmath import mpf

from symback.explain.solution import Result, Solution
from symback.explain.solve import solve
from symback.functions import table
from symback.functions.domains import sample as draw
from symback.functions.entry import Function, Kind
from symback.functions.samples import Sample
from symback.language import parse, write
from symback.language.tree import Expression
from symback.problem.load import load_text
from symback.render.formulas import Formulas
from symback.render.latex.lint import lint_latex
from tests.differences import error
from tests.numeric.oracle import encloses
from tests.oracle import array, evaluate_mp
from tests.random_programs import decimals

DIGITS = 80
#: Central differences have twice as many right digits as their step has zeros, if there are more.
FIRST, SECOND = mpf(10) ** -20, mpf(10) ** -17
TOLERANCE = mpf("1e-30")
CHECKED_COMPONENTS = 3


@dataclass(frozen=True)
class Trial:
    """A sample at one point, with a cotangent g and a direction v_x for each array x."""

    entry: Function
    sample: Sample
    functions: Mapping[str, Function] = field(default_factory=table)
    second: bool = True

    @cached_property
    def rng(self) -> random.Random:
        """What draws the point, the same for the same call."""
        return random.Random(self.sample.call)

    @cached_property
    def arrays(self) -> dict[str, Any]:
        """The arrays of the call, exact."""
        domains = self.sample.domains
        return {n: draw(domains[n], shape, self.rng) for n, shape in self.sample.shapes.items()}

    @cached_property
    def varied(self) -> list[str]:
        """The arrays by which it is differentiated: not those without a known slope."""
        if self.entry.kind is not Kind.ELEMENTWISE:
            return list(self.arrays)
        slopes = zip(self.arrays, self.entry.slopes, strict=False)
        return [name for name, rule in slopes if rule is not None]

    @cached_property
    def out(self) -> Any:
        """The value by the oracle."""
        return self.moved({})

    def moved(self, moves: Mapping[str, Any]) -> Any:
        """Return the value by the oracle, some arrays moved."""
        env = {name: array(value) + moves.get(name, 0) for name, value in self.arrays.items()}
        return np.asarray(evaluate_mp(parse(self.sample.call), env, DIGITS), object)

    @cached_property
    def given(self) -> dict[str, Any]:
        """All that the problem file gives, exact."""
        directions = {f"v_{n}": draw("real", self.sample.shapes[n], self.rng) for n in self.varied}
        return {**self.arrays, "g": draw("real", self.out.shape, self.rng), **directions}

    @cached_property
    def exact(self) -> dict[str, Any]:
        """The same as arrays of the oracle."""
        return {name: np.asarray(array(value), object) for name, value in self.given.items()}

    @cached_property
    def solution(self) -> Solution:
        """The problem, solved: `L` is sum(g*F), `S` its derivative along all directions."""
        names = self.varied
        steps = {"F": self.sample.call, "L": "sum(g*F)"}
        find: list[dict[str, Any]] = [{"vjp": "F", "wrt": names, "cotangent": "g"}]
        find += [{"jvp": "F", "wrt": [name], "tangent": f"v_{name}"} for name in names]
        if self.second:
            steps["S"] = " + ".join(f"sum(v_{name}*grad(L, {name}))" for name in names)
            find.append({"gradient": "S", "wrt": names})
        given = {name: decimals(value) for name, value in self.given.items()}
        text = json.dumps({"given": given, "define": steps, "find": find}, indent=1)
        return solve(load_text(text, functions=self.functions), self.functions)

    @cached_property
    def forms(self) -> list[tuple[Result, Any]]:
        """Every result with the value of its closed form, read back from its text."""
        env = {**self.exact, "F": self.out, "L": np.sum(self.exact["g"] * self.out), "S": mpf(0)}
        for line in self.solution.backward:
            env[line.name] = _value(line.formula, env)
        found = []
        for result in self.solution.results:
            env[result.name] = value = _value(result.closed_form, env)
            found.append((result, np.asarray(value, object)))
            if result.kind == "vjp":
                env["S"] += np.sum(value * env[f"v_{result.wrt[0]}"])
        return found

    def slope(self, name: str) -> Any:
        """Return the derivative of the value along the direction of one array, by differences."""
        step = FIRST * self.exact[f"v_{name}"]
        return (self.moved({name: step}) - self.moved({name: -step})) / (2 * FIRST)

    def curvature(self, others: Mapping[str, Any]) -> Any:
        """Return the second derivative of L along all directions and along others."""

        def total(a: int, b: int) -> Any:
            move = {n: SECOND * (a * self.exact[f"v_{n}"] + b * others[n]) for n in self.varied}
            return np.sum(self.exact["g"] * self.moved(move))

        return (total(1, 1) - total(1, -1) - total(-1, 1) + total(-1, -1)) / (4 * SECOND**2)

    def wrong_derivatives(self) -> Iterator[str]:
        """Yield the closed forms that are not what differences of the oracle's values give."""
        with mpmath.workdps(DIGITS):
            slopes = {name: self.slope(name) for name in self.varied}
            others = {n: array(draw("real", self.sample.shapes[n], self.rng)) for n in self.varied}
            curved = mpf(0)
            for result, form in self.forms:
                (name,) = result.wrt
                if result.of == "S":
                    curved += np.sum(form * others[name])
                elif result.kind == "jvp":
                    yield from _apart(result.name, form, slopes[name])
                else:
                    wanted = np.sum(self.exact["g"] * slopes[name])
                    yield from _apart(result.name, np.sum(form * self.exact[f"v_{name}"]), wanted)
            if self.second:
                yield from _apart("dS", curved, self.curvature(others))

    def wrong_values(self) -> Iterator[str]:
        """Yield the results whose shape or proved value is not that of their closed form."""
        with mpmath.workdps(DIGITS):
            for result, form in self.forms:
                shape = self.out.shape if result.kind == "jvp" else self.exact[result.wrt[0]].shape
                value = result.value
                if value is None or not value.shape == form.shape == result.shape == shape:
                    yield f"{result.name} has shape {form.shape}, not {shape}"
                elif not (value.proved.all() and all(map(encloses, value.entries.flat, form.flat))):
                    yield f"{result.name} is {value.floats()}, its form {form}"

    def wrong_latex(self) -> Iterator[str]:
        """Yield formulas that TeX would not take, with what is wrong."""
        formulas, solution = Formulas(self.solution), self.solution
        trees = [line.formula for line in (*solution.forward, *solution.backward)]
        for result in solution.results:
            parts = result.components[:CHECKED_COMPONENTS]
            trees += [result.closed_form, *(part.formula for part in parts)]
        for text in map(formulas.latex, trees):
            yield from (f"{text}: {fault}" for fault in lint_latex(text))


def _value(form: Expression, env: Mapping[str, Any]) -> Any:
    """Return the value of a form that is written and read back."""
    return evaluate_mp(parse(write(form)), env, DIGITS)


def _apart(name: str, actual: Any, expected: Any) -> Iterator[str]:
    """Yield a sentence if two values differ."""
    if not error(actual, expected) <= TOLERANCE:
        yield f"{name} is {actual}, not {expected}"
