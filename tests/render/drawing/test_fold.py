"""Folding: layers become boxes, no cycle arises, small drawings stay."""

from __future__ import annotations

import time
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from symback.explain.drawing.drawing import Drawing, GraphEdge, GraphNode
from symback.render.drawing.fold import fold
from symback.render.drawing.layers import topological_order
from symback.render.drawing.svg import svg
from tests.render.drawing import samples
from tests.render.drawing.graphs import graphs


def test_small_drawings_stay():
    """Below the limit nothing changes."""
    drawing = samples.exercise()

    assert fold(drawing) is drawing


def test_layers_are_folded():
    """Four nodes a layer become one box that says so; the output stays by itself."""
    drawing = samples.plain(
        "", [(f"l{k // 4}_{k % 4}", f"l{(k + 1) // 4}_{(k + 1) % 4}") for k in range(15)]
    )

    folded = fold(drawing, limit=4)

    labels = [node.label_text for node in folded.nodes]
    assert labels == [
        "l0: 4 nodes, l0_3", "l1: 4 nodes, l1_3", "l2: 4 nodes, l2_3", "l3: 3 nodes, l3_2", "l3_3",
    ]  # fmt: skip
    assert len(folded.edges) == 4


def test_two_words_fold_less():
    """With `prefix_depth` 2, `a_1_x` and `a_2_x` stay apart."""
    drawing = samples.plain("", [("a_1_x", "a_1_y"), ("a_1_y", "a_2_x"), ("a_2_x", "a_2_y")])

    assert len(fold(drawing, 1, 1).nodes) == 2
    assert [n.name for n in fold(drawing, 2, 1).nodes] == ["group a_1", "a_2_x", "a_2_y"]


def test_a_group_that_a_path_reenters_stays():
    """a_1 → x → a_2: folding a would make a cycle."""
    drawing = samples.plain("", [("a_1", "x"), ("x", "a_2"), ("a_2", "L")])

    assert fold(drawing, limit=1) == drawing


def test_a_given_group_comes_first():
    """A node's own group is taken before its name."""
    drawing = samples.plain("", [("p", "q"), ("q", "L")])
    nodes = tuple(replace(node, group="block") for node in drawing.nodes)

    assert fold(replace(drawing, nodes=nodes), limit=1).nodes[0].label_text == "block: 2 nodes, q"


@given(graphs(12), st.data())
def test_folding_keeps_the_graph_without_cycles(graph, data):
    """Whatever the groups, the folded graph can be put in order and loses no node's group."""
    names, pairs = graph
    groups = [data.draw(st.sampled_from(["g", "h", "k", name])) for name in names]
    nodes = tuple(GraphNode(n, n, n, group=g) for n, g in zip(names, groups, strict=True))
    drawing = Drawing("", nodes, tuple(GraphEdge(s, t) for s, t in pairs))

    folded = fold(drawing, limit=0)

    number = {node.name: k for k, node in enumerate(folded.nodes)}
    edges = [(number[e.source], number[e.target]) for e in folded.edges]
    assert len(topological_order(len(number), edges)) == len(number)


def test_a_thousand_nodes_fold_and_draw_in_seconds():
    """Folded and drawn, a thousand nodes stay readable and quick."""
    start = time.process_time()

    folded = fold(samples.long_chain())
    svg(folded)

    assert len(folded.nodes) < 300
    assert time.process_time() - start < 5
