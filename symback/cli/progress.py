"""How far a batch has come, on one line of a terminal; nothing where nobody watches."""

from __future__ import annotations

import os
import sys
from time import monotonic

from symback.render.visible import one_line

#: The line is redrawn at most every so many seconds, and not before the first.
INTERVAL = 0.1
WIDTH = 24


class Progress:
    """A bar on standard error; silent unless that is a terminal.

    It has no thread of its own, so that worker processes can be forked meanwhile.
    """

    def __init__(self, total: int, done: str) -> None:
        self.total = total
        self.done = done
        self.count = 0
        self._shown = False
        self._next = monotonic() + INTERVAL
        self._live = sys.stderr.isatty() and os.environ.get("TERM") != "dumb" and total > 1

    def step(self, name: str) -> None:
        """Count one more, and show what was last done."""
        self.count += 1
        if not self._live or monotonic() < self._next:
            return
        self._next = monotonic() + INTERVAL
        self._shown = True
        full = WIDTH * self.count // self.total
        bar = "━" * full + "─" * (WIDTH - full)
        text = f"{bar} {self.count}/{self.total} {self.done}  {one_line(name)}"
        sys.stderr.write(f"\r{text[: max(10, _columns() - 1)]}\x1b[K")
        sys.stderr.flush()

    def close(self) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def _columns() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or 80
    except OSError:
        return 80
