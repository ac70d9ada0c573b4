"""The work of `symback solve`: file by file, whatever happens to the others."""

from __future__ import annotations

import gc
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from symback.cli.files import refuse_inputs, write_whole
from symback.cli.guard import INTERRUPTED, failure, report
from symback.cli.limits import time_limit
from symback.cli.options import DOCUMENTS, Format, SolveOptions
from symback.cli.outputs import rendered
from symback.cli.waiting import Waiting
from symback.errors import Diagnostic, InputError
from symback.problem.faults import did_you_mean

if TYPE_CHECKING:
    from symback.explain.solution import Solution
    from symback.problem.model import Problem


def solve_files(files: list[str], options: SolveOptions) -> int:
    """Solve every file and write the results; return the highest exit code."""
    refuse_inputs(options.output, files)
    refuse_inputs(options.pdf, files)
    if files.count("-") > 1:
        raise InputError(Diagnostic("E610", "standard input is read once", "name `-` once"))
    codes = [0]
    solutions: list[Solution] = []
    pieces: list[str] = []
    for name in files:
        try:
            with time_limit():
                solution = solve_file(name, options)
                text = "" if options.form in DOCUMENTS else rendered([solution], options)
            if solutions and options.form is Format.TEXT:
                text = "\n" + text
            solutions.append(solution)
            _put(text, pieces, options)
        except BaseException as error:
            code = _failed(name, error, pieces, options)
            codes.append(code)
            if code == INTERRUPTED:
                return code
    if solutions and options.form in DOCUMENTS:
        with time_limit():
            text = rendered(solutions, options)
        _put(text, pieces, options)
    if solutions and options.pdf is not None:
        write_whole(options.pdf, _pdf(solutions, options))
    if options.output is not None and pieces:
        write_whole(options.output, "".join(pieces))
    return max(codes)


def _pdf(solutions: list[Solution], options: SolveOptions) -> bytes:
    """Return the LaTeX document typeset."""
    from symback.cli.outputs import latex
    from symback.cli.pdf import pdf_of

    return pdf_of(latex(solutions, options))


def solve_file(name: str, options: SolveOptions) -> Solution:
    """Load and solve one problem. Raises: SymbackError, OSError."""
    from symback.explain.solve import solve
    from symback.functions import names, table
    from symback.problem.load import load

    problem = _selected(load(name, names(), dict(options.values)), options)
    gc.freeze()
    gc.enable()
    with Waiting(f"solving {name}"):
        solution = solve(problem, table())
    return _restricted(solution, options)


def _put(text: str, pieces: list[str], options: SolveOptions) -> None:
    """Print a result, or keep it for the output file."""
    if options.output is None:
        sys.stdout.write(text)
        sys.stdout.flush()
    else:
        pieces.append(text)


def _failed(name: str, error: BaseException, pieces: list[str], options: SolveOptions) -> int:
    """Report what went wrong with one file: as JSON where that is asked for."""
    code, diagnostics = failure(error)
    if options.form is Format.JSON and diagnostics:
        from symback.render.diagnostics import render_errors_json

        _put(render_errors_json(name, diagnostics), pieces, options)
    else:
        report(tuple(d.within(name) for d in diagnostics))
    return code


def _selected(problem: Problem, options: SolveOptions) -> Problem:
    """Return the problem with the parts asked for. Raises: InputError E615 if it has none."""
    if not options.parts:
        return problem
    parts = dict.fromkeys(request.part for request in problem.find if request.part)
    for part in options.parts:
        if part not in parts:
            hint = did_you_mean(part, parts) or _list_of("parts", list(parts))
            raise InputError(Diagnostic("E615", f"`{problem.file}` has no part `{part}`", hint))
    return replace(problem, find=tuple(r for r in problem.find if r.part in options.parts))


def _restricted(solution: Solution, options: SolveOptions) -> Solution:
    """Return the solution with the results asked for, by name or by what they are wrt."""
    if not options.only:
        return solution
    known = {result.name for result in solution.results}
    known.update(name for result in solution.results for name in result.wrt)
    for name in options.only:
        if name not in known:
            hint = did_you_mean(name, known) or _list_of("results", sorted(known))
            message = f"`{solution.problem.file}` has no result `{name}`"
            raise InputError(Diagnostic("E615", message, hint))
    wanted = set(options.only)
    kept = [r for r in solution.results if r.name in wanted or wanted.intersection(r.wrt)]
    return replace(solution, results=tuple(kept))


def _list_of(what: str, names: list[str]) -> str:
    return f"its {what} are " + ", ".join(names[:12]) if names else f"it has no {what}"
