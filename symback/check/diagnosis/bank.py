"""The values of a quantity under every alteration, kept for all sheets of a problem."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from itertools import islice
from time import process_time

import numpy as np

from symback.check.derivation.running import quiet
from symback.check.derivation.truth import Chain, TrueValues
from symback.check.diagnosis.case import Case
from symback.check.diagnosis.stacks import Stacks
from symback.check.mistakes.alterations import Change
from symback.check.mistakes.changing import Fixed, altered_value, changes
from symback.functions.values.arrays import Array
from symback.language.tree import Expression

#: Alterations tried for one quantity at most.
MAX_CHANGES = 6_000
#: Seconds for their values at one point, the most telling alterations first.
BANK_SECONDS = 2.0
#: Where a person has some lines otherwise, what is less telling than this is not tried.
PERSONAL = 6.0
#: What takes the entries that an answer is about from a whole value.
Selection = Callable[[Array], "Array | None"]


class Bank:
    """The values that a quantity has under every single alteration, computed once.

    Without `fixed` lines it serves all sheets: alterations that come to the same are left out from
    the start. With lines as one person has them they are told apart only where they fit.
    """

    def __init__(self, truth: TrueValues, chain: Chain, target: str) -> None:
        self.truth = truth
        self.chain = chain
        self.target = target
        self.fixed: Sequence[Fixed] = ()
        found = changes(chain, target, truth.all_points()[0], truth)
        self._start(list(islice(found, MAX_CHANGES)))

    def _start(self, changes: list[Change]) -> None:
        self._changes = changes
        self._places = {id(change): k for k, change in enumerate(changes)}
        self._values: dict[int, list[Array | None]] = {}
        self._others: dict[tuple[int, int], Array | None] = {}
        self._rounded: dict[tuple[int, int], tuple[object, ...] | None] = {}
        self._order: list[int] | None = None
        self._stacks: dict[tuple[int, tuple[Expression, ...] | None], Stacks] = {}

    def with_lines(self, fixed: Sequence[Fixed]) -> Bank:
        """Return the bank of the same alterations where a person has some lines otherwise."""
        bank = copy(self)
        bank.fixed = fixed
        own = (one for one in self._changes if one.alteration.rank <= PERSONAL)
        bank._start([one for one in own if one.line.name not in fixed[0]])
        return bank

    def entries(self, point: int) -> Iterator[tuple[Change, Array]]:
        """Yield alterations that change the value, with the value at a point."""
        values = self._at(point)
        for k in self._ordered():
            value = values[k]
            if value is not None:
                yield self._changes[k], value

    def __len__(self) -> int:
        return len(self._changes)

    def fitting(self, case: Case, point: int, select: Selection) -> list[tuple[Change, int, int]]:
        """Return the alterations that explain an answer at a point, and how well.

        With each, how many values were compared up to it. `select` returns the entries that the
        answer is about.
        """
        values = self._at(point)
        places = [k for k in self._ordered() if values[k] is not None]
        stacks = self._side_by_side(case, point, select)
        own = self._own_so_far(places, point)
        fits = {
            places[k]: (how, own[k] if self._is_own(self._changes[places[k]]) else tried)
            for k, how in stacks.fits(case, point)
            for tried in [stacks.distinct[k]]
        }
        kept = self._sifted(fits) if self.fixed else fits
        return [(self._changes[k], *fits[k]) for k in kept]

    def _own_so_far(self, places: list[int], point: int) -> list[int]:
        """Return how many alterations of the line asked for there are up to each place."""
        values = self._at(point)
        found: set[object] = set()
        counts = []
        for k in places:
            value = values[k]
            if self._is_own(self._changes[k]) and value is not None:
                found.add(rounded(value) if self.fixed else k)
            counts.append(len(found))
        return counts

    def _is_own(self, change: Change) -> bool:
        """Tell whether an alteration is in the line asked for: of these there are few."""
        return change.line.name == self.target

    def multiples(
        self, case: Case, point: int, select: Selection
    ) -> Iterator[tuple[Change, Array, int]]:
        """Yield the alterations, and values, that an answer may be a multiple or transpose of.

        With each, how many values there are up to it.
        """
        entries = list(self.entries(point))
        stacks = self._side_by_side(case, point, select)
        for k in stacks.multiples(case, point):
            chosen = select(entries[k][1])
            if chosen is not None:
                yield entries[k][0], chosen, stacks.distinct[k]

    def _side_by_side(self, case: Case, point: int, select: Selection) -> Stacks:
        key = (point, case.quantity.items)
        if key not in self._stacks:
            self._stacks[key] = Stacks(select(value) for _, value in self.entries(point))
        return self._stacks[key]

    def likely(self, most: float) -> Iterator[list[Change]]:
        """Yield the common alterations of each script, one for each value that comes of them."""
        values = self._at(0)
        for script in self.chain.scripts:
            found: dict[tuple[object, ...], Change] = {}
            for change, value in zip(self._changes, values, strict=True):
                common = change.script is script and change.alteration.rank <= most
                if common and value is not None:
                    key = rounded(value)
                    if key not in found or found[key].alteration.rank > change.alteration.rank:
                        found[key] = change
            yield sorted(found.values(), key=lambda change: change.alteration.rank)

    def value(self, change: Change, point: int) -> Array | None:
        """Return the value under an alteration at a point, of the bank or of two of it together."""
        place = self._places.get(id(change))
        if place is not None:
            return self._elsewhere(place, point)
        with quiet():
            return self._value(change, point)

    def _value(self, change: Change, point: int) -> Array | None:
        at = self.truth.all_points()[point]
        fixed = self.fixed[point] if self.fixed else {}
        return altered_value(self.truth, change, self.target, at, fixed)

    def _ordered(self) -> list[int]:
        """Return the alterations to try by their rank; those that differ where that is known."""
        if self._order is None:
            ranks = [change.alteration.rank for change in self._changes]
            self._order = sorted(range(len(ranks)), key=ranks.__getitem__)
            if not self.fixed:
                self._at(0)
                self._order = self._sifted(self._order)
        return self._order

    def _sifted(self, order: Iterable[int]) -> list[int]:
        """Leave out what has no value, the true value, or one that a plainer alteration has."""
        first = self.truth.all_points()[0]
        right = rounded(first.environment(self.chain.main, self.truth.functions)[self.target])
        seen: dict[tuple[object, ...], list[int]] = {}
        kept = []
        for k in order:
            key = self._digits(k, 0)
            if key is None:
                if self._digits(k, len(self.truth.all_points()) - 1) is not None:
                    kept.append(k)
                continue
            if key == right and self._is_true(k):
                continue
            if any(self._equal(k, j) for j in seen.get(key, ())):
                continue
            kept.append(k)
            if self._changes[k].alteration.rank <= 2:
                seen.setdefault(key, []).append(k)
        return kept

    def _is_true(self, place: int) -> bool:
        """Tell whether an alteration changes nothing at the other points either."""
        script, functions = self.chain.main, self.truth.functions
        for k, point in enumerate(self.truth.all_points()[1:], 1):
            found = self._digits(place, k)
            true = point.environment(script, functions)[self.target]
            if found is not None and found != rounded(true):
                return False
        return True

    def _equal(self, one: int, other: int) -> bool:
        """Tell whether alterations with one value at the first point have one at all others."""
        for k in range(1, len(self.truth.all_points())):
            first, second = self._digits(one, k), self._digits(other, k)
            if first is not None and second is not None and first != second:
                return False
        return True

    def _digits(self, place: int, point: int) -> tuple[object, ...] | None:
        """Return the value under an alteration at a point as it is compared with others."""
        if (place, point) not in self._rounded:
            value = self._elsewhere(place, point)
            self._rounded[place, point] = None if value is None else rounded(value)
        return self._rounded[place, point]

    def _elsewhere(self, place: int, point: int) -> Array | None:
        if point in self._values:
            return self._values[point][place]
        if (place, point) not in self._others:
            with quiet():
                self._others[place, point] = self._value(self._changes[place], point)
        return self._others[place, point]

    def _at(self, point: int) -> list[Array | None]:
        if point not in self._values:
            found: list[Array | None] = [None] * len(self._changes)
            end = process_time() + BANK_SECONDS
            with quiet():
                for k in sorted(range(len(found)), key=lambda k: self._changes[k].alteration.rank):
                    if process_time() > end:
                        break
                    found[k] = self._value(self._changes[k], point)
            self._values[point] = found
        return self._values[point]


def rounded(value: Array) -> tuple[object, ...]:
    """Return the shape of a value and its first entries to nine digits."""
    flat = np.asarray(value, dtype=float).ravel()
    return (np.shape(value), *(float(f"{x:.9g}") for x in flat[:24]))
