"""`symback check`: compare every expectation under files and folders."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from symback.cli.guard import user_errors


class CheckFormat(StrEnum):
    """How the outcome is written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"


Paths = Annotated[list[str], typer.Argument(metavar="PATH...", help="Problems and folders.")]
Form = Annotated[CheckFormat, typer.Option("--format", "-f", help="How to write the outcome.")]
Junit = Annotated[Path | None, typer.Option(metavar="FILE", help="Write a JUnit report as well.")]
Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write here.")]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=0, help="Processes; 0: one a processor.")]
Update = Annotated[bool, typer.Option("--update", help="Write right values into the files.")]
Against = Annotated[
    str | None, typer.Option(metavar="MODULE:FUNCTION", help="Compare with a Python function.")
]
Empty = Annotated[bool, typer.Option("--allow-empty", help="Accept files without `expect` alone.")]
Seconds = Annotated[float, typer.Option("--timeout", min=0.1, help="Seconds a file may take.")]
Megabytes = Annotated[int, typer.Option("--memory", min=64, help="Megabytes a file may take.")]


def check(  # noqa: PLR0913 - Typer reads an argument for every option
    paths: Paths,
    form: Form = CheckFormat.TEXT,
    junit: Junit = None,
    output: Output = None,
    jobs: Jobs = 0,
    update: Update = False,
    against: Against = None,
    allow_empty: Empty = False,
    timeout: Seconds = 120,
    memory: Megabytes = 2048,
) -> None:
    """Compare every `expect` under files and folders with what is derived.

    In folders, YAML files with a top-level `given` are checked and others are counted. A file that
    takes too long or too much memory is stopped and named; the others are still done.
    """
    with user_errors():
        from symback.cli.checking import CheckOptions, check_paths

        options = CheckOptions(
            form=form.value,
            junit=junit,
            output=output,
            jobs=jobs,
            update=update,
            against=against,
            allow_empty=allow_empty,
            seconds=timeout,
            megabytes=memory,
        )
        raise typer.Exit(check_paths(paths, options))
