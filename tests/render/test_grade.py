"""Graded sheets in every format: what a person reads, and what programs read."""

import csv
import io
import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from symback.check.answers.verdicts import Judgement, Ungraded
from symback.check.grading import Grader
from symback.errors import Diagnostic, Place
from symback.functions import table
from symback.problem.load import load
from symback.problem.sheet import load_sheet, load_sheet_text
from symback.render.grades import sheets as grade_sheets
from symback.render.grades.documents import document
from symback.render.grades.documents import table as csv_table
from symback.render.grades.feedback import common
from symback.render.grades.terminal import text_of
from symback.render.latex.lint import lint_latex

PROBLEMS = Path(__file__).parents[2] / "problems"
HOSTILE = """\
student: <b>Eve</b> \\input{x}
answers:
- '<img src=x>': 1
- dL_dz2: '`(y - t'
- dL_db2: (y - t)/4
"""


PLACE = Place("<b>.yaml", 3, 9, text="- dL_db2: [")
FAULTY = Ungraded("<b>.yaml", (Diagnostic("E101", "the `[` is not closed", place=PLACE),))


@cache
def graded():
    """Grade the homework's sheet and a hostile one."""
    grader = Grader(load(PROBLEMS / "7_1.yaml", table()), table())
    sheet = load_sheet(PROBLEMS / "answers" / "7_1.yaml")
    return grader.solution, grader.grade(sheet), grader.grade(load_sheet_text(HOSTILE, "eve.yaml"))


def test_text_for_a_person():
    """Each answer on a line with its verdict; what is wrong under it, in the problem's notation."""
    solution, report, _ = graded()

    lines = text_of(solution, [report]).splitlines()

    assert lines[0].startswith("Exercise 7.1 as solved by hand")
    assert lines[0].endswith("14 of 16 points")
    assert "  ✓ a.h            [0.23, 0.4, 0.57]" in lines
    start = next(k for k, line in enumerate(lines) if "(W2.T @ dL_dz2)/2" in line)
    assert lines[start].startswith("  ✗ c.∂L/∂z₁")
    assert lines[start + 1 : start + 3] == [
        "      a factor 1/2 too many: it is in ∂L/∂z₂ already",
        "      right: ∂L/∂z₁ = (W₂ᵀ ∂L/∂z₂) ⊙ [z₁ > 0]",
    ]
    assert max(map(len, lines)) <= 100


def test_text_on_a_narrow_terminal_in_colour():
    """Answers are cut to fit; the signs alone are coloured, by what they mean."""
    solution, report, _ = graded()

    lines = text_of(solution, [report], width=80, colour=True).splitlines()

    plain = [re.sub("\x1b\\[[0-9;]*m", "", line) for line in lines]
    assert max(map(len, plain)) <= 80
    assert plain[0].endswith("14 of 16 points")
    assert any(line.startswith("  \x1b[31m✗\x1b[0m c.∂L/∂z₁") for line in lines)
    assert any(line.startswith("  \x1b[32m✓\x1b[0m a.h") for line in lines)


def test_a_class_in_lines():
    """Several sheets: a line each, then what went wrong most often."""
    solution, report, hostile = graded()

    lines = text_of(solution, [report, report, FAULTY, hostile]).splitlines()

    assert lines[0].split()[:3] == ["14", "of", "16"]
    assert lines[2].split(None, 3)[1:] == [
        "not",
        "graded",
        "<b>.yaml: line 3: the `[` is not closed",
    ]
    assert lines[5].startswith("✓ right   ≈ right but for rounding   →")
    assert lines[7:9] == [
        "3 sheets, 9.333 points on average; 1 sheet could not be graded",
        "     2  c.∂L/∂z₁       factor: a factor 1/2 too many: it is in ∂L/∂z₂ already",
    ]
    assert max(map(len, lines[7:])) <= 100


def test_the_same_mistake_twice_in_a_sheet_is_that_of_one_sheet():
    """Counted are sheets; what is said of most answers is said of all."""
    _, report, _ = graded()
    wrong = next(one for one in report.answers if one.verdict == "wrong")
    rare = replace(wrong, finding=replace(wrong.finding, message="something else"))
    many = replace(report, answers=(rare, wrong, wrong))

    (mistake,) = common([many, replace(report, answers=(wrong,))])

    assert (mistake.sheets, mistake.sentence) == (2, wrong.finding.message)


def test_a_mistake_under_a_name_of_ones_own_is_that_of_the_quantity():
    """Sheets that call it otherwise are counted together, under the name of the problem."""
    _, report, _ = graded()
    wrong = next(one for one in report.answers if one.verdict == "wrong")
    part = wrong.quantity.rpartition(".")[0]
    own = replace(wrong, quantity=f"{part}.delta")

    (mistake,) = common([replace(report, answers=(one,)) for one in (own, wrong)])

    assert mistake.sheets == 2
    assert mistake.example.quantity.endswith(wrong.name)


def test_json_has_the_fields_of_the_contract():
    """One document a line, with a diagnosis or null."""
    _, report, _ = graded()

    found = json.loads(document(report))

    assert list(found) == ["schema", "problem", "sheet", "answers", "points", "of"]
    wrong = found["answers"][10]
    assert wrong == {
        "quantity": "c.dL_dz1",
        "verdict": "wrong",
        "diagnosis": {
            "kind": "factor",
            "where": "dL_dz1",
            "message": "a factor 1/2 too many: it is in `dL_dz2` already",
            "repair": "dL_dz1 = (W2.T @ dL_dz2)*(z1 > 0)",
        },
        "expected": "(W2.T @ dL_dz2)*(z1 > 0)",
        "got": "(W2.T @ dL_dz2)/2*step(z1)",
        "points": 0,
    }


def test_csv_has_a_line_an_answer():
    """A header and a row for every answer; no cell is a formula of a spreadsheet."""
    _, report, hostile = graded()

    rows = list(csv.DictReader(io.StringIO(csv_table([report, hostile, FAULTY]))))

    assert len(rows) == 20
    assert (rows[-1]["verdict"], rows[-1]["kind"], rows[-1]["where"]) == ("error", "E101", "line 3")
    assert [row["verdict"] for row in rows[3:6]] == ["rounding", "correct", "wrong"]
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row.values())


@pytest.mark.parametrize("form", ["markdown_of", "latex_of", "html_of"])
def test_feedback_sheets_show_text_of_the_sheet_as_text(form):
    """Nothing that a student writes acts as markup or as a command."""
    solution, report, hostile = graded()

    text = getattr(grade_sheets, form)(solution, [report, hostile, FAULTY])

    assert "<img" not in text.replace("\\<img", "")
    assert "<b>" not in text.replace("\\<b", "")
    assert form != "latex_of" or "\\input{" not in text
    assert "14 of 16 points" in text
    assert "Common mistakes" in text
    assert "Not graded" in text


def test_a_sheet_names_its_parts_once():
    """Answers stand under the heading of their part, what is not understood with the others."""
    solution, report, _ = graded()
    unread = Judgement("c.dL_dz1", "unread", note="why", written="(")
    report = replace(report, answers=(*report.answers[3:5], unread, report.answers[5]))

    lines = grade_sheets.markdown_of(solution, [report]).splitlines()

    assert [line for line in lines if line.startswith("#")][1:] == ["## b", "## c"]
    assert r"- ? dL\_dz1: `` ( `` (not understood)" in lines


def test_what_is_not_understood_of_a_formula_is_pointed_at():
    """The formula stands under the reason with a caret, cut where it is long."""
    solution, report, _ = graded()
    unread = Judgement("c.dL_dz1", "unread", note="why", written=r"$2 \foo x$", place=(3, 7))
    long = replace(unread, written="$" + "x" * 90 + r"\foo$", place=(91, 95))
    report = replace(report, answers=(unread, long))

    lines = text_of(solution, [report]).splitlines()
    found = json.loads(document(report))["answers"]

    assert lines[4:6] == [r"        $2 \foo x$", "           ^^^^"]
    assert lines[8].index(r"\foo") == lines[9].index("^^^^")
    assert lines[8].startswith("        …x")
    assert [one["note"] for one in found] == ["why", "why"]


def test_latex_can_be_typeset():
    """The document has balanced braces, environments and scripts."""
    solution, report, hostile = graded()

    assert lint_latex(grade_sheets.latex_of(solution, [report, hostile])) == []
