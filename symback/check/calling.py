"""Calling a person's function: with the arrays that it takes, and saying where it fails."""

from __future__ import annotations

import inspect
import sys
import sysconfig
import traceback
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from symback.errors import Diagnostic, InputError

Floats = NDArray[Any]
Arguments = dict[str, Any]

#: Libraries whose arrays a function may want in place of NumPy's, and what makes them.
LIBRARIES = (("torch", "as_tensor"), ("jax.numpy", "asarray"))
#: Longer lines of code and messages are cut.
MOST_CHARACTERS = 300


def parameters(
    function: Callable[..., Any], given: Collection[str], known: Collection[str]
) -> list[str]:
    """Return the names that a function takes; all given ones if it takes any keyword.

    Raises: InputError E621 for a parameter without default that is not known.
    """
    names: list[str] = []
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.kind is parameter.VAR_KEYWORD:
            names.extend(one for one in given if one not in names)
        elif parameter.kind is parameter.VAR_POSITIONAL:
            continue
        elif name in known:
            names.append(name)
        elif parameter.default is parameter.empty:
            message = f"the function's parameter `{name}` is no name of the problem"
            hint = "known are " + ", ".join(f"`{one}`" for one in sorted(known)[:12])
            raise InputError(Diagnostic("E621", message, hint))
    return names


def call(function: Callable[..., Any], values: Mapping[str, Any]) -> tuple[Any, list[str]]:
    """Return what a function returns, and the names of the arrays that it has changed.

    It gets NumPy arrays, and where it fails with them those of a library that it has loaded.
    Raises: InputError E622 where it fails with all.
    """
    failures = []
    for make in (_copied, *map(_from_library, LIBRARIES)):
        arguments = {name: make(value) for name, value in values.items()}
        if any(value is None for value in arguments.values()):
            continue
        before = {name: as_floats(value).copy() for name, value in arguments.items()}
        try:
            returned = _invoked(function, arguments)
        except (Exception, SystemExit) as error:
            failures.append(error)
            continue
        changed = [name for name in before if _differs(arguments[name], before[name])]
        return returned, changed
    told = dict.fromkeys(raised(error) for error in failures)
    raise InputError(Diagnostic("E622", f"the function raised {'; '.join(told)}")) from failures[0]


def _copied(value: Any) -> Any:
    return value.copy() if isinstance(value, np.ndarray) else value


def _from_library(library: tuple[str, str]) -> Callable[[Any], Any]:
    """Return what makes an array of a library; None instead of one if that is not in use."""
    module, name = library

    def make(value: Any) -> Any:
        made = getattr(sys.modules.get(module), name, None)
        if made is None or isinstance(value, int):
            return value if made else None
        return made(np.array(value))

    return make


def _invoked(function: Callable[..., Any], arguments: Arguments) -> Any:
    """Call with keywords, but for the parameters that take none."""
    first = [
        name
        for name, parameter in inspect.signature(function).parameters.items()
        if parameter.kind is parameter.POSITIONAL_ONLY and name in arguments
    ]
    others = {name: value for name, value in arguments.items() if name not in first}
    return function(*(arguments[name] for name in first), **others)


def _differs(argument: Any, before: Floats) -> bool:
    return not np.array_equal(as_floats(argument), before, equal_nan=True)


def raised(error: BaseException) -> str:
    """Return what was raised, and the line of the person's own code that it comes from."""
    text = f"{type(error).__name__}: {error}"[:MOST_CHARACTERS].rstrip(": ")
    ours = (sysconfig.get_path("stdlib"), str(Path(__file__).parents[1]), "<frozen")
    frames = traceback.extract_tb(error.__traceback__)
    own = [
        one
        for one in frames
        if "site-packages" not in one.filename and not one.filename.startswith(ours)
    ]
    if not own:
        return text
    code = f": `{own[-1].line[:MOST_CHARACTERS]}`" if own[-1].line else ""
    return f"{text} (line {own[-1].lineno} of {Path(own[-1].filename).name}{code})"


def as_floats(value: Any) -> Floats:
    """Return an array of NumPy, PyTorch or JAX as a NumPy array of real numbers.

    Raises: TypeError, ValueError for anything else.
    """
    if hasattr(value, "detach"):
        value = value.detach().cpu()
    if precision(value) == "bfloat16":
        value = value.float() if hasattr(value, "float") else value.astype("float32")
    array = np.asarray(value)
    if array.dtype.kind == "c":
        raise TypeError("complex numbers")
    return array if array.dtype.kind in "fiub" else array.astype(float)


def precision(value: Any) -> str:
    """Return the name of the type of an array's entries: `float32`, empty for what is no array."""
    return str(getattr(value, "dtype", "")).rpartition(".")[2]
