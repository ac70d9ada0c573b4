"""From a solution to the drawing of its computational graph, with values, gradients and slopes."""

from __future__ import annotations

from collections.abc import Collection

from symback.explain.drawing.diagram import Diagram, diagram_of
from symback.explain.drawing.drawing import Drawing, GraphNode, NodeKind
from symback.explain.solution import Line, Solution
from symback.language import names
from symback.language.tree import Name
from symback.numeric.value import Value
from symback.render.edges import edge_of
from symback.render.formulas import Formulas
from symback.render.matrices import block_of, size_text
from symback.render.visible import one_line

#: Longer vectors, and matrices with more rows or columns, are shown by their shapes alone.
MAX_ENTRIES, MAX_SIDE = 4, 3
#: Longer formulas of gradients give way to their names.
MAX_FORMULA = 28


def drawing_of(solution: Solution, of: str | None = None, digits: int | None = None) -> Drawing:
    """Return the graph of everything that `of` depends on; of all steps without `of`.

    Every node has its value and its gradient; slopes stand on the edges between scalars.
    """
    return drawn(diagram_of(solution, of), solution, digits)


def drawn(diagram: Diagram, solution: Solution, digits: int | None = None) -> Drawing:
    """Return a diagram with everything in it written out."""
    lines = (*diagram.given, *diagram.steps)
    derived = (*diagram.steps, *diagram.signals, *diagram.cotangents.values())
    ranks = {line.name: len(line.shape) for line in derived}
    formulas = Formulas(solution).with_ranks(ranks)
    uses = {line.name: names(line.formula) for line in diagram.steps}
    used = frozenset[str]().union(*uses.values())
    nodes = []
    for line in lines:
        gradient = _gradient(diagram, line.name, formulas, digits)
        shown = line.formula != Name(line.name)
        nodes.append(
            GraphNode(
                name=line.name,
                label_text=formulas.text_name(line.name),
                label_latex=formulas.latex_name(line.name),
                formula_text=formulas.text(line.formula) if shown else "",
                formula_latex=formulas.latex(line.formula) if shown else "",
                value_text=_value(line.value, digits),
                gradient_text=gradient[0],
                kind=_kind(line, used, solution),
                gradient_latex=gradient[1],
            )
        )
    places = {line.name: k for k, line in enumerate(lines)}
    edges = [
        edge_of(operand, name, diagram, formulas, digits)
        for name, operands in uses.items()
        for operand in sorted(operands & places.keys(), key=lambda one: places[one])
    ]
    title = one_line(solution.problem.title or "")
    scalar = formulas.text_name(diagram.scalar) if diagram.scalar else ""
    return Drawing(title, tuple(nodes), tuple(edges), scalar)


def _gradient(
    diagram: Diagram, name: str, formulas: Formulas, digits: int | None
) -> tuple[str, str]:
    """Return a gradient: its value, or else its formula in Unicode and LaTeX."""
    line = diagram.cotangents.get(name)
    if line is None or line.value is not None:
        return (_value(line.value, digits) if line else ""), ""
    text = formulas.text(line.formula)
    if len(text) > MAX_FORMULA:
        return formulas.text_name(line.name), formulas.slashed().latex(Name(line.name))
    return text, formulas.slashed().latex(line.formula)


def _kind(line: Line, used: Collection[str], solution: Solution) -> NodeKind:
    if line.name in solution.problem.given:
        return "given"
    return "step" if line.name in used else "output"


def _value(value: Value | None, digits: int | None) -> str:
    """Return a small value in full, of a larger one the lengths of its axes."""
    if value is None:
        return ""
    shape = value.shape
    if len(shape) > 2 or any(length > (MAX_ENTRIES, MAX_SIDE)[len(shape) - 1] for length in shape):
        return size_text(shape)
    return "\n".join(block_of(value, digits, 200))
