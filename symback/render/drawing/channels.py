"""Rows for the lines between two layers of a character drawing, so that no two run together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wire:
    """A line that comes from above in one column and leaves below in another."""

    source: str
    """Wires of one source may share a row and a column."""
    start: int
    end: int

    @property
    def low(self) -> int:
        """Leftmost column."""
        return min(self.start, self.end)

    @property
    def high(self) -> int:
        """Rightmost column."""
        return max(self.start, self.end)


def assign_rows(wires: Sequence[Wire]) -> list[int]:
    """Row of every wire's horizontal run, from 0; straight wires get row 0 and use none.

    A wire goes above another whose end it would otherwise run into; where two ask this of each
    other, the first one wins.
    """
    rows = [0] * len(wires)
    waiting = [k for k, wire in enumerate(wires) if wire.start != wire.end]
    done: list[int] = []
    row = 0
    while waiting:
        ready = [k for k in waiting if not _is_blocked(k, waiting, wires)] or waiting[:1]
        for k in ready:
            here = [other for other in done if rows[other] == row]
            if all(_fit(wires[k], wires[other]) for other in here):
                rows[k] = row
                done.append(k)
        waiting = [k for k in waiting if k not in done]
        row += 1
    return rows


def _is_blocked(k: int, waiting: Sequence[int], wires: Sequence[Wire]) -> bool:
    """Whether a wire still to be placed comes down where wire k ends."""
    return any(
        other != k and wires[other].source != wires[k].source and wires[other].start == wires[k].end
        for other in waiting
    )


def _fit(one: Wire, other: Wire) -> bool:
    """Whether two wires can have the same row."""
    return one.source == other.source or one.high + 1 < other.low or other.high + 1 < one.low
