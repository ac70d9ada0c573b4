"""Routes as curves: the passages between layers become cubic Bézier curves along the direction."""

from __future__ import annotations

from collections.abc import Iterator

from symback.render.drawing.layout import Direction, Point


def passages(route: tuple[Point, ...]) -> Iterator[tuple[Point, Point]]:
    """Pairs of points between which a route changes layers."""
    return zip(route[1::2], route[2::2], strict=False)


def controls(start: Point, end: Point, direction: Direction) -> tuple[Point, Point]:
    """Inner control points of the curve; it leaves and arrives along the direction."""
    if direction == "right":
        middle = (start[0] + end[0]) / 2
        return (middle, start[1]), (middle, end[1])
    middle = (start[1] + end[1]) / 2
    return (start[0], middle), (end[0], middle)


def point_at(start: Point, end: Point, direction: Direction, t: float) -> Point:
    """Point of the passage's curve at parameter t in [0, 1]."""
    first, second = controls(start, end, direction)
    s = 1 - t
    weights = (s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t)
    points = (start, first, second, end)
    return (
        sum(w * p[0] for w, p in zip(weights, points, strict=True)),
        sum(w * p[1] for w, p in zip(weights, points, strict=True)),
    )
