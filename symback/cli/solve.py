"""`symback solve`: derive and evaluate what problems ask for."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from symback.cli.guard import user_errors
from symback.cli.options import MAX_DIGITS, Format

Files = Annotated[list[str], typer.Argument(metavar="FILE...", help="Problems; - reads one.")]
Form = Annotated[Format, typer.Option("--format", "-f", help="How to write the solution.")]
Fragment = Annotated[bool, typer.Option("--fragment", help="Without the frame of a document.")]
Pdf = Annotated[Path | None, typer.Option(metavar="FILE", help="Typeset into a PDF file.")]
Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write here.")]
Part = Annotated[list[str] | None, typer.Option("--part", metavar="NAME", help="Only this part.")]
Only = Annotated[
    list[str] | None, typer.Option("--only", metavar="NAME", help="Only this result: dL_dW1.")
]
Digits = Annotated[
    int | None, typer.Option(min=1, max=MAX_DIGITS, help="Significant digits of numbers.")
]
Values = Annotated[
    list[str] | None, typer.Option("--set", metavar="x=...", help="Another value for x.")
]
Brief = Annotated[
    bool, typer.Option("--brief", help="Only what was asked for, and the names in it.")
]


def solve(  # noqa: PLR0913 - Typer reads an argument for every option
    files: Files,
    form: Form = Format.TEXT,
    fragment: Fragment = False,
    pdf: Pdf = None,
    output: Output = None,
    part: Part = None,
    only: Only = None,
    digits: Digits = None,
    values: Values = None,
    brief: Brief = False,
) -> None:
    """Derive and evaluate what problems ask for: forward, backward, answers.

    With several files the others are still done when one fails; the highest exit code counts.
    """
    with user_errors():
        from symback.cli.options import SolveOptions, assignments
        from symback.cli.solving import solve_files

        options = SolveOptions(
            form=form,
            fragment=fragment,
            pdf=pdf,
            output=output,
            parts=tuple(part or ()),
            only=tuple(only or ()),
            digits=digits,
            values=assignments(values or []),
            brief=brief,
        )
        raise typer.Exit(solve_files(files, options))
