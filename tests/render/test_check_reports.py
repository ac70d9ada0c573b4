"""Reports of checks: what is said, and that no text of a file can break the format."""

import json
from xml.etree import ElementTree

from symback.check.outcome import FileReport, Outcome
from symback.errors import Diagnostic, Place
from symback.render.checks.github import github
from symback.render.checks.junit import junit
from symback.render.checks.sarif import sarif
from symback.render.checks.terminal import check_json, check_text

HOSTILE = "a\x1b[31m\n::error::x,y:z%0A]]><b>\x00&\u202e"
REPORTS = [
    FileReport("good.yaml", "Good", (Outcome("dL_dx", True, "2", "2"),), seconds=0.5),
    FileReport(
        HOSTILE,
        HOSTILE,
        (Outcome("dL_dx[1]", False, HOSTILE, "2*x", HOSTILE, 0.25, HOSTILE, Place(HOSTILE, 3, 5)),),
        code=1,
    ),
    FileReport("bad.yaml", faults=(Diagnostic("E101", HOSTILE, HOSTILE),), code=2),
]


def test_text_has_a_line_for_each_failure():
    """Every control character is visible; the summary counts."""
    text = check_text(REPORTS, skipped=2)

    assert "\x1b" not in text
    assert "\u202e" not in text
    wrong = [line for line in text.splitlines() if line.startswith("wrong ")]
    assert len(wrong) == 1
    assert ":3:5: dL_dx[1] (part a\\x1b[31m" in wrong[0]
    assert text.splitlines()[-1] == (
        "1 of 2 expectations hold in 3 files; 1 file could not be checked;"
        " 2 other YAML files skipped"
    )


def test_colour_only_where_it_is_wanted():
    """The same text with and without escapes."""
    plain, coloured = check_text(REPORTS), check_text(REPORTS, color=True)

    assert "\x1b[1;31mwrong\x1b[0m" in coloured
    for code in ("\x1b[1;31m", "\x1b[32m", "\x1b[1m", "\x1b[0m", "\x1b[1;34m"):
        coloured = coloured.replace(code, "")
    assert coloured == plain


def test_a_long_formula_is_cut():
    """A failure stays one readable line."""
    outcome = Outcome("dL_dx", False, "1", "x + " * 100 + "x")
    (line, _) = check_text([FileReport("f", outcomes=(outcome,))]).splitlines()

    assert len(line) < 250
    assert line.endswith("…")


def test_json_reads_back():
    """One document a line, with every field."""
    good, bad, broken = map(json.loads, check_json(REPORTS).splitlines())

    assert (good["passed"], good["failed"], good["seconds"]) == (1, 0, 0.5)
    assert bad["checks"][0] == {
        "part": HOSTILE,
        "name": "dL_dx[1]",
        "passed": False,
        "expected": HOSTILE,
        "got": "2*x",
        "difference": 0.25,
        "reason": HOSTILE,
        "entries": 1,
        "failed_entries": 0,
        "line": 3,
        "column": 5,
    }
    assert broken["errors"][0]["code"] == "E101"


def test_junit_is_well_formed():
    """Characters that XML cannot hold are replaced; counts add up."""
    root = ElementTree.fromstring(junit(REPORTS).encode())

    assert {key: root.get(key) for key in ("tests", "failures", "errors")} == {
        "tests": "3",
        "failures": "1",
        "errors": "1",
    }
    failure = root.find("testsuite/testcase/failure")
    assert failure is not None
    assert "expected a" in (failure.get("message") or "")


def test_annotations_cannot_be_forged():
    """No line but symback's own starts a workflow command."""
    lines = github(REPORTS, 0).splitlines()

    assert [line.split(" ")[0] for line in lines] == ["::error", "::error", "::notice"]
    properties = lines[0].split("::")[1]
    assert "line=3,col=5,title=expectation" in properties
    assert "%3A%3Aerror%3A%3Ax%2Cy" in properties


def test_sarif_names_rules_and_places():
    """Each result has a rule of the driver, and a URI without spaces or controls."""
    run = json.loads(sarif(REPORTS))["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]

    assert rules == ["E101", "expectation"]
    assert [result["ruleId"] for result in run["results"]] == ["expectation", "E101"]
    location = run["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"].startswith("a%1B%5B31m%0A")
    assert location["region"]["startLine"] == 3
