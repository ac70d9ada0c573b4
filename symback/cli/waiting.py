"""A sign of life on a terminal while one problem takes long."""

from __future__ import annotations

import os
import sys
from threading import Event, Thread
from types import TracebackType

from symback.render.visible import one_line

#: Nothing is shown before so many seconds have passed.
DELAY = 1.0


class Waiting:
    """Shows what is being worked on and for how long; silent unless a person watches.

    Used with `with`; its line on standard error is gone at the end.
    """

    def __init__(self, text: str, delay: float = DELAY) -> None:
        self._text = one_line(text)
        self._delay = delay
        self._done = Event()
        self._thread: Thread | None = None

    def __enter__(self) -> Waiting:
        if sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
            self._thread = Thread(target=self._show, daemon=True)
            self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._done.set()
        if self._thread is not None:
            self._thread.join()

    def _show(self) -> None:
        if self._done.wait(self._delay):
            return
        from rich.console import Console
        from rich.markup import escape
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        columns = SpinnerColumn(), TextColumn(escape(self._text)), TimeElapsedColumn()
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            progress.add_task("", total=None)
            self._done.wait()
