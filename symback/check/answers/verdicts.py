"""What grading says about a sheet, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from symback.errors import Diagnostic

CORRECT, ROUNDING, FOLLOW, WRONG, UNREAD = (
    "correct",
    "rounding",
    "follow_through",
    "wrong",
    "unread",
)
VERDICTS = (CORRECT, ROUNDING, FOLLOW, WRONG, UNREAD)
#: Verdicts that earn the points, and those that let the command exit with 0.
EARNING = frozenset((CORRECT, ROUNDING, FOLLOW))
PASSING = frozenset((CORRECT, ROUNDING))


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with an answer: one kind of mistake, where, in words, and the right line."""

    kind: str
    message: str
    where: str | None = None
    repair: str | None = None
    others: tuple[str, ...] = ()
    """Kinds that explain the answer as well."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One answer and what is said of it."""

    quantity: str
    verdict: str
    finding: Finding | None = None
    note: str = ""
    expected: Any = None
    """The right value: text of a formula, or nested numbers."""
    got: Any = None
    points: Fraction = Fraction(0)
    of: Fraction = Fraction(1)
    name: str | None = None
    """The quantity of the problem that it is about."""
    written: str = ""
    place: tuple[int, int] | None = None
    """Which characters of what is written are not understood, if that is known."""


@dataclass(frozen=True, slots=True)
class Report:
    """A graded sheet."""

    problem: str
    sheet: str
    answers: tuple[Judgement, ...]
    student: str | None = None
    title: str | None = None
    index_base: int = 0

    @property
    def points(self) -> Fraction:
        """The points earned."""
        return sum((one.points for one in self.answers), Fraction(0))

    @property
    def of(self) -> Fraction:
        """The points that could be earned."""
        return sum((one.of for one in self.answers), Fraction(0))

    @property
    def passed(self) -> bool:
        """Whether every answer is right."""
        return all(one.verdict in PASSING for one in self.answers)


@dataclass(frozen=True, slots=True)
class Ungraded:
    """A sheet that could not be graded, and why."""

    sheet: str
    faults: tuple[Diagnostic, ...]


Sheet: TypeAlias = Report | Ungraded
