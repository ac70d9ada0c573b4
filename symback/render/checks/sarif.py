"""SARIF 2.1.0: failures for code scanning services."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from symback import __version__
from symback.check.outcome import FileReport
from symback.errors import Place
from symback.render.checks.terminal import sentence

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
EXPECTATION = "expectation"


def sarif(reports: Sequence[FileReport]) -> str:
    """Return one run with a result for each failed expectation and each fault of a file.

    Source: OASIS, Static Analysis Results Interchange Format 2.1.0.
    """
    results = [result for report in reports for result in _results(report)]
    rules = sorted({result["ruleId"] for result in results} | {EXPECTATION})
    driver = {"name": "symback", "version": __version__, "rules": [_rule(one) for one in rules]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(code: str) -> dict[str, Any]:
    text = "a derived value differs from what is expected"
    if code != EXPECTATION:
        text = f"a problem file cannot be read or solved: see `symback explain {code}`"
    return {"id": code, "shortDescription": {"text": text}}


def _results(report: FileReport) -> list[dict[str, Any]]:
    found = [
        _result(fault.code, fault.message, report.file, fault.place) for fault in report.faults
    ]
    for outcome in report.failures:
        found.append(_result(EXPECTATION, sentence(outcome), report.file, outcome.place))
    return found


def _result(code: str, text: str, file: str, place: Place | None) -> dict[str, Any]:
    region = {"startLine": 1, "startColumn": 1}
    if place is not None:
        region = {
            "startLine": place.line,
            "startColumn": place.column,
            "endColumn": place.column + place.width,
        }
    location = {"artifactLocation": {"uri": quote(file.replace("\\", "/"))}, "region": region}
    return {
        "ruleId": code,
        "level": "error",
        "message": {"text": text},
        "locations": [{"physicalLocation": location}],
    }
