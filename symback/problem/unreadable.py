"""Saying in the words of the format what is wrong with a line that YAML cannot read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_LINE = re.compile(r"[^\r\n]*")
_KEY = re.compile(r"(?P<lead>\s*(?:- +)*)(?P<key>[^\s'\"{}\[\],#&*!|>@`%-][^:#'\"]*):(?=\s|$)")
_DASH = re.compile(r"(?P<lead>\s*)-(?=\s|$)")
VALUE = re.compile(
    r"(?P<key>\s*(?:- +)*(?:[^\s'\"{}\[\],#&*!|>@`%-][^:#'\"]*:\s+|- +))(?P<value>\S.*)"
)
_FLOW = re.compile(r"\s*(?:- +)*\{")
_PLAIN = re.compile(r"[\w.+\-/() ]+")
_PAIR = re.compile(r"\s*(?:- +)?(?P<name>[^\s:=]+)\s*[:=]?\s*(?P<value>.*)")
_BRACKETS = "an expression with brackets inside a YAML list or mapping: quote it"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What is wrong, the offset where it is, and what to do about it."""

    at: int
    message: str
    hint: str


def unreadable(error: Any, text: str) -> Unreadable:
    """Return what PyYAML's error about a text means, in the words of who wrote the text."""
    at = min(error.problem_mark.index, len(text))
    opened = error.context_mark
    if opened is not None and _is_unclosed(error):
        return _unclosed(text, min(opened.index, len(text)))
    start, line = line_at(text, at)
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent and "cannot start any token" in sentence(error):
        return Unreadable(at, "YAML does not allow a tab here", "indent with spaces")
    if "mapping values are not allowed" in sentence(error):
        if ": " not in line[: at - start]:
            found = _after_a_line(text, start, line)
            if found is not None:
                return found
        return Unreadable(at, "YAML reads the `: ` in this line as a key", _hint(line))
    if at - start == len(indent) and "expected" in sentence(error) and start:
        return _misplaced(text, start, line)
    message = f"YAML cannot read this line: {sentence(error).removeprefix('found ')}"
    return Unreadable(at, message, _hint(line))


def sentence(error: Any) -> str:
    """Return PyYAML's own words."""
    return str(getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable")


def line_at(text: str, at: int) -> tuple[int, str]:
    """Return where the line around an offset begins, and the line."""
    start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    found = _LINE.match(text, start)
    return start, found.group() if found else ""


def _is_unclosed(error: Any) -> bool:
    """Whether a quotation has no end, or a bracket that was opened on an earlier line."""
    context = error.context or ""
    earlier = error.context_mark.line < error.problem_mark.line
    endless = "quoted" in context and "end of stream" in sentence(error)
    return endless or (earlier and "flow" in context)


def _unclosed(text: str, at: int) -> Unreadable:
    mark = text[at : at + 1]
    if mark in "'\"":
        hint = f"write `{mark}` at the end of the text too"
    else:
        hint = f"write commas between entries and `{']' if mark == '[' else '}'}` at the end"
    return Unreadable(at, f"the `{mark}` is not closed", hint)


def _before(text: str, start: int) -> Iterator[tuple[int, str]]:
    """Yield the lines before an offset, the last one first, without empty ones and comments."""
    while start > 0:
        start, line = line_at(text, start - 1)
        if line.strip() and not line.lstrip().startswith("#"):
            yield start, line


def _after_a_line(text: str, start: int, line: str) -> Unreadable | None:
    """Return why a key cannot stand on this line: it goes on with what the line before began."""
    before = next(_before(text, start), None)
    if before is None:
        return None
    place, other = before
    known = _KEY.match(other)
    if known is None:
        at = place + len(other) - len(other.lstrip())
        message = "this line is not of the form `name: value`"
        return Unreadable(at, message, _as_key(other))
    message = "this line is indented deeper than the one before, which has a value"
    return Unreadable(start + len(line) - len(line.lstrip()), message, _indent(len(known["lead"])))


def _as_key(line: str) -> str:
    found = _PAIR.match(line)
    if found is None or not found["value"]:
        return f"write `{line.strip().rstrip(':')}:`"
    return f"write `{found['name']}: {found['value'].rstrip()}`"


def _misplaced(text: str, start: int, line: str) -> Unreadable:
    """Return that a line is not aligned with those before, with the nearest place to put it."""
    own = len(line) - len(line.lstrip())
    form = _DASH if _DASH.match(line) else _KEY
    leads = []
    for _, other in _before(text, start):
        found = form.match(other)
        if found:
            leads.append(len(found["lead"]))
            if leads[-1] < own:
                break
    nearest = min((lead for lead in leads if lead != own), key=lambda n: abs(n - own), default=own)
    message = "this line is not aligned with those that it belongs to"
    hint = _indent(nearest) if nearest != own else _hint(line)
    return Unreadable(start + own, message, hint)


def _indent(columns: int) -> str:
    if not columns:
        return "begin it at the left margin"
    return f"indent it by {columns} space{'s' * (columns > 1)}"


def _hint(line: str) -> str:
    found = VALUE.match(line)
    if found is None or _FLOW.match(line) or found["value"][0] in "{'\"":
        if any(bracket in line for bracket in "[{"):
            return _BRACKETS
        return "check quotes, brackets and indentation of this line and the one before"
    return f"quote it: `{found['key'].strip()} {_quoted(found['value'].rstrip())}`"


def _quoted(value: str) -> str:
    """Return a value in quotes; of a list, the entries that need them."""
    if value[0] == "[" and value[-1] == "]":
        entries = _entries(value[1:-1])
        if not any(entry.startswith("[") for entry in entries):
            return "[" + ", ".join(map(_entry, entries)) + "]"
    return _in_quotes(value)


def _entry(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else _in_quotes(text)


def _in_quotes(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _entries(text: str) -> list[str]:
    """Cut a text at the commas that stand outside brackets."""
    found, depth, start = [], 0, 0
    for place, character in enumerate(text + ","):
        depth += (character in "([{") - (character in ")]}")
        if character == "," and depth <= 0:
            found.append(text[start:place].strip())
            start = place + 1
    return found
