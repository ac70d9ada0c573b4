"""Explanations of a wrong answer, as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from symback.check.mistakes.alterations import Change


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


def is_twofold(fit: Fit) -> bool:
    """Tell whether a plain mistake is two: a factor and a sign, a transpose and a sign."""
    ratio = fit.detail.get("ratio")
    return bool(fit.also) or (isinstance(ratio, Fraction | float) and ratio < 0)


def is_common(change: Change, most: float) -> bool:
    """Tell whether an alteration is worth naming with another of the whole."""
    return change.alteration.rank <= most or change.alteration.kind == "assumed_symmetric"


def is_before(one: Change, other: Change) -> bool:
    """Tell whether an alteration is in an earlier line than another."""
    return one.script.index[one.line.name] < other.script.index[other.line.name]
