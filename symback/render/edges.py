"""What stands on the edges of a drawing: local derivatives, as numbers or as short formulas."""

from __future__ import annotations

from fractions import Fraction

from symback.explain.drawing.diagram import Diagram
from symback.explain.drawing.drawing import GraphEdge
from symback.explain.drawing.factors import HOLE
from symback.explain.drawing.paths import Slope
from symback.language import fold, rebuild, walk
from symback.language.tree import Binary, Compare, Expression, Name, Negate, Number
from symback.render.formulas import Formulas
from symback.render.numbers import digits_of, number_latex, number_text

#: Longer formulas give way to the name of the derivative: the second where many edges arrive.
LONGEST, LONGEST_AMONG_MANY = 24, 12
#: Edges that arrive at one node without being many.
FEW = 3

_ONE = Number(Fraction(1))


def edge_of(
    source: str, target: str, diagram: Diagram, formulas: Formulas, digits: int | None = None
) -> GraphEdge:
    """Return an edge with its local derivative, if there is one."""
    slope = diagram.slopes.get((target, source))
    if slope is not None:
        text, latex = _slope(slope, formulas, digits)
        if len(text) <= LONGEST:
            return GraphEdge(source, target, text, latex)
        return _named(source, target, formulas)
    if (target, source) not in diagram.factors:
        return GraphEdge(source, target)
    factor = diagram.factors[target, source]
    if factor is None or _holes(factor) > 1:
        return _named(source, target, formulas)
    text, latex = _factor(factor, formulas.with_ranks({HOLE: formulas.rank(Name(target))}))
    arriving = sum(step == target for step, _ in diagram.factors)
    longest = LONGEST if arriving <= FEW else LONGEST_AMONG_MANY
    if len(text) > longest:
        return _named(source, target, formulas)
    if latex.startswith((r"\frac", r"-\frac")):
        latex = latex.replace(r"\frac", r"\dfrac", 1)
    return GraphEdge(source, target, text, latex, back=True)


def _named(source: str, target: str, formulas: Formulas) -> GraphEdge:
    latex = formulas.partial_latex(target, source).replace(r"\frac", r"\dfrac", 1)
    return GraphEdge(source, target, formulas.partial_text(target, source), latex, back=True)


def _slope(slope: Slope, formulas: Formulas, digits: int | None) -> tuple[str, str]:
    if slope.value is None:
        return formulas.text(slope.formula), formulas.latex(slope.formula)
    number = digits_of(slope.value, (), digits)
    return number_text(number), number_latex(number)


def _factor(factor: Expression, formulas: Formulas) -> tuple[str, str]:
    """Write `HOLE*(z > 0)` as ⊙ [z > 0], `2*HOLE` as 2, and any other formula with a dot in it."""
    rest = _beside_hole(factor)
    if rest is not None and not formulas.rank(rest):
        return formulas.text(rest), formulas.latex(rest)
    if rest is None or formulas.rank(rest) != formulas.rank(Name(HOLE)):
        shown = fold(factor, _hole_first)
        return formulas.text(shown), formulas.latex(shown)
    if isinstance(rest, Compare):
        return f"⊙ {formulas.text(rest)}", rf"{{\odot}}\,{formulas.latex(rest)}"
    return f"⊙ {formulas.factor_text(rest)}", rf"{{\odot}}\,{formulas.factor_latex(rest)}"


def _beside_hole(node: Expression) -> Expression | None:
    """Return what multiplies the hole entry by entry; None if something else is done to it."""
    match node:
        case Name(id) if id == HOLE:
            return _ONE
        case Negate(operand):
            rest = _beside_hole(operand)
            return None if rest is None else Negate(rest)
        case Binary("/", left, right) if not _holes(right):
            rest = _beside_hole(left)
            return None if rest is None else Binary("/", rest, right)
        case Binary("*", left, right):
            rests = [_beside_hole(side) if _holes(side) else side for side in (left, right)]
            first, second = rests
            if first is None or second is None or _holes(node) != 1:
                return None
            if _ONE in rests:
                return second if first == _ONE else first
            return Binary("*", first, second)
        case _:
            return None


def _hole_first(node: Expression, parts: list[Expression]) -> Expression:
    """Write i*HOLE*(1 - i) as HOLE*i*(1 - i)."""
    match built := rebuild(node, parts):
        case Binary("*", first, Name(id)) if id == HOLE:
            return Binary("*", Name(HOLE), first)
        case Binary("*", first, Binary("*", Name(id), second)) if id == HOLE:
            return Binary("*", Binary("*", Name(HOLE), first), second)
        case _:
            return built


def _holes(node: Expression) -> int:
    return sum(one == Name(HOLE) for one in walk(node))
