"""The Python function that `--against` names: found, imported, and called in a worker."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from symback.errors import Diagnostic, InputError

if TYPE_CHECKING:
    from symback.check.outcome import Outcome
    from symback.problem.model import Problem


def compare_function(problem: Problem, name: str) -> list[Outcome]:
    """Compare what a function returns with the derivatives that a problem asks for.

    What the function prints goes to standard error. Raises: InputError E621, E622.
    """
    from symback.check.against import compare_function as compare
    from symback.explain.solve import solve
    from symback.functions import table

    with contextlib.redirect_stdout(sys.stderr):
        return compare(solve(problem, table()), find_function(name))


def import_function(name: str) -> None:
    """Import the module of a function, if that can be done: what is wrong is said when it is used.

    A library like PyTorch takes more address space than a worker has once it is limited.
    """
    with contextlib.suppress(InputError), contextlib.redirect_stdout(sys.stderr):
        find_function(name)


def find_function(name: str) -> Callable[..., Any]:
    """Return the function `module:function`, or `path/to/file.py:function`.

    Modules are looked for in the current folder first. Raises: InputError E621.
    """
    module_name, colon, function_name = name.rpartition(":")
    if not colon or not module_name or not function_name:
        hint = "write `--against mymodule:backward`"
        raise InputError(Diagnostic("E621", f"`{name}` is not of the form module:function", hint))
    try:
        found: Any = _module(module_name)
        for attribute in function_name.split("."):
            found = getattr(found, attribute)
    except AttributeError as error:
        message = f"`{module_name}` has no function `{function_name}`"
        raise InputError(Diagnostic("E621", message)) from error
    if not callable(found):
        raise InputError(Diagnostic("E621", f"`{name}` is not a function"))
    function: Callable[..., Any] = found
    return function


def _module(name: str) -> ModuleType:
    try:
        if name.endswith(".py"):
            return _from_file(Path(name))
        if os.getcwd() not in sys.path:
            sys.path.insert(0, os.getcwd())
        return importlib.import_module(name)
    except (Exception, SystemExit) as error:
        from symback.check.calling import raised

        message = f"`{name}` cannot be imported: {raised(error)}"
        raise InputError(Diagnostic("E621", message)) from error


def _from_file(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None or not path.is_file():
        raise FileNotFoundError(f"there is no file {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
