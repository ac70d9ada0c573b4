"""The sign of life while a problem is solved: on a terminal, after a while, and gone at the end."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import time
from pathlib import Path

import symback
from symback.cli.waiting import Waiting

PROGRAM = """
import time
from symback.cli.waiting import Waiting
with Waiting("solving [b]x\\x1b.yaml", delay={delay}):
    time.sleep(0.6)
print("done")
"""


def on_a_terminal(delay):
    """What a terminal gets on standard error while something takes 0.6 seconds."""
    leader, follower = pty.openpty()
    root = str(Path(symback.__file__).parent.parent)
    done = subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(delay=delay)],
        stderr=follower,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": root, "TERM": "xterm"},
    )
    out = done.communicate(timeout=60)[0]
    os.close(follower)
    shown = b""
    try:
        while piece := os.read(leader, 65536):
            shown += piece
    except OSError:
        pass
    os.close(leader)
    return out, shown.decode()


def test_long_work_is_shown_and_taken_away():
    """The text appears as it is, harmless, and the line is erased."""
    out, shown = on_a_terminal(0.1)

    assert out == b"done\n"
    assert "solving [b]x\\x1b.yaml" in shown
    assert "\x1b[2K" in shown.rpartition("solving")[2]


def test_short_work_is_silent():
    """Nothing is shown before the delay is over."""
    assert on_a_terminal(30) == (b"done\n", "")


def test_nothing_without_a_terminal(capsys):
    """Logs stay clean."""
    with Waiting("solving", delay=0):
        time.sleep(0.05)

    assert capsys.readouterr().err == ""
