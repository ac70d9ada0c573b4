"""The table of mistakes: each a way to alter a true derivation, with what it is called.

An alteration of an edge replaces what comes along one edge of the graph; one of a node rewrites
one operation in a formula; one of a line drops or repeats whole parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from operator import eq

from symback.check.derivation.passes import Edge, Line, Part, Script
from symback.language.tree import Expression

#: Names of derivatives.
DERIVATIVE = re.compile(r"d2?[^_]+_(d[^_]+|along_)")


@dataclass(frozen=True)
class Scene:
    """What a rule may know about where it is applied."""

    script: Script
    line: Line
    shapes: Mapping[str, tuple[int, ...]]
    equal: Callable[[Expression, Expression], bool] = eq
    """Whether two formulas have one value."""

    @property
    def backward(self) -> bool:
        """Whether the line is a derivative."""
        return self.line.of is not None or bool(DERIVATIVE.match(self.line.name))


EdgeRule = Callable[[Edge, Expression, Scene], Iterator[Expression]]
NodeRule = Callable[[Expression, Scene], Iterator[Expression]]
LineRule = Callable[[Line, Scene], Iterator[tuple[Part, ...]]]


@dataclass(frozen=True)
class Alteration:
    """One kind of mistake.

    `sentence` may name `{old}` and `{new}`, the formula before and after, `{place}`, the quantity
    in which it happened, `{user}` and `{operand}`, the ends of the edge. The lower the `rank`, the
    more telling the explanation.
    """

    kind: str
    sentence: str
    rank: float
    edge: EdgeRule | None = None
    node: NodeRule | None = None
    line: LineRule | None = None


@dataclass(frozen=True)
class Change:
    """An alteration applied in one place of a script."""

    alteration: Alteration
    script: Script
    line: Line
    parts: tuple[Part, ...]
    old: Expression
    new: Expression | None
    edge: Edge | None = None
    more: tuple[Line, ...] = ()
    """Further lines in which the same was done, as altered."""

    @property
    def first(self) -> int:
        """The place of the first line that is altered."""
        return min(self.script.index[name] for name in self.altered)

    @property
    def last(self) -> int:
        """The place of the last line that is altered."""
        return max(self.script.index[name] for name in self.altered)

    @property
    def altered(self) -> dict[str, Line]:
        """The lines as altered, by name."""
        own = Line(self.line.name, self.parts, self.line.of)
        return {own.name: own} | {line.name: line for line in self.more}
