"""What runs in a worker process: items come in by a channel, results go back by it."""

from __future__ import annotations

import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any


def serve(
    channel: Connection,
    function: Callable[[Any], Any],
    megabytes: int,
    prepare: Callable[[], None] | None = None,
) -> None:
    """Answer items with `("", value)`, or with a kind of failure and a text, until there are none.

    `prepare` is called first, without a limit of memory. Interrupts are the parent's business: it
    kills its workers.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if prepare is not None:
        prepare()
    limit_memory(megabytes)
    while True:
        try:
            item = channel.recv()
        except (EOFError, OSError):
            return
        try:
            answer = ("", function(item))
        except MemoryError:
            answer = ("memory", f"{megabytes} MB")
        except Exception as error:
            answer = ("error", f"{type(error).__name__}: {error}"[:500])
        channel.send(answer)


def limit_memory(megabytes: int) -> None:
    """Bound the address space to what is in use now and `megabytes` more, where possible."""
    try:
        import resource
    except ImportError:
        return
    limit = _in_use() + (megabytes << 20)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    except (ValueError, OSError):
        return


def _in_use() -> int:
    """Return the bytes of address space in use, a generous guess where the system does not say."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * 4096
    except OSError:
        return 4 << 30
