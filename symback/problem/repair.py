"""Reading on without a line that YAML cannot read."""

from __future__ import annotations

from typing import Any

from symback.problem.faults import Faults
from symback.problem.nodes import Source
from symback.problem.unreadable import VALUE, line_at, sentence, unreadable


class Repair:
    """A YAML text and the lines taken out of it; every offset stays what it was."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._taken: list[tuple[int, int]] = []

    def covers(self, start: int) -> bool:
        """Whether what starts there stands for text that was taken out."""
        return bool(self._taken) and any(a <= start < b for a, b in self._taken)

    def take_out(self, error: Any, source: Source, faults: Faults) -> bool:
        """Note PyYAML's error and overwrite the line it came from; False if that cannot help."""
        if getattr(error, "problem_mark", None) is None:
            faults.add("E101", f"this is not YAML: {sentence(error)}", source.place(0, 1))
            return False
        found = unreadable(error, self.text)
        start, line = line_at(self.text, found.at)
        value = VALUE.match(line)
        first = start + value.start("value") if value else found.at
        if self.covers(first):
            return False
        faults.add("E101", found.message, source.place(found.at, found.at + 1), found.hint)
        if value is None:
            return False
        last = start + len(line)
        self.text = self.text[:first] + "~" + " " * (last - first - 1) + self.text[last:]
        self._taken.append((first, last))
        return True
