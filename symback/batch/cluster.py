"""The same work on a Dask cluster, through joblib."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any, TypeVar

from symback.errors import Diagnostic, InputError

Item = TypeVar("Item")
Value = TypeVar("Value")


#: An address: a protocol, TCP if none is written, a host and a port.
ADDRESS = re.compile(r"(?:(?P<protocol>[a-z]+)://)?(?:\[[0-9a-fA-F:.]+\]|[^\s:/\[\]]+):[0-9]{1,5}")


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
    _check(address, distributed)
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


def _check(address: str, distributed: Any) -> None:
    """Raise InputError E623 for an address at which no client can be made."""
    match = ADDRESS.fullmatch(address)
    if match is None:
        message = f"`{address}` is no address of a Dask cluster"
        raise InputError(Diagnostic("E623", message, "write `tcp://HOST:PORT`"))
    protocol = match["protocol"] or "tcp"
    known = {*import_module("distributed.comm.registry").backends} - {"inproc"}
    if protocol not in known:
        message = f"Dask does not know the protocol `{protocol}`"
        raise InputError(Diagnostic("E623", message, "write `tcp://HOST:PORT`"))
    encrypted = protocol in ("tls", "wss")
    if encrypted and distributed.Security().get_connection_args("client")["ssl_context"] is None:
        message = f"`{protocol}` needs certificates, and Dask has none"
        hint = "name them in Dask's configuration, under `distributed.comm.tls`"
        raise InputError(Diagnostic("E623", message, hint))
