"""The work of `symback grade`: sheet by sheet, whatever happens to the others."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from symback.cli.files import refuse_inputs, write_whole
from symback.cli.guard import INTERRUPTED, failure, report

if TYPE_CHECKING:
    from symback.check.grading import Grader
    from symback.check.verdicts import Report


@dataclass(frozen=True, slots=True)
class GradeOptions:
    """What `symback grade` was asked for."""

    form: str = "text"
    output: Path | None = None
    jobs: int = 1
    dask: str | None = None


def grade_sheets(problem: str, sheets: list[str], options: GradeOptions) -> int:
    """Grade every sheet and write the verdicts; return the highest exit code."""
    refuse_inputs(options.output, [problem, *sheets])
    grader = grader_of(problem)
    codes = [0]
    reports: list[Report] = []
    for name in sheets:
        try:
            found = graded(grader, name)
        except BaseException as error:
            code, diagnostics = failure(error)
            report(diagnostics)
            codes.append(code)
            if code == INTERRUPTED:
                return code
            continue
        codes.append(0 if found.passed else 1)
        reports.append(found)
        if options.form == "json" and options.output is None:
            from symback.render.grade_json import document

            sys.stdout.write(document(found) + "\n")
            sys.stdout.flush()
    if options.form != "json" or options.output is not None:
        _put(written(grader, reports, options), options)
    return max(codes)


def grader_of(problem: str) -> Grader:
    """Load and derive a problem. Raises: SymbackError, OSError."""
    from symback.check.grading import Grader
    from symback.functions import names, table
    from symback.problem.load import load

    return Grader(load(problem, names()), table())


def graded(grader: Grader, sheet: str) -> Report:
    """Load and grade a sheet. Raises: SymbackError, OSError."""
    from symback.problem.sheet import load_sheet

    return grader.grade(load_sheet(sheet))


def written(grader: Grader, reports: list[Report], options: GradeOptions) -> str:
    """Return the reports in the format asked for."""
    match options.form:
        case "json":
            from symback.render.grade_json import document

            return "".join(document(one) + "\n" for one in reports)
        case "csv":
            from symback.render.grade_json import table

            return table(reports)
    from symback.render.grade_text import text_of

    return text_of(grader.solution, reports)


def _put(text: str, options: GradeOptions) -> None:
    if options.output is None:
        sys.stdout.write(text)
    else:
        write_whole(options.output, text)
