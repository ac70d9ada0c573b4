"""Random programs in JAX: values from the syntax tree, derivatives for every verb."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from symback.language import parse, tree
from tests.jax_numpy import Function
from tests.jax_tape import FUNCTIONS, SYNTAX, Tape
from tests.random_programs import Program, decimals

#: Functions whose first argument is a list of arrays or of settings.
JOINS = ("stack", "concat", "einsum", "pad")
#: The relative change of the given values under which a derivative must hold still.
NUDGE = 1e-13
#: How much may change under it: a tenth of what may differ.
STILL = 1e-11
TOLERANCE = 1e-10


class Plain:
    """In place of a tape: every operation done at once by JAX, for JAX to differentiate."""

    @staticmethod
    def apply(name: str, *arguments: Any, **keywords: Any) -> Any:
        """Compute an operation."""
        return (SYNTAX | FUNCTIONS)[name](*arguments, **keywords)


class Graph:
    """A program on a tape: at its given values or next to them."""

    def __init__(self, program: Program, nudge: float = 0.0) -> None:
        self.program = program
        self.tape = Tape()
        signs = np.random.default_rng(1)
        given = {}
        for name, value in program.given.items():
            numbers = np.asarray(decimals(value), float)
            near = numbers * (1 + nudge * signs.choice((-1, 1), numbers.shape))
            given[name] = self.tape.add(near)
        self.env = Reading(self.tape, given).steps(program)

    def derivatives(self) -> list[Any]:
        """Return what the program asks for, in the order of the results."""
        return VERBS[self.program.verb](self)

    def place(self, name: str | None = None) -> int:
        """Return where a name stands on the tape; what is differentiated if none is given."""
        place: int = self.env[name or self.program.of].place
        return place

    def direction(self) -> Any:
        """Return the cotangent, tangent or vector."""
        return self.tape.values[self.place(self.program.direction)]

    def picked(self, found: list[Any]) -> list[Any]:
        """Return what belongs to the variables."""
        return [found[self.place(name)] for name in self.program.wrt]


def whole(program: Program) -> Function:
    """Return a program as one JAX function of its given values."""

    def value(given: dict[str, Any]) -> Any:
        return Reading(Plain(), given).steps(program)[program.of]

    return value


class Reading:
    """Syntax trees read as operations on a tape, or in place of one."""

    def __init__(self, tape: Tape | Plain, env: dict[str, Any]) -> None:
        self.tape = tape
        self.env = dict(env)

    def steps(self, program: Program) -> dict[str, Any]:
        """Return the value of every name."""
        for name, text in program.steps:
            self.env[name] = self._array(parse(text))
        return self.env

    def _array(self, node: tree.Expression) -> Any:
        """Return an operand: a place on the tape or a number; a list is an array."""
        value = self._value(node)
        return self.tape.apply("list", *value) if type(value) is list else value

    def _value(self, node: tree.Expression) -> Any:
        match node:
            case tree.Number(value=value):
                return int(value) if value.denominator == 1 else float(value)
            case tree.Literal(value=value):
                return value
            case tree.Name(id=name):
                return self.env[name] if name in self.env else {"pi": np.pi}[name]
            case tree.Negate(operand=value):
                inner = self._array(value)
                return (
                    -inner if isinstance(inner, int | float) else self.tape.apply("negate", inner)
                )
            case tree.Binary() | tree.Compare():
                return self.tape.apply(node.op, self._array(node.left), self._array(node.right))
            case tree.Transpose(value=value):
                return self.tape.apply("T", self._array(value))
            case tree.Subscript(value=value, items=items):
                return self.tape.apply("[]", self._array(value), [self._item(one) for one in items])
            case tree.Sequence(items=items, bracket=bracket):
                return {"[": list, "(": tuple}[bracket](self._value(one) for one in items)
        return self._call(node)

    def _item(self, node: tree.Expression) -> Any:
        """Return what stands in brackets, a slice as a list of its ends."""
        if isinstance(node, tree.Slice):
            ends = (node.start, node.stop, node.step)
            return [None if end is None else self._value(end) for end in ends]
        return self._value(node)

    def _call(self, node: tree.Call) -> Any:
        read = self._value if node.function in JOINS else self._array
        values = [read(argument) for argument in node.arguments]
        keywords = {key: self._value(value) for key, value in node.keywords}
        return self.tape.apply(node.function, *values, **keywords)


def is_steady(program: Program) -> bool:
    """Tell whether the derivatives are about the same next to the point, as JAX has them.

    They are not at a kink, and where rounding is amplified beyond what can be compared. Nor may an
    operation have an infinite slope that others multiply by 0, as the root of a triangle's zeros.
    """
    graph = Graph(program)
    here = graph.derivatives()
    return graph.tape.is_regular() and all(
        distance(one, other) <= STILL
        for nudge in (NUDGE, -NUDGE)
        for one, other in zip(here, Graph(program, nudge).derivatives(), strict=True)
    )


def distance(actual: Any, expected: Any) -> float:
    """Return the largest difference, relative above 1; infinite for other shapes or NaN."""
    a, b = np.asarray(actual, float), np.asarray(expected, float)
    if a.shape != b.shape or not (np.isfinite(a).all() and np.isfinite(b).all()):
        return np.inf
    scale = max(1.0, np.abs(a).max(initial=0), np.abs(b).max(initial=0))
    return float(np.abs(a - b).max(initial=0) / scale)


def units(shape: tuple[int, ...]) -> Iterator[Any]:
    """Yield the arrays with one 1 and else zeros."""
    for place in np.ndindex(shape):
        unit = np.zeros(shape)
        unit[place] = 1
        yield unit


def _gradient(graph: Graph) -> list[Any]:
    return graph.picked(graph.tape.pull(graph.place(), 1))


def _vjp(graph: Graph) -> list[Any]:
    return graph.picked(graph.tape.pull(graph.place(), graph.direction()))


def _jvp(graph: Graph) -> list[Any]:
    (name,) = graph.program.wrt
    return [graph.tape.push({graph.place(name): graph.direction()})[graph.place()]]


def _jacobian(graph: Graph) -> list[Any]:
    shape = graph.tape.values[graph.place()].shape
    rows = [graph.picked(graph.tape.pull(graph.place(), unit)) for unit in units(shape)]
    return [np.reshape(row, (*shape, *row[0].shape)) for row in zip(*rows, strict=True)]


def _hvp(graph: Graph) -> list[Any]:
    (name,) = graph.program.wrt
    along = {graph.place(name): graph.direction()}
    return graph.picked(graph.tape.pull_twice(graph.place(), along))


def _hessian(graph: Graph) -> list[Any]:
    blocks = []
    for name in graph.program.wrt:
        shape = graph.tape.values[graph.place(name)].shape
        columns = [
            graph.picked(graph.tape.pull_twice(graph.place(), {graph.place(name): unit}))
            for unit in units(shape)
        ]
        blocks.append(
            [
                np.stack(parts, axis=-1).reshape((*parts[0].shape, *shape))
                for parts in zip(*columns, strict=True)
            ]
        )
    return [block for row in zip(*blocks, strict=True) for block in row]


VERBS: dict[str, Callable[[Graph], list[Any]]] = {
    "gradient": _gradient,
    "vjp": _vjp,
    "jacobian": _jacobian,
    "jvp": _jvp,
    "hessian": _hessian,
    "hvp": _hvp,
}
"""How each verb is said with cotangents and tangents."""
