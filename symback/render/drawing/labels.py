"""Where the labels of edges stand: on their line, between two layers, clear of one another."""

from __future__ import annotations

from collections.abc import Sequence

from symback.render.drawing.curves import passages, point_at
from symback.render.drawing.layout import Direction, Placement, Point, Size

#: Parameters tried on a curve, best first, and those at which other curves are looked at.
TRIED = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.2, 0.8)
SAMPLED = tuple(k / 16 for k in range(17))

#: Beyond this many labels they all stand in the middle.
MOST_TO_ARRANGE = 400


def place_labels(
    placement: Placement, sizes: Sequence[Size], direction: Direction
) -> list[Point | None]:
    """Centre of every edge's label, in its last passage; None where the size is zero."""
    arrange = len(sizes) <= MOST_TO_ARRANGE
    curves = [_last_passage(route) for route in placement.routes]
    samples = [[point_at(*c, direction, t) for t in SAMPLED] for c in curves] if arrange else []
    placed: list[tuple[Point, Size]] = []
    result: list[Point | None] = []
    for number, size in enumerate(sizes):
        if not size[0]:
            result.append(None)
            continue
        points = [point_at(*curves[number], direction, t) for t in TRIED if arrange or t == 0.5]
        points = [p for p in points if _inside(p, size, curves[number], direction)] or points[:1]
        others = [p for k, line in enumerate(samples) if k != number for p in line]
        best = min(range(len(points)), key=lambda k: (_clashes(points[k], size, placed, others), k))
        placed.append((points[best], size))
        result.append(points[best])
    return result


def covered(places: Sequence[Point | None], sizes: Sequence[Size]) -> float:
    """Return by how much labels overlap, as an area."""
    total = 0.0
    placed: list[tuple[Point, Size]] = []
    for point, size in zip(places, sizes, strict=True):
        if point is not None:
            total += sum(_overlap(point, size, *other) for other in placed)
            placed.append((point, size))
    return total


def _overlap(point: Point, size: Size, other: Point, extent: Size) -> float:
    wide = (size[0] + extent[0]) / 2 - abs(point[0] - other[0])
    high = (size[1] + extent[1]) / 2 - abs(point[1] - other[1])
    return wide * high if min(wide, high) > 0 else 0.0


def _last_passage(route: tuple[Point, ...]) -> tuple[Point, Point]:
    return list(passages(route))[-1]


def _inside(point: Point, size: Size, passage: tuple[Point, Point], direction: Direction) -> bool:
    """Whether the label stays between the two layers, with a little room for the arrow."""
    axis = 0 if direction == "right" else 1
    low, high = passage[0][axis] + 3, passage[1][axis] - 9
    return low <= point[axis] - size[axis] / 2 and point[axis] + size[axis] / 2 <= high


def _clashes(
    point: Point, size: Size, placed: Sequence[tuple[Point, Size]], others: Sequence[Point]
) -> float:
    """How much a label would cover: other labels count most, then points of other lines."""
    total = 0.0
    for other, extent in placed:
        wide = (size[0] + extent[0]) / 2 + 2 - abs(point[0] - other[0])
        high = (size[1] + extent[1]) / 2 + 2 - abs(point[1] - other[1])
        if wide > 0 and high > 0:
            total += 10 + wide * high
    for other in others:
        near = abs(point[0] - other[0]) < size[0] / 2 + 2
        total += near and abs(point[1] - other[1]) < size[1] / 2 + 2
    return total
