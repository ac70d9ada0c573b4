"""Values of a whole problem: every step once, in float64, then exactly or with proved digits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from flint import ctx

from symback.errors import Diagnostic, InputError, SymbackError
from symback.functions.domains import Undecided
from symback.functions.values.arrays import Array, all_rational, entries_of, metered
from symback.functions.values.entries import deciding
from symback.language import names
from symback.language.tree import Expression
from symback.numeric.arithmetic import EXACT, FLOAT64, Arithmetic
from symback.numeric.evaluate import Evaluator, Functions
from symback.numeric.value import ACCURATE_BITS, Value, certified_value, float_value, is_accurate

#: Problems of more elementary operations than this are evaluated in float64 alone.
MAX_EXACT_WORK = 200_000
#: The same where float64 has too few digits.
MAX_EXACT_WORK_UNSURE = 4_000_000
START_BITS = 128
MAX_BITS = 4_096

Step: TypeAlias = tuple[str, Expression]


@dataclass(slots=True)
class Run:
    """One evaluation of all steps: values by name, and the names whose value rests on a tie."""

    values: dict[str, Array]
    tied: set[str] = field(default_factory=set)
    work: float = 0
    special: int = 0
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What is evaluated: the steps in order, with the functions and given values they use."""

    steps: list[Step]
    functions: Functions
    given: dict[str, Array]

    def run(self, arithmetic: Arithmetic, settled: Mapping[str, Array], final: bool) -> Run:
        """Evaluate the steps that are not `settled`; ties are accepted only if `final`."""
        values = {name: arithmetic.lift(x) for name, x in self.given.items()} | dict(settled)
        run = Run(values)
        evaluator = Evaluator(values, self.functions, arithmetic)
        with metered(arithmetic.max_elements) as meter, np.errstate(all="ignore"):
            for name, expression in self.steps:
                if name not in settled:
                    with deciding(final) as decisions, noted(name):
                        values[name] = evaluator.value(expression)
                        if decisions.ties or not run.tied.isdisjoint(names(expression)):
                            run.tied.add(name)
            run.work, run.special, run.unsure = meter.work, meter.special, meter.unsure
        return run


@contextmanager
def noted(name: str) -> Iterator[None]:
    """Note on an error raised inside which step it belongs to."""
    try:
        yield
    except SymbackError as error:
        error.add_note(name)
        raise


def solve_values(
    given: Mapping[str, Any],
    steps: Iterable[Step],
    wanted: Iterable[str],
    functions: Functions,
    bits: int = ACCURATE_BITS,
) -> dict[str, Value]:
    """Return the values of `wanted` names, each entry exact or proved to `bits` bits if it can be.

    `given` maps names to numbers, nested lists or arrays, and dimensions to integers; `steps` are
    evaluated once each, in their order, and may use what stands before them. Beyond
    MAX_EXACT_WORK operations the values are float64 numbers without proof.
    Raises: the errors of `evaluate`, with the name of the step as a note.
    """
    targets = list(wanted)
    arrays = {name: entries_of(value) for name, value in given.items()}
    plan = Plan(_needed(list(steps), targets), functions, arrays)
    rough = plan.run(FLOAT64, {}, final=True)
    for name in targets:
        if name not in rough.values:
            raise InputError(Diagnostic("E404", f"`{name}` has no value"))
    most = MAX_EXACT_WORK_UNSURE if rough.unsure else MAX_EXACT_WORK
    if rough.work > most or sum(x.size for x in arrays.values()) > MAX_EXACT_WORK:
        return {name: float_value(name, rough.values[name]) for name in targets}
    return _certified(plan, targets, bits, _most_bits(rough))


def _needed(steps: list[Step], targets: list[str]) -> list[Step]:
    """Leave out the steps that no target depends on."""
    used, kept = set(targets), []
    for name, expression in reversed(steps):
        if name in used:
            used |= names(expression)
            kept.append((name, expression))
    return kept[::-1]


def _most_bits(rough: Run) -> int:
    """Spend about the same time at the highest precision, whatever the size of the problem.

    Gamma, Bessel and other such functions take seconds beyond a few hundred bits.
    """
    if rough.work >= 50_000 or rough.special:
        return MAX_BITS // 8
    return MAX_BITS if rough.work < 5_000 else MAX_BITS // 4


def _certified(plan: Plan, targets: list[str], bits: int, most: int) -> dict[str, Value]:
    """Double the precision until every target is known well enough, or cannot be."""
    precision, settled = max(START_BITS, 2 * bits), dict[str, Array]()
    while True:
        final = precision >= most
        run = _at_precision(plan, settled, precision, final)
        if run is not None and (final or all(_done(run.values[name], bits) for name in targets)):
            with ctx.workprec(precision):
                return {
                    name: certified_value(name, run.values[name], name in run.tied, bits)
                    for name in targets
                }
        if run is not None:
            settled = {name: x for name, x in run.values.items() if all_rational(x)}
        precision *= 2


def _at_precision(
    plan: Plan, settled: Mapping[str, Array], precision: int, final: bool
) -> Run | None:
    """Evaluate at a precision; None where it does not suffice to decide."""
    with ctx.workprec(precision):
        try:
            return plan.run(EXACT, settled, final)
        except Undecided:
            return None


def _done(x: Array, bits: int) -> bool:
    return all(is_accurate(entry, bits) for entry in x.flat)
