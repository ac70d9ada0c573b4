"""Values of expressions by mpmath: the oracle that shares no code with the evaluator or the tables.

`evaluate_mp(expression, env)` walks a syntax tree; `derivative_mp` takes central differences.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import mpmath
import numpy as np
from mpmath import mpf

from symback.language import tree
from tests.oracle_arrays import ARRAYS
from tests.oracle_entries import ENTRIES, OPERATORS
from tests.oracle_layers import LAYERS

DIGITS = 60
FUNCTIONS = ARRAYS | LAYERS
CONSTANTS = {"pi": lambda: +mpmath.pi}


def real(value: Any) -> Any:
    """Return `value` as a real number; NaN where it is complex, infinite or undefined."""
    if isinstance(value, mpmath.mpc):
        value = value.real if value.imag == 0 else mpmath.nan
    return value if mpmath.isfinite(value) else +mpmath.nan


def entrywise(function: Callable[..., Any]) -> Callable[..., Any]:
    """Apply a function of numbers to arrays with broadcasting; faults of arithmetic give NaN."""

    def guarded(*numbers: Any) -> Any:
        try:
            return real(function(*numbers))
        except (ZeroDivisionError, ValueError, OverflowError):
            return +mpmath.nan

    def apply(*values: Any) -> Any:
        return np.frompyfunc(guarded, len(values), 1)(*map(array, values))

    return apply


def array(value: Any) -> Any:
    """Return numbers, nested lists and arrays as an object array of `mpf`."""
    if isinstance(value, list):
        value = [array(item) for item in value]
    return np.frompyfunc(number, 1, 1)(np.asarray(value, dtype=object))


def number(value: Any) -> Any:
    """Return an integer, fraction, float, decimal text or `mpf` as `mpf`."""
    if isinstance(value, Fraction):
        return mpf(value.numerator) / value.denominator
    return mpf(value)


def evaluate_mp(expression: tree.Expression, env: Mapping[str, Any], digits: int = DIGITS) -> Any:
    """Return the value of a tree as `mpf` or as a NumPy object array of `mpf`.

    `env` gives names their values: numbers, fractions, nested lists of them, or object arrays.
    """
    with mpmath.workdps(digits):
        return _value(expression, {name: array(value) for name, value in env.items()})


def _value(node: tree.Expression, env: Mapping[str, Any]) -> Any:
    match node:
        case tree.Number(value=value):
            return number(value)
        case tree.Literal(value=value):
            return value
        case tree.Name(id=name):
            return env[name] if name in env else CONSTANTS[name]()
        case tree.Negate(operand=operand):
            return -_tensor(operand, env)
        case tree.Binary(op="@", left=left, right=right):
            return np.matmul(_tensor(left, env), _tensor(right, env))
        case tree.Binary() | tree.Compare():
            operator = entrywise(OPERATORS[node.op])
            return operator(_tensor(node.left, env), _tensor(node.right, env))
        case tree.Transpose(value=value):
            return np.transpose(_tensor(value, env))
        case tree.Subscript(value=value, items=items):
            return _tensor(value, env)[tuple(_item(item, env) for item in items)]
        case tree.Sequence(items=items, bracket=bracket):
            return {"[": list, "(": tuple}[bracket](_value(item, env) for item in items)
    return _call(node, env)


def _tensor(node: tree.Expression, env: Mapping[str, Any]) -> Any:
    """Value of an operand, a list as an array."""
    value = _value(node, env)
    return array(value) if isinstance(value, list) else value


def _item(node: tree.Expression, env: Mapping[str, Any]) -> Any:
    """Value of what stands in brackets."""
    if isinstance(node, tree.Slice):
        ends = (node.start, node.stop, node.step)
        return slice(*(None if end is None else int(_value(end, env)) for end in ends))
    value = _value(node, env)
    return value if value is None or value is ... else int(value)


def _call(node: tree.Call, env: Mapping[str, Any]) -> Any:
    """Value of a call; Python binds the arguments, settings by keyword."""
    values = [_value(argument, env) for argument in node.arguments]
    keywords = {key: _value(value, env) for key, value in node.keywords}
    if node.function in ENTRIES:
        names = list(keywords)
        function = ENTRIES[node.function]

        def call(*numbers: Any) -> Any:
            count = len(values)
            return function(*numbers[:count], **dict(zip(names, numbers[count:], strict=True)))

        return entrywise(call)(*values, *keywords.values())
    if node.function in ("stack", "concat", "pad"):
        return FUNCTIONS[node.function](*values, **keywords)
    settled = (array(value) if isinstance(value, list | mpf) else value for value in values)
    return np.asarray(FUNCTIONS[node.function](*settled, **keywords), dtype=object)[()]


def derivative_mp(
    function: Callable[..., Any], point: Sequence[Any], k: int, digits: int = 80
) -> Any:
    """Return the derivative of a function of numbers in argument k, right to some 35 digits.

    By central differences with one step of Richardson's extrapolation.
    """
    with mpmath.workdps(digits):
        numbers = [number(value) for value in point]

        def slope(step: Any) -> Any:
            ahead, behind = list(numbers), list(numbers)
            ahead[k], behind[k] = numbers[k] + step, numbers[k] - step
            return (function(*ahead) - function(*behind)) / (2 * step)

        step = mpf(10) ** -20
        return (4 * slope(step / 2) - slope(step)) / 3
