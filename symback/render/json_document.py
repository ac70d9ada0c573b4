"""A solution as one JSON document a line: the machine's view, 0-based throughout."""

from __future__ import annotations

import json
from typing import Any

from symback.explain.evaluating.components import MAX_CHARACTERS
from symback.explain.solution import Line, Note, Result, Solution
from symback.language import write
from symback.language.tree import Expression
from symback.numeric.value import Value
from symback.render.formulas import Formulas
from symback.tensor.dims import NamedDim, Shape

SCHEMA = "symback/1"


def document(solution: Solution) -> str:
    """Return the solution as one line of JSON."""
    return json.dumps(fields(solution), ensure_ascii=False)


def fields(solution: Solution) -> dict[str, Any]:
    """Return the document's fields."""
    problem = solution.problem
    formulas = Formulas(solution)
    named = {result.name for result in solution.results}
    lines = [*solution.given, *solution.forward]
    return {
        "schema": SCHEMA,
        "file": problem.file,
        "title": problem.title,
        "dims": dict(problem.dims),
        "notes": [
            {"code": note.code, "name": note.name, "message": note.message}
            for note in (*solution.notes, *_left_out(solution))
        ],
        "values": {
            line.name: {"shape": _shape(line.shape), "value": _value(line.value)} for line in lines
        },
        "results": [_result(result, formulas) for result in solution.results],
        "steps": [_step(line, formulas) for line in solution.backward if line.name not in named],
    }


def _left_out(solution: Solution) -> list[Note]:
    """Say which results have no form in given names only, and why."""
    message = f"its form in given names only would have more than {MAX_CHARACTERS:,} characters"
    names = [result.name for result in solution.results if result.expanded is None]
    return [Note("expanded", name, message) for name in dict.fromkeys(names)]


def _result(result: Result, formulas: Formulas) -> dict[str, Any]:
    found: dict[str, Any] = {"part": result.part, "kind": result.kind, "of": result.of}
    if result.wrt:
        found["wrt"] = list(result.wrt) if result.kind == "hessian" else result.wrt[0]
    found |= {
        "name": result.name,
        "shape": _shape(result.shape),
        "closed_form": write(result.closed_form),
        "expanded": _written(result.expanded),
        "latex": formulas.latex(result.closed_form),
        "components": {
            "[" + ",".join(map(str, one.index)) + "]": write(one.formula)
            for one in result.components
        },
        "value": _value(result.value),
    }
    return found


def _step(line: Line, formulas: Formulas) -> dict[str, Any]:
    return {
        "part": line.part,
        "name": line.name,
        "closed_form": write(line.formula),
        "latex": formulas.latex(line.formula),
        "value": _value(line.value),
    }


def _written(tree: Expression | None) -> str | None:
    return None if tree is None else write(tree)


def _value(value: Value | None) -> Any:
    return None if value is None else value.floats()


def _shape(shape: Shape) -> list[int | str]:
    return [str(size) if isinstance(size, NamedDim) else size for size in shape]
