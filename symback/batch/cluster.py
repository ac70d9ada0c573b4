"""The same work on a Dask cluster, through joblib."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from symback.errors import Diagnostic, InputError

Item = TypeVar("Item")
Value = TypeVar("Value")


def run_on_cluster(
    function: Callable[[Item], Value], items: Iterable[Item], address: str
) -> list[Value]:
    """Return the results in the order of the items.

    `function` is a module's function that the workers can import.
    Raises: InputError E616 without joblib and dask, or for a cluster that does not answer.
    """
    try:
        import joblib
        from distributed import Client
    except ImportError as error:
        hint = "`pip install symback[dask]`"
        raise InputError(Diagnostic("E616", "dask and joblib are not installed", hint)) from error
    try:
        client = Client(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        message = f"there is no Dask cluster at `{address}`"
        raise InputError(Diagnostic("E616", message, "check the address")) from error
    try:
        with client.as_current(), joblib.parallel_config(backend="dask"):
            return list(joblib.Parallel()(joblib.delayed(function)(item) for item in items))
    finally:
        client.close()
