"""The order in which factors and terms are written: that of the problem, whatever its names."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import islice
from typing import Any

from symback.language.tree import Expression, Number
from symback.tensor.indices import Index
from symback.tensor.poly import LEAF, Atom, Factor, Monomial, Poly

#: Behind every name.
LAST = 1 << 30


class Order:
    """Ranks the names of a program, which may grow; `signals` are those of error signals."""

    def __init__(
        self,
        definitions: Mapping[Atom, Poly],
        leaves: Mapping[str, Atom],
        signals: Collection[Atom],
    ) -> None:
        self._definitions = definitions
        self._leaves = leaves
        self._signals = signals
        self._places: dict[Atom, int] = {}
        self._positions: dict[Atom, int] = {}
        self._inner: dict[Atom, tuple[tuple[int, str], int]] = {}

    def factors(self, factors: tuple[Factor, ...]) -> list[Factor]:
        """Put later steps before earlier ones and these before what is given: z*f, not f*z."""
        return sorted(factors, key=lambda factor: self.later_first(factor.atom))

    def later_first(self, base: Atom) -> tuple[int, str]:
        """Rank a factor: steps from the last to the first, what is given by name, other parts."""
        if base.kind != LEAF:
            return (1, "")
        if len(self._places) < len(self._definitions):
            for new in islice(self._definitions, len(self._places), None):
                self._places[new] = len(self._places)
        if base in self._places:
            return (-1 - self._places[base], "")
        return (0, base.name)

    def position(self, base: Atom) -> int:
        """Rank a name as the problem introduces it; -1 for an error signal."""
        if base in self._signals:
            return -1
        if base not in self._positions:
            self._positions = {one: k for k, one in enumerate(self._leaves.values())}
            self._positions.setdefault(base, LAST)
        return self._positions[base]

    def term(self, mono: Monomial, tree: Expression) -> tuple[Any, ...]:
        """Rank a term: plain numbers last, others by the names in them and their places.

        Error signals do not count, so that one follows the other as the steps do.
        """
        if isinstance(tree, Number):
            return (LAST,)
        found = sorted(
            (*self._names_in(base), tuple(map(_index_key, index)), -exponent)
            for base, index, exponent in mono.factors
        )
        names = [(first, index, power) for _, first, index, power in found if 0 <= first < LAST]
        constant = not names and not any(first == -1 for _, first, _, _ in found)
        return (int(constant), names)

    def _names_in(self, base: Atom) -> tuple[tuple[int, str], int]:
        """Return how the first name in a factor ranks among factors, and the first position."""
        if base.kind == LEAF:
            return self.later_first(base), self.position(base)
        known = self._inner.get(base)
        if known is None:
            inner = [
                self._names_in(factor.atom)
                for value in base.args
                for mono, _ in value.terms
                for factor in mono.factors
            ]
            ranks = [rank for rank, first in inner if first < LAST]
            positions = [first for _, first in inner if 0 <= first < LAST]
            signal = LAST if not any(first == -1 for _, first in inner) else -1
            known = min(ranks, default=(1, "")), min(positions, default=signal)
            self._inner[base] = known
        return known


def _index_key(index: Index) -> tuple[int, int, str]:
    """Rank an index: plain labels, then shifted ones, the farther the later."""
    if isinstance(index, int):
        return (0, index, "")
    if isinstance(index.const, int):
        return (1, abs(index.const), repr((index.const < 0, index.terms)))
    return (2, 0, f"{index.const!r}{index.terms!r}")
