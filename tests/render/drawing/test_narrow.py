"""Drawings kept narrow: inputs move up, nothing leaves the sheet, boxes keep their distance."""

from hypothesis import given
from hypothesis import strategies as st

from symback.render.drawing.layers import assign_layers
from symback.render.drawing.narrow import kept_inside, narrowed
from tests.render.drawing.graphs import graphs

GAPS = (3.0, 3.0)


def test_inputs_move_up_until_there_is_room():
    """Three inputs of one step, two beside each other on 25 columns: one more layer."""
    edges = [(0, 3), (1, 3), (2, 3)]

    assert narrowed([0, 0, 0, 1], edges, [10, 10, 10, 10], 40, GAPS) == [0, 0, 0, 1]
    assert sorted(narrowed([0, 0, 0, 1], edges, [10, 10, 10, 10], 27, GAPS)) == [0, 1, 1, 2]


def test_steps_stay():
    """A layer of steps alone is as wide as it is."""
    edges = [(0, 1), (0, 2), (1, 3), (2, 3)]

    assert narrowed([0, 1, 1, 2], edges, [9, 9, 9, 9], 10, GAPS) == [0, 1, 1, 2]


@given(graphs(), st.lists(st.floats(5, 40), min_size=14, max_size=14), st.floats(20, 200))
def test_edges_still_go_forward(graph, widths, widest):
    """Whatever moves, every source stands before its targets, and no layer is empty."""
    names, pairs = graph
    number = {name: k for k, name in enumerate(names)}
    edges = [(number[s], number[t]) for s, t in pairs]

    found = narrowed(assign_layers(len(names), edges), edges, widths, widest, GAPS)

    assert all(found[s] < found[t] for s, t in edges)
    assert min(found, default=0) == 0


def test_what_fits_stays_inside():
    """Boxes that were spread over 60 columns stand on 30, in their order, 3 apart."""
    placed = kept_inside([0, 50, 25], [[0, 1], [2]], lambda _: 10, lambda *_: 13, 30)

    assert placed[1] - placed[0] >= 13
    assert all(5 <= x <= 25 for x in placed)
