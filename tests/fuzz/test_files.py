"""Thousands of random and broken problem files: solved, or refused with a place; never a traceback.

SYMBACK_FUZZ is how many files are made, 200 if it is not set.
"""

import os
import signal
import time

import pytest

from symback.cli.options import Format, SolveOptions
from symback.cli.outputs import rendered
from symback.errors import SymbackError
from symback.explain.solve import solve
from symback.functions import names, table
from symback.problem.load import load_text
from symback.render.diagnostics import render_diagnostics
from tests.fuzz.files import file_of

COUNT = int(os.environ.get("SYMBACK_FUZZ", "200"))
BATCHES = 10
FORMATS = [Format.TEXT, Format.JSON, Format.LATEX, Format.MARKDOWN]
#: Processor time of one file, and of all but one in a hundred.
MOST, USUAL = 6.0, 1.0


def outcome(seed):
    """Load, solve and print one file; return why it was refused, nothing if it was not."""
    text = file_of(seed)
    try:
        solution = solve(load_text(text, "f", names()), table())
    except SymbackError as error:
        return render_diagnostics(error.diagnostics)
    for result in solution.results:
        whole = all(isinstance(length, int) for length in result.shape)
        if whole and result.value is not None:
            assert result.value.shape == result.shape, result.name
    for form in FORMATS if seed % 5 == 0 else FORMATS[:2]:
        rendered([solution], SolveOptions(form=form))
    return ""


def interrupt(*_):
    """Fail a test whose file takes too long."""
    raise TimeoutError


@pytest.mark.parametrize("batch", range(BATCHES))
def test_random_files_are_solved_or_refused(batch):
    """Whatever is in a file, no exception but a fault in a sentence gets out, and that quickly."""
    times = []
    for seed in range(batch, COUNT, BATCHES):
        began = time.process_time()
        before = signal.signal(signal.SIGPROF, interrupt)
        signal.setitimer(signal.ITIMER_PROF, MOST)
        try:
            outcome(seed)
        except Exception as error:
            pytest.fail(f"seed {seed}: {error!r}\n{file_of(seed)}")
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)
        times.append(time.process_time() - began)

    assert sorted(times)[-1 - len(times) // 100] < (USUAL if len(times) > 100 else MOST)


def test_some_random_files_are_solved_and_some_are_refused():
    """The generator makes both kinds, or the other test would say nothing."""
    refused = [bool(outcome(seed)) for seed in range(40)]

    assert 5 < sum(refused) < 38
