"""What a YAML text consists of: scalars, lists and mappings with their places in the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TypeAlias

from symback.errors import Place, Span
from symback.problem.offsets import source_offset

_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """The text of one file; turns character offsets into lines and columns."""

    file: str
    text: str = field(repr=False)
    _starts: list[int] = field(default_factory=lambda: [0], repr=False)

    def __post_init__(self) -> None:
        self._starts.extend(end.end() for end in _LINE_END.finditer(self.text))

    def place(self, start: int, end: int) -> Place:
        """Return the place of characters `start` up to `end`, cut at the end of its line."""
        start = min(start, len(self.text))
        row = bisect_right(self._starts, start) - 1
        stop = self._starts[row + 1] if row + 1 < len(self._starts) else len(self.text)
        line = self.text[self._starts[row] : stop].rstrip("\r\n")
        column = start - self._starts[row]
        width = max(1, min(end - start, len(line) - column))
        return Place(self.file, row + 1, column + 1, width, line)


@dataclass(frozen=True, slots=True, eq=False)
class Scalar:
    """One scalar: its decoded text, and the characters `start` to `end` it was written as.

    `style` is `plain`, `'`, `"`, `|`, `>`, or `broken` for what has been reported already.
    """

    source: Source = field(repr=False)
    start: int
    end: int
    text: str
    style: str = "plain"
    flow: bool = False
    """Whether it stands inside `[...]` or `{...}`."""

    def place(self, span: Span | None = None) -> Place:
        """Return where the scalar stands, or a span of its decoded text."""
        if span is None:
            return self.source.place(self.start, self.end)
        raw = self.source.text[self.start : self.end]
        first = source_offset(raw, self.style, self.text, span.start)
        last = source_offset(raw, self.style, self.text, max(span.start, span.end - 1)) + 1
        return self.source.place(self.start + first, self.start + last)


@dataclass(frozen=True, slots=True, eq=False)
class _Collection:
    source: Source = field(repr=False)
    start: int
    end: int

    def place(self, span: Span | None = None) -> Place:
        """Return where the list or mapping stands (its first line)."""
        return self.source.place(self.start, self.end)


@dataclass(frozen=True, slots=True, eq=False)
class Items(_Collection):
    """A YAML list."""

    items: tuple[Node, ...]
    flow: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Entries(_Collection):
    """A YAML mapping; each key occurs once."""

    entries: tuple[tuple[Scalar, Node], ...]
    flow: bool = False


Node: TypeAlias = Scalar | Items | Entries


def is_broken(node: Node) -> bool:
    """Whether a fault of this node has been reported already."""
    return isinstance(node, Scalar) and node.style == "broken"
