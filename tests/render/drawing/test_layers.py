"""Layering: forward edges, short edges, no cycles."""

from __future__ import annotations

import pytest
from hypothesis import given

from symback.render.drawing.crossings import count_crossings, reduce_crossings
from symback.render.drawing.layers import assign_layers, cut_long_edges, topological_order
from tests.render.drawing.graphs import graphs


def numbered(names, edges):
    """The same graph with positions for names."""
    number = {name: k for k, name in enumerate(names)}
    return [(number[s], number[t]) for s, t in edges]


@given(graphs())
def test_edges_go_to_later_layers(graph):
    """Every edge goes forward, and some vertex stands in layer 0."""
    edges = numbered(*graph)

    layer = assign_layers(len(graph[0]), edges)

    assert min(layer) == 0
    assert all(layer[s] < layer[t] for s, t in edges)


def test_an_input_stands_just_before_its_first_user():
    """x -> a -> b, y -> b: y is drawn beside a, not beside x."""
    assert assign_layers(4, [(0, 1), (1, 2), (3, 2)]) == [0, 1, 2, 1]


def test_a_cycle_is_refused():
    """What is no computational graph is an error, not a hang."""
    with pytest.raises(ValueError, match="cycles"):
        topological_order(2, [(0, 1), (1, 0)])


@given(graphs())
def test_reordering_never_adds_crossings(graph):
    """The best order met is kept, and every vertex stays in its layer."""
    edges = numbered(*graph)
    layers = cut_long_edges(len(graph[0]), edges, assign_layers(len(graph[0]), edges))
    before = count_crossings(layers)
    rows = [sorted(row) for row in layers.order]

    reduce_crossings(layers)

    assert count_crossings(layers) <= before
    assert [sorted(row) for row in layers.order] == rows


def test_crossings_are_counted_and_removed():
    """Two edges that cross are exchanged."""
    layers = cut_long_edges(4, [(0, 3), (1, 2)], [0, 0, 1, 1])
    layers.order = [[0, 1], [2, 3]]

    assert count_crossings(layers) == 1

    reduce_crossings(layers)

    assert count_crossings(layers) == 0
