"""Points between the borders of branches in formulas: random ones miss narrow gaps there.

On the way from one point to another the borders that are crossed are found, and a point is taken
between each and the next. Formulas that differ only where one has changed its branch and the
other has not yet differ at one of these, however narrow the gap is; at a border itself nothing is
compared, for there conventions count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice, pairwise

import numpy as np
from flint import fmpq

from symback.check.formulas.context import ROUGH, Context, Point
from symback.errors import SymbackError
from symback.functions.signature import bind, parameters
from symback.functions.values.arrays import Array
from symback.language import names, parse, substitute, walk
from symback.language.tree import Binary, Call, Compare, Expression
from symback.numeric import FLOAT64

#: Borders that are looked for at most, entries of each on one way, ways, and points on each.
MOST_BORDERS, MOST_ENTRIES, MOST_WAYS, MOST_PARTS = 8, 3, 4, 6
#: Points that ways lead between, and how far outward the last ways lead.
MOST_POINTS, FAR = 12, 1_000
#: Steps to a border, what part of the way is near enough to it, and bits that tell.
STEPS, NEAR, FLOAT_BITS = 120, 2.0**-40, 53
#: Borders nearer to each other than this part of the way are one.
NARROW = 2.0**-36
#: Ways of one context of which the points are kept.
MAX_KEPT = 1_000
#: What may be assumed of a variable that still holds far outward, and between two of its values.
CONES = frozenset(("positive", "nonnegative"))
CONVEX = CONES | {
    *("probability", "simplex", "symmetric", "diagonal", "triangular", "lower-triangular"),
    *("upper-triangular", "positive-definite", "positive-semidefinite"),
}


def between_borders(
    roots: Sequence[Expression], context: Context, drawn: Sequence[Point], beside: float
) -> Iterator[Point]:
    """Yield points between the borders of branches in formulas, on ways between points drawn.

    On the first way that crosses any, points are taken so near to the borders, too, as the part
    `beside` of the way.
    Ways far outward are taken to those borders alone that are on no other way.
    """
    if len(context.between) > MAX_KEPT:
        context.between.clear()
        context.crossings.clear()
    gaps = list(islice(_gaps(roots, context), MOST_BORDERS))
    crossed: set[Expression] = set()
    for number, way in enumerate(_ways(drawn, context)):
        wanted = gaps if way.is_short else [gap for gap in gaps if gap not in crossed]
        parts: list[float] = []
        for gap in wanted:
            if (gap, number) not in context.crossings:
                context.crossings[gap, number] = list(way.crossings(gap))
            found = context.crossings[gap, number]
            crossed.update([gap] if found else [])
            parts += found
        key = (number, tuple(sorted(parts)), beside)
        if key not in context.between:
            context.between[key] = list(way.between(key[1], beside))
        yield from context.between[key]
        beside = 0 if parts else beside


class _Way:
    """The straight way from one point to another, along which formulas change their branches."""

    def __init__(self, a: Point, b: dict[str, Array], context: Context, is_short: bool) -> None:
        self.a, self.b, self.context, self.is_short = a, b, context, is_short
        self.rough = {name: (FLOAT64.lift(x), FLOAT64.lift(b[name])) for name, x in a.given.items()}

    def crossings(self, gap: Expression) -> Iterator[float]:
        """Yield after which parts of the way entries of a gap change their signs."""
        start, end = self._values(gap, 0.0), self._values(gap, 1.0)
        if start is None or end is None or start.shape != end.shape:
            return
        changed = ((start < 0) != (end < 0)) & (start != 0) & (end != 0)
        known = np.isfinite(start) & np.isfinite(end)
        for place in np.argwhere(changed & known)[:MOST_ENTRIES]:
            found = self._crossing(gap, tuple(int(k) for k in place))
            if found is not None:
                yield found

    def between(self, crossings: tuple[float, ...], beside: float) -> Iterator[Point]:
        """Yield points in the shortest parts that crossings cut the way into.

        They are the middles and, unless `beside` is 0, points so near to the crossings.
        """
        if not crossings:
            return
        cuts = [0.0, *crossings, 1.0]
        parts = [(low, high) for low, high in pairwise(cuts) if high - low > NARROW]
        for low, high in sorted(parts, key=lambda p: p[1] - p[0])[:MOST_PARTS]:
            yield self._at((Fraction(low) + Fraction(high)) / 2)
            if 0 < beside < (high - low) / 2:
                near = {low: low + beside, high: high - beside}
                yield from (self._at(Fraction(near[cut])) for cut in near if cut in crossings)

    def _at(self, part: Fraction) -> Point:
        """Return the point after a part of the way."""
        share = fmpq(part.numerator, part.denominator)
        given = {
            name: np.asarray(x + (self.b[name] - x) * share, dtype=object)
            for name, x in self.a.given.items()
        }
        return Point(self.a.sizes, given, "between")

    def _crossing(self, gap: Expression, place: tuple[int, ...]) -> float | None:
        """Return after which part an entry of a gap changes its sign; None if it has no value.

        By secants, a step past each in the hope to have the border in it, and halving.
        """
        ends = [0.0, 1.0]
        values = [self._entry(gap, part, place) for part in ends]
        for step in range(STEPS):
            low, high = ends
            slope = (values[1] - values[0]) / (high - low)
            part = (
                low - values[0] / slope,
                low + NEAR if abs(values[0]) < abs(values[1]) else high - NEAR,
                (low + high) / 2,
            )[step % 3]
            part = min(max(part, low + NEAR / 2), high - NEAR / 2)
            value = self._entry(gap, part, place)
            if value == 0 or high - low <= 2 * NEAR:
                return part
            if not np.isfinite(value):
                return None
            side = int(value * values[1] > 0)
            ends[side], values[side] = part, value
        return None

    def _entry(self, gap: Expression, part: float, place: tuple[int, ...]) -> float:
        """Return an entry of a gap after a part of the way, not a number if there is none."""
        found = self._values(gap, part)
        return float("nan") if found is None else float(found[place])

    def _values(self, gap: Expression, part: float) -> Array | None:
        """Return the values of a gap after a part of the way, None where it has none."""
        given = {name: np.asarray(x + (y - x) * part) for name, (x, y) in self.rough.items()}
        try:
            return self.context.value(gap, Point(self.a.sizes, given, ROUGH), FLOAT_BITS)
        except SymbackError:
            return None


def _ways(drawn: Sequence[Point], context: Context) -> Iterator[_Way]:
    """Yield ways between points of one size, and then some that lead far outward."""
    points = [point for point in drawn if not point.large][:MOST_POINTS]
    for a, b in islice(_pairs(points), MOST_WAYS):
        yield _Way(a, _moved(a, b.given, CONVEX, context), context, True)
    outward = [(a, b, scale) for a, b in islice(_pairs(points), MOST_WAYS) for scale in (FAR, -FAR)]
    for a, b, scale in [*outward, *((a, a, -1) for a in points[:1])]:
        far = {name: np.asarray(x * fmpq(scale)) for name, x in b.given.items()}
        kept = CONES if scale > 0 else frozenset[str]()
        yield _Way(a, _moved(a, far, kept, context), context, False)


def _pairs(points: list[Point]) -> Iterator[tuple[Point, Point]]:
    """Yield points with others of the same size, a point with itself where it is alone."""
    for place, a in enumerate(points):
        others = [b for b in points[place + 1 :] if a.sizes == b.sizes]
        yield from ((a, b) for b in others or [a])


def _moved(
    point: Point, other: dict[str, Array], kept: frozenset[str], context: Context
) -> dict[str, Array]:
    """Return other values where what is assumed of them holds on the way to them."""
    return {
        name: other[name] if kept.issuperset(context.variables[name].facts) else x
        for name, x in point.given.items()
    }


def _gaps(roots: Sequence[Expression], context: Context) -> Iterator[Expression]:
    """Yield what is 0 on the borders: the difference of two sides that are compared."""
    seen: set[Expression] = set()
    for tree in context.resting_on(roots):
        found = context.gaps.get(id(tree))
        if found is None:
            gaps = (gap for node in walk(tree) for gap in _gaps_of(node, context) if names(gap))
            found = tree, list(dict.fromkeys(gaps))
            if any(tree is one for one in context.definitions.values()):
                context.gaps[id(tree)] = found
        yield from (gap for gap in found[1] if gap not in seen)
        seen.update(found[1])


def _gaps_of(node: Expression, context: Context) -> Iterator[Expression]:
    if isinstance(node, Compare):
        yield Binary("-", node.left, node.right)
    if isinstance(node, Call) and node.function in context.functions:
        function = context.functions[node.function]
        if not function.convention or not isinstance(function.kinks, str):
            return
        bound = bind(function, node)
        known = (parameter.name for parameter in parameters(function.signature))
        meaning = {**dict(zip(known, bound.arrays, strict=False)), **bound.settings}
        for edge in walk(parse(function.kinks)):
            if isinstance(edge, Compare) and edge.op == "==" and names(edge) <= set(meaning):
                yield substitute(Binary("-", edge.left, edge.right), meaning)
