"""`symback new`: a start for a problem of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from symback.cli.guard import user_errors

START = """\
# A problem for symback. Try it:  symback solve {name}
title: A single neuron
index_base: 1                # subscripts count from 1, as in mathematics; 0: as in Python

given:                       # what is known: a value, or {{shape: [n]}} for a symbol
  x: [0.5, -1.2]             # an array's shape is read from its value
  w: [0.3, 0.8]
  b: 1/10                    # constant expressions are values, too
  t: {{value: 1, note: target}}

define:                      # the graph, one name a step, in any order
  z: w @ x + b               # + - * / ** entry by entry, @ the matrix product
  y: sigmoid(z)
  L: (y - t)**2/2

find:                        # what is asked; without it: all gradients of the last scalar
  - {{part: a, value: [y, L]}}
  - part: b
    gradient: L
    wrt: [w, b]
    # expect: {{'w[1]': 0.1}}  # "symback check" compares, to the digits written
"""


def new(path: Annotated[Path, typer.Argument(help="The file to write.")]) -> None:
    """Write a commented problem to start from; never overwrites a file."""
    with user_errors():
        from symback.cli.files import write_new

        write_new(path, START.format(name=path))
        typer.echo(f"wrote {path}; try: symback solve {path}", err=True)
