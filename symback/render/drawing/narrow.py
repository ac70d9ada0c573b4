"""Layers no wider than a sheet: what is given moves up until there is room for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def narrowed(
    layer: Sequence[int],
    edges: Sequence[tuple[int, int]],
    widths: Sequence[float],
    widest: float,
    gaps: tuple[float, float],
) -> list[int]:
    """Return the layers with vertices without operands moved up from those that are too wide.

    `gaps` are the distances between boxes and beside an edge that passes. What cannot be moved
    stays, so that a layer may remain too wide; layers are added above where there is no room.
    """
    room = _Room(list(layer), edges, widths, gaps)
    k = max(layer, default=-1)
    while k >= min(room.layer, default=0):
        movable = [v for v in room.inside(k) if v in room.sources]
        movable.sort(key=lambda v: (room.reach(v), -widths[v]), reverse=True)
        while room.width(k) > widest and movable and len(room.inside(k)) > 1:
            room.layer[movable.pop(0)] -= 1
        k -= 1
    first = min(room.layer, default=0)
    return [k - first for k in room.layer]


class _Room:
    """How wide each layer is with the edges that pass it."""

    def __init__(
        self,
        layer: list[int],
        edges: Sequence[tuple[int, int]],
        widths: Sequence[float],
        gaps: tuple[float, float],
    ) -> None:
        self.layer = layer
        self.edges = edges
        self.widths = widths
        self.gaps = gaps
        self.sources = set(range(len(layer))) - {target for _, target in edges}

    def inside(self, k: int) -> list[int]:
        """Return the vertices of a layer."""
        return [v for v, one in enumerate(self.layer) if one == k]

    def reach(self, vertex: int) -> int:
        """Return how far away the nearest user stands: edges that are long already come first."""
        users = [self.layer[target] for source, target in self.edges if source == vertex]
        return min(users, default=self.layer[vertex]) - self.layer[vertex]

    def width(self, k: int) -> float:
        """Return what a layer takes: boxes, gaps between them, and edges that pass."""
        boxes = [self.widths[v] for v in self.inside(k)]
        passing = sum(self.layer[s] < k < self.layer[t] for s, t in self.edges)
        return sum(boxes) + (len(boxes) - 1) * self.gaps[0] + passing * self.gaps[1]


def kept_inside(
    across: Sequence[float],
    order: Sequence[Sequence[int]],
    width: Callable[[int], float],
    separation: Callable[[int, int], float],
    widest: float,
) -> list[float]:
    """Return coordinates near those wanted, all between 0 and `widest` where a layer can be."""
    low = min((across[v] - width(v) / 2 for layer in order for v in layer), default=0.0)
    high = max((across[v] + width(v) / 2 for layer in order for v in layer), default=0.0)
    placed = [x - low - max(0.0, high - low - widest) / 2 for x in across]
    for layer in order:
        least = 0.0
        for k, v in enumerate(layer):
            least = width(v) / 2 if not k else placed[layer[k - 1]] + separation(layer[k - 1], v)
            placed[v] = max(placed[v], least)
        for k in range(len(layer) - 1, -1, -1):
            v = layer[k]
            after = layer[k + 1] if k + 1 < len(layer) else None
            most = widest - width(v) / 2
            if after is not None:
                most = placed[after] - separation(v, after)
            placed[v] = min(placed[v], most)
    return placed
