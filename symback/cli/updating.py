"""`symback check --update`: right values put into problem files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from symback.check.outcome import FileReport
from symback.cli.files import write_whole
from symback.cli.guard import system_fault
from symback.errors import InputError

_MARK = b"\xef\xbb\xbf"


def updated(report: FileReport, check: Callable[[str], FileReport]) -> FileReport:
    """Return the report on the corrected text of a file, with that text.

    `check` checks a text in the place of the file's own, which stays as it is if that fails.
    Raises: OSError; whatever `check` raises but for InputError, which would be a bug here.
    """
    from symback.check.corrections import corrected

    corrections = [one for outcome in report.outcomes for one in outcome.corrections]
    if not corrections:
        return report
    raw = Path(report.file).read_bytes()
    text = corrected(raw.decode("utf-8-sig"), corrections)
    try:
        again = check(text)
    except InputError as error:
        raise RuntimeError("the file could not be read with right values in it") from error
    mark = _MARK if raw.startswith(_MARK) else b""
    return replace(again, rewritten=mark + text.encode(), updated=len(corrections))


def write_update(report: FileReport) -> FileReport:
    """Write the corrected text of a file, and return the report without it."""
    if report.rewritten is None:
        return report
    try:
        write_whole(Path(report.file), report.rewritten)
    except OSError as error:
        fault = system_fault(error).within(report.file)
        return FileReport(report.file, report.title, faults=(fault,), code=2)
    return replace(report, rewritten=None)
