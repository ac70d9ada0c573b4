"""How long one file may take: SYMBACK_TIME_LIMIT seconds, 60 if it is not set, 0 for no limit."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from symback.errors import Diagnostic, InputError

VARIABLE, SECONDS = "SYMBACK_TIME_LIMIT", 60.0
#: Seconds between alarms: Python drops an exception that is raised while an object is cleared away.
AGAIN = 1.0


class TimeIsUp(BaseException):
    """A file took too long; no handler of other errors may hold it up."""

    def __init__(self, seconds: float = SECONDS) -> None:
        super().__init__(seconds)
        message = f"the time limit of {seconds:g} s was reached"
        hint = f"make the problem smaller, or allow more with `{VARIABLE}={10 * seconds:g}`"
        self.diagnostic = Diagnostic("E691", message, hint)


@contextmanager
def time_limit() -> Iterator[None]:
    """Bound the time of a block; only in the main thread, where a signal can stop the work.

    Raises: TimeIsUp; InputError E618 if the variable holds no number of seconds.
    """
    seconds = allowed_seconds()
    if not seconds or threading.current_thread() is not threading.main_thread():
        yield
    elif sys.platform == "win32":
        with _interrupted_after(seconds):
            yield
    else:
        with _alarm_after(seconds):
            yield


def allowed_seconds() -> float:
    """Return the limit that is set. Raises: InputError E618 for what is no number of seconds."""
    text = os.environ.get(VARIABLE, "")
    try:
        seconds = float(text) if text else SECONDS
    except ValueError:
        seconds = -1
    if not 0 <= seconds < threading.TIMEOUT_MAX:
        message = f"`{VARIABLE}` is not a number of seconds"
        raise InputError(Diagnostic("E618", message, f"write `{VARIABLE}=60`, or 0 for no limit"))
    return seconds


@contextmanager
def stopped_after(seconds: float) -> Iterator[None]:
    """Bound the time of a block in any thread, as in the workers of a cluster. Raises: TimeIsUp.

    The thread is stopped between two of its steps: one long computation is waited for.
    """
    thread, lock, left = threading.get_ident(), threading.Lock(), False

    def stop() -> None:
        with lock:
            if not left:
                raise_in(ctypes.c_ulong(thread), ctypes.py_object(TimeIsUp))

    raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with lock:
            left = True
        timer.cancel()


@contextmanager
def _alarm_after(seconds: float) -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        raise TimeIsUp(seconds)

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _interrupted_after(seconds: float) -> Iterator[None]:
    """Interrupt the main thread from another one, as Ctrl-C does."""
    import _thread

    late = threading.Event()

    def stop() -> None:
        late.set()
        _thread.interrupt_main()

    timer = threading.Timer(seconds, stop)
    timer.start()
    try:
        yield
    except KeyboardInterrupt:
        if late.is_set():
            raise TimeIsUp(seconds) from None
        raise
    finally:
        timer.cancel()
