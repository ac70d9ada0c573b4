"""Binding of evaluated arguments to the parameters of a function's entry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from symback.errors import Diagnostic, InputError
from symback.functions.entry import Function
from symback.functions.signature import parameters, show
from symback.language.tree import Expression


def bind(
    function: Function,
    arguments: list[Any],
    keywords: dict[str, Any],
    default: Callable[[Expression], Any],
) -> dict[str, Any]:
    """Return all arguments by their parameters' names, in the order of the signature.

    Raises: InputError E403 for arguments that are missing, too many or of unknown names.
    """
    accepted = parameters(function.signature)
    names = [parameter.name for parameter in accepted]
    given = dict(zip(names, arguments, strict=False))
    if len(arguments) > len(names) or not keywords.keys() <= set(names) - given.keys():
        raise _misfit(function, "takes")
    given |= keywords
    bound = {}
    for parameter in accepted:
        if parameter.name in given:
            bound[parameter.name] = given[parameter.name]
        elif parameter.default is not None:
            bound[parameter.name] = default(parameter.default)
        else:
            raise _misfit(function, "needs")
    return bound


def _misfit(function: Function, verb: str) -> InputError:
    message = f"`{function.name}` {verb} other arguments: `{show(function)}`"
    return InputError(Diagnostic("E403", message))
