"""Collecting the faults of a file, so that all of them are reported at once."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from symback.errors import Diagnostic, InputError, LimitError, Place, SymbackError

#: A file with more faults than this is of another kind; the first ones say so.
MAX_FAULTS = 50
#: Among more words than this, comparing takes longer than a hint is worth.
MAX_WORDS = 500


class Faults:
    """The faults found so far; `stop` raises them, in the order of the file."""

    def __init__(self) -> None:
        self._found: list[Diagnostic] = []
        self._only_limits = True

    def __len__(self) -> int:
        return len(self._found)

    def add(self, code: str, message: str, place: Place | None, hint: str | None = None) -> None:
        """Note one fault of the input."""
        self.note(Diagnostic(code, message, hint, place=place))

    def note(self, diagnostic: Diagnostic, limit: bool = False) -> None:
        """Note a fault that has its place already."""
        self._found.append(diagnostic)
        self._only_limits = self._only_limits and limit

    def near(self, word: str, known: Iterable[str]) -> str | None:
        """Return the hint naming known words near `word`; none once enough has been found."""
        return None if len(self._found) > MAX_FAULTS else did_you_mean(word, known)

    def stop(self) -> None:
        """Raise InputError with all faults, if any; LimitError if they are all limits."""
        error = self.error()
        if error is not None:
            raise error

    def error(self) -> SymbackError | None:
        """Return the error with all faults, in the order of the file, None without any."""
        if not self._found:
            return None
        found = sorted(dict.fromkeys(self._found), key=_position)
        if len(found) > MAX_FAULTS:
            more = f"{len(found) - MAX_FAULTS} more faults are not shown"
            rest = found[MAX_FAULTS].place
            found = [*found[:MAX_FAULTS], Diagnostic("E119", more, place=rest)]
        return (LimitError if self._only_limits else InputError)(found)


def _position(diagnostic: Diagnostic) -> tuple[int, int]:
    place = diagnostic.place
    return (place.line, place.column) if place else (1 << 30, 0)


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Return the hint naming the known words nearest to `word`, None if none is near."""
    lengths = range(len(word) - 3, len(word) + 4)
    everything = sorted(set(known))
    words = [other for other in everything if len(other) in lengths][:MAX_WORDS]
    near = [other for other in words if other.lower() == word.lower()]
    if not near and len(word) > 2:
        near = [other for other in everything if other.lower().startswith(word.lower())][:2]
    near = near or difflib.get_close_matches(word, words, n=2, cutoff=0.6)
    return "did you mean " + " or ".join(f"`{other}`" for other in near) + "?" if near else None


def shortened(text: str) -> str:
    """Return at most 40 characters of a text, for a message."""
    return text if len(text) <= 40 else text[:39] + "…"
