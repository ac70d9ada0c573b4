"""Derive, show, check and grade gradients: closed forms and proved digits from a YAML problem.

`symback.load("problem.yaml").solve()` is a solution that displays itself in notebooks; nothing
heavy is imported before that. `symback.Problem(given=..., define=...)` states one in Python.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from symback.api import Problem, Result, Solution, load, loads
    from symback.errors import InputError, LimitError, SymbackError

__version__ = "0.1.0"

__all__ = [
    "InputError",
    "LimitError",
    "Problem",
    "Result",
    "Solution",
    "SymbackError",
    "load",
    "loads",
]

_ERRORS = ("InputError", "LimitError", "SymbackError")


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    if name not in __all__:
        raise AttributeError(f"module `symback` has no attribute `{name}`")
    from importlib import import_module

    module = import_module("symback.errors" if name in _ERRORS else "symback.api")
    globals()[name] = value = getattr(module, name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
