"""The progress line: only where somebody watches, and never wider than the terminal."""

import io
import sys

from symback.cli import progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        """Say so."""
        return True


def shown(monkeypatch, stream, total=4):
    """Return what a batch of some files writes, without waiting between redraws."""
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(progress, "INTERVAL", 0.0)
    monkeypatch.setenv("TERM", "xterm")
    bar = progress.Progress(total, "checked")
    for k in range(total):
        bar.step(f"{k}\x1b[2J" + "x" * 200)
    bar.close()
    return stream.getvalue()


def test_a_terminal_sees_a_line_that_goes_away(monkeypatch):
    """One line, cut to the width, names made harmless, erased in the end."""
    lines = shown(monkeypatch, Terminal()).split("\r")

    assert lines[1].startswith("━━━━━━────────────────── 1/4 checked  0\\x1b[2Jxx")
    assert all(len(line.removesuffix("\x1b[K")) < 80 for line in lines)
    assert lines[-1] == "\x1b[K"


def test_a_pipe_sees_nothing(monkeypatch):
    """Neither in a log nor for a single file."""
    assert shown(monkeypatch, io.StringIO()) == ""
    assert shown(monkeypatch, Terminal(), total=1) == ""
