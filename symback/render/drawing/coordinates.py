"""Places across the layers, such that long edges are straight and vertices centred.

Source: Brandes, Köpf, "Fast and simple horizontal coordinate assignment", GD 2001; compaction by
longest paths over the blocks instead of the paper's classes.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

from symback.render.drawing.layers import Layers

Separation = Callable[[int, int], float]


def assign_coordinates(layers: Layers, separation: Separation) -> list[float]:
    """Centre of every vertex across the layers; neighbours keep at least their separation.

    `separation(u, v)` is symmetric and counts from centre to centre. The result is the mean of the
    two middle ones of four extreme placements, so it keeps every separation that these keep.
    """
    conflicts = _conflicts(layers) | _side_inputs(layers)
    placements = []
    for downwards in (True, False):
        for leftwards in (True, False):
            rows = layers.order if downwards else layers.order[::-1]
            rows = rows if leftwards else [row[::-1] for row in rows]
            near = layers.before if downwards else layers.after
            root = _align(rows, near, conflicts)
            places = _compact(rows, root, separation)
            placements.append(places if leftwards else [-x for x in places])
    return _balance(placements)


def _conflicts(layers: Layers) -> set[tuple[int, int]]:
    """Edge pieces (early, late) that cross a long edge: the long edge has the right of way."""
    found: set[tuple[int, int]] = set()
    for early, late in zip(layers.order, layers.order[1:], strict=False):
        position = {vertex: k for k, vertex in enumerate(early)}
        low, done = 0, 0
        for k, vertex in enumerate(late):
            inner = _inner_neighbour(layers, vertex)
            if inner is None and k < len(late) - 1:
                continue
            high = len(early) if inner is None else position[inner]
            for other in late[done : k + 1]:
                for near in layers.before[other]:
                    both = layers.is_piece(near) and layers.is_piece(other)
                    if not both and not low <= position[near] <= high:
                        found.add((near, other))
            low, done = high, k + 1
    return found


def _side_inputs(layers: Layers) -> set[tuple[int, int]]:
    """Edges from inputs to what also uses a step: the step stands straight, inputs beside it."""
    found: set[tuple[int, int]] = set()
    for vertex, near in enumerate(layers.before):
        if any(layers.before[u] for u in near):
            found.update((u, vertex) for u in near if not layers.before[u])
    return found


def _inner_neighbour(layers: Layers, vertex: int) -> int | None:
    if layers.is_piece(vertex) and layers.is_piece(layers.before[vertex][0]):
        return layers.before[vertex][0]
    return None


def _align(
    rows: Sequence[Sequence[int]],
    near: Sequence[Sequence[int]],
    conflicts: set[tuple[int, int]],
) -> list[int]:
    """Chain every vertex with a median neighbour; the result maps each to its chain's first."""
    root = list(range(len(near)))
    position = [0] * len(near)
    for row in rows:
        for k, vertex in enumerate(row):
            position[vertex] = k
    for row in rows:
        last = -1
        for vertex in row:
            neighbours = sorted(
                (u for u in near[vertex] if not {(u, vertex), (vertex, u)} & conflicts),
                key=position.__getitem__,
            )
            middle = len(neighbours) - 1
            for other in neighbours[max(0, middle // 2) : (middle + 1) // 2 + 1]:
                if last < position[other]:
                    root[vertex] = root[other]
                    last = position[other]
                    break
    return root


def _compact(
    rows: Sequence[Sequence[int]], root: Sequence[int], separation: Separation
) -> list[float]:
    """Place the chains as far left as they go, then pull them right into what is left free."""
    gaps: dict[int, dict[int, float]] = {}
    missing = dict.fromkeys(root, 0)
    for row in rows:
        for left, right in itertools.pairwise(row):
            after = gaps.setdefault(root[left], {})
            if root[right] not in after:
                missing[root[right]] += 1
            after[root[right]] = max(after.get(root[right], 0.0), separation(left, right))
    order = [block for block, count in missing.items() if not count]
    place = dict.fromkeys(missing, 0.0)
    for block in order:
        for other, gap in gaps.get(block, {}).items():
            place[other] = max(place[other], place[block] + gap)
            missing[other] -= 1
            if not missing[other]:
                order.append(other)
    for block in reversed(order):
        if block in gaps:
            free = min(place[other] - gap for other, gap in gaps[block].items())
            place[block] = max(place[block], free)
    return [place[block] for block in root]


def _balance(placements: list[list[float]]) -> list[float]:
    """Shift all placements to the narrowest one and take the mean of the two middle places."""
    if not placements[0]:
        return []
    narrowest = min(placements, key=lambda places: max(places) - min(places))
    low, high = min(narrowest), max(narrowest)
    shifted = []
    for k, places in enumerate(placements):
        shift = low - min(places) if k % 2 == 0 else high - max(places)
        shifted.append([x + shift for x in places])
    middle = [sorted(four)[1:3] for four in zip(*shifted, strict=True)]
    least = min(a + b for a, b in middle) / 2
    return [(a + b) / 2 - least for a, b in middle]
