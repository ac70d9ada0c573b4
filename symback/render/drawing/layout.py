"""Where boxes and edges of a drawing go: one function, sizes in, places out, in any unit."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Literal, TypeAlias

from symback.render.drawing.coordinates import assign_coordinates
from symback.render.drawing.crossings import reduce_crossings
from symback.render.drawing.layers import Layers, assign_layers, cut_long_edges
from symback.render.drawing.narrow import kept_inside, narrowed

Direction: TypeAlias = Literal["right", "down"]
Point: TypeAlias = tuple[float, float]
Size: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Spacing:
    """Distances in the unit of the sizes."""

    layer: float = 46.0
    """Least distance of two layers; labels get `label` more than their own length."""
    node: float = 22.0
    piece: float = 12.0
    """Width left to an edge that passes a layer."""
    port: float = 15.0
    """Distance at which several edges reach one box; on a wide box `spread` of its width."""
    spread: float = 0.15
    straight: bool = True
    """Whether an edge that comes straight reaches the middle of the box among others."""
    apart: bool = True
    """Whether edges that have both ends in common leave side by side."""
    label: float = 26.0
    slant: float = 0.16
    """Distance of layers added per distance that an edge goes sideways."""
    widest: float = inf
    """Width of a layer beyond which what is given moves to earlier layers."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Centres of the boxes, and a route per edge.

    Edges of one source leave in one point, but for those that also have the target in common.
    A route alternates straight runs along the direction (points 0-1, 2-3, ...) and passages from
    layer to layer (points 1-2, 3-4, ...), which may be drawn as curves: nothing else stands there.
    """

    positions: dict[str, Point]
    routes: tuple[tuple[Point, ...], ...]
    size: Size


def layout(
    nodes: Sequence[str],
    edges: Sequence[tuple[str, str]],
    sizes: Mapping[str, Size],
    direction: Direction = "right",
    labels: Sequence[Size] = (),
    spacing: Spacing | None = None,
) -> Placement:
    """Place a graph without cycles; `labels` are the sizes of the edges' labels, if they have any.

    The same input gives the same places; no two boxes overlap, and no label as long as its edge's
    entry in `labels` reaches a box if it is centred in a passage. Raises ValueError on a cycle.
    """
    number = {name: k for k, name in enumerate(nodes)}
    pairs = [(number[source], number[target]) for source, target in edges]
    turned = direction == "down"
    boxes = [sizes[name][::-1] if turned else sizes[name] for name in nodes]
    lengths = [size[1] if turned else size[0] for size in labels] or [0.0] * len(edges)
    chosen = spacing or Spacing()
    layer = assign_layers(len(nodes), pairs)
    if chosen.widest < inf:
        gaps = (chosen.node, chosen.piece)
        layer = narrowed(layer, pairs, [box[1] for box in boxes], chosen.widest, gaps)
    layers = cut_long_edges(len(nodes), pairs, layer)
    reduce_crossings(layers)
    builder = _Builder(layers, boxes, chosen)
    placed = builder.place(lengths)
    if not turned:
        return Placement(dict(zip(nodes, placed[0], strict=True)), placed[1], placed[2])
    return Placement(
        {name: point[::-1] for name, point in zip(nodes, placed[0], strict=True)},
        tuple(tuple(point[::-1] for point in route) for route in placed[1]),
        placed[2][::-1],
    )


class _Builder:
    """Places with the direction along x; `boxes` are (length along, width across)."""

    def __init__(self, layers: Layers, boxes: Sequence[Size], spacing: Spacing) -> None:
        self.layers = layers
        self.boxes = boxes
        self.spacing = spacing
        self.across = assign_coordinates(layers, self._separation)
        if spacing.widest < inf:
            width, gap, widest = self._width, self._separation, spacing.widest
            self.across = kept_inside(self.across, layers.order, width, gap, widest)
        self.times = Counter((chain[0], chain[-1]) for chain in layers.chains)
        self.starts: list[float] = []
        self.ends: list[float] = []

    def place(
        self, lengths: Sequence[float]
    ) -> tuple[list[Point], tuple[tuple[Point, ...], ...], Size]:
        """Centres of the boxes, routes of the edges, and the size of the whole."""
        top = min((self.across[v] - self._width(v) / 2 for v in self._vertices()), default=0.0)
        self.across = [x - top for x in self.across]
        bottom = max((self.across[v] + self._width(v) / 2 for v in self._vertices()), default=0.0)
        self._set_layers(lengths)
        centres = [
            ((self.starts[k] + self.ends[k]) / 2, self.across[v])
            for v, k in enumerate(self.layers.layer[: self.layers.real])
        ]
        ports = self._ports()
        lanes = self._lanes(bottom)
        routes = tuple(
            self._lane_route(chain, ports[k], lanes[k])
            if k in lanes
            else self._route(chain, ports[k])
            for k, chain in enumerate(self.layers.chains)
        )
        bottom = max((bottom, *lanes.values()))
        return centres, routes, (self.ends[-1] if self.ends else 0.0, bottom)

    def _vertices(self) -> range:
        return range(len(self.layers.layer))

    def _width(self, vertex: int) -> float:
        return 0.0 if self.layers.is_piece(vertex) else self.boxes[vertex][1]

    def _separation(self, u: int, v: int) -> float:
        pieces = self.layers.is_piece(u) + self.layers.is_piece(v)
        gap = self.spacing.piece if pieces == 2 else self.spacing.node
        return (self._width(u) + self._width(v)) / 2 + gap

    def _set_layers(self, lengths: Sequence[float]) -> None:
        """Start and end of every layer, with room for labels and slanted edges in between."""
        gaps = [self.spacing.layer] * len(self.layers.order)
        for chain, length in zip(self.layers.chains, lengths, strict=True):
            needed = length + self.spacing.label if length else 0.0
            last = self.layers.layer[chain[-1]] - 1
            gaps[last] = max(gaps[last], needed)
            for u, v in itertools.pairwise(chain):
                aside = abs(self.across[u] - self.across[v]) * self.spacing.slant
                k = self.layers.layer[v] - 1
                gaps[k] = max(gaps[k], min(aside, 3 * self.spacing.layer))
        at = 0.0
        for k, row in enumerate(self.layers.order):
            self.starts.append(at)
            at += max((self.boxes[v][0] for v in row if not self.layers.is_piece(v)), default=0.0)
            self.ends.append(at)
            at += gaps[k]

    def _ports(self) -> list[float]:
        """Where each edge reaches its target, across: spread in the order in which they come."""
        arriving: dict[int, list[int]] = {}
        for k, chain in enumerate(self.layers.chains):
            arriving.setdefault(chain[-1], []).append(k)
        ports = [0.0] * len(self.layers.chains)
        for target, numbers in arriving.items():
            middle = self.across[target]
            aside = {k: self.across[self.layers.chains[k][-2]] - middle for k in numbers}
            numbers.sort(key=aside.__getitem__)
            straight = [rank for rank, k in enumerate(numbers) if abs(aside[k]) < 1]
            aligned = self.spacing.straight and len(straight) == 1
            centre = straight[0] if aligned else (len(numbers) - 1) / 2
            reach = max(centre, len(numbers) - 1 - centre) + 0.75
            step = max(self.spacing.port, self._width(target) * self.spacing.spread)
            step = min(step, self._width(target) / 2 / reach)
            for rank, k in enumerate(numbers):
                ports[k] = middle + (rank - centre) * step
        return ports

    def _border(self, vertex: int, side: int) -> float:
        k = self.layers.layer[vertex]
        return (self.starts[k] + self.ends[k] + side * self.boxes[vertex][0]) / 2

    def _route(self, chain: tuple[int, ...], port: float) -> tuple[Point, ...]:
        source, target = chain[0], chain[-1]
        start = self.across[source]
        if self.spacing.apart and self.times[source, target] > 1:
            room = self._width(source) / 2 - self.spacing.port / 2
            start += max(-room, min(room, port - self.across[target]))
        points = [(self._border(source, 1), start)]
        points.append((self.ends[self.layers.layer[source]], start))
        for piece in chain[1:-1]:
            k = self.layers.layer[piece]
            points.append((self.starts[k], self.across[piece]))
            points.append((self.ends[k], self.across[piece]))
        points.append((self.starts[self.layers.layer[target]], port))
        points.append((self._border(target, -1), port))
        return tuple(points)

    def _lanes(self, bottom: float) -> dict[int, float]:
        """Lanes outside for the edges that have no pieces: the first free one for each."""
        layer = self.layers.layer
        lanes: dict[int, float] = {}
        free: list[int] = []
        chains = self.layers.chains
        outside = [k for k, c in enumerate(chains) if len(c) == 2 and layer[c[1]] - layer[c[0]] > 1]
        for k in sorted(outside, key=lambda k: (layer[chains[k][0]], k)):
            first, last = layer[chains[k][0]], layer[chains[k][1]]
            lane = next((i for i, end in enumerate(free) if end < first), len(free))
            if lane == len(free):
                free.append(0)
            free[lane] = last
            lanes[k] = bottom + self.spacing.node + lane * self.spacing.piece / 2
        return lanes

    def _lane_route(self, chain: tuple[int, ...], port: float, lane: float) -> tuple[Point, ...]:
        source, target = chain
        first, last = self.layers.layer[source], self.layers.layer[target]
        return (
            (self._border(source, 1), self.across[source]),
            (self.ends[first], self.across[source]),
            (self.starts[first + 1], lane),
            (self.ends[last - 1], lane),
            (self.starts[last], port),
            (self._border(target, -1), port),
        )
