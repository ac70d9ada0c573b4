"""Fewer crossings: the order inside the layers, by barycentres and exchanges of neighbours."""

from __future__ import annotations

from symback.render.drawing.layers import Layers

#: Beyond this many vertices only barycentres are used: exchanges cost too much.
MOST_FOR_EXCHANGES = 4_000
#: The layers are gone through so often, there and back in turns.
MAX_SWEEPS = 12


def reduce_crossings(layers: Layers) -> None:
    """Reorder `layers.order` in place; the best order met is kept, the first one on a tie."""
    position = [0] * len(layers.layer)
    _number(layers.order, position)
    best = [list(row) for row in layers.order]
    fewest = count_crossings(layers)
    small = len(layers.layer) <= MOST_FOR_EXCHANGES
    stale = 0
    for sweep in range(MAX_SWEEPS):
        if not fewest or stale == 4:
            break
        _sweep(layers, position, forward=sweep % 2 == 0)
        if small:
            _exchange(layers, position)
        crossings = count_crossings(layers)
        stale += 1
        if crossings < fewest:
            fewest, stale = crossings, 0
            best = [list(row) for row in layers.order]
    layers.order = best


def count_crossings(layers: Layers) -> int:
    """Number of pairs of pieces of edges that cross, between all adjacent layers."""
    return sum(
        _crossings_between(upper, lower, layers.after)
        for upper, lower in zip(layers.order, layers.order[1:], strict=False)
    )


def _crossings_between(upper: list[int], lower: list[int], after: list[list[int]]) -> int:
    """Inversions of the target positions, with a Fenwick tree."""
    place = {vertex: k for k, vertex in enumerate(lower)}
    tree = [0] * (len(lower) + 1)
    total = crossings = 0
    for vertex in upper:
        targets = sorted(place[t] for t in after[vertex])
        for target in targets:
            smaller, k = 0, target + 1
            while k:
                smaller += tree[k]
                k &= k - 1
            crossings += total - smaller
        for target in targets:
            total += 1
            k = target + 1
            while k < len(tree):
                tree[k] += 1
                k += k & -k
    return crossings


def _number(order: list[list[int]], position: list[int]) -> None:
    for row in order:
        for k, vertex in enumerate(row):
            position[vertex] = k


def _sweep(layers: Layers, position: list[int], forward: bool) -> None:
    """Sort each layer by the mean position of the neighbours in the layer just done."""
    rows = layers.order if forward else layers.order[::-1]
    neighbours = layers.before if forward else layers.after
    for row in rows:
        weight = {}
        for k, vertex in enumerate(row):
            near = neighbours[vertex]
            weight[vertex] = sum(position[u] for u in near) / len(near) if near else float(k)
        row.sort(key=weight.__getitem__)
        for k, vertex in enumerate(row):
            position[vertex] = k


def _exchange(layers: Layers, position: list[int]) -> None:
    """Swap adjacent vertices while that removes crossings, at most a few rounds."""
    for _ in range(4):
        improved = False
        for row in layers.order:
            for k in range(len(row) - 1):
                left, right = row[k], row[k + 1]
                gain = sum(
                    _inversions(side[left], side[right], position)
                    - _inversions(side[right], side[left], position)
                    for side in (layers.before, layers.after)
                )
                if gain > 0:
                    row[k], row[k + 1] = right, left
                    position[left], position[right] = k + 1, k
                    improved = True
        if not improved:
            return


def _inversions(left: list[int], right: list[int], position: list[int]) -> int:
    """Crossings of the edges of two adjacent vertices whose neighbours are given."""
    return sum(position[u] > position[v] for u in left for v in right)
