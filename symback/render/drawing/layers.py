"""Layers of a graph without cycles: which column a vertex stands in, long edges cut in pieces.

Vertices are integers; edges are pairs (source, target) and go to a later layer.
Source: Sugiyama, Tagawa, Toda, "Methods for visual understanding of hierarchical system
structures", IEEE Trans. SMC 11 (1981).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: Above this many pieces the longest edges run in lanes outside the layers instead.
MOST_PIECES = 12_000


@dataclass(slots=True)
class Layers:
    """Vertices by layer, in drawing order; those from `real` on are pieces of long edges."""

    real: int
    order: list[list[int]]
    before: list[list[int]]
    """Neighbours in the layer before, per vertex; `after` likewise."""
    after: list[list[int]]
    layer: list[int]
    chains: list[tuple[int, ...]]
    """Per edge the vertices from source to target; just these two for an edge in a lane."""

    def is_piece(self, vertex: int) -> bool:
        """Whether `vertex` is a piece of a long edge."""
        return vertex >= self.real


def topological_order(count: int, edges: Sequence[tuple[int, int]]) -> list[int]:
    """Vertices, each after what it uses, ties by number. Raises ValueError on a cycle."""
    missing = [0] * count
    users: list[list[int]] = [[] for _ in range(count)]
    for source, target in edges:
        missing[target] += 1
        users[source].append(target)
    order = [vertex for vertex in range(count) if not missing[vertex]]
    for vertex in order:
        for user in users[vertex]:
            missing[user] -= 1
            if not missing[user]:
                order.append(user)
    if len(order) < count:
        raise ValueError("a drawing must not have cycles")
    return order


def assign_layers(count: int, edges: Sequence[tuple[int, int]]) -> list[int]:
    """Layer of every vertex, from 0, such that edges go forward and are short.

    Longest paths first; then vertices with more users than operands move towards the users and
    the others back to the operands, which never lengthens the edges in total.
    """
    operands: list[list[int]] = [[] for _ in range(count)]
    users: list[list[int]] = [[] for _ in range(count)]
    for source, target in edges:
        operands[target].append(source)
        users[source].append(target)
    order = topological_order(count, edges)
    layer = [0] * count
    for vertex in order:
        layer[vertex] = max((layer[u] + 1 for u in operands[vertex]), default=0)
    for _ in range(3):
        for vertex in reversed(order):
            if users[vertex] and len(users[vertex]) >= len(operands[vertex]):
                layer[vertex] = min(layer[u] for u in users[vertex]) - 1
        for vertex in order:
            if operands[vertex] and len(operands[vertex]) >= len(users[vertex]):
                layer[vertex] = max(layer[u] for u in operands[vertex]) + 1
    first = min(layer, default=0)
    return [k - first for k in layer]


def cut_long_edges(count: int, edges: Sequence[tuple[int, int]], layer: Sequence[int]) -> Layers:
    """Put a piece into every layer that an edge passes; order the layers for few crossings.

    Edges of one source share their pieces where there would be very many.
    """
    spans = [layer[target] - layer[source] for source, target in edges]
    lanes = _edges_in_lanes(spans)
    shared = sum(spans) - len(spans) > 2 * count + 200
    result = Layers(count, [], [[] for _ in range(count)], [[] for _ in range(count)], [], [])
    result.layer = list(layer)
    pieces: dict[tuple[int, int, int], int] = {}
    for number, (source, target) in enumerate(edges):
        if number in lanes:
            result.chains.append((source, target))
            continue
        chain = [source]
        for k in range(layer[source] + 1, layer[target]):
            key = (source, -1 if shared else number, k)
            if key not in pieces:
                pieces[key] = len(result.layer)
                result.layer.append(k)
                result.before.append([])
                result.after.append([])
            _join(result, chain[-1], pieces[key])
            chain.append(pieces[key])
        _join(result, chain[-1], target)
        result.chains.append((*chain, target))
    result.order = _first_order(result)
    return result


def _join(layers: Layers, early: int, late: int) -> None:
    if late not in layers.after[early]:
        layers.after[early].append(late)
        layers.before[late].append(early)


def _edges_in_lanes(spans: Sequence[int]) -> set[int]:
    """The longest edges, as many as it takes for the others to need few pieces."""
    excess = sum(spans) - len(spans) - MOST_PIECES
    lanes: set[int] = set()
    for number in sorted(range(len(spans)), key=lambda k: (-spans[k], k)):
        if excess <= 0:
            break
        lanes.add(number)
        excess -= spans[number] - 1
    return lanes


def _first_order(layers: Layers) -> list[list[int]]:
    """Depth first from the outputs, operands in their order: trees come without crossings."""
    order: list[list[int]] = [[] for _ in range(max(layers.layer, default=-1) + 1)]
    seen = [False] * len(layers.layer)
    outputs = [v for v in range(len(layers.layer)) if not layers.after[v]]
    stack = outputs[::-1]
    while stack:
        vertex = stack.pop()
        if seen[vertex]:
            continue
        seen[vertex] = True
        order[layers.layer[vertex]].append(vertex)
        stack.extend(reversed(layers.before[vertex]))
    return order
