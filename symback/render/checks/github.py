"""Workflow commands of GitHub Actions: each failure becomes an annotation at its line."""

from __future__ import annotations

from collections.abc import Sequence

from symback.check.outcome import FileReport
from symback.errors import Place
from symback.render.checks.terminal import sentence, summary
from symback.render.visible import visible


def github(reports: Sequence[FileReport], skipped: int) -> str:
    """Return an `::error` line for each failure, and a notice with the summary.

    Source: GitHub Actions, "Workflow commands"; `%`, line ends, `:` and `,` are escaped.
    """
    lines = []
    for report in reports:
        for fault in report.faults:
            text = fault.message if fault.hint is None else f"{fault.message}; {fault.hint}"
            lines.append(_error(report.file, fault.place, fault.code, text))
        for outcome in report.failures:
            lines.append(_error(report.file, outcome.place, "expectation", sentence(outcome)))
    lines.append(f"::notice title=symback::{_data(summary(reports, skipped))}")
    return "\n".join(lines) + "\n"


def _error(file: str, place: Place | None, title: str, text: str) -> str:
    line, column = (place.line, place.column) if place else (1, 1)
    where = f"file={_property(file)},line={line},col={column},title={_property(title)}"
    return f"::error {where}::{_data(text)}"


def _data(text: str) -> str:
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
