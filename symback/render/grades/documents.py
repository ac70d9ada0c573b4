"""Graded sheets for programs: a JSON document a line, and CSV with a line an answer."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import isfinite
from typing import Any

from symback.check.answers.verdicts import UNREAD, Finding, Judgement, Report, Sheet, Ungraded
from symback.render.diagnostics import errors_document
from symback.render.grades.feedback import counted

SCHEMA = "symback/1"
COLUMNS = (
    "sheet", "student", "quantity", "verdict", "kind", "where", "message", "points", "of",
)  # fmt: skip


def document(sheet: Sheet, problem: str = "") -> str:
    """Return one sheet as one line of JSON: graded, or with the faults that it has."""
    if isinstance(sheet, Report):
        return json.dumps(fields(sheet), ensure_ascii=False)
    errors = errors_document(sheet.sheet, sheet.faults)["errors"]
    found = {"schema": SCHEMA, "problem": problem, "sheet": sheet.sheet, "errors": errors}
    return json.dumps(found, ensure_ascii=False)


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
        **({"note": one.note} if one.verdict == UNREAD else {}),
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


def table(sheets: Iterable[Sheet]) -> str:
    """Return CSV with a header and a line for every answer of every sheet.

    A sheet that could not be graded has one line, with the verdict `error`.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for sheet in sheets:
        writer.writerows(_rows(sheet) if isinstance(sheet, Report) else [_faulty(sheet)])
    return stream.getvalue()


def _rows(report: Report) -> Iterator[list[Any]]:
    for one in report.answers:
        finding = one.finding
        yield [
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


def _faulty(sheet: Ungraded) -> list[Any]:
    first = sheet.faults[0]
    where = f"line {first.place.line}" if first.place is not None else ""
    return [_cell(sheet.sheet), "", "", "error", first.code, where, _cell(first.message), 0, ""]


def _cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
