"""Character drawings: lines join, nothing runs over the width, a list where nothing fits."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from rich.cells import cell_len

from symback.explain.drawing.drawing import Drawing, GraphEdge, GraphNode
from symback.render.drawing.boxes import boxes
from symback.render.drawing.channels import Wire, assign_rows
from symback.render.drawing.grid import Grid
from symback.render.drawing.listing import listing
from tests.render.drawing import samples
from tests.render.drawing.attacks import ATTACKS
from tests.render.drawing.graphs import graphs

DIAMOND = """\
         ┌─────────────┐
         │   x = 1.5   │
         │ ∂L/∂x = −2  │
         └──────┬──────┘
       ┌────────┴────────┐
       │ 0.5             │ 0.5
       ▼                 ▼
┌─────────────┐   ┌─────────────┐
│   u = 1.5   │   │   v = 1.5   │
│ ∂L/∂u = −2  │   │ ∂L/∂v = −2  │
└──────┬──────┘   └──────┬──────┘
       └─────┐     ┌─────┘
             │ 0.5 │ 0.5
             ▼     ▼
         ┌─────────────┐
         │   L = 1.5   │
         │ ∂L/∂L = −2  │
         └─────────────┘
"""

LISTED = """\
e = a + b = 3   ∂L/∂e = 3
  → z   ∂z/∂e = −1
"""


def test_the_diamond():
    """Two ways from x to L, with values, gradients and local derivatives."""
    assert boxes(samples.diamond()) == DIAMOND


def test_the_exercise_has_all_that_was_asked():
    """7.2 part a: all nodes, gradients and local derivatives at 80 columns."""
    text = boxes(samples.exercise(), 80)

    for part in ("∂L/∂c = −9", "e = a + b", "= −3", "│ −1", "L = z²/2", "= 4.5"):
        assert part in text
    assert text.count("▼") == 7


def test_too_narrow_is_listed():
    """At 26 columns the exercise is a list of nodes and uses."""
    text = boxes(samples.exercise(), 26)

    assert text == listing(samples.exercise(), 26)
    assert LISTED in text


def test_large_drawings_are_listed():
    """A thousand nodes are a list, with every node in it."""
    text = boxes(samples.long_chain(), 10_000)

    assert text.count("\n") == 1000 + len(samples.long_chain().edges)


def test_nothing_is_drawn_of_nothing():
    """An empty drawing is an empty text."""
    assert boxes(Drawing("", (), ())) == ""


@given(graphs(9))
def test_every_edge_arrives_and_no_line_is_too_long(graph):
    """As many arrows as there are pairs of nodes joined; no line beyond the width."""
    _, edges = graph
    drawing = samples.plain("random", edges) if edges else Drawing("", (), ())

    text = boxes(drawing, 400)

    assert max((cell_len(line) for line in text.split("\n")), default=0) <= 400
    assert text.count("▼") in (0, *range(1, len(edges) + 1))
    assert not set("╵╷╴╶") & set(text)


def test_a_matrix_stays_aligned():
    """A value of two lines keeps its brackets under one another."""
    node = replace(samples.exercise().nodes[0], value_text="⎡1 2⎤\n⎣3 4⎦")

    lines = boxes(Drawing("", (node,), ())).split("\n")

    assert lines[1].index("⎡") == lines[2].index("⎣")


@pytest.mark.parametrize("attack", ATTACKS)
def test_terminals_are_safe(attack):
    """No escape sequence, control character or direction mark reaches the terminal."""
    a = GraphNode(attack, attack, attack, attack, attack, attack, attack)
    b = replace(a, name=attack + "2")
    drawing = Drawing(attack, (a, b), (GraphEdge(a.name, b.name, attack, attack),))

    for text in (boxes(drawing, 200), listing(drawing, 80)):
        assert not [c for c in text if (ord(c) < 32 and c != "\n") or c in "\x7f\x9b\u202e"]


def test_wide_and_combining_characters_keep_columns():
    """A wide letter takes two cells, a mark none."""
    grid = Grid(8, 1)
    grid.write(0, 0, "漢x\u0302y")

    assert grid.render() == "漢x\u0302y\n"
    assert not grid.is_free(0, 0, 4)
    assert grid.is_free(0, 4, 8)
    assert not grid.is_free(0, 6, 9)


def test_wires_share_rows_only_where_they_keep_apart():
    """Wires side by side share a row, overlapping ones do not, of one source always."""
    wires = [Wire("a", 0, 3), Wire("b", 6, 9), Wire("c", 2, 8), Wire("c", 2, 12), Wire("d", 5, 5)]

    rows = assign_rows(wires)

    assert rows[0] == rows[1]
    assert rows[2] == rows[3] != rows[0]


def test_a_wire_goes_above_what_it_would_run_into():
    """Where one ends in the column in which another starts, the other goes first."""
    rows = assign_rows([Wire("a", 0, 6), Wire("b", 6, 12)])

    assert rows[1] < rows[0]


def test_what_is_too_wide_is_drawn_narrower():
    """The perceptron at 80 columns: inputs move up, gradients go under their names."""
    text = boxes(samples.perceptron(), 80)

    assert text.count("▼") == len(samples.perceptron().edges)
    assert max(map(cell_len, text.split("\n"))) <= 80
