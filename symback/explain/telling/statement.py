"""The sentences of a derivation and their order: plain data for every format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from symback.explain.drawing.paths import Paths
from symback.explain.solution import Component, Note, Result, Solution
from symback.explain.telling.melted import Melted
from symback.language.tree import Expression
from symback.numeric.value import Value
from symback.tensor.dims import Shape

Kind = Literal["step", "given", "signal", "shared", "result"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of the derivation: `name = formula = value`.

    A derivative has a `verb`, is `of` one quantity (of the scalar that is not named, for a `vjp`)
    and, where it belongs to one name, `wrt` that. `alias` is a short name for the same
    (`delta2`); `through` the steps by which the quantity reaches what is differentiated; `paths`
    the chain rule written out, for scalars.
    """

    kind: Kind
    name: str
    formula: Expression | None
    shape: Shape
    value: Value | None = None
    part: str | None = None
    alias: str | None = None
    melted: tuple[Melted, ...] = ()
    through: tuple[str, ...] = ()
    verb: str = ""
    of: str | None = None
    wrt: str | None = None
    paths: Paths | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One result that was asked for, with the components to be shown."""

    result: Result
    statement: Statement
    components: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The answers under one part of the problem."""

    name: str | None
    titles: tuple[str, ...]
    notes: tuple[str, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Everything to be told about one problem, in order.

    `reverse` tells whether the derivatives are those of a reverse pass; `split` whether names of
    the backward pass mean something else in another part.
    """

    solution: Solution
    forward: tuple[Statement, ...]
    backward: tuple[Statement, ...]
    parts: tuple[Part, ...]
    notes: tuple[Note, ...]
    aliases: Mapping[str, str]
    reverse: bool
    split: bool

    def needed(self) -> tuple[Statement, ...]:
        """Return the statements that only name what the answers rest on: signals, shared parts."""
        return tuple(one for one in self.backward if one.kind != "result")
