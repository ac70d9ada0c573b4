"""A solved problem as plain data: what every output format shows, and nothing about formatting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from symback.language.tree import Expression
from symback.numeric.value import Value
from symback.problem.model import Problem, Request
from symback.tensor.dims import Shape


@dataclass(frozen=True, slots=True)
class Note:
    """Something a reader should know: a kink, a value that is not defined, a limit."""

    code: str
    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Line:
    """One named quantity: a step of the forward pass or an error signal of the backward pass.

    `of` is the step whose cotangent it is; None for forward steps and shared parts. `rank` is the
    number of its axes.
    """

    name: str
    formula: Expression
    shape: Shape
    value: Value | None = None
    part: str | None = None
    of: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Component:
    """One entry of a result; `index` counts from 0."""

    index: tuple[int, ...]
    formula: Expression


@dataclass(frozen=True, slots=True)
class Result:
    """One answer: what it is the derivative of, its closed form, its number.

    `target` is the formula of what is called `of`, the same name for a step or a given value;
    `expanded` is the closed form in given names only, None where that is too long.
    """

    kind: str
    of: str
    target: Expression
    wrt: tuple[str, ...]
    name: str
    shape: Shape
    closed_form: Expression
    expanded: Expression | None
    components: tuple[Component, ...] = ()
    value: Value | None = None
    part: str | None = None
    asked: tuple[tuple[int, ...], ...] = ()
    """The components that the problem asks for or expects, in its order."""
    request: Request | None = field(default=None, compare=False, repr=False)
    key: str = ""
    """What its value is called during evaluation."""


@dataclass(frozen=True, slots=True)
class Solution:
    """Everything that was derived and evaluated for one problem.

    `given` and `forward` hold the values of what is given and of the steps, each step after what
    it uses; `backward` the error signals and shared parts in the order in which they are used;
    `ranks` the number of axes of every name.
    """

    problem: Problem
    given: tuple[Line, ...]
    forward: tuple[Line, ...]
    backward: tuple[Line, ...]
    results: tuple[Result, ...]
    notes: tuple[Note, ...]
    ranks: Mapping[str, int]
