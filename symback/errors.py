"""What can go wrong, as data: code, place, message and hint; rendering is elsewhere.

SymbackError
  x InputError      the input is at fault (exit code 2)
  x LimitError      a bound on size, time or memory was reached (exit code 3)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range of characters `[start, end)` of one expression text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file; line and column count from 1, `text` is the whole line."""

    file: str
    line: int
    column: int
    width: int = 1
    text: str = ""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault: a stable code, one sentence, where it is, and what to do about it."""

    code: str
    message: str
    hint: str | None = None
    span: Span | None = None
    place: Place | None = None

    def at(self, place: Place) -> Diagnostic:
        """Return the same fault with its place in a file."""
        return replace(self, place=place)

    def within(self, file: str) -> Diagnostic:
        """Return the same fault, placed at the beginning of a file if it has no place."""
        return self if self.place is not None else self.at(Place(file, 1, 1))


class SymbackError(Exception):
    """Every error that symback raises on purpose; carries one or more diagnostics."""

    exit_code: ClassVar[int] = 2

    def __init__(self, diagnostics: Diagnostic | Iterable[Diagnostic]) -> None:
        if isinstance(diagnostics, Diagnostic):
            diagnostics = (diagnostics,)
        self.diagnostics = tuple(diagnostics)
        super().__init__("; ".join(f"{d.code}: {d.message}" for d in self.diagnostics))


class InputError(SymbackError):
    """What the user wrote cannot be understood or contradicts itself."""


class LimitError(SymbackError):
    """A bound on size, nesting, time or memory was reached before the work was done."""

    exit_code: ClassVar[int] = 3
