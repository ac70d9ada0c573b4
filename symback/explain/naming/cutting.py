"""Formulas that are nested deep, as long products are, cut into parts that have names."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from symback.language.tree import Binary, Call, Expression, Name, Negate
from symback.language.walks import fold, operands, rebuild

#: Formulas nested deeper than this are cut, into parts of PART levels.
MAX_DEPTH, PART = 32, 12


class _Levels(NamedTuple):
    """How deep a formula is nested, and the names that the product it is has as factors."""

    depth: int
    factors: set[str]


def cut(tree: Expression, give: Callable[[Expression], Expression]) -> Expression:
    """Return a formula in which parts that are nested deep are what `give` returns for them.

    A product of n factors is nested n deep, a sum is not: its terms are added at once, and a
    name that is multiplied again makes a power. Parts are given from the innermost on; each may
    have what was returned for others in it.
    """

    def combine(
        node: Expression, parts: list[tuple[Expression, _Levels]]
    ) -> tuple[Expression, _Levels]:
        found = [part for part, _ in parts]
        same = all(new is old for new, old in zip(found, operands(node), strict=True))
        whole = node if same else rebuild(node, found)
        levels = _levels(node, [levels for _, levels in parts])
        if levels.depth >= PART and _is_computed(node) and node is not tree:
            return give(whole), _Levels(0, set())
        return whole, levels

    return fold(tree, combine)[0] if fold(tree, _levels).depth > MAX_DEPTH else tree


def _levels(node: Expression, parts: list[_Levels]) -> _Levels:
    depth = max((part.depth for part in parts), default=0)
    match node:
        case Negate() | Binary("+" | "-"):
            return _Levels(depth, set())
        case Binary("*", _, Name(name)):
            factors = parts[0].factors  # a product of n factors has one set, not n
            again = name in factors
            factors.add(name)
            return _Levels(depth if again else depth + 1, factors)
        case Name(name):
            return _Levels(1, {name})
        case _:
            return _Levels(depth + 1, set())


def _is_computed(node: Expression) -> bool:
    """Tell whether a node is an array by itself, and no sum, list or setting."""
    match node:
        case Binary("+" | "-"):
            return False
        case Binary() | Call():
            return True
        case _:
            return False
