"""The work of `symback check`: files to workers, outcomes to reports."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from time import perf_counter

from symback.batch.pool import Finished, Limits, run
from symback.check.outcome import FileReport
from symback.cli.files import refuse_inputs, write_whole
from symback.cli.guard import failure
from symback.cli.progress import Progress
from symback.cli.updating import updated, write_update
from symback.cli.walking import Files, problems_under
from symback.errors import Diagnostic, InputError
from symback.problem.load import read_text


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """Everything but the paths; `jobs` 0 is one for each processor."""

    form: str = "text"
    junit: Path | None = None
    output: Path | None = None
    jobs: int = 0
    update: bool = False
    against: str | None = None
    allow_empty: bool = False
    seconds: float = 120.0
    megabytes: int = 2048


@dataclass(frozen=True, slots=True)
class Input:
    """A file to check; standard input, which workers do not have, comes with its text."""

    name: str
    text: str | None = None


def check_paths(paths: list[str], options: CheckOptions) -> int:
    """Check all problems under the paths and write the reports; return the exit code."""
    files = problems_under(paths)
    for target in (options.output, options.junit):
        refuse_inputs(target, files.names)
    reports = list(_in_order(files, options))
    if options.update:
        reports = [write_update(report) for report in reports]
    found = any(report.outcomes or report.faults for report in reports)
    if not found and not (options.allow_empty and reports):
        raise InputError(_nothing(files))
    _write(reports, files, options)
    return max(report.code for report in reports)


def _nothing(files: Files) -> Diagnostic:
    count = len(files.names)
    if count:
        what = "a problem" if count == 1 else f"{count} problems"
        hint = "add `expect: ...` to an entry of `find`"
        return Diagnostic("E620", f"nothing to check: {what} without `expect`", hint)
    skipped = f"; {files.skipped} other YAML files were skipped" if files.skipped else ""
    hint = "name a problem file, or a folder that holds some"
    return Diagnostic("E620", f"nothing to check: no problem files{skipped}", hint)


def _in_order(files: Files, options: CheckOptions) -> Iterator[FileReport]:
    """Yield the reports in the order of the files, each as soon as those before it are there."""
    jobs = options.jobs or os.cpu_count() or 1
    limits = Limits(options.seconds, options.megabytes)
    job = partial(check_file, against=options.against, update=options.update)
    done: dict[int, FileReport] = {}
    _import_before_forking()
    progress = Progress(len(files.names), "checked")
    inputs = [Input(name, read_text(name) if name == "-" else None) for name in files.names]
    try:
        for finished in run(job, inputs, jobs, limits, _preparation(options)):
            done[finished.place] = _report(finished, limits)
            progress.step(finished.item.name)
    finally:
        progress.close()
    for place in range(len(files.names)):
        yield done[place]


def _preparation(options: CheckOptions) -> Callable[[], None] | None:
    """Return what every worker does before its memory is limited."""
    if options.against is None:
        return None
    from symback.cli.comparing import import_function

    return partial(import_function, options.against)


def _import_before_forking() -> None:
    """Import once what every worker needs."""
    for module in ("symback.check.expectations", "symback.explain.solve", "symback.functions"):
        import_module(module)


def check_file(source: Input, against: str | None = None, update: bool = False) -> FileReport:
    """Solve one problem and compare; whatever goes wrong is in the report."""
    start = perf_counter()
    name = source.name
    try:
        report = _checked(source, against)
        if update and name != "-":
            report = updated(report, lambda text: _checked(Input(name, text), against))
    except Exception as error:
        code, faults = failure(error)
        if isinstance(error, MemoryError):
            raise
        report = FileReport(name, faults=tuple(fault.within(name) for fault in faults), code=code)
    return replace(report, seconds=perf_counter() - start)


def _checked(source: Input, against: str | None) -> FileReport:
    from symback.check.expectations import check
    from symback.explain.solve import solve
    from symback.functions import names, table
    from symback.problem.load import load, load_text

    name = source.name
    if source.text is None:
        problem = load(name, names())
    else:
        folder = None if name == "-" else Path(name).parent
        problem = load_text(source.text, name, names(), folder)
    if against is not None:
        from symback.cli.comparing import compare_function

        outcomes = compare_function(problem, against)
    else:
        outcomes = check(solve(problem, table()))
    code = int(any(not outcome.passed for outcome in outcomes))
    return FileReport(name, problem.title, tuple(outcomes), code=code)


def _report(finished: Finished[Input, FileReport], limits: Limits) -> FileReport:
    """Return a file's report, also where its worker had to be stopped."""
    if finished.value is not None:
        return finished.value
    name = finished.item.name
    message, hint, code = _stopped(finished, limits)
    fault = Diagnostic("E691" if code == 3 else "E699", message, hint)
    return FileReport(name, faults=(fault.within(name),), code=code)


def _stopped(finished: Finished[Input, FileReport], limits: Limits) -> tuple[str, str, int]:
    match finished.failure:
        case "time":
            hint = "use smaller dimensions, or a larger `--timeout`"
            return f"stopped after {limits.seconds:g} seconds", hint, 3
        case "memory":
            hint = "use smaller dimensions, or a larger `--memory`"
            return f"stopped at {limits.megabytes} MB of memory", hint, 3
        case "died":
            hint = "use smaller dimensions; if that does not help, please report it"
            return f"the process that checked it ended with {finished.detail}", hint, 3
    return f"a bug in symback: {finished.detail}", "please report it with the file", 4


def _write(reports: list[FileReport], files: Files, options: CheckOptions) -> None:
    """Write the report to standard output or a file, and the JUnit report if it is wanted."""
    from symback.cli.reports import RENDERERS

    if options.junit is not None:
        from symback.render.checks.junit import junit

        write_whole(options.junit, junit(reports))
    color = options.output is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    text = RENDERERS[options.form](reports, files.skipped, color)
    if options.output is not None:
        write_whole(options.output, text)
    else:
        sys.stdout.write(text)
