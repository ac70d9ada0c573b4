"""Syntax trees as a JavaScript program: one assignment a step, and what it needs of the runtime.

Names of the user never reach the program: values are the entries of one array `v`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from symback import functions
from symback.errors import Diagnostic, InputError
from symback.functions.entry import Function, Kind
from symback.functions.signature import Parameter, parameters
from symback.language import fold
from symback.language import tree as t
from symback.language.tree import Expression
from symback.render.javascript.arrays import ARRAYS
from symback.render.javascript.core import CORE
from symback.render.javascript.entries import ENTRIES

_BINARY = {"+": "a_add", "-": "a_sub", "*": "a_mul", "/": "a_div", "**": "a_pow", "@": "a_matmul"}
_COMPARE = {
    "<": "a_less", "<=": "a_atmost", ">": "a_more", ">=": "a_atleast",
    "==": "a_same", "!=": "a_differs",
}  # fmt: skip
RUNTIME = (
    CORE
    | {f"f_{name}": source for name, source in ENTRIES.items()}
    | {f"g_{name}": source for name, source in ARRAYS.items()}
)
_USED = re.compile(r"\b[afg]_\w+")


@dataclass(frozen=True, slots=True)
class Program:
    """`source` is the body of a function of `v`; it fills `v[k]` for the names after the inputs.

    Entries of `v` are `{s: sizes, d: entries in row order}`; the inputs must be there before.
    """

    names: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class _Code:
    """A node as JavaScript, as an array and as a setting; a form that makes no sense is empty."""

    array: str
    setting: str
    members: tuple[str, ...] | None = None
    """The arrays of a list, for functions that take one."""


#: A norm that rests on singular values, which pages do not find.
NUCLEAR = ("norm", ['"nuc"'])


def javascript(inputs: Sequence[str], steps: Sequence[tuple[str, Expression]]) -> Program:
    """Translate steps, each of which may use the inputs and the steps before it.

    Raises: InputError E452 for a function without a JavaScript form, or an unknown name.
    """
    slots = {name: k for k, name in enumerate(inputs)}
    lines = []
    for name, expression in steps:
        code = fold(expression, lambda node, parts: _translate(node, parts, slots))
        slots.setdefault(name, len(slots))
        lines.append(f"v[{slots[name]}] = {code.array};")
    body = "\n".join(lines)
    return Program(tuple(slots), f'"use strict";\n{_runtime(body)}{body}\n')


def _runtime(body: str) -> str:
    """Everything that the body uses, directly or not, each after nothing in particular."""
    needed: list[str] = []
    waiting = sorted(set(_USED.findall(body)))
    for name in waiting:
        if name not in needed:
            needed.append(name)
            waiting.extend(sorted(set(_USED.findall(RUNTIME[name]))))
    return "".join(f"const {name} = {RUNTIME[name]};\n" for name in sorted(needed))


def _translate(node: Expression, parts: list[_Code], slots: Mapping[str, int]) -> _Code:
    match node:
        case t.Number(value=value):
            number = _number(value)
            return _Code(f"a_num({number})", number)
        case t.Name(id=name):
            return _name(name, slots)
        case t.Literal(value=value):
            return _Code("", json.dumps("..." if value is ... else value))
        case t.Sequence():
            return _sequence(parts)
        case t.Slice():
            return _slice(node, parts)
        case t.Call():
            return _call(node, parts)
    return _operation(node, parts)


def _operation(node: Expression, parts: list[_Code]) -> _Code:
    first = parts[0].array
    match node:
        case t.Negate():
            return _Code(f"a_neg({first})", f"(-{parts[0].setting})")
        case t.Compare(op=op):
            return _Code(f"{_COMPARE[op]}({first}, {parts[1].array})", "")
        case t.Transpose():
            return _Code(f"a_turn({first})", "")
        case t.Binary(op=op):
            setting = f"({parts[0].setting} {op} {parts[1].setting})" if op != "@" else ""
            return _Code(f"{_BINARY[op]}({first}, {parts[1].array})", setting)
    items = ", ".join(part.setting for part in parts[1:])
    return _Code(f"a_index({first}, [{items}])", "")


def _number(value: Fraction) -> str:
    """The nearest float64 in digits that JavaScript reads back to it."""
    try:
        number = float(value)
    except OverflowError:
        return "Infinity" if value > 0 else "(-Infinity)"
    text = str(int(number)) if number.is_integer() and abs(number) < 2**53 else repr(number)
    return text if number >= 0 and not math.copysign(1, number) < 0 else f"({text})"


def _name(name: str, slots: Mapping[str, int]) -> _Code:
    if name in slots:
        slot = f"v[{slots[name]}]"
        return _Code(slot, f"a_setting({slot})")
    if name == "pi":
        return _Code("a_num(Math.PI)", "Math.PI")
    raise InputError(Diagnostic("E452", f"`{name}` is not known where the page computes it"))


def _sequence(parts: list[_Code]) -> _Code:
    arrays = tuple(part.array for part in parts)
    array = f"g_list({', '.join(arrays)})" if all(arrays) and arrays else ""
    return _Code(array, f"[{', '.join(part.setting for part in parts)}]", arrays)


def _slice(node: t.Slice, parts: list[_Code]) -> _Code:
    rest = iter(parts)
    ends = (node.start, node.stop, node.step)
    codes = ["null" if end is None else next(rest).setting for end in ends]
    return _Code("", f"{{from: {codes[0]}, to: {codes[1]}, by: {codes[2]}}}")


def _call(node: t.Call, parts: list[_Code]) -> _Code:
    function = functions.table().get(node.function)
    if function is None:
        raise InputError(Diagnostic("E452", f"there is no function `{node.function}`"))
    count = len(node.arguments)
    keywords = dict(zip((key for key, _ in node.keywords), parts[count:], strict=True))
    if function.kind is Kind.ELEMENTWISE and function.name in ENTRIES:
        arguments = _bound(function, parts[:count], keywords, function_of_entries=True)
        return _Code(f"a_each(f_{function.name}, {', '.join(arguments)})", "")
    if function.name in ARRAYS:
        arguments = _bound(function, parts[:count], keywords, function_of_entries=False)
        if (function.name, arguments[1:2]) == NUCLEAR:
            raise InputError(Diagnostic("E452", "the nuclear norm cannot be computed in a page"))
        return _Code(f"g_{function.name}({', '.join(arguments)})", "")
    message = f"`{function.name}` cannot be computed in a page"
    raise InputError(Diagnostic("E452", message))


def _bound(
    function: Function,
    arguments: list[_Code],
    keywords: Mapping[str, _Code],
    function_of_entries: bool,
) -> list[str]:
    """All arguments in the order of the signature, arrays as arrays, settings as settings."""
    accepted = parameters(function.signature)
    given = dict(zip((p.name for p in accepted if not p.rest), arguments, strict=False))
    given |= keywords
    result = []
    for place, parameter in enumerate(accepted):
        if parameter.rest:
            rest = arguments[place:]
            arrays = function.name == "einsum"
            result += [code.array if arrays else code.setting for code in rest]
            continue
        code = given.get(parameter.name)
        if code is None:
            code = _default(function, parameter)
        if parameter.name == "parts" and code.members is not None:
            result.append(f"[{', '.join(code.members)}]")
        else:
            array = function_of_entries or (place < function.arrays and function.name != "einsum")
            result.append(code.array if array else code.setting)
    return result


def _default(function: Function, parameter: Parameter) -> _Code:
    if parameter.default is None:
        message = f"`{function.name}` needs `{parameter.name}`"
        raise InputError(Diagnostic("E452", message))
    return fold(parameter.default, lambda node, parts: _translate(node, parts, {}))
