"""Numbers that come of one or two slips in the formula of the quantity asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from time import process_time

import numpy as np

from symback.check.derivation.passes import Line, Part, Script
from symback.check.derivation.running import evaluated, quiet
from symback.check.diagnosis.bank import Bank, Selection
from symback.check.diagnosis.case import Case
from symback.check.diagnosis.stacks import Stacks
from symback.check.mistakes.alterations import Change, Scene
from symback.check.mistakes.changing import rewritings
from symback.check.mistakes.fits import Fit
from symback.check.mistakes.nodes import NODES
from symback.check.mistakes.repairs import NUMBERS
from symback.errors import SymbackError
from symback.functions.values.arrays import Array
from symback.language import size
from symback.language.tree import Expression

#: Slips that are less telling than this are not tried.
LEAST = 6.0
#: Formulas longer than this are not tried; slips in one, and pairs of them, at most.
MOST_SIZE, MOST_SLIPS, MOST_PAIRS = 60, 400, 30_000
#: Seconds for the values of pairs.
SECONDS = 1.5
#: How much less telling a slip in the formula is than one in the derivation, and two than one.
LATE, TWICE = 6.0, 24.0
TABLE = tuple(
    sorted((*(one for one in NODES if one.rank <= LEAST), *NUMBERS), key=lambda x: x.rank)
)


@dataclass(frozen=True)
class Slip:
    """A formula with one slip, or with a second one."""

    change: Change
    tree: Expression
    before: Slip | None = None

    @property
    def rank(self) -> float:
        """How telling it is, the lower the more."""
        own = self.change.alteration.rank
        return own + (self.before.rank if self.before is not None else 0.0)


class Rewritten:
    """The values of one quantity after slips in its formula, made once for all sheets."""

    def __init__(self, bank: Bank) -> None:
        self.bank = bank
        self._line = _own_line(bank)
        self._slips: dict[int, list[Slip]] = {}
        self._stacks: dict[tuple[int, int, tuple[Expression, ...] | None], Stacks] = {}

    def fitting(self, case: Case, select: Selection, count: int) -> Iterator[Fit]:
        """Yield what explains a number by `count` slips, the most telling first.

        `select` returns the entries that the answer is about.
        """
        point = max(case.got)
        stacks = self._side_by_side(case, point, select, count)
        for place, how in stacks.fits(case, point) if stacks is not None else ():
            if stacks is None or stacks.distinct[place] > case.budget():
                return
            if how == 2:
                yield _fit(self._made(count)[place])

    def _side_by_side(self, case: Case, point: int, select: Selection, count: int) -> Stacks | None:
        if self._line is None:
            return None
        key = (count, point, case.quantity.items)
        if key not in self._stacks:
            self._stacks[key] = Stacks(self._values(point, select, count))
        return self._stacks[key]

    def _values(self, point: int, select: Selection, count: int) -> Iterator[Array | None]:
        end = process_time() + SECONDS
        for slip in self._made(count):
            if process_time() > end:
                return
            value = self._value(slip.tree, point)
            yield None if value is None else select(value)

    def _value(self, tree: Expression, point: int) -> Array | None:
        truth = self.bank.truth
        assert self._line is not None
        values = truth.all_points()[point].environment(self._line[0], truth.functions)
        try:
            with quiet():
                found = np.asarray(evaluated(tree, values, truth.functions), dtype=float)
        except SymbackError:
            return None
        return found if found.shape == np.shape(values[self.bank.target]) else None

    def _made(self, count: int) -> list[Slip]:
        """Return all formulas with one slip, or with two, those that are most telling first."""
        if count not in self._slips:
            assert self._line is not None
            script, line = self._line
            if count == 1:
                self._slips[count] = list(islice(_once(self.bank, script, line, None), MOST_SLIPS))
            else:
                self._slips[count] = sorted(
                    islice(self._twice(script, line), MOST_PAIRS), key=lambda slip: slip.rank
                )
        return self._slips[count]

    def _twice(self, script: Script, line: Line) -> Iterator[Slip]:
        seen: set[Expression] = {line.parts[0].tree}
        end = process_time() + SECONDS
        for first in self._made(1):
            seen.add(first.tree)
        for first in self._made(1):
            changed = Line(line.name, (Part(first.tree),), line.of)
            for second in _once(self.bank, script, changed, first):
                if process_time() > end:
                    return
                if second.tree not in seen:
                    seen.add(second.tree)
                    yield second


def _own_line(bank: Bank) -> tuple[Script, Line] | None:
    """Return the formula of a quantity as the solution has it, in its script."""
    for script in bank.chain.scripts:
        if script.level == "solution" and script.rows is None and bank.target in script.index:
            line = script.lines[script.index[bank.target]]
            if len(line.parts) == 1 and size(line.parts[0].tree) <= MOST_SIZE:
                return script, line
    return None


def _once(bank: Bank, script: Script, line: Line, before: Slip | None) -> Iterator[Slip]:
    """Yield the formulas that come of one slip in that of a line, the most telling first."""
    known = bank.truth.all_points()[0].environment(script, bank.truth.functions)
    shapes = {name: np.shape(value) for name, value in known.items()}
    scene = Scene(script, line, shapes)
    for alteration in TABLE:
        for old, new, tree in rewritings(alteration, line.parts[0].tree, scene):
            yield Slip(Change(alteration, script, line, (Part(tree),), old, new), tree, before)


def _fit(slip: Slip) -> Fit:
    """Return slips as an explanation, the first made first."""
    own = slip.change
    fit = Fit(own.alteration.kind, own.alteration.rank + LATE, (own,))
    if slip.before is None:
        return fit
    first = _fit(slip.before)
    first.also = (fit,)
    first.rank += TWICE
    return first
