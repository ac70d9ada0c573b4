"""Graded sheets for programs: a JSON document a line, and CSV with a line an answer."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from fractions import Fraction
from math import isfinite
from typing import Any

from symback.check.verdicts import Finding, Judgement, Report
from symback.render.feedback import counted

SCHEMA = "symback/1"
COLUMNS = (
    "sheet", "student", "quantity", "verdict", "kind", "where", "message", "points", "of",
)  # fmt: skip


def document(report: Report) -> str:
    """Return one graded sheet as one line of JSON."""
    return json.dumps(fields(report), ensure_ascii=False)


def fields(report: Report) -> dict[str, Any]:
    """Return the document's fields."""
    return {
        "schema": SCHEMA,
        "problem": report.problem,
        "sheet": report.sheet,
        "answers": [_answer(one, report.index_base) for one in report.answers],
        "points": number(report.points),
        "of": number(report.of),
    }


def _answer(one: Judgement, base: int) -> dict[str, Any]:
    return {
        "quantity": one.quantity,
        "verdict": one.verdict,
        "diagnosis": None if one.finding is None else _diagnosis(one.finding, base),
        "expected": finite(one.expected),
        "got": finite(one.got),
        "points": number(one.points),
    }


def _diagnosis(finding: Finding, base: int) -> dict[str, Any]:
    return {
        "kind": finding.kind,
        "where": finding.where,
        "message": counted(finding.message, base),
        "repair": finding.repair,
    }


def finite(value: Any) -> Any:
    """Return nested numbers with null where one is not finite."""
    if isinstance(value, list):
        return [finite(one) for one in value]
    return None if isinstance(value, float) and not isfinite(value) else value


def number(points: Fraction) -> int | float:
    """Return points as JSON has them: whole numbers without a fraction."""
    return points.numerator if points.denominator == 1 else float(points)


def table(reports: Iterable[Report]) -> str:
    """Return CSV with a header and a line for every answer of every sheet."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for report in reports:
        for one in report.answers:
            finding = one.finding
            writer.writerow(
                [
                    _cell(report.sheet),
                    _cell(report.student or ""),
                    _cell(one.quantity),
                    one.verdict,
                    finding.kind if finding else "",
                    _cell(finding.where or "") if finding else "",
                    _cell(counted(finding.message if finding else one.note, report.index_base)),
                    number(one.points),
                    number(one.of),
                ]
            )
    return stream.getvalue()


def _cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
