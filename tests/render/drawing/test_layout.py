"""The layout: nothing overlaps, everything goes forward, the same each time, quick."""

from __future__ import annotations

import time
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symback.render.drawing.layout import layout
from tests.render.drawing import samples
from tests.render.drawing.graphs import graphs, sizes


@given(graphs(), st.data(), st.sampled_from(["right", "down"]))
def test_no_two_boxes_overlap(graph, data, direction):
    """Boxes of any sizes stay apart and inside the drawing."""
    names, edges = graph
    extent = {name: data.draw(sizes) for name in names}

    placement = layout(names, edges, extent, direction)

    for name, (x, y) in placement.positions.items():
        w, h = extent[name]
        assert w / 2 - 1e-6 <= x <= placement.size[0] - w / 2 + 1e-6
        assert h / 2 - 1e-6 <= y <= placement.size[1] - h / 2 + 1e-6
    for one, other in combinations(names, 2):
        (x, y), (u, v) = placement.positions[one], placement.positions[other]
        wide = (extent[one][0] + extent[other][0]) / 2
        high = (extent[one][1] + extent[other][1]) / 2
        assert abs(x - u) >= wide - 1e-6 or abs(y - v) >= high - 1e-6


@given(graphs(), st.sampled_from(["right", "down"]))
def test_every_edge_goes_forward(graph, direction):
    """A route starts at its source, ends at its target and never turns back."""
    names, edges = graph
    axis = 0 if direction == "right" else 1

    placement = layout(names, edges, dict.fromkeys(names, (40.0, 20.0)), direction)

    for (source, target), route in zip(edges, placement.routes, strict=True):
        along = [point[axis] for point in route]
        half = (20.0, 10.0)[axis]
        assert along == sorted(along)
        assert along[0] == pytest.approx(placement.positions[source][axis] + half)
        assert along[-1] == pytest.approx(placement.positions[target][axis] - half)


@given(graphs())
def test_routes_keep_clear_of_other_boxes(graph):
    """Straight runs of an edge pass beside the boxes of the layers in between."""
    names, edges = graph

    placement = layout(names, edges, dict.fromkeys(names, (40.0, 20.0)))

    for ends, route in zip(edges, placement.routes, strict=True):
        for (x, y), (u, _) in zip(route[2:-2:2], route[3:-2:2], strict=True):
            for name in set(names) - set(ends):
                a, b = placement.positions[name]
                assert abs(b - y) >= 10 or a + 20 <= x + 1e-6 or u <= a - 20 + 1e-6


@given(graphs())
def test_the_layout_is_deterministic(graph):
    """Twice the same input, twice the same places."""
    names, edges = graph
    extent = dict.fromkeys(names, (40.0, 20.0))

    assert layout(names, edges, extent) == layout(names, edges, extent)


def test_operands_are_centred_before_their_user():
    """In 7.2 the inputs keep their order, and each step stands in the middle of its operands."""
    drawing = samples.exercise()
    names = [node.name for node in drawing.nodes]
    edges = [(edge.source, edge.target) for edge in drawing.edges]

    y = {n: p[1] for n, p in layout(names, edges, dict.fromkeys(names, (9, 9))).positions.items()}

    assert y["a"] < y["b"] < y["c"] < y["d"]
    assert y["e"] == pytest.approx((y["a"] + y["b"]) / 2)
    assert y["z"] == pytest.approx((y["e"] + y["f"]) / 2)
    assert y["L"] == y["z"]


def test_long_edges_are_straight_and_steps_in_line():
    """The chain of the perceptron is one straight line, whatever hangs on it."""
    drawing = samples.perceptron()
    names = [node.name for node in drawing.nodes]
    edges = [(edge.source, edge.target) for edge in drawing.edges]

    places = layout(names, edges, dict.fromkeys(names, (40, 20))).positions

    assert len({round(places[name][1], 6) for name in ("z1", "h", "z2", "y", "L")}) == 1


@pytest.mark.parametrize("reach", [10, 900])
def test_a_thousand_nodes_take_seconds(reach):
    """A chain with edges that skip ahead by up to `reach` is laid out in a few seconds."""
    names = [f"n{k}" for k in range(1000)]
    edges = list(pairwise(names))
    edges += [(names[k], names[min(999, k + 2 + 7 * k % reach)]) for k in range(0, 990, 2)]
    start = time.process_time()

    layout(names, edges, dict.fromkeys(names, (90.0, 50.0)))

    assert time.process_time() - start < 5


def test_an_empty_drawing_has_no_size():
    """No nodes: no places."""
    assert layout([], [], {}).size == (0.0, 0.0)


def test_edges_with_both_ends_in_common_stay_apart():
    """x used twice by z: two lines side by side, so that each can carry its label."""
    one, other = layout(["x", "z"], [("x", "z")] * 2, dict.fromkeys("xz", (60.0, 60.0))).routes

    assert one[0][1] != other[0][1]
    assert one[-1][1] != other[-1][1]
