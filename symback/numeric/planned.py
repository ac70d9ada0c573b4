"""Evaluation in float64 of trees that are evaluated many times: planned once, then a plain loop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from symback.functions.entry import Function, Kind
from symback.functions.signature import parameters
from symback.functions.values.arrays import METER, Array, array_of
from symback.language import operands, walk
from symback.language.tree import (
    Binary,
    Call,
    Compare,
    Expression,
    Literal,
    Name,
    Negate,
    Number,
    Sequence,
    Slice,
    Subscript,
    Transpose,
)
from symback.numeric.arithmetic import COMPARISONS, FLOAT64, FLOAT_OPERATIONS
from symback.numeric.evaluate import Environment, Evaluator, Functions

#: Plans kept; trees of answers come and go.
MAX_PLANS = 20_000
#: What NumPy and look-ups raise where the evaluator has an error with a place.
FAULTS = (
    ValueError,
    IndexError,
    TypeError,
    KeyError,
    OverflowError,
    MemoryError,
    ZeroDivisionError,
)
#: A call, its function, and the registers of its operands.
Step = tuple[int, Callable[..., Any], tuple[int, ...]]
#: Relative difference of values that are equal but for their rounding.
TIE = 1e-13
PI = np.asarray(np.pi)
_PLANS: dict[tuple[int, int], tuple[Expression, Functions, Plan]] = {}


class PlannedEvaluator(Evaluator):
    """The evaluator in float64, by plans; what a plan cannot do is done, or refused, node by node.

    The caller sets limits and error state around it.
    """

    def __init__(self, environment: Environment, functions: Functions) -> None:
        super().__init__(environment, functions, FLOAT64)

    def value(self, expression: Expression) -> Array:
        """Return the value of a tree. Raises: as `Evaluator` does."""
        try:
            return plan_of(expression, self.functions).value(self.environment)
        except FAULTS:
            return super().value(expression)


def plan_of(expression: Expression, functions: Functions) -> Plan:
    """Return the plan of a tree, made when first asked for."""
    key = (id(expression), id(functions))
    found = _PLANS.get(key)
    if found is None:
        if len(_PLANS) >= MAX_PLANS:
            _PLANS.clear()
        found = _PLANS[key] = (expression, functions, Plan(expression, functions))
    return found[2]


class Plan:
    """The nodes of a tree as calls on registers, in order."""

    def __init__(self, expression: Expression, functions: Functions) -> None:
        self.evaluator = Evaluator({}, functions, FLOAT64)
        self.start: list[Any] = []
        self.names: list[tuple[int, str]] = []
        self.steps: list[Step] = []
        stack: list[int] = []
        known: dict[Expression, int] = {}
        for node in walk(expression):
            count = len(operands(node))
            parts = tuple(stack[len(stack) - count :])
            del stack[len(stack) - count :]
            named = isinstance(node, Call) and all(isinstance(x, Name) for x in node.arguments)
            if named and node in known:
                stack.append(known[node])
                continue
            self._add(node, parts)
            stack.append(len(self.start) - 1)
            if named:
                known[node] = stack[-1]

    def value(self, environment: Environment) -> Array:
        """Return the value with names as in an environment."""
        self.evaluator.forget()
        held = self.start.copy()
        for place, name in self.names:
            value = PI if name == "pi" and name not in environment else environment[name]
            held[place] = value if type(value) is np.ndarray else _array(value)
        for place, function, parts in self.steps:
            held[place] = function(*[held[part] for part in parts])
        return _array(held[-1])

    def _add(self, node: Expression, parts: tuple[int, ...]) -> None:
        place = len(self.start)
        self.start.append(None)
        match node:
            case Number(value=value):
                self.start[place] = FLOAT64.number(value)
            case Name(id=name):
                self.names.append((place, name))
            case _:
                self.steps.append((place, self._function(node), parts))

    def _function(self, node: Expression) -> Callable[..., Any]:
        plain = not any(isinstance(part, _LOOSE) for part in operands(node))
        match node:
            case Binary(op=op) if plain and op in OPERATIONS:
                return OPERATIONS[op]
            case Compare(op=op) if plain:
                return _comparing(op)
            case Negate() if plain:
                return np.negative
            case Transpose() if plain:
                return np.transpose
            case Call():
                return self._call(node, plain and not node.keywords)
            case Subscript(items=items) if all(_is_whole(item) for item in items):
                return _taking(tuple(_whole(item) for item in items))
        return self._fallback(node)

    def _call(self, node: Call, plain: bool) -> Callable[..., Any]:
        function = self.evaluator.functions[node.function]
        whole = plain and len(parameters(function.signature)) == len(node.arguments)
        if function.kind is Kind.ELEMENTWISE and function.float64 is not None and whole:
            return _elementwise(function, function.float64)
        return self._applying(node, function)

    def _applying(self, node: Call, function: Function) -> Callable[..., Any]:
        apply, keys = self.evaluator.apply, [key for key, _ in node.keywords]
        count = len(node.arguments)

        def step(*parts: Any) -> Any:
            return apply(function, list(parts[:count]), dict(zip(keys, parts[count:], strict=True)))

        return step

    def _fallback(self, node: Expression) -> Callable[..., Any]:
        combine = self.evaluator.combine

        def step(*parts: Any) -> Any:
            return combine(node, list(parts))

        return step


#: Nodes whose values are no arrays.
_LOOSE = (Sequence, Literal, Slice)


def _array(x: Any) -> Array:
    return x if type(x) is np.ndarray and x.dtype == float else FLOAT64.lift(array_of(x))


def _checked(op: str) -> Callable[[Any, Any], Any]:
    operation = FLOAT_OPERATIONS[op]

    def step(a: Any, b: Any) -> Any:
        if a.size * b.size > METER.max_elements:
            return FLOAT64.binary(op, np.asarray(a), np.asarray(b))
        return operation(a, b)

    return step


OPERATIONS = {op: _checked(op) for op in ("+", "-", "*", "/", "@")}
OPERATIONS["**"] = lambda a, b: FLOAT64.binary("**", np.asarray(a), np.asarray(b))


def _equal(a: Any, b: Any) -> Any:
    return (a == b) | (np.abs(a - b) <= TIE * np.maximum(np.abs(a), np.abs(b)))


def _comparing(op: str) -> Callable[[Any, Any], Any]:
    """Compare; what is equal but for its rounding, as in `max(x) == x`, is equal."""
    holds = COMPARISONS[op]
    if op in ("==", "!="):
        holds = _equal if op == "==" else lambda a, b: ~_equal(a, b)

    def step(a: Any, b: Any) -> Any:
        if a.size * b.size > METER.max_elements:
            return FLOAT64.compare(op, np.asarray(a), np.asarray(b))
        return np.asarray(holds(a, b), dtype=float)

    return step


def _elementwise(function: Function, compute: Callable[..., Any]) -> Callable[..., Any]:
    def step(*arguments: Any) -> Any:
        if len(arguments) > 1:
            return FLOAT64.elementwise(function, [np.asarray(x) for x in arguments])
        return np.asarray(compute(arguments[0]), dtype=float)

    return step


def _is_whole(item: Expression) -> bool:
    return isinstance(item, Number) and item.value.denominator == 1


def _whole(item: Expression) -> int:
    assert isinstance(item, Number)
    return int(item.value)


def _taking(index: tuple[int, ...]) -> Callable[..., Any]:
    def step(value: Any, *_: Any) -> Any:
        return _array(value)[index]

    return step
