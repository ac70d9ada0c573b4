"""What came of one expectation, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from symback.errors import Diagnostic, Place


@dataclass(frozen=True, slots=True)
class Correction:
    """The right text for characters `start` to `end` of the file."""

    start: int
    end: int
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
    verbs: tuple[str, str] = ("expected", "got")
    """What the two texts are called when they are read to a person."""
    noun: str = "expectation"


@dataclass(frozen=True, slots=True)
class FileReport:
    """What checking one file came to: its outcomes, or the faults that kept it from being solved.

    `code` is the exit code that the file asks for: 1 where an expectation fails, 2 for bad input,
    3 for a limit, 4 for a bug. `rewritten` is the file with right values, where they are wanted.
    """

    file: str
    title: str | None = None
    outcomes: tuple[Outcome, ...] = ()
    faults: tuple[Diagnostic, ...] = ()
    code: int = 0
    seconds: float = 0.0
    updated: int = 0
    rewritten: bytes | None = None

    @property
    def failures(self) -> tuple[Outcome, ...]:
        """The expectations that do not hold."""
        return tuple(outcome for outcome in self.outcomes if not outcome.passed)
