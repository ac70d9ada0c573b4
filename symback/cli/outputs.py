"""From solutions to text: one function a format, each importing its renderer when called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symback.cli.options import Format, SolveOptions
from symback.errors import Diagnostic, InputError

if TYPE_CHECKING:
    from symback.explain.solution import Solution


def rendered(solutions: list[Solution], options: SolveOptions) -> str:
    """Return solutions in the format asked for.

    Raises: InputError E610 for a format that has no renderer.
    """
    renderer = RENDERERS.get(options.form)
    if renderer is None:
        known = ", ".join(form.value for form in RENDERERS)
        message = f"there is no output in the format {options.form.value}"
        raise InputError(Diagnostic("E610", message, f"use one of {known}"))
    return renderer(solutions, options)


def json(solutions: list[Solution], options: SolveOptions) -> str:
    """Return one JSON document a line."""
    from symback.render.json_document import document

    return "".join(document(solution) + "\n" for solution in solutions)


RENDERERS = {Format.JSON: json}
