"""No file takes longer than SYMBACK_TIME_LIMIT allows."""

import signal
import threading
import time

import pytest

from symback.cli.guard import failure
from symback.cli.limits import TimeIsUp, allowed_seconds, stopped_after, time_limit
from symback.errors import InputError
from tests.cli.test_hostile import formula, solve


def test_work_that_takes_too_long_is_stopped(monkeypatch):
    """The limit is named, the exit code is 3, and the signal's handler is put back."""
    monkeypatch.setenv("SYMBACK_TIME_LIMIT", "0.05")
    before = signal.getsignal(signal.SIGALRM)

    with pytest.raises(TimeIsUp) as caught, time_limit():
        time.sleep(5)

    code, (fault,) = failure(caught.value)
    assert (code, fault.code) == (3, "E691")
    assert fault.message == "the time limit of 0.05 s was reached"
    assert signal.getsignal(signal.SIGALRM) is before


def test_quick_work_is_left_alone(monkeypatch):
    """Nothing is pending after the block."""
    monkeypatch.setenv("SYMBACK_TIME_LIMIT", "30")
    with time_limit():
        pass

    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_handlers_of_other_errors_do_not_hold_it_up():
    """It is no `Exception`."""
    assert not issubclass(TimeIsUp, Exception)


@pytest.mark.parametrize(("text", "expected"), [("", 60), ("0", 0), ("1.5", 1.5)])
def test_what_may_be_set(monkeypatch, text, expected):
    """Seconds, or 0 for no limit."""
    monkeypatch.setenv("SYMBACK_TIME_LIMIT", text)

    assert allowed_seconds() == expected


@pytest.mark.parametrize("text", ["a minute", "-1", "nan", "inf"])
def test_what_may_not_be_set(monkeypatch, text):
    """Anything but a number of seconds is an error that shows one."""
    monkeypatch.setenv("SYMBACK_TIME_LIMIT", text)

    with pytest.raises(InputError, match="E618"):
        allowed_seconds()


def test_a_long_derivation_ends(tmp_path, monkeypatch):
    """The rule of a product of 700 factors has half a million; it is stopped with a message."""
    monkeypatch.setenv("SYMBACK_TIME_LIMIT", "1.5")
    factors = "*".join(f"(x + {k})" for k in range(700))
    done, seconds, _ = solve(tmp_path, formula(factors))

    assert done.returncode == 3
    assert b"the time limit of 1.5 s was reached" in done.stdout
    assert seconds < 6


def test_the_alarm_goes_again_where_the_first_is_dropped(monkeypatch):
    """Exceptions raised while an object is cleared away go no further."""
    monkeypatch.setenv("SYMBACK_TIME_LIMIT", "0.05")
    monkeypatch.setattr("symback.cli.limits.AGAIN", 0.1)
    monkeypatch.setattr("sys.unraisablehook", lambda _: None)

    class Clearing:
        def __del__(self):
            time.sleep(0.08)

    with pytest.raises(TimeIsUp), time_limit():
        Clearing()
        time.sleep(1)


def test_a_thread_is_stopped_when_its_time_is_over_and_left_alone_after():
    """As in a worker of a cluster, where no signal arrives."""
    stopped = []

    def work():
        try:
            with stopped_after(0.1):
                while True:
                    pass
        except TimeIsUp:
            stopped.append("late")
        with stopped_after(0.05):
            stopped.append("in time")
        time.sleep(0.1)
        stopped.append("done")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(10)

    assert stopped == ["late", "in time", "done"]
