"""The pool: results of all that can be done, and the name of what cannot."""

import mmap
import os
import time
from pathlib import Path

import pytest

from symback.batch.pool import Limits, run


def job(item: object) -> object:
    """Do what an item says: sleep, exhaust the memory, die, fail, or return its square."""
    match item:
        case "hang":
            while True:
                time.sleep(60)
        case "explode":
            return len(bytes(3 << 30))
        case "map":
            try:
                prepare()
            except OSError as error:
                raise MemoryError from error
        case "die":
            os.kill(os.getpid(), 9)
        case "fail":
            raise ValueError("no such thing")
        case "who":
            return os.getpid()
        case int():
            return item * item
    return None


def test_every_item_comes_back_once():
    """Places and values belong together, whatever the order."""
    found = list(run(job, range(20), jobs=3))

    assert sorted((one.place, one.value) for one in found) == [(k, k * k) for k in range(20)]


def test_what_fails_is_named_and_the_rest_goes_on():
    """Too slow, too large, dead and faulty items are told apart."""
    items = [2, "hang", "explode", "die", "fail", 3]

    found = {one.item: one for one in run(job, items, 2, Limits(seconds=1.5, megabytes=500))}

    assert {item: one.failure for item, one in found.items()} == {
        2: "", "hang": "time", "explode": "memory", "die": "died", "fail": "error", 3: "",
    }  # fmt: skip
    assert found["die"].detail == "signal 9"
    assert found["fail"].detail == "ValueError: no such thing"
    assert found[3].value == 9


def prepare():
    """Take as much address space as a large library does."""
    globals()["mapped"] = mmap.mmap(-1, 1 << 30)


def test_what_is_prepared_does_not_count_against_the_limit_of_memory():
    """The limit is on what an item takes; without preparation 1 GB is too much for it."""
    limits = Limits(megabytes=500)

    assert [one.value for one in run(job, [3], 1, limits, prepare)] == [9]
    assert [one.failure for one in run(job, ["map"], 1, limits)] == ["memory"]


def test_a_worker_serves_many_items():
    """Starting processes is not paid for each item."""
    found = {one.value for one in run(job, ["who"] * 10)}

    assert len(found) == 1


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
def test_no_worker_outlives_the_iteration():
    """Leaving early kills what is still running."""
    iteration = run(job, ["who", "hang"], jobs=2)
    worker = next(iteration).value
    iteration.close()

    assert not Path(f"/proc/{worker}").exists()


def test_nothing_to_do_is_fine():
    """No items, no results."""
    assert list(run(job, [])) == []
