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
