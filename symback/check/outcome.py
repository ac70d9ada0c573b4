"""What came of one expectation, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field

from symback.errors import Place
from symback.problem.nodes import Node


@dataclass(frozen=True, slots=True)
class Correction:
    """The right text for a value of the file: the node to replace and what to write."""

    node: Node = field(repr=False, compare=False)
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """One expectation compared with what was derived.

    `name` is the result, with the entry that is farthest off where there are several, counted as
    the file counts; `expected` is what the file says there and `got` what is right. `difference`
    is expected minus right where both are numbers; `reason` says what else is wrong.
    """

    name: str
    passed: bool
    expected: str
    got: str
    part: str | None = None
    difference: float | None = None
    reason: str = ""
    place: Place | None = None
    failed_entries: int = 0
    entries: int = 1
    corrections: tuple[Correction, ...] = ()
