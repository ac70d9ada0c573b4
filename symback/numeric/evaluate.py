"""Evaluation of syntax trees on arrays, with a loop: trees may be thousands of nodes deep."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import EllipsisType
from typing import Any

import numpy as np

from symback.errors import Diagnostic, InputError, LimitError, Span
from symback.functions.entry import Function, Kind
from symback.functions.values.arrays import Array, array_of, integer, metered, spend
from symback.language import operands, parse, walk
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
from symback.numeric.arithmetic import Arithmetic
from symback.numeric.signature import bind

Environment = Mapping[str, Any]
Functions = Mapping[str, Function]


def evaluate(
    expression: Expression, environment: Environment, functions: Functions, arithmetic: Arithmetic
) -> Array:
    """Return the value of an expression as NumPy, SciPy and PyTorch mean it.

    Shapes: `environment` maps names to arrays of any shape, and dimensions to integers; a list in
    the expression is the stack of its members.
    Raises: InputError E403 where shapes do not fit, E404 and E405 for unknown names and functions,
    E406 for settings that are not integers; LimitError E401, E402; Undecided (exact only).
    """
    with metered(arithmetic.max_elements), np.errstate(all="ignore"):
        return Evaluator(environment, functions, arithmetic).value(expression)


class Evaluator:
    """Evaluates trees in one environment; the caller sets limits and error state around it."""

    def __init__(
        self, environment: Environment, functions: Functions, arithmetic: Arithmetic
    ) -> None:
        self.environment = environment
        self.functions = functions
        self.arithmetic = arithmetic
        self._of_names: dict[Call, Array] = {}

    def forget(self) -> None:
        """Keep nothing that was computed from names: they are about to mean something else."""
        self._of_names.clear()

    def value(self, expression: Expression) -> Array:
        """Return the value of a tree, as an array of the arithmetic."""
        stack: list[Any] = []
        for node in walk(expression):
            count = len(operands(node))
            parts = stack[len(stack) - count :]
            del stack[len(stack) - count :]
            stack.append(self._located(node, parts))
        return self._array(stack.pop())

    def _located(self, node: Expression, parts: list[Any]) -> Any:
        """Combine parts; what NumPy finds wrong becomes an error with its place."""
        try:
            return self.combine(node, parts)
        except (ValueError, IndexError, TypeError) as error:
            message = f"the values do not fit together: {_first_line(error)}"
            raise InputError(Diagnostic("E403", message, span=node.span)) from error
        except (OverflowError, MemoryError) as error:
            message = "a number or an array is too large to be computed"
            raise LimitError(Diagnostic("E402", message, span=node.span)) from error

    def combine(self, node: Expression, parts: list[Any]) -> Any:
        """Return a node's value, from those of its operands; errors of NumPy have no place yet."""
        match node:
            case Number(value=value):
                return self.arithmetic.number(value)
            case Name(id=name):
                return self._name(name, node.span)
            case Binary(op=op):
                return self.arithmetic.binary(op, self._array(parts[0]), self._array(parts[1]))
            case Negate():
                return np.negative(self._array(parts[0]))
            case Call():
                return self._call(node, parts)
        return self._rearrange(node, parts)

    def _rearrange(self, node: Expression, parts: list[Any]) -> Any:
        match node:
            case Compare(op=op):
                return self.arithmetic.compare(op, self._array(parts[0]), self._array(parts[1]))
            case Literal(value=value):
                return value
            case Transpose():
                return self._array(parts[0]).T
            case Subscript():
                return self._array(parts[0])[tuple(_index(part) for part in parts[1:])]
            case Slice():
                rest = iter(parts)
                ends = (node.start, node.stop, node.step)
                return slice(*(None if end is None else integer(next(rest)) for end in ends))
            case Sequence(bracket="("):
                return tuple(parts)
        return parts

    def _array(self, x: Any) -> Array:
        return self.arithmetic.lift(array_of(x))

    def _name(self, name: str, span: Span | None) -> Any:
        if name in self.environment:
            return self.environment[name]
        if name == "pi":
            return self.arithmetic.pi()
        raise InputError(Diagnostic("E404", f"`{name}` has no value", span=span))

    def _call(self, node: Call, parts: list[Any]) -> Array:
        function = self.functions.get(node.function)
        if function is None:
            message = f"there is no function `{node.function}`"
            raise InputError(Diagnostic("E405", message, span=node.span))
        count = len(node.arguments)
        keywords = dict(zip((key for key, _ in node.keywords), parts[count:], strict=True))
        if (
            function.kind is not Kind.PRIMITIVE
            or not isinstance(node.arguments[0], Name)
            or count > 1
        ):
            return self.apply(function, parts[:count], keywords)
        if node not in self._of_names:  # eigenvalues are written several times, and slow to find
            self._of_names[node] = self.apply(function, parts[:count], keywords)
        return self._of_names[node]

    def apply(self, function: Function, arguments: list[Any], keywords: dict[str, Any]) -> Array:
        """Return a function's value from evaluated arguments, and keywords by their names."""
        if function.kind is Kind.ELEMENTWISE:
            bound = bind(function, arguments, keywords, self._default)
            return self.arithmetic.elementwise(function, [self._array(x) for x in bound.values()])
        if function.value is not None:
            value = array_of(function.value(*arguments, **keywords))
            spend(value.size)
            return self.arithmetic.lift(value)
        return self._expand(function, bind(function, arguments, keywords, self._default))

    def _default(self, expression: Expression) -> Any:
        if isinstance(expression, Literal):
            return expression.value
        return Evaluator({}, self.functions, self.arithmetic).value(expression)

    def _expand(self, function: Function, bound: dict[str, Any]) -> Array:
        """Evaluate the definition of a function that is written in terms of others."""
        if function.body is None:
            message = f"`{function.name}` has no numeric definition"
            raise InputError(Diagnostic("E407", message))
        text = function.body if isinstance(function.body, str) else function.body(bound)
        return self.within(bound).value(_parsed(text))

    def within(self, environment: Environment) -> Evaluator:
        """Return what evaluates a definition whose parameters have these values."""
        return Evaluator(environment, self.functions, self.arithmetic)


@lru_cache(maxsize=512)
def _parsed(text: str) -> Expression:
    return parse(text)


def _index(part: Any) -> Any:
    return part if part is None or isinstance(part, slice | EllipsisType) else integer(part)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
