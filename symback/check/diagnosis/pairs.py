"""Two alterations at once: the values that come of them, computed once for all sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import process_time

from symback.check.derivation.running import quiet, value_with, values_with
from symback.check.diagnosis.bank import Bank, Selection
from symback.check.diagnosis.case import Case
from symback.check.diagnosis.stacks import Stacks
from symback.check.mistakes.alterations import Change
from symback.check.mistakes.changing import together
from symback.functions.values.arrays import Array
from symback.language.tree import Expression

#: Seconds for alterations in two places, and entries that their values have in all.
PAIR_SECONDS, MAX_ENTRIES = 2.5, 4_000_000
#: Alterations of at most this rank are tried in pairs, at most so many of them.
LIKELY, MOST_LIKELY = 4.0, 150
#: Where fewer pairs than this may be tried before one fits by chance, none is.
FEWEST_PAIRS = 500

Pair = tuple[Change, Change, Change]


class Pairs:
    """Pairs of the likely alterations of one quantity, the most common ones first."""

    def __init__(self, bank: Bank) -> None:
        self.bank = bank
        self._pairs: list[Pair] | None = None
        self._stacks: dict[tuple[int, tuple[Expression, ...] | None], Stacks] = {}

    def fitting(self, case: Case, select: Callable[[int], Selection]) -> Iterator[Pair]:
        """Yield the pairs of alterations, and both in one, that explain an answer wholly.

        `select(point)` returns the entries that the answer is about.
        """
        points = sorted(case.got)
        stacks = self._side_by_side(points[0], case.quantity.items, select(points[0]))
        for place, how in stacks.fits(case, points[0]):
            pair = self._all()[place]
            if stacks.distinct[place] > case.budget():
                return
            if how == 2 and all(
                (value := self.bank.value(pair[2], k)) is not None
                and case.fits(k, select(k)(value)) == 2
                for k in points[1:]
            ):
                yield pair

    def _all(self) -> list[Pair]:
        if self._pairs is None:
            self._pairs = sorted(
                (
                    (a, b, both)
                    for likely in self.bank.likely(LIKELY)
                    for k, a in enumerate(likely[:MOST_LIKELY])
                    for b in likely[:k]
                    if (both := together(a, b)) is not None
                ),
                key=lambda pair: pair[0].alteration.rank + pair[1].alteration.rank,
            )
        return self._pairs

    def values(
        self, point: int, items: tuple[Expression, ...] | None, select: Selection
    ) -> Iterator[tuple[Pair, Array]]:
        """Yield the pairs with the values that come of them at a point."""
        stacks = self._side_by_side(point, items, select)
        for place, value in stacks.members():
            yield self._all()[place], value

    def _side_by_side(
        self, point: int, items: tuple[Expression, ...] | None, select: Selection
    ) -> Stacks:
        if (point, items) not in self._stacks:
            self._stacks[point, items] = Stacks(self._values(point, select))
        return self._stacks[point, items]

    def _values(self, point: int, select: Selection) -> Iterator[Array | None]:
        end, left = process_time() + PAIR_SECONDS, MAX_ENTRIES
        after: dict[int, dict[str, Array] | None] = {}
        for pair in self._all():
            value = self._value(pair, point, after)
            left -= value.size if value is not None else 0
            if left < 0 or process_time() > end:
                return
            yield None if value is None else select(value)

    def _value(
        self, pair: Pair, point: int, after: dict[int, dict[str, Array] | None]
    ) -> Array | None:
        """Return the value under two alterations; `after` keeps all values under the earlier."""
        first, second, both = pair
        script, bank = both.script, self.bank
        if second.last < first.first:
            first, second = second, first
        if first.last >= second.first or script.rows is not None or bank.fixed:
            return bank.value(both, point)
        truth, target = bank.truth, bank.target
        at = truth.all_points()[point]
        with quiet():
            if id(first) not in after:
                after[id(first)] = values_with(
                    script, target, at.environment(script, truth.functions), first.altered,
                    truth.functions, at.known,
                )  # fmt: skip
            values = after[id(first)]
            if values is None:
                return None
            return value_with(script, target, values, second.altered, truth.functions, at.known)
