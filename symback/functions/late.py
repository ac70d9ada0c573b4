"""Callables of modules that are imported when they are first called."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any


def late(module: str, name: str) -> Callable[..., Any]:
    """Return a stand-in for `<module>.<name>` of `values`, imported at the first call."""

    def call(*arguments: Any, **settings: Any) -> Any:
        found = getattr(import_module(f"symback.functions.values.{module}"), name)
        return found(*arguments, **settings)

    call.__name__ = name
    return call
