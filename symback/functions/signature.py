"""Which argument of a call is which: `mean(x, 0)` against `x, axis=None, keepdims=False`."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from symback.errors import Diagnostic, InputError
from symback.functions.entry import Function
from symback.language import parse
from symback.language.tree import Call, Expression


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter; `rest` takes all further positional arguments."""

    name: str
    default: Expression | None = None
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Arguments:
    """A call's arguments: arrays in order (a list of arrays is one argument) and settings."""

    arrays: tuple[Expression, ...]
    settings: dict[str, Expression]


@lru_cache(maxsize=512)
def parameters(signature: str) -> tuple[Parameter, ...]:
    """Read a signature's text, `"x, axis=None, *rest"`."""
    found = []
    depth, start = 0, 0
    pieces = []
    for place, character in enumerate(signature + ","):
        depth += (character in "([") - (character in ")]")
        if character == "," and not depth:
            pieces.append(signature[start:place].strip())
            start = place + 1
    for piece in filter(None, pieces):
        name, _, default = piece.partition("=")
        rest = name.startswith("*")
        found.append(Parameter(name.lstrip("*"), parse(default) if default else None, rest))
    return tuple(found)


def bind(function: Function, call: Call) -> Arguments:
    """Match a call with the function's signature.

    Raises: InputError E238 for an argument that is missing, one too many, or an unknown or
    repeated keyword; the span is the argument's or the call's.
    """
    accepted = parameters(function.signature)
    given: dict[str, Expression] = {}
    rest: list[Expression] = []
    free = iter(accepted)
    for argument in call.arguments:
        if rest:
            rest.append(argument)
            continue
        parameter = next(free, None)
        if parameter is None:
            raise _fault(function, "takes no further argument", argument)
        if parameter.rest:
            rest.append(argument)
        else:
            given[parameter.name] = argument
    names = [parameter.name for parameter in accepted if not parameter.rest]
    for keyword, value in call.keywords:
        if keyword not in names:
            near = get_close_matches(keyword, names, 1)
            hint = f"did you mean `{near[0]}`?" if near else f"its signature is `{show(function)}`"
            raise _fault(function, f"has no argument `{keyword}`", value, hint)
        if keyword in given:
            raise _fault(function, f"got `{keyword}` twice", value)
        given[keyword] = value
    return _sorted(function, call, accepted, given, rest)


def _sorted(
    function: Function,
    call: Call,
    accepted: tuple[Parameter, ...],
    given: dict[str, Expression],
    rest: list[Expression],
) -> Arguments:
    arrays: list[Expression] = []
    settings: dict[str, Expression] = {}
    for place, parameter in enumerate(p for p in accepted if not p.rest):
        value = given.get(parameter.name, parameter.default)
        if value is None:
            raise _fault(function, f"needs `{parameter.name}`", call)
        if place < function.arrays:
            arrays.append(value)
        else:
            settings[parameter.name] = value
    if any(parameter.rest for parameter in accepted):
        arrays.extend(rest)
    return Arguments(tuple(arrays), settings)


def show(function: Function) -> str:
    """Return the signature as it is called: `mean(x, axis=None, keepdims=False)`."""
    return f"{function.name}({function.signature})"


def _fault(
    function: Function, message: str, where: Expression, hint: str | None = None
) -> InputError:
    hint = hint or f"its signature is `{show(function)}`"
    return InputError(Diagnostic("E238", f"`{function.name}` {message}", hint, where.span))
