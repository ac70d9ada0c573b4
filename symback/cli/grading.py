"""The work of `symback grade`: sheets to workers, verdicts to reports."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from symback.batch.pool import Finished, Limits, run
from symback.check.answers.verdicts import Report, Sheet, Ungraded
from symback.cli.files import refuse_inputs, write_whole
from symback.cli.grades import Written
from symback.cli.guard import failure, report
from symback.cli.limits import TimeIsUp, stopped_after, time_limit
from symback.cli.outputs import terminal_style
from symback.cli.progress import Progress
from symback.errors import Diagnostic, InputError
from symback.problem.load import read_text
from symback.render.grades.documents import document

if TYPE_CHECKING:
    from symback.check.grading import Grader


@dataclass(frozen=True, slots=True)
class GradeOptions:
    """Everything but the files; `jobs` 0 is one for each processor."""

    form: str = "text"
    output: Path | None = None
    jobs: int = 0
    dask: str | None = None
    seconds: float = 120.0
    megabytes: int = 2048


@dataclass(frozen=True, slots=True)
class Source:
    """A file with its text, so that a worker elsewhere needs no files."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Job:
    """One sheet to grade."""

    problem: Source
    sheet: str
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Graded:
    """What became of one sheet: a report, or the faults for which there is none."""

    sheet: str
    report: Report | None = None
    faults: tuple[Diagnostic, ...] = ()
    code: int = 0


def grade_sheets(problem: str, sheets: list[str], options: GradeOptions) -> int:
    """Grade every sheet and write the verdicts; return the highest exit code."""
    names = list(_sheets_under(sheets))
    refuse_inputs(options.output, [problem, *names])
    if [problem, *names].count("-") > 1:
        raise InputError(Diagnostic("E610", "standard input is read once", "name `-` once"))
    source = Source(problem, read_text(problem))
    with time_limit():
        grader = grader_of(source)
    streamed = options.form == "json" and options.output is None
    codes, done = [0], []
    for one in _in_order(source, names, options):
        codes.append(one.code)
        report(one.faults)
        done.append(one.report or Ungraded(one.sheet, one.faults))
        if streamed:
            sys.stdout.write(document(done[-1], problem) + "\n")
            sys.stdout.flush()
    if not streamed and (len(done) > 1 or isinstance(done[0], Report)):
        _write(Written(grader.solution, problem, options.form), done, options.output)
    return max(codes)


def _write(written: Written, sheets: list[Sheet], output: Path | None) -> None:
    """Write the verdicts to standard output, to a file, or to a file for each sheet in a folder."""
    if output is None:
        sys.stdout.write(written.text(sheets, *terminal_style(output)))
    elif output.is_dir():
        for name, text in written.files(sheets):
            write_whole(output / name, text)
        sys.stdout.write(replace(written, form="text").text(sheets, *terminal_style(None)))
    else:
        write_whole(output, written.text(sheets))


def _sheets_under(paths: Iterable[str]) -> Iterator[str]:
    """Yield the files named, and the YAML files in folders."""
    for path in paths:
        if os.path.isdir(path):
            found = sorted(name for name in os.listdir(path) if name.endswith((".yaml", ".yml")))
            if not found:
                message = f"the folder `{path}` has no answer sheets"
                raise InputError(Diagnostic("E620", message, "name a YAML file"))
            yield from (os.path.join(path, name) for name in found)
        else:
            yield path


@lru_cache(maxsize=2)
def grader_of(problem: Source) -> Grader:
    """Read and derive a problem, once in each process. Raises: SymbackError."""
    from symback.check.grading import Grader
    from symback.functions import names, table
    from symback.problem.load import load_text

    folder = None if problem.name == "-" else Path(problem.name).parent
    return Grader(load_text(problem.text, problem.name, names(), folder), table())


def grade_sheet(job: Job) -> Graded:
    """Grade one sheet; whatever goes wrong is in what is returned."""
    from symback.problem.sheet import load_sheet_text

    try:
        text = read_text(job.sheet) if job.text is None else job.text
        found = grader_of(job.problem).grade(load_sheet_text(text, job.sheet))
    except Exception as error:
        if isinstance(error, MemoryError):
            raise
        return _failed(job.sheet, error)
    return Graded(job.sheet, found, code=0 if found.passed else 1)


def _failed(sheet: str, error: Exception) -> Graded:
    code, faults = failure(error)
    return Graded(sheet, faults=tuple(fault.within(sheet) for fault in faults), code=code)


def _in_order(problem: Source, names: list[str], options: GradeOptions) -> Iterator[Graded]:
    """Yield what becomes of the sheets in their order, each as soon as those before are there."""
    jobs = [Job(problem, name, read_text(name) if name == "-" else None) for name in names]
    progress = Progress(len(jobs), "graded")
    try:
        if options.dask is not None:
            yield from _by_cluster(jobs, options, progress)
        else:
            yield from _by_workers(jobs, options, progress)
    finally:
        progress.close()


def _by_cluster(jobs: list[Job], options: GradeOptions, progress: Progress) -> Iterator[Graded]:
    from symback.batch.cluster import run_on_cluster

    assert options.dask is not None
    texts = [_with_text(job) for job in jobs]
    ready = [job for job in texts if isinstance(job, Job)]
    done = run_on_cluster(partial(grade_within, seconds=options.seconds), ready, options.dask)
    for job in texts:
        yield next(done) if isinstance(job, Job) else job
        progress.step(job.sheet)


def grade_within(job: Job, seconds: float) -> Graded:
    """Grade one sheet in the thread of a cluster's worker, and give up when the time is over."""
    try:
        with stopped_after(seconds):
            return grade_sheet(job)
    except TimeIsUp:
        return _stopped(job.sheet, f"stopped after {seconds:g} seconds")


def _with_text(job: Job) -> Job | Graded:
    """Read the sheet here: a worker elsewhere does not have it."""
    try:
        text = read_text(job.sheet) if job.text is None else job.text
    except Exception as error:
        return _failed(job.sheet, error)
    return Job(job.problem, job.sheet, text)


def _by_workers(jobs: list[Job], options: GradeOptions, progress: Progress) -> Iterator[Graded]:
    limits = Limits(options.seconds, options.megabytes)
    waiting: dict[int, Graded] = {}
    following = 0
    for finished in run(grade_sheet, jobs, options.jobs or os.cpu_count() or 1, limits):
        waiting[finished.place] = _graded(finished, limits)
        progress.step(finished.item.sheet)
        while following in waiting:
            yield waiting.pop(following)
            following += 1


def _graded(finished: Finished[Job, Graded], limits: Limits) -> Graded:
    """Return what became of a sheet, also where its worker had to be stopped."""
    if finished.value is not None:
        return finished.value
    reasons = {
        "time": f"stopped after {limits.seconds:g} seconds",
        "memory": f"stopped at {limits.megabytes} MB of memory",
        "died": f"the process that graded it ended with {finished.detail}",
    }
    if finished.failure in reasons:
        return _stopped(finished.item.sheet, reasons[finished.failure])
    fault = Diagnostic("E699", f"a bug in symback: {finished.detail}")
    return Graded(finished.item.sheet, faults=(fault.within(finished.item.sheet),), code=4)


def _stopped(sheet: str, reason: str) -> Graded:
    hint = "allow more with `--timeout` or `--memory`"
    return Graded(sheet, faults=(Diagnostic("E691", reason, hint).within(sheet),), code=3)
