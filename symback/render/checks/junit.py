"""JUnit's XML as build servers read it: a suite for each file, a case for each expectation."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from symback.check.outcome import FileReport, Outcome
from symback.render.checks.terminal import place_of, sentence, title_of
from symback.render.diagnostics import render_diagnostics
from symback.render.visible import without_controls


def junit(reports: Sequence[FileReport]) -> str:
    """Return the document; a file that could not be solved is a case with an error."""
    root = Element("testsuites", name="symback")
    totals = [0, 0, 0]
    for report in reports:
        counts = _suite(root, report)
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
    for key, total in zip(("tests", "failures", "errors"), totals, strict=True):
        root.set(key, str(total))
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _suite(root: Element, report: FileReport) -> tuple[int, int, int]:
    """Add the suite of a file and return its numbers of cases, failures and errors."""
    file = without_controls(report.file)
    cases = max(len(report.outcomes), int(bool(report.faults)))
    counts = (cases, len(report.failures), int(bool(report.faults)))
    suite = SubElement(root, "testsuite", name=file, time=f"{report.seconds:.3f}")
    for key, count in zip(("tests", "failures", "errors"), counts, strict=True):
        suite.set(key, str(count))
    if report.faults:
        case = SubElement(suite, "testcase", name="load", classname=file, file=file)
        first = report.faults[0]
        if first.place is not None:
            case.set("line", str(first.place.line))
        error = SubElement(case, "error", message=without_controls(first.message), type=first.code)
        error.text = without_controls(render_diagnostics(report.faults))
    for outcome in report.outcomes:
        _case(suite, report, outcome)
    return counts


def _case(suite: Element, report: FileReport, outcome: Outcome) -> None:
    file = without_controls(report.file)
    case = SubElement(
        suite, "testcase", name=without_controls(title_of(outcome)), classname=file, file=file
    )
    if outcome.place is not None:
        case.set("line", str(outcome.place.line))
    if not outcome.passed:
        text = without_controls(sentence(outcome))
        failed = SubElement(case, "failure", message=text, type="expectation")
        failed.text = f"{without_controls(place_of(report, outcome))}: {text}"
