"""`symback why`: one quantity explained step by step."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from symback.cli.guard import user_errors
from symback.cli.limits import time_limit
from symback.cli.options import MAX_DIGITS

Quantity = Annotated[str, typer.Argument(metavar="NAME", help="What to explain: dL_dW1, z1.")]
File = Annotated[str, typer.Argument(metavar="FILE", help="The problem; - reads standard input.")]
Digits = Annotated[
    int | None, typer.Option(min=1, max=MAX_DIGITS, help="Significant digits of numbers.")
]
Values = Annotated[
    list[str] | None, typer.Option("--set", metavar="x=...", help="Another value for x.")
]
Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write here.")]


def why(
    name: Quantity,
    file: File,
    digits: Digits = None,
    values: Values = None,
    output: Output = None,
) -> None:
    """Explain one quantity to a learner: from L back to it, every factor with shape and number."""
    with user_errors(), time_limit():
        from symback.cli.files import refuse_inputs, write_whole
        from symback.cli.options import assignments
        from symback.cli.outputs import terminal_style
        from symback.explain.telling.why import why as explanation
        from symback.functions import names, table
        from symback.problem.load import load
        from symback.render.why_text import why_of

        refuse_inputs(output, [file])
        problem = load(file, names(), dict(assignments(values or [])))
        width, colour = terminal_style(output)
        text = why_of(explanation(problem, name, table()), width, colour, digits)
        if output is None:
            typer.echo(text, nl=False, color=colour)
        else:
            write_whole(output, text)
