"""`symback functions`: what can be called in expressions."""

from __future__ import annotations

from typing import Annotated

import typer

from symback.cli.guard import user_errors


def functions(
    name: Annotated[str, typer.Argument(help="One of them; without it: all.")] = "",
) -> None:
    """List the functions of the expression language, or describe one.

    Its signature, value, domain, derivative, kinks and source.
    """
    with user_errors():
        from symback.functions.reference import about, listing

        typer.echo(about(name) if name else listing(), nl=False)
