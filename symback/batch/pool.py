"""A pool of worker processes that can be killed: one item that hangs does not stop the others."""

from __future__ import annotations

import multiprocessing
import sys
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import Any, Generic, TypeVar

from symback.batch.worker import serve

Item = TypeVar("Item")
Value = TypeVar("Value")

#: What one item may take unless said otherwise.
SECONDS, MEGABYTES = 120.0, 2048
#: A worker is replaced after so many items: whatever was interned goes with it.
ITEMS_A_WORKER = 500


@dataclass(frozen=True, slots=True)
class Limits:
    """What one item may take: seconds, and megabytes beyond those that a worker starts with."""

    seconds: float = SECONDS
    megabytes: int = MEGABYTES


@dataclass(frozen=True, slots=True)
class Finished(Generic[Item, Value]):
    """One item done: its value, or why there is none.

    `failure` is `time`, `memory`, `died` (with the signal or exit code in `detail`), or `error`
    (an exception in `detail`); empty if all went well.
    """

    place: int
    item: Item
    value: Value | None = None
    failure: str = ""
    detail: str = ""


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    channel: Connection
    place: int | None = None
    deadline: float = 0.0
    served: int = 0


def run(
    function: Callable[[Item], Value],
    items: Iterable[Item],
    jobs: int = 1,
    limits: Limits | None = None,
    prepare: Callable[[], None] | None = None,
) -> Iterator[Finished[Item, Value]]:
    """Yield each item's result as soon as it is there, in whatever order they finish.

    `function` is a module's function and its values can be pickled; `prepare` is called in each
    worker before its memory is limited. Workers are killed when the
    iteration ends or is left, whatever they are doing.
    """
    todo = list(items)
    pool = _Pool(function, limits or Limits(), min(max(1, jobs), max(1, len(todo))), prepare)
    try:
        yield from pool.run(todo)
    finally:
        pool.close()


class _Pool(Generic[Item, Value]):
    """Workers and what they are at; the parent alone hands out items and watches the clock."""

    def __init__(
        self,
        function: Callable[[Item], Value],
        limits: Limits,
        jobs: int,
        prepare: Callable[[], None] | None,
    ) -> None:
        self.function = function
        self.prepare = prepare
        self.limits = limits
        self.jobs = jobs
        self.workers: list[_Worker] = []
        # Forking is cheap and inherits what is imported; elsewhere it is not to be had or unsafe.
        method = "fork" if sys.platform == "linux" else "spawn"
        self.context: Any = multiprocessing.get_context(method)

    def run(self, items: list[Item]) -> Iterator[Finished[Item, Value]]:
        """Hand out the items and yield what comes back."""
        waiting = deque(range(len(items)))
        while waiting or any(worker.place is not None for worker in self.workers):
            self._hand_out(waiting, items)
            for worker in self._ready():
                place = worker.place
                assert place is not None
                yield self._result(worker, place, items[place])

    def _hand_out(self, waiting: deque[int], items: list[Item]) -> None:
        for worker in [one for one in self.workers if one.served >= ITEMS_A_WORKER]:
            if worker.place is None:
                self._stop(worker)
        idle = [worker for worker in self.workers if worker.place is None]
        while waiting and (idle or len(self.workers) < self.jobs):
            worker = idle.pop() if idle else self._start()
            place = waiting.popleft()
            worker.place, worker.deadline = place, monotonic() + self.limits.seconds
            worker.served += 1
            with suppress(OSError):
                worker.channel.send(items[place])

    def _start(self) -> _Worker:
        ours, theirs = self.context.Pipe()
        arguments = (theirs, self.function, self.limits.megabytes, self.prepare)
        process = self.context.Process(target=serve, args=arguments, daemon=True)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self.workers.append(worker)
        return worker

    def _ready(self) -> list[_Worker]:
        """Wait until a worker has answered, died, or is out of time."""
        busy = [worker for worker in self.workers if worker.place is not None]
        left = min(worker.deadline for worker in busy) - monotonic()
        answered = wait([worker.channel for worker in busy], max(0.0, left))
        now = monotonic()
        return [one for one in busy if one.channel in answered or one.deadline <= now]

    def _result(self, worker: _Worker, place: int, item: Item) -> Finished[Item, Value]:
        if not worker.channel.poll():
            self._stop(worker)
            return Finished(place, item, failure="time")
        try:
            failure, answer = worker.channel.recv()
        except (EOFError, OSError):
            worker.process.join()
            detail = _cause(worker.process.exitcode)
            self._stop(worker)
            return Finished(place, item, failure="died", detail=detail)
        worker.place = None
        if failure:
            self._stop(worker)
            return Finished(place, item, failure=failure, detail=answer)
        return Finished(place, item, answer)

    def _stop(self, worker: _Worker) -> None:
        self.workers.remove(worker)
        worker.process.kill()
        worker.process.join()
        worker.channel.close()

    def close(self) -> None:
        """Kill all workers."""
        for worker in list(self.workers):
            self._stop(worker)


def _cause(exitcode: int | None) -> str:
    if exitcode is not None and exitcode < 0:
        return f"signal {-exitcode}"
    return f"exit code {exitcode}"
