"""`symback grade`: judge hand derivations and say what is wrong with them."""

from __future__ import annotations

import os
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
Answers = Annotated[
    list[str], typer.Argument(metavar="ANSWERS...", help="Answer sheets and folders.")
]
Form = Annotated[GradeFormat, typer.Option("--format", "-f", help="How to write the verdicts.")]
Output = Annotated[
    str | None,
    typer.Option(
        "-o", "--output", metavar="PATH", help="Write here; into `folder/` a file for each sheet."
    ),
]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=0, help="Processes; 0: one a processor.")]
Dask = Annotated[str | None, typer.Option(metavar="ADDRESS", help="Grade on a Dask cluster.")]
Seconds = Annotated[float, typer.Option("--timeout", min=0.1, help="Seconds a sheet may take.")]
Megabytes = Annotated[int, typer.Option("--memory", min=64, help="Megabytes a sheet may take.")]


def grade(  # noqa: PLR0913 - Typer reads an argument for every option
    problem: Problem,
    answers: Answers,
    form: Form = GradeFormat.TEXT,
    output: Output = None,
    jobs: Jobs = 0,
    dask: Dask = None,
    timeout: Seconds = 120,
    memory: Megabytes = 2048,
) -> None:
    """Judge hand derivations: verdict, what is wrong, where, the right line, and points.

    Exits with 1 if an answer is wrong, not read, or follows from a wrong one.
    """
    with user_errors():
        from symback.cli.grading import GradeOptions, grade_sheets

        target = None if output is None else Path(output)
        if target is not None and output is not None and output.endswith(("/", os.sep)):
            target.mkdir(parents=True, exist_ok=True)
        options = GradeOptions(form.value, target, jobs, dask, timeout, memory)
        raise typer.Exit(grade_sheets(problem, answers, options))
