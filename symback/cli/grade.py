"""`symback grade`: judge hand derivations and say what is wrong with them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from symback.cli.guard import user_errors


class GradeFormat(StrEnum):
    """How verdicts are written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"
    LATEX = "latex"
    HTML = "html"


Problem = Annotated[str, typer.Argument(metavar="PROBLEM", help="The problem that was solved.")]
Answers = Annotated[list[str], typer.Argument(metavar="ANSWERS...", help="Answer sheets.")]
Form = Annotated[GradeFormat, typer.Option("--format", "-f", help="How to write the verdicts.")]
Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write here.")]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=0, help="Sheets at once; 0: all cores.")]
Dask = Annotated[str | None, typer.Option(metavar="ADDRESS", help="Grade on a Dask cluster.")]


def grade(
    problem: Problem,
    answers: Answers,
    form: Form = GradeFormat.TEXT,
    output: Output = None,
    jobs: Jobs = 1,
    dask: Dask = None,
) -> None:
    """Judge hand derivations: verdict, what is wrong, where, the right line, and points.

    Exits with 1 if an answer is wrong, not read, or follows from a wrong one.
    """
    with user_errors():
        from symback.cli.grading import GradeOptions, grade_sheets

        options = GradeOptions(form.value, output, jobs, dask)
        raise typer.Exit(grade_sheets(problem, answers, options))
