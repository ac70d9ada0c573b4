"""Right answers with numbers inserted: `0.1*w` for `lam*w`, `0.2436*x[0]` for `dL_dz1[0]*x[0]`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import chain, combinations, islice

import numpy as np

from symback.check.answers.branching import Untaken, bending, parts_of, shows
from symback.check.answers.claimed import Claimed
from symback.check.answers.literals import (
    PLAIN,
    half_unit,
    is_written_out,
    moved,
    numbers_in,
    parameters,
    readings,
    significant,
    stands_for,
)
from symback.check.answers.little import has_invisible_numbers
from symback.check.derivation.comparing import same
from symback.check.derivation.holding import Holding, Values
from symback.check.derivation.running import Point
from symback.check.derivation.truth import Quantity, TrueValues
from symback.check.formulas.context import branches
from symback.language import names, walk
from symback.language.tree import Expression, Number, Sequence, Subscript

#: Fewer points than this at which a formula is defined say too little.
FEWEST_POINTS = 2
#: Relative to the true entries, how far rounded numbers may lead an answer off.
MOST_ROUNDING = 2e-3
#: A number of so many digits that stands for no one value was computed from several.
COMPUTED_DIGITS = 3
#: Larger arrays are not searched for numbers.
MAX_ENTRIES = 64
#: Choices of inputs whose values may have been inserted.
MOST_CHOICES = 64


class Inserted(Enum):
    """How a formula with numbers in it is right: exactly, or but for their rounding."""

    EXACTLY = "exactly"
    ROUNDED = "rounded"


def right_with_numbers(tree: Expression, quantity: Quantity, truth: TrueValues) -> Inserted | None:
    """Tell whether a formula is right once its numbers stand for known values.

    It must be right at the values given, and where everything that it names varies: with the
    values that its numbers stand for held fast, or with names put in for the numbers. Only where
    numbers were computed from several values is being right at the values given enough.
    """
    if not truth.around.known or not truth.points or has_invisible_numbers(tree, truth):
        return None
    return _Asked(tree, quantity, Holding(truth, quantity.chain)).verdict()


class _Asked:
    """A formula with numbers in it, and what it is claimed to be."""

    def __init__(self, tree: Expression, quantity: Quantity, holding: Holding) -> None:
        self.tree = tree
        self.quantity = quantity
        self.holding = holding
        self.claimed = Claimed(quantity, holding)
        self.numbers = numbers_in(tree)
        self.names = names(tree) - {"pi"}
        self.given = holding.at(holding.around.bases[0]) or {}
        drawn = [values for p in holding.truth.points if (values := holding.at(p))]
        given = [values for base in holding.around.bases if (values := holding.at(base))]
        self.untaken = Untaken.of(tree, given, drawn, holding.truth.functions)
        self.parts = set(parts_of(quantity))
        self.branches = any(branches(node, holding.truth.functions) for node in self.parts)

    def verdict(self) -> Inserted | None:
        """Return how the formula is right, None if it is not."""
        error = self._rounding()
        if error is None or not all(
            self.claimed.right(self.tree, self.holding.at(base), error)
            for base in self.holding.around.bases
        ):
            return None
        if not all(self.claimed.is_seen(base, frozenset()) for base in self.holding.around.bases):
            return Inserted.EXACTLY if any(map(self._holds_where_seen, self._held_sets())) else None
        for fixed in self._held_sets():
            if self._holds(self.tree, fixed):
                return Inserted.EXACTLY
            if error and self._holds(self.tree, fixed, 2 * error):
                return Inserted.ROUNDED
        signs = frozenset(n for n in self.holding.signs if n not in self.names)
        for reading, rounded in readings(self.tree, self._known()):
            if any(self._holds(reading, one) for one in (frozenset(), signs)):
                return Inserted.ROUNDED if rounded else Inserted.EXACTLY
        return self._computed()

    def _known(self) -> Values:
        """Return the values that numbers may stand for."""
        small = {n: value for n, value in self.given.items() if np.size(value) <= MAX_ENTRIES}
        small.pop(self.quantity.name, None)
        return small

    def _holds(self, tree: Expression, fixed: frozenset[str], allowed: float = 0.0) -> bool:
        """Tell whether a formula is right with some quantities held fast and all others random.

        A formula with numbers in it may rest on the branches that the values given take, but for
        branches of its own.
        """
        kinds: list[list[Point]] = [self.holding.truth.points, self.holding.around.labelled]
        resolved = self.numbers if not self.branches else self._has_values()
        if resolved or self._is_by_entries():
            kinds.append([p for p in self.holding.around.near if self.claimed.is_seen(p, fixed)])
        return any(self._holds_at(tree, fixed, points, allowed) for points in kinds)

    def _is_by_entries(self) -> bool:
        """Tell whether entries have formulas of their own, with no derivative left out unseen."""
        functions = self.holding.truth.functions
        kinked = list(bending(self.quantity, functions))
        if self.quantity.items:
            return not kinked
        apart = any(isinstance(node, Sequence) or _is_entry(node) for node in walk(self.tree))
        return apart and all(shows(call, self.given, functions) for call in kinked)

    def _holds_where_seen(self, fixed: frozenset[str]) -> bool:
        """Tell whether a formula is right where its quantity is not 0, as at the values given."""
        points, labels = self.holding.truth.points, fixed <= self.holding.signs
        seen = sum(self.claimed.is_seen(point, fixed) for point in points)
        enough = seen >= (1 if labels else FEWEST_POINTS)
        return enough and self._holds_at(self.tree, fixed, points, 0.0)

    def _holds_at(
        self, tree: Expression, fixed: frozenset[str], points: list[Point], allowed: float
    ) -> bool:
        used: list[Values] = []
        for point in points:
            values = self.holding.at(point, fixed)
            right = self.claimed.right(tree, values, allowed)
            if right is False:
                return False
            if right and values is not None:
                used.append(values)
        enough = len(used) >= min(FEWEST_POINTS, len(points)) > 0
        return enough and self.untaken.met(used)

    def _held_sets(self) -> Iterator[frozenset[str]]:
        """Yield what may be held fast: signs and labels, what numbers stand for, other inputs."""
        seen: set[frozenset[str]] = set()
        for one in self._candidates():
            if one not in seen and self._all_vary(one):
                seen.add(one)
                yield one

    def _candidates(self) -> Iterator[frozenset[str]]:
        inputs, signs = self.holding.inputs, self.holding.signs - self.names
        yield frozenset()
        yield signs
        fixed = [n for p in parameters(self.tree) for n in walk(p) if isinstance(n, Number)]
        if not (fixed or self._has_numbers()):
            return
        if fixed:
            own = self._parameters() & self.names & inputs - self.holding.neutral
            yield from (frozenset({name}) for name in sorted(own))
        matched = self._matched(self.numbers) | (self._matched(fixed) & self._parameters())
        backward = {line.name for line in self.quantity.chain.main.lines if line.of is not None}
        yield signs | (matched & inputs)
        yield signs | (matched - backward)
        yield signs | matched
        if not self._has_numbers() or (self.branches and not self._has_values()):
            return
        free = sorted(inputs - self.names)
        named = sorted(inputs & self.names - self.holding.neutral)
        chosen = chain.from_iterable(combinations(free, k) for k in (1, len(free), 2, 3))
        yield from (frozenset(one) for one in islice(chosen, MOST_CHOICES))
        for name in named:
            yield frozenset({name})
            yield frozenset({name, *free})

    def _matched(self, numbers: Iterable[Number]) -> frozenset[str]:
        """Return the quantities not named that some numbers may stand for."""
        known = {n: x for n, x in self._known().items() if n not in self.names}
        return frozenset(
            n for n, x in known.items() if any(stands_for(k, x).any() for k in numbers)
        )

    def _parameters(self) -> frozenset[str]:
        """Return the names that are exponents and the like in the derivation."""
        found = (names(node) for part in self.parts for node in parameters(part))
        return frozenset().union(*found)

    def _has_numbers(self) -> bool:
        return any(number.value for number in self.numbers)

    def _has_values(self) -> bool:
        """Tell whether a formula has numbers that it does not have by itself, or unit vectors.

        One without may just have a derivative left out that is 1 at the values given.
        """
        if any(n.value not in PLAIN or not n.value for n in self.numbers):
            return True
        return not self.parts.issuperset(n for n in walk(self.tree) if is_written_out(n))

    def _all_vary(self, fixed: frozenset[str]) -> bool:
        """Tell whether all that a formula names, and is not held, varies; something must.

        What follows from held values alone does not, and need not if these are no plain numbers.
        """
        used = self.names - fixed - self.holding.truth.problem.dims.keys()
        if not used:
            return not self.names
        first, second = (self.holding.at(point, fixed) for point in self.holding.truth.points[:2])
        if first is None or second is None or not used <= first.keys():
            return False
        still = [first[name] for name in used if np.array_equal(first[name], second[name])]
        return not still or (
            self._holds_odd_values(fixed) and not any(np.isin(x, (-1, 0, 1)).any() for x in still)
        )

    def _holds_odd_values(self, fixed: frozenset[str]) -> bool:
        """Tell whether a number stands for a value held that no formula has by itself."""
        odd = [number for number in self.numbers if number.value not in PLAIN]
        known = (self.given[name] for name in fixed if name in self.given)
        return any(stands_for(number, x).any() for x in known for number in odd)

    def _rounding(self) -> float | None:
        """Return how far off the formula may be because of its rounded numbers.

        Every decimal is moved by half a unit of its last digit. None for a senseless formula.
        """
        middle = self.claimed.value(self.tree, self.given)
        if middle is None:
            return None
        error = np.zeros(())
        for k, number in enumerate(self.numbers):
            unit = half_unit(number)
            if unit and significant(number) >= COMPUTED_DIGITS:
                there = self.claimed.value(moved(self.tree, k, unit), self.given)
                if there is not None:
                    error = error + np.abs(there - middle)
        largest = float(np.max(np.abs(middle), initial=0.0))
        return min(float(np.max(error, initial=0.0)), MOST_ROUNDING * largest)

    def _computed(self) -> Inserted | None:
        """Judge a formula with numbers that were computed from several values."""
        true = self.claimed.true(self.given)
        if true is None or not np.all(true):
            return None
        exact = self.claimed.right(self.tree, self.given)
        inputs = {float(abs(x)) for value in self.holding.around.known.values() for x in value.flat}
        unmatched = [
            n for n in self.numbers if n.value not in PLAIN and float(n.value) not in inputs
        ]
        enough = unmatched if exact else [
            n for n in unmatched if significant(n) >= COMPUTED_DIGITS and half_unit(n)
        ]  # fmt: skip
        if not enough or any(map(self._invents, self.names & self.holding.inputs)):
            return None
        if self.names & self.holding.neutral and not self._holds(self.tree, self._all_others()):
            return None
        if not self._holds_where_untaken():
            return None
        return Inserted.EXACTLY if exact else Inserted.ROUNDED

    def _holds_where_untaken(self) -> bool:
        """Tell whether a formula is right where only branches not taken are, if that is met."""
        met = False
        for fixed in self._held_sets() if self.untaken.outcomes else ():
            known = (self.holding.at(point, fixed) for point in self.holding.truth.points)
            others = [values for values in known if values and self.untaken.alone(values)]
            met = met or bool(others)
            if others and all(
                self.claimed.right(self.tree, values) is not False for values in others
            ):
                return True
        return not met

    def _all_others(self) -> frozenset[str]:
        """Return all that is not named: only the last operation sees what varies."""
        lines = {line.name for line in self.quantity.chain.main.lines}
        return frozenset(lines | self.holding.inputs) - self.names - {self.quantity.name}

    def _invents(self, name: str) -> bool:
        """Tell whether the formula changes with a value that the quantity does not rest on."""
        lines = self.quantity.chain.main.leading_to(self.quantity.name)
        if any(name in line.uses for line in lines):
            return False
        changed = {**self.given, name: self.given[name] * 1.1 + 0.1}
        before, after = (self.claimed.value(self.tree, values) for values in (self.given, changed))
        return before is not None and after is not None and not same(after, before)


def _is_entry(node: Expression) -> bool:
    """Tell whether a node is one entry of an array, at a place told by numbers."""
    return isinstance(node, Subscript) and all(isinstance(item, Number) for item in node.items)
