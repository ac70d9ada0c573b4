"""Two conditions on one quantity that bound its size: -k < x < k is abs(x) < k."""

from __future__ import annotations

from itertools import combinations

from symback.language.tree import Call, Compare, Expression, Negate, Number
from symback.notation.writing import trees

#: What a condition is called where its two sides are exchanged or negated.
MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def inside(conditions: list[Expression]) -> list[Expression]:
    """Write conditions that hold together, x < k and x > -k, as abs(x) < k."""
    for one, other in combinations(conditions, 2):
        size = _size(one, other, ("<", "<="))
        if size is not None:
            rest = [tree for tree in conditions if tree is not one and tree is not other]
            return inside([*rest, size])
    return conditions


def outside(condition: Expression, chosen: Expression, other: Expression) -> Expression:
    """Return a choice; between 1 where x > k and [x < -k] elsewhere it is abs(x) > k."""
    size = _size(condition, other, (">", ">=")) if chosen == trees.ONE else None
    return size or Call("where", (condition, chosen, other))


def _size(one: Expression, other: Expression, ops: tuple[str, ...]) -> Expression | None:
    """Return the condition on the size of x that x < k and x > -k are, in either order."""
    for first, second in ((one, other), (other, one)):
        match first, second:
            case Compare(op, left, Number() as limit), Compare(mirror, same, Negate(below)):
                if op in ops and mirror == MIRRORED[op] and left == same and limit == below:
                    return Compare(op, Call("abs", (left,)), limit)
    return None
