"""Binding of arguments to the parameters of a function's entry."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from symback.errors import Diagnostic, InputError
from symback.functions.entry import Function
from symback.language import parse
from symback.language.tree import Call, Expression, Name


def bind(
    function: Function,
    arguments: list[Any],
    keywords: dict[str, Any],
    default: Callable[[Expression], Any],
) -> dict[str, Any]:
    """Return all arguments by their parameters' names, in the order of the signature.

    Raises: InputError E403 for arguments that are missing, too many or of unknown names.
    """
    names, defaults = parameters(function.signature)
    bound = dict(zip(names, arguments, strict=False))
    unknown = [name for name in keywords if name not in names or name in bound]
    if len(arguments) > len(names) or unknown:
        raise _misfit(function, "takes")
    bound |= keywords
    for name in names:
        if name not in bound:
            if name not in defaults:
                raise _misfit(function, "needs")
            bound[name] = default(defaults[name])
    return {name: bound[name] for name in names}


@lru_cache(maxsize=512)
def parameters(signature: str) -> tuple[tuple[str, ...], dict[str, Expression]]:
    """Return the parameters' names and the defaults of those that have one."""
    call = parse(f"f({signature.replace('*', '')})")
    if not isinstance(call, Call):
        raise InputError(Diagnostic("E407", f"`{signature}` is not a signature"))
    names = tuple(part.id for part in call.arguments if isinstance(part, Name))
    defaults = dict(call.keywords)
    return names + tuple(defaults), defaults


def _misfit(function: Function, verb: str) -> InputError:
    message = f"`{function.name}` {verb} the arguments ({function.signature})"
    return InputError(Diagnostic("E403", message))
