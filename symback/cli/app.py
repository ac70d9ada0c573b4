"""The commands of `symback`, put together; each is wired in a file of its own."""

from __future__ import annotations

import io
import os
import sys
from typing import Annotated

import typer

from symback import __version__
from symback.cli.check import check
from symback.cli.explain import explain
from symback.cli.functions import functions
from symback.cli.grade import grade
from symback.cli.graph import graph
from symback.cli.new import new
from symback.cli.schema import schema
from symback.cli.solve import solve
from symback.cli.why import why

app = typer.Typer(
    name="symback",
    help="Derive, show, check and grade gradients: closed forms and proved digits from YAML.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

for command in (solve, check, grade, graph, new, schema, functions, explain, why):
    app.command()(command)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"symback {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", "-V", callback=_version, is_eager=True, help="Say which.")
    ] = False,
) -> None:
    """Derive, show, check and grade gradients: closed forms and proved digits from YAML.

    Results go to standard output, messages to standard error. Exit codes: 0 fine, 1 a check or an
    answer is wrong, 2 bad input or usage, 3 a limit was reached, 4 a bug in symback.
    """


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code; a reader that has gone away is no fault."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    try:
        app(args=arguments, prog_name="symback")
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    else:
        code = 0
    return _flushed(code)


def _flushed(code: int) -> int:
    """Flush standard output; the rest of it goes nowhere if nobody reads on."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        return 0
    return code
