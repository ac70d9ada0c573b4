"""The work of `symback graph`: solve, then draw in the form asked for."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from symback.cli.files import refuse_inputs, write_whole
from symback.cli.options import Picture, SolveOptions
from symback.cli.outputs import MIN_WIDTH, WIDTH
from symback.cli.solving import solve_file
from symback.errors import Diagnostic, InputError
from symback.problem.faults import did_you_mean

if TYPE_CHECKING:
    from symback.explain.drawing.drawing import Drawing
    from symback.explain.solution import Solution


@dataclass(frozen=True, slots=True)
class GraphOptions:
    """What `symback graph` was asked for; `of` is None for the whole graph."""

    form: Picture
    of: str | None = None
    output: Path | None = None
    digits: int | None = None
    values: tuple[tuple[str, str], ...] = ()
    unfolded: bool = False


def draw(file: str, options: GraphOptions) -> None:
    """Print or write the drawing of one problem's graph. Raises: SymbackError, OSError."""
    from symback.render.drawing.fold import fold
    from symback.render.drawn import drawing_of

    refuse_inputs(options.output, [file])
    solution = solve_file(file, SolveOptions(values=options.values))
    _check(solution, options.of)
    drawing = drawing_of(solution, options.of, options.digits)
    text = _written(drawing if options.unfolded else fold(drawing), options)
    if options.output is not None:
        write_whole(options.output, text)
    else:
        sys.stdout.write(text)


def _check(solution: Solution, of: str | None) -> None:
    """Raise InputError E615 if there is no such step."""
    steps = solution.problem.define
    if of is None or of in steps:
        return
    hint = did_you_mean(of, steps) or "name one of the steps in `define`"
    raise InputError(Diagnostic("E615", f"`{solution.problem.file}` has no step `{of}`", hint))


def _written(drawing: Drawing, options: GraphOptions) -> str:
    match options.form:
        case Picture.TEXT:
            from symback.render.drawing.boxes import boxes

            return boxes(drawing, _width(options)).rstrip("\n") + "\n"
        case Picture.SVG:
            from symback.render.drawing.svg import svg

            return svg(drawing)
        case Picture.DOT:
            from symback.render.drawing.dot import dot

            return dot(drawing)
        case Picture.TIKZ:
            from symback.render.drawing.tikz import tikz

            return tikz(drawing)
        case Picture.MERMAID:
            from symback.render.drawing.mermaid import mermaid

            return mermaid(drawing)


def _width(options: GraphOptions) -> int:
    """Return the columns of the terminal, or those of text that does not go to one."""
    if options.output is None and sys.stdout.isatty():
        return max(MIN_WIDTH, shutil.get_terminal_size().columns)
    return WIDTH
