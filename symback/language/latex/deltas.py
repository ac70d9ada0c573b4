r"""Kronecker's delta and conditions on indices, `\delta_{ij}` and `\sum_{i<j}`, as matrices.

Their size is that of an axis which one of the indices runs over elsewhere in the formula.
"""

from __future__ import annotations

from fractions import Fraction

from symback.language.latex.values import IDENTITY, ONE, WHERE
from symback.language.tree import Binary, Call, Expression, Name, Negate, Number, Subscript
from symback.language.walks import operands, rebuild, walk

ZERO = Number(Fraction(0))
#: How they are cut from a matrix of ones: the function, and its diagonal.
CUTS: dict[Expression, tuple[str, Expression]] = {
    WHERE["\\ne"]: ("", ZERO),
    WHERE["<"]: ("triu", ONE),
    WHERE["\\le"]: ("triu", ZERO),
    WHERE[">"]: ("tril", Negate(ONE)),
    WHERE["\\ge"]: ("tril", ZERO),
}
#: What is 1 where two indices compare so, and what is 1 where they do not.
BESIDE = {
    IDENTITY: WHERE["\\ne"],
    WHERE["\\ne"]: IDENTITY,
    WHERE["<"]: WHERE["\\ge"],
    WHERE["\\ge"]: WHERE["<"],
    WHERE[">"]: WHERE["\\le"],
    WHERE["\\le"]: WHERE[">"],
}


def compared(relation: str, first: Expression, second: Expression) -> Expression:
    """Return what is 1 where two indices compare in some way, and 0 elsewhere."""
    return Subscript(WHERE[relation], (first, second))


def only_where(condition: Expression, body: Expression, other: Expression) -> Expression:
    """Return an entry where a condition holds, and another number elsewhere."""
    return Call("where", (condition, body, other))


def sized_deltas(tree: Expression) -> Expression:
    """Return a formula with the matrices in it that only tell indices apart in their size."""
    nodes = list(walk(tree))
    loose = [node for node in nodes if isinstance(node, Subscript) and _is_loose(node)]
    if not loose:
        return tree
    known = [node for node in nodes if isinstance(node, Subscript) and not _is_loose(node)]
    found = {node: _sized(node, known) for node in loose}
    return _replaced(tree, {old: new for old, new in found.items() if new is not None})


def _is_loose(node: Subscript) -> bool:
    return node.value in CUTS or (node.value == IDENTITY and len(node.items) == 2)


def _sized(node: Subscript, known: list[Subscript]) -> Expression | None:
    """Return an entry of a matrix of a size, None where no axis tells it."""
    for other in known:
        for axis, item in enumerate(other.items):
            if isinstance(item, Name) and item in node.items:
                ones = _ones(other.value, axis, len(other.items))
                cut = CUTS.get(node.value)
                square: Expression = Call("diag", (ones,))
                if cut is not None:
                    whole = Call("outer", (ones, ones))
                    square = Call(cut[0], (whole, cut[1])) if cut[0] else Binary("-", whole, square)
                return Subscript(square, node.items)
    return None


def _ones(value: Expression, axis: int, axes: int) -> Expression:
    """Return ones along an axis of a vector or matrix."""
    if axes > 1:
        value = Call("sum", (value,), (("axis", Number(Fraction(1 - axis))),))
    return Binary("+", Binary("*", value, ZERO), ONE)


def _replaced(tree: Expression, table: dict[Subscript, Expression]) -> Expression:
    if isinstance(tree, Subscript) and tree in table:
        return table[tree]
    parts = operands(tree)
    return rebuild(tree, [_replaced(part, table) for part in parts]) if parts else tree
