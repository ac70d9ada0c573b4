"""What came of expectations: a line for each that fails and a summary, or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from math import isfinite
from typing import Any

from symback.check.outcome import FileReport, Outcome
from symback.render.diagnostics import errors_document, render_diagnostics
from symback.render.visible import one_line, plural

_RED, _GREEN, _BOLD, _RESET = "\x1b[1;31m", "\x1b[32m", "\x1b[1m", "\x1b[0m"
#: Longer formulas are cut.
MAX_FORMULA = 160
#: What those do that are right.
VERBS = {"expectation": "hold", "derivative": "agree"}


def check_text(reports: Sequence[FileReport], skipped: int = 0, color: bool = False) -> str:
    """Return the failures of all files and a summary."""
    red, bold, reset = (_RED, _BOLD, _RESET) if color else ("", "", "")
    lines = []
    for report in reports:
        lines.append(render_diagnostics(report.faults, color))
        for outcome in report.failures:
            where = f"{bold}{place_of(report, outcome)}{reset}"
            lines.append(f"{red}wrong{reset} {where}: {sentence(outcome)}\n")
    return "".join(lines) + summary(reports, skipped, color) + "\n"


def place_of(report: FileReport, outcome: Outcome) -> str:
    """Return `file:line:column` of an expectation."""
    if outcome.place is None:
        return one_line(report.file)
    return f"{one_line(report.file)}:{outcome.place.line}:{outcome.place.column}"


def title_of(outcome: Outcome) -> str:
    """Return what an outcome is about: its result, and the part of the exercise."""
    part = f" (part {outcome.part})" if outcome.part else ""
    return one_line(outcome.name + part)


def sentence(outcome: Outcome) -> str:
    """Return in one line what failed: what, expected, got, by how much."""
    if not outcome.expected and not outcome.got:
        return one_line(f"{title_of(outcome)}: {outcome.reason}")
    expected, got = shortened(outcome.expected), shortened(outcome.got)
    off = f"{expected} is {amount(outcome)}" if amount(outcome) else ""
    details = [text for text in (off, outcome.reason, _count(outcome)) if text]
    more = f" ({'; '.join(details)})" if details else ""
    claim, truth = outcome.verbs
    return one_line(f"{title_of(outcome)}: {claim} {expected}, {truth} {got}{more}")


def amount(outcome: Outcome) -> str:
    """Return by how much the expected number is off, with its sign; empty if that is no number."""
    if outcome.difference is None or not isfinite(outcome.difference):
        return ""
    direction = "large" if outcome.difference > 0 else "small"
    return f"{abs(outcome.difference):.3g} too {direction}"


def _count(outcome: Outcome) -> str:
    if outcome.entries < 2:
        return ""
    return f"{outcome.failed_entries} of {outcome.entries} entries differ"


def shortened(text: str) -> str:
    """Return a formula, cut where it is long."""
    return text if len(text) <= MAX_FORMULA else text[: MAX_FORMULA - 1] + "…"


def summary(reports: Sequence[FileReport], skipped: int, color: bool = False) -> str:
    """Return one line: what holds, what failed, what was left out."""
    count = sum(len(report.outcomes) for report in reports)
    failed = sum(len(report.failures) for report in reports)
    broken = sum(bool(report.faults) for report in reports)
    updated = sum(report.updated for report in reports)
    nouns = {outcome.noun for report in reports for outcome in report.outcomes}
    noun = "derivative" if nouns == {"derivative"} else "expectation"
    verb = VERBS[noun] + ("s" if count == 1 else "")
    parts = [f"{count - failed} of {plural(count, noun)} {verb} in {plural(len(reports), 'file')}"]
    if not count and broken == len(reports):
        parts = []
    if updated:
        parts.append(f"{plural(updated, 'value')} updated")
    if broken:
        parts.append(f"{plural(broken, 'file')} could not be checked")
    empty = sum(not report.outcomes and not report.faults for report in reports)
    if empty:
        parts.append(f"{plural(empty, 'file')} without `expect`")
    if skipped:
        parts.append(f"{plural(skipped, 'other YAML file')} skipped")
    text = "; ".join(parts)
    if not color:
        return text
    return f"{_RED if failed or broken else _GREEN}{text}{_RESET}"


def check_json(reports: Iterable[FileReport]) -> str:
    """Return a JSON document a line for each file; lines and columns count from 1."""
    documents = (
        errors_document(report.file, report.faults) if report.faults else _document(report)
        for report in reports
    )
    return "".join(json.dumps(document) + "\n" for document in documents)


def _document(report: FileReport) -> dict[str, Any]:
    return {
        "schema": "symback/1",
        "file": report.file,
        "title": report.title,
        "passed": len(report.outcomes) - len(report.failures),
        "failed": len(report.failures),
        "seconds": round(report.seconds, 3),
        "checks": [_check(outcome) for outcome in report.outcomes],
    }


def _check(outcome: Outcome) -> dict[str, Any]:
    place, difference = outcome.place, outcome.difference
    return {
        "part": outcome.part,
        "name": outcome.name,
        "passed": outcome.passed,
        "expected": outcome.expected or None,
        "got": outcome.got or None,
        "difference": difference if difference is not None and isfinite(difference) else None,
        "reason": outcome.reason or None,
        "entries": outcome.entries,
        "failed_entries": outcome.failed_entries,
        "line": place.line if place else None,
        "column": place.column if place else None,
    }
