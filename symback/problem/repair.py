"""Saying what is wrong with a line that YAML cannot read, and reading on without it."""

from __future__ import annotations

import re
from typing import Any

from symback.problem.faults import Faults
from symback.problem.nodes import Source

_LINE = re.compile(r"[^\r\n]*")
_VALUE = re.compile(
    r"(?P<key>\s*(?:- +)*(?:[^\s'\"{}\[\],#&*!|>@`%-][^:#'\"]*:\s+|- +))(?P<value>\S.*)"
)
_FLOW = re.compile(r"\s*(?:- +)*\{")


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
        mark = getattr(error, "problem_mark", None)
        if mark is None:
            faults.add("E101", f"this is not YAML: {_sentence(error)}", source.place(0, 1))
            return False
        at = min(mark.index, len(self.text))
        context = getattr(error, "context_mark", None)
        unclosed = context is not None and _is_unclosed(error)
        if context is not None and unclosed:
            at = min(context.index, len(self.text))
        start, line = self._line(at)
        found = _VALUE.match(line)
        first = start + found.start("value") if found else at
        if self.covers(first):
            return False
        message = f"the `{line[at - start]}` is not closed" if unclosed else _message(error, line)
        faults.add("E101", message, source.place(at, at + 1), _hint(line, found))
        if found is None:
            return False
        last = start + len(line)
        self.text = self.text[:first] + "~" + " " * (last - first - 1) + self.text[last:]
        self._taken.append((first, last))
        return True

    def _line(self, at: int) -> tuple[int, str]:
        start = max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1
        found = _LINE.match(self.text, start)
        return start, found.group() if found else ""


def _is_unclosed(error: Any) -> bool:
    """Whether the bracket that a list or mapping began with stands on an earlier line."""
    earlier = error.context_mark.line < error.problem_mark.line
    return earlier and "flow" in (error.context or "")


def _sentence(error: Any) -> str:
    return str(getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable")


def _message(error: Any, line: str) -> str:
    problem = _sentence(error)
    if "mapping values are not allowed" in problem:
        return "YAML reads the `: ` in this line as a key"
    if "\t" in line and "cannot start any token" in problem:
        return "YAML does not allow a tab here"
    return f"YAML cannot read this line: {problem.removeprefix('found ')}"


def _hint(line: str, found: re.Match[str] | None) -> str:
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "indent with spaces"
    if found is None or _FLOW.match(line) or found["value"][0] in "{'\"":
        if any(bracket in line for bracket in "[{"):
            return "an expression with brackets inside a YAML list or mapping: quote it"
        return "check quotes, brackets and indentation of this line and the one before"
    value = found["value"].rstrip().replace("'", "''")
    return f"quote it: `{found['key'].strip()} '{value}'`"
