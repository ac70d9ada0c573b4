"""A problem as plain data: what the file says, checked by itself, with places for later stages.

Trees are 0-based with half-open slices, whatever `index_base` the file has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from symback.errors import Place, Span
from symback.language.tree import Expression, Sequence
from symback.problem.nodes import Node, Scalar

#: A number or constant expression, or nested tuples of them: the entries of an array.
Value: TypeAlias = "Expression | tuple[Value, ...]"
#: Lengths of axes: integers, or dimensions as text, `n` or `2*n + 1`.
Shape: TypeAlias = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Formula:
    """An expression as written and as read; spans in `tree` are offsets into `text`."""

    text: str
    tree: Expression
    origin: tuple[tuple[int, int, Scalar], ...] = field(default=(), compare=False, repr=False)
    """Which scalar characters `[start, end)` of `text` were written in."""
    node: Node | None = field(default=None, compare=False, repr=False)

    def place(self, span: Span | None = None) -> Place | None:
        """Return where the formula stands in its file, or a span of it; None if it has no file."""
        if span is not None:
            for start, end, scalar in self.origin:
                if start <= span.start < end:
                    stop = min(span.end, end)
                    return scalar.place(Span(span.start - start, max(stop, span.start) - start))
        if len(self.origin) == 1:
            return self.origin[0][2].place()
        return self.node.place() if self.node is not None else None


class _Placed:
    """Has the `node` of the file that it was read from, if there is one."""

    __slots__ = ()
    node: Node | None

    @property
    def place(self) -> Place | None:
        """Where it stands in the file."""
        return self.node.place() if self.node is not None else None


@dataclass(frozen=True, slots=True)
class ArrayFile:
    """Values kept in a file beside the problem; read by `problem.arrays.read_array`."""

    path: Path
    shape: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Given(_Placed):
    """What is known: a value, a shape, or both."""

    name: str
    value: Value | ArrayFile | None = None
    shape: Shape | None = None
    """None where only evaluating the value can tell: `eye(3)` without `shape`."""
    assume: tuple[str, ...] = ()
    structure: str | None = None
    latex: str | None = None
    note: str | None = None
    node: Node | None = field(default=None, compare=False, repr=False)

    @property
    def facts(self) -> tuple[str, ...]:
        """What is true of the value: what is assumed of it, and its structure."""
        return self.assume if self.structure is None else (*self.assume, self.structure)


@dataclass(frozen=True, slots=True)
class Step:
    """One name of the graph and its formula."""

    name: str
    formula: Formula
    latex: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a number may be off; both None: half a unit of the last digit written."""

    relative: Expression | None = None
    absolute: Expression | None = None


@dataclass(frozen=True, slots=True)
class Expectation(_Placed):
    """What a result should be; `key` is a wrt name, a component or a result name.

    `key` is None where the find entry has a single result; `part` qualifies it (`b.dL_dx`).
    """

    value: Value
    key: Formula | None = None
    part: str | None = None
    node: Node | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Request(_Placed):
    """One entry of `find`.

    `targets` is None in the request that stands for an absent `find`: the scalar step written
    last, with respect to everything given that it depends on. `wrt` is None if not written.
    """

    verb: str
    targets: tuple[Formula, ...] | None = None
    wrt: tuple[Formula, ...] | None = None
    part: str | None = None
    title: str | None = None
    note: str | None = None
    expect: tuple[Expectation, ...] = ()
    tolerance: Tolerance | None = None
    points: Expression | None = None
    cotangent: Formula | None = None
    tangent: Formula | None = None
    vector: Formula | None = None
    node: Node | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem file, every fault of which that needs no shapes has been excluded."""

    file: str
    title: str | None = None
    source: str | None = None
    note: str | None = None
    index_base: int = 0
    given: Mapping[str, Given] = field(default_factory=dict)
    define: Mapping[str, Step] = field(default_factory=dict)
    find: tuple[Request, ...] = ()
    dims: Mapping[str, int | None] = field(default_factory=dict)
    """The dimensions named in shapes, with their sizes where values tell."""


#: Whatever of a problem can be at fault in a later stage.
Item: TypeAlias = Step | Formula | Given | Request | Expectation


def place_of(item: Item, span: Span | None = None) -> Place | None:
    """Return where an item stands in its file, or a span of its text; None without a file."""
    if isinstance(item, Step):
        return item.formula.place(span)
    if isinstance(item, Formula):
        return item.place(span)
    return item.node.place(span) if item.node is not None else None


def tree_of(value: Value) -> Expression:
    """Return a value of the file as one expression, lists as sequences."""
    return Sequence(tuple(map(tree_of, value))) if isinstance(value, tuple) else value
