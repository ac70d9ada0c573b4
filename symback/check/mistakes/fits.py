"""Explanations of a wrong answer, as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from symback.check.mistakes.alterations import Change

#: How much less telling three mistakes are than two.
THREEFOLD = 2.0


@dataclass
class Fit:
    """One explanation: its kind, how telling it is, and what was altered."""

    kind: str
    rank: float
    changes: tuple[Change, ...] = ()
    also: tuple[Fit, ...] = ()
    detail: dict[str, Any] = field(default_factory=dict)


def with_others(fits: Iterable[Fit]) -> Iterator[Fit]:
    """Yield mistakes, each with those made beside it."""
    for fit in fits:
        yield fit
        yield from with_others(fit.also)


def excess(fit: Fit) -> float:
    """Return how much less telling a mistake is that is two: a factor and a sign, a transpose and
    a sign."""
    ratio = fit.detail.get("ratio")
    twofold = bool(fit.also) or (isinstance(ratio, Fraction | float) and ratio < 0)
    return THREEFOLD if twofold else 0.0


def is_common(change: Change, most: float) -> bool:
    """Tell whether an alteration is worth naming with another of the whole."""
    return change.alteration.rank <= most or change.alteration.kind == "assumed_symmetric"


def is_before(one: Change, other: Change) -> bool:
    """Tell whether an alteration is in an earlier line than another."""
    return one.script.index[one.line.name] < other.script.index[other.line.name]
