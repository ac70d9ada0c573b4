"""Formulas that are nested deep, as long products are, cut into parts that have names."""

from __future__ import annotations

from collections.abc import Callable

from symback.language.tree import Binary, Call, Expression, Negate
from symback.language.walks import fold, operands, rebuild

#: Formulas nested deeper than this are cut, into parts of PART levels.
MAX_DEPTH, PART = 32, 12


def cut(tree: Expression, give: Callable[[Expression], Expression]) -> Expression:
    """Return a formula in which parts that are nested deep are what `give` returns for them.

    A product of n factors is nested n deep, a sum is not: its terms are added at once. Parts are
    given from the innermost on; each may have what was returned for others in it.
    """

    def combine(node: Expression, parts: list[tuple[Expression, int]]) -> tuple[Expression, int]:
        found = [part for part, _ in parts]
        same = all(new is old for new, old in zip(found, operands(node), strict=True))
        whole = node if same else rebuild(node, found)
        depth = _levels(node) + max((depth for _, depth in parts), default=0)
        if depth >= PART and _is_computed(node) and node is not tree:
            return give(whole), 0
        return whole, depth

    return fold(tree, combine)[0] if fold(tree, _depth) > MAX_DEPTH else tree


def _depth(node: Expression, parts: list[int]) -> int:
    return _levels(node) + max(parts, default=0)


def _levels(node: Expression) -> int:
    """Return how much deeper a node is than its operands."""
    match node:
        case Negate() | Binary("+" | "-"):
            return 0
        case _:
            return 1


def _is_computed(node: Expression) -> bool:
    """Tell whether a node is an array by itself, and no sum, list or setting."""
    match node:
        case Binary("+" | "-"):
            return False
        case Binary() | Call():
            return True
        case _:
            return False
