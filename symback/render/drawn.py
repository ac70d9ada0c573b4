"""From a solution to the drawing of its computational graph, with values, gradients and slopes."""

from __future__ import annotations

from collections.abc import Mapping

from symback.explain.drawing import Drawing, GraphEdge, GraphNode, NodeKind
from symback.explain.paths import Edge, Slope, local_slopes
from symback.explain.solution import Line, Result, Solution
from symback.language import names
from symback.language.tree import Name
from symback.numeric.value import Value
from symback.render.formulas import Formulas
from symback.render.matrices import block_of, shape_text
from symback.render.numbers import digits_of, number_latex, number_text
from symback.render.visible import one_line

#: Vectors of more entries, and matrices, are shown by their shapes alone.
MAX_ENTRIES = 4


def drawing_of(
    solution: Solution, of: str | None = None, digits: int | None = None, texts: bool = True
) -> Drawing:
    """Return the graph of everything that `of` depends on; of all steps without `of`.

    Slopes stand on the edges between scalars. Without `texts` the nodes have no formulas.
    """
    formulas = Formulas(solution)
    kept = _kept(solution, of)
    gradients = _gradients(solution, of)
    used = {name for line in solution.forward if line.name in kept for name in names(line.formula)}
    nodes = []
    for line in (*solution.given, *solution.forward):
        if line.name in kept:
            kind = _kind(line, line.name in used, solution)
            nodes.append(_node(line, kind, formulas, gradients.get(line.name), (digits, texts)))
    slopes = local_slopes(solution.problem) if _has_scalars(solution, kept) else {}
    edges = tuple(
        _edge(operand, line.name, slopes, formulas, digits)
        for line in solution.forward
        if line.name in kept
        for operand in kept
        if operand in names(line.formula)
    )
    return Drawing(one_line(solution.problem.title or ""), tuple(nodes), edges)


def _kept(solution: Solution, of: str | None) -> list[str]:
    """Return the names that `of` depends on, in the order of the file."""
    uses = {line.name: names(line.formula) for line in solution.forward}
    order = [line.name for line in (*solution.given, *solution.forward)]
    if of is None or of not in order:
        return order
    seen = {of}
    stack = [of]
    while stack:
        for name in uses.get(stack.pop(), frozenset()):
            if name not in seen:
                seen.add(name)
                stack.append(name)
    return [name for name in order if name in seen]


def _kind(line: Line, used: bool, solution: Solution) -> NodeKind:
    if line.name in solution.problem.given:
        return "given"
    return "step" if used else "output"


def _gradients(solution: Solution, of: str | None) -> Mapping[str, Value]:
    """Return the values of the gradients of a scalar, by the names that they belong to."""
    found: dict[str, Value] = {}
    for line in solution.backward:
        if line.of is not None and line.value is not None:
            found[line.of] = line.value
    for result in solution.results:
        if _belongs(result, of) and result.value is not None:
            found[result.wrt[0]] = result.value
    return found


def _belongs(result: Result, of: str | None) -> bool:
    if result.kind != "gradient" or len(result.wrt) != 1:
        return False
    return of is None or result.of == of


def _has_scalars(solution: Solution, kept: list[str]) -> bool:
    return any(solution.ranks[line.name] == 0 for line in solution.forward if line.name in kept)


def _node(
    line: Line,
    kind: NodeKind,
    formulas: Formulas,
    gradient: Value | None,
    settings: tuple[int | None, bool],
) -> GraphNode:
    digits, texts = settings
    shown = texts and not (isinstance(line.formula, Name) and line.formula.id == line.name)
    return GraphNode(
        name=line.name,
        label_text=formulas.text_name(line.name),
        label_latex=formulas.latex_name(line.name),
        formula_text=formulas.text(line.formula) if shown else "",
        formula_latex=formulas.latex(line.formula) if shown else "",
        value_text=_value(line.value, digits),
        gradient_text=_value(gradient, digits),
        kind=kind,
    )


def _value(value: Value | None, digits: int | None) -> str:
    if value is None:
        return ""
    if len(value.shape) > 1 or value.entries.size > MAX_ENTRIES:
        return shape_text(value.shape) if len(value.shape) > 1 else f"{value.entries.size} entries"
    return " ".join(block_of(value, digits, 200))


def _edge(
    source: str,
    target: str,
    slopes: Mapping[Edge, Slope],
    formulas: Formulas,
    digits: int | None,
) -> GraphEdge:
    slope = slopes.get((target, source))
    if slope is None:
        return GraphEdge(source, target)
    if slope.value is None:
        return GraphEdge(
            source, target, formulas.text(slope.formula), formulas.latex(slope.formula)
        )
    number = digits_of(slope.value, (), digits)
    return GraphEdge(source, target, number_text(number), number_latex(number))
