"""`symback schema`: the JSON Schema of problem files, for editors."""

from __future__ import annotations

import typer

from symback.cli.guard import user_errors


def schema() -> None:
    """Print the JSON Schema (draft-07) of problem files, for editors.

    Save it and name it in the first line of a problem: "# yaml-language-server: $schema=FILE".
    """
    with user_errors():
        from symback.problem.schema import schema_text

        typer.echo(schema_text(), nl=False)
