"""Explanations of a wrong answer, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
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
