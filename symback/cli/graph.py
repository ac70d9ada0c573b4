"""`symback graph`: the computational graph, drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from symback.cli.guard import user_errors
from symback.cli.limits import time_limit
from symback.cli.options import MAX_DIGITS, Picture

Form = Annotated[Picture, typer.Option("--format", "-f", help="How to draw.")]
Of = Annotated[str | None, typer.Option("--of", metavar="NAME", help="Only what this rests on.")]
Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write here.")]
Digits = Annotated[
    int | None, typer.Option(min=1, max=MAX_DIGITS, help="Significant digits of numbers.")
]
Values = Annotated[
    list[str] | None, typer.Option("--set", metavar="x=...", help="Another value for x.")
]
Unfolded = Annotated[
    bool, typer.Option("--unfolded", help="Every node, also of large graphs, in a box of its own.")
]


def graph(  # noqa: PLR0913 - Typer reads an argument for every option
    file: Annotated[str, typer.Argument(metavar="FILE", help="A problem; - reads one.")],
    form: Form = Picture.TEXT,
    of: Of = None,
    output: Output = None,
    digits: Digits = None,
    values: Values = None,
    unfolded: Unfolded = False,
) -> None:
    """Draw the computational graph with forward values, gradients and local derivatives.

    The gradients are those of what the problem differentiates, or of the scalar written last.
    """
    with user_errors(), time_limit():
        from symback.cli.graphing import GraphOptions, draw
        from symback.cli.options import assignments

        found = assignments(values or [])
        draw(file, GraphOptions(form, of, output, digits, found, unfolded))
