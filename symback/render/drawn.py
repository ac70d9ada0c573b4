"""From a solution to the drawing of its computational graph, with values, gradients and slopes."""

from __future__ import annotations

from collections.abc import Collection

from symback.explain.diagram import Diagram, diagram_of
from symback.explain.drawing import Drawing, GraphEdge, GraphNode, NodeKind
from symback.explain.paths import Slope
from symback.explain.solution import Line, Solution
from symback.language import names
from symback.language.tree import Name
from symback.numeric.value import Value
from symback.render.formulas import Formulas
from symback.render.matrices import block_of, shape_text
from symback.render.numbers import digits_of, number_latex, number_text
from symback.render.visible import one_line

#: Longer vectors, and matrices with more rows or columns, are shown by their shapes alone.
MAX_ENTRIES, MAX_SIDE = 4, 3


def drawing_of(
    solution: Solution, of: str | None = None, digits: int | None = None, texts: bool = True
) -> Drawing:
    """Return the graph of everything that `of` depends on; of all steps without `of`.

    Every node has its value and its gradient; slopes stand on the edges between scalars. Without
    `texts` the nodes have no formulas.
    """
    return drawn(diagram_of(solution, of), solution, digits, texts)


def drawn(
    diagram: Diagram, solution: Solution, digits: int | None = None, texts: bool = True
) -> Drawing:
    """Return a diagram with everything in it written out."""
    formulas = Formulas(solution)
    lines = (*diagram.given, *diagram.steps)
    uses = {line.name: names(line.formula) for line in diagram.steps}
    used = frozenset[str]().union(*uses.values())
    nodes = []
    for line in lines:
        gradient = diagram.cotangents.get(line.name)
        shown = texts and line.formula != Name(line.name)
        nodes.append(
            GraphNode(
                name=line.name,
                label_text=formulas.text_name(line.name),
                label_latex=formulas.latex_name(line.name),
                formula_text=formulas.text(line.formula) if shown else "",
                formula_latex=formulas.latex(line.formula) if shown else "",
                value_text=_value(line.value, digits),
                gradient_text=_value(gradient.value, digits) if gradient else "",
                kind=_kind(line, used, solution),
            )
        )
    places = {line.name: k for k, line in enumerate(lines)}
    edges = [
        _edge(operand, name, diagram.slopes.get((name, operand)), formulas, digits)
        for name, operands in uses.items()
        for operand in sorted(operands & places.keys(), key=lambda one: places[one])
    ]
    title = one_line(solution.problem.title or "")
    scalar = formulas.text_name(diagram.scalar) if diagram.scalar else ""
    return Drawing(title, tuple(nodes), tuple(edges), scalar)


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
        return shape_text(shape) if len(shape) > 1 else f"{shape[0]} entries"
    return "\n".join(block_of(value, digits, 200))


def _edge(
    source: str, target: str, slope: Slope | None, formulas: Formulas, digits: int | None
) -> GraphEdge:
    if slope is None:
        return GraphEdge(source, target)
    if slope.value is None:
        return GraphEdge(
            source, target, formulas.text(slope.formula), formulas.latex(slope.formula)
        )
    number = digits_of(slope.value, (), digits)
    return GraphEdge(source, target, number_text(number), number_latex(number))
