"""The syntax tree of section "Expressions": what is read, derived, evaluated and printed alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from types import EllipsisType
from typing import TypeAlias

from symback.errors import Span


@dataclass(frozen=True, slots=True)
class Number:
    """An exact number; `text` keeps the digits as written where there were any."""

    value: Fraction
    text: str = field(default="", compare=False)
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, a step, a dimension or a constant."""

    id: str
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Literal:
    """`None`, `True`, `False`, `...` or a quoted string: settings of functions and axes."""

    value: bool | str | EllipsisType | None
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Negate:
    """`-operand`."""

    operand: Expression
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Binary:
    """`left op right` with op one of `+ - * / ** @`."""

    op: str
    left: Expression
    right: Expression
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Compare:
    """`left op right`, valued 0 or 1, with op one of `< <= > >= == !=`."""

    op: str
    left: Expression
    right: Expression
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """`function(arguments, keyword=value)`."""

    function: str
    arguments: tuple[Expression, ...]
    keywords: tuple[tuple[str, Expression], ...] = ()
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Transpose:
    """`value.T`: all axes reversed."""

    value: Expression
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Slice:
    """`start:stop:step` inside brackets; absent parts are None; 0-based, stop excluded."""

    start: Expression | None = None
    stop: Expression | None = None
    step: Expression | None = None
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Subscript:
    """`value[items]`: 0-based integers, slices, `None` axes and one `...`."""

    value: Expression
    items: tuple[Expression, ...]
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Sequence:
    """`[a, b]` (a vector of expressions) or, with `bracket` "(", a tuple of settings."""

    items: tuple[Expression, ...]
    bracket: str = "["
    span: Span | None = field(default=None, compare=False)


Expression: TypeAlias = (
    Number
    | Name
    | Literal
    | Negate
    | Binary
    | Compare
    | Call
    | Transpose
    | Slice
    | Subscript
    | Sequence
)
