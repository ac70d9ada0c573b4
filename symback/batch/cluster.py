"""The same work on a Dask cluster, through joblib."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any, TypeVar

from symback.errors import Diagnostic, InputError

Item = TypeVar("Item")
Value = TypeVar("Value")


def run_on_cluster(
    function: Callable[[Item], Value], items: Iterable[Item], address: str
) -> Iterator[Value]:
    """Yield the results in the order of the items, each as soon as it and those before are there.

    `function` is a module's function that the workers can import.
    Raises: InputError E623 without joblib and dask, or for a cluster that does not answer.
    """
    try:
        joblib: Any = import_module("joblib")
        distributed: Any = import_module("distributed")
    except ImportError as error:
        hint = "`pip install symback[dask]`"
        raise InputError(Diagnostic("E623", "dask and joblib are not installed", hint)) from error
    try:
        client = distributed.Client(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        message = f"there is no Dask cluster at `{address}`"
        raise InputError(Diagnostic("E623", message, "check the address")) from error
    try:
        with client.as_current(), joblib.parallel_config(backend="dask"):
            parallel = joblib.Parallel(return_as="generator")
            yield from parallel(joblib.delayed(function)(item) for item in items)
    finally:
        client.close()
