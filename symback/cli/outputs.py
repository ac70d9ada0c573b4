"""From solutions to text: one function a format, each importing its renderer when called."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

from symback.cli.options import Format, SolveOptions
from symback.errors import Diagnostic, InputError

if TYPE_CHECKING:
    from pathlib import Path

    from symback.check.outcome import Outcome
    from symback.explain.solution import Solution
    from symback.problem.model import Expectation, Request


#: Columns of text that does not go to a terminal, and the least that are used in one.
WIDTH, MIN_WIDTH = 100, 40


def rendered(solutions: list[Solution], options: SolveOptions) -> str:
    """Return solutions in the format asked for. Raises: SymbackError."""
    return RENDERERS[options.form](solutions, options)


def json(solutions: list[Solution], options: SolveOptions) -> str:
    """Return one JSON document a line."""
    from symback.render.json_document import document

    return "".join(document(solution) + "\n" for solution in solutions)


def text(solutions: list[Solution], options: SolveOptions) -> str:
    """Return text as wide as the terminal, coloured there; 100 columns without colour elsewhere."""
    from symback.render.text import text_of

    width, colour = terminal_style(options.output)
    return "\n".join(
        text_of(solution, width, colour, options.digits, options.brief, failures(solution, options))
        for solution in solutions
    )


def terminal_style(output: Path | None) -> tuple[int, bool]:
    """Return how many columns to use and whether to colour: as on a terminal, if it is one."""
    if output is not None or not sys.stdout.isatty():
        return WIDTH, False
    width = max(MIN_WIDTH, shutil.get_terminal_size().columns)
    return width, not os.environ.get("NO_COLOR")


def latex(solutions: list[Solution], options: SolveOptions) -> str:
    """Return one LaTeX document, or a fragment of one."""
    from symback.render.latex.document import latex_of

    failed = [sentence for solution in solutions for sentence in failures(solution, options)]
    return latex_of(solutions, options.fragment, options.digits, options.brief, failed)


def markdown(solutions: list[Solution], options: SolveOptions) -> str:
    """Return one Markdown text."""
    from symback.render.markdown import markdown_of

    failed = [sentence for solution in solutions for sentence in failures(solution, options)]
    return markdown_of(solutions, options.digits, options.brief, failed)


def html(solutions: list[Solution], options: SolveOptions) -> str:
    """Return one interactive page, or what it shows as a fragment.

    Raises: InputError E610 for several problems on one page.
    """
    from symback.render.html import fragment
    from symback.render.html import html as document
    from symback.render.paged import page_of

    write = fragment if options.fragment else document
    if len(solutions) > 1 and not options.fragment:
        message = "a page shows one problem"
        raise InputError(Diagnostic("E610", message, "solve the files one by one"))
    return "".join(
        write(page_of(solution, options.digits, failures(solution, options)))
        for solution in solutions
    )


def failures(solution: Solution, options: SolveOptions) -> list[str]:
    """Return a sentence for each expectation of the file that does not hold.

    With `--only`, expectations about other results are left out.
    """
    if not any(request.expect for request in solution.problem.find):
        return []
    from symback.check.expectations import check

    asked = [(find, one) for find in solution.problem.find for one in find.expect]
    return [
        _failure(outcome)
        for (request, one), outcome in zip(asked, check(solution), strict=True)
        if not outcome.passed and not (options.only and _left_out(solution, request, one))
    ]


def _left_out(solution: Solution, request: Request, expectation: Expectation) -> bool:
    """Tell whether an expectation is about a result that was not asked for."""
    kept = [result for result in solution.results if result.request is request]
    if expectation.key is None:
        return not kept
    base = expectation.key.text.partition("[")[0].strip().rpartition(".")[2]
    known = {name for result in kept for name in (result.name, *result.wrt)}
    return base not in known


def _failure(one: Outcome) -> str:
    part = f" (part {one.part})" if one.part else ""
    where = f", line {one.place.line}" if one.place else ""
    if not one.got:
        return f"{one.name}{part}{where}: {one.reason}"
    reason = f" ({one.reason})" if one.reason else ""
    return f"{one.name}{part}{where}: expected {one.expected}, but it is {one.got}{reason}"


RENDERERS = {
    Format.TEXT: text,
    Format.JSON: json,
    Format.LATEX: latex,
    Format.MARKDOWN: markdown,
    Format.HTML: html,
}
