"""Points on either side of where a branch of a formula is taken: random ones miss narrow gaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, islice
from typing import Any

import numpy as np
from flint import fmpq

from symback.check.formulas.context import Context, Point
from symback.errors import SymbackError
from symback.functions.domains import Undecided
from symback.functions.values_entries import Undefined
from symback.language import names, parse, substitute, walk
from symback.language.tree import Binary, Call, Compare, Expression

#: Borders that are looked for at most, entries of each, pairs of points for one, and points.
MOST_BORDERS, MOST_ENTRIES, MOST_PAIRS, MOST_POINTS = 8, 2, 6, 12
#: How often the way between two points is halved, and the digits that signs are known to.
HALVINGS, BITS = 40, 200
#: What may be assumed of a variable that still holds between two of its values.
CONVEX = frozenset(
    ("positive", "nonnegative", "probability", "simplex", "symmetric", "diagonal", "triangular")
) | {"lower-triangular", "upper-triangular", "positive-definite", "positive-semidefinite"}


def beside_borders(roots: Sequence[Expression], context: Context) -> Iterator[Point]:
    """Yield points just before and just behind the borders of the branches in formulas."""
    if any(not CONVEX.issuperset(one.facts) for one in context.variables.values()):
        return
    drawn = list(islice((p for p in context.points() if not p.large), MOST_POINTS))
    pairs = [(a, b) for a, b in combinations(drawn, 2) if a.sizes == b.sizes]
    for gap in islice(_gaps(roots, context), MOST_BORDERS):
        found = 0
        for a, b in pairs[:MOST_PAIRS]:
            for place in _crossings(gap, a, b, context):
                yield from _either_side(gap, a, b, place, context)
                found += 1
            if found >= MOST_ENTRIES:
                break


def _gaps(roots: Sequence[Expression], context: Context) -> Iterator[Expression]:
    """Yield what is 0 on the borders: the difference of two sides that are compared."""
    seen: set[Expression] = set()
    for tree in context.resting_on(roots):
        for node in walk(tree):
            for gap in _gaps_of(node, context):
                if gap not in seen and names(gap):
                    seen.add(gap)
                    yield gap


def _gaps_of(node: Expression, context: Context) -> Iterator[Expression]:
    if isinstance(node, Compare):
        yield Binary("-", node.left, node.right)
    if isinstance(node, Call) and node.function in context.functions:
        kinks = context.functions[node.function].kinks
        meaning = dict(zip(("x", "y"), node.arguments, strict=False))
        for edge in walk(parse(kinks)) if kinks and isinstance(kinks, str) else ():
            plain = isinstance(edge, Compare) and edge.op == "==" and names(edge) <= set(meaning)
            if plain and isinstance(edge, Compare):
                yield substitute(Binary("-", edge.left, edge.right), meaning)


def _crossings(gap: Expression, a: Point, b: Point, context: Context) -> list[tuple[int, ...]]:
    """Return entries of a gap that have different signs at two points."""
    before, behind = _signs(gap, a, context), _signs(gap, b, context)
    if before is None or behind is None or before.shape != behind.shape:
        return []
    places = np.argwhere(before * behind < 0)
    return [tuple(int(k) for k in place) for place in places[:MOST_ENTRIES]]


def _either_side(
    gap: Expression, a: Point, b: Point, place: tuple[int, ...], context: Context
) -> Iterator[Point]:
    """Yield the two ends of a short piece of the way between two points, a border in it."""
    low, high = fmpq(0), fmpq(1)
    first = _signs(gap, a, context)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        signs = _signs(gap, _between(a, b, middle), context)
        if signs is None or first is None:
            return
        if signs[place] == first[place]:
            low = middle
        else:
            high = middle
    for way in (low, high):
        signs = _signs(gap, point := _between(a, b, way), context)
        if signs is not None and signs[place]:
            yield point


def _between(a: Point, b: Point, way: fmpq) -> Point:
    """Return the point so far on the way from one to another."""
    given = {
        name: np.asarray(x + (b.given[name] - x) * way, dtype=object) for name, x in a.given.items()
    }
    return Point(a.sizes, given, "border")


def _signs(gap: Expression, point: Point, context: Context) -> Any:
    """Return the signs of the entries of a formula, 0 where none is known; None without values."""
    try:
        value = context.value(gap, point, BITS)
    except (SymbackError, Undecided):
        return None
    found = np.zeros(value.shape, dtype=int)
    for place in np.ndindex(value.shape):
        entry: Any = value[place]
        if not isinstance(entry, Undefined):
            found[place] = int(bool(entry > 0)) - int(bool(entry < 0))
    return found
