"""`symback explain`: what an error code means."""

from __future__ import annotations

from typing import Annotated

import typer

from symback.cli.guard import user_errors


def explain(
    code: Annotated[str, typer.Argument(help="A code such as E232; without it: all codes.")] = "",
) -> None:
    """Explain an error: why it is one, a wrong example and a right one."""
    with user_errors():
        from symback.problem.catalogue import explanation, overview

        typer.echo(explanation(code) if code else overview(), nl=False)
