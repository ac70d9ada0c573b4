"""The graph as data: what it shows, and the cotangents of all that it shows."""

from __future__ import annotations

import pytest

from symback.explain.drawing.diagram import diagram_of
from symback.explain.solve import solve
from symback.functions import table
from symback.language import write
from symback.problem.load import load

GRAPH = """
given: {a: 1, b: 2, c: 3, d: 4, unused: 5}
define: {e: a + b, f: c - d, z: e*f, L: z**2/2, other: unused*a}
find: [{gradient: L, wrt: a}]
"""


@pytest.fixture
def solved(tmp_path):
    """Solve the text of a problem."""

    def work(text):
        path = tmp_path / "problem.yaml"
        path.write_text(text)
        return solve(load(str(path), table()), table())

    return work


def floats(diagram):
    """The cotangents by node, as numbers."""
    return {name: line.value.floats() for name, line in diagram.cotangents.items()}


def test_every_node_has_its_gradient(solved):
    """Exercise 7.2 asked for one gradient only: the others stand in the drawing all the same."""
    diagram = diagram_of(solved(GRAPH))

    expected = {"a": 3, "b": 3, "c": -9, "d": 9, "e": 3, "f": -9, "z": -3}
    assert floats(diagram) == expected
    assert diagram.scalar == "L"
    assert write(diagram.cotangents["d"].formula) == "-dL_df"


def test_a_part_of_the_graph(solved):
    """What `z` depends on, with the gradients of z."""
    diagram = diagram_of(solved(GRAPH), "z")

    assert [line.name for line in (*diagram.given, *diagram.steps)] == list("abcdefz")
    assert floats(diagram) == {"a": -1, "b": -1, "c": 3, "d": -3, "e": -1, "f": 3}
    assert diagram.slopes["z", "e"].value.floats() == -1


def test_the_cotangent_of_a_vector_jacobian_product(solved):
    """Without a scalar of its own the gradients are those of L, and start from what is given."""
    text = (
        "given: {x: [1, 2], g: [3, 5]}\ndefine: {F: x**2}\nfind: [{vjp: F, cotangent: g, wrt: x}]"
    )
    diagram = diagram_of(solved(text))

    assert diagram.scalar == "L"
    assert floats(diagram) == {"x": [6, 20], "F": [3, 5]}


def test_an_expression_that_is_differentiated_is_a_step(solved):
    """`gradient: sum(x**2)` has a node, with its value."""
    diagram = diagram_of(solved("given: {x: [1, 2]}\nfind: [{gradient: sum(x**2), wrt: x}]"))

    assert [(line.name, line.value.floats()) for line in diagram.steps] == [("L", 5)]
    assert floats(diagram) == {"x": [2, 4]}


def test_of_several_targets_that_which_depends_on_most(solved):
    """The regulariser is asked first, but the loss has the whole graph below it."""
    text = (
        "given: {x: 2, w: 3}\ndefine: {R: w**2, z: w*x, L: z + R}\n"
        "find: [{gradient: R, wrt: w}, {gradient: L, wrt: w}]"
    )
    diagram = diagram_of(solved(text))

    assert diagram.scalar == "L"
    assert floats(diagram) == {"x": 3, "w": 8, "R": 1, "z": 1}


def test_tied_entries_move_together(solved):
    """The gradient of a symmetric matrix is the one that the answers show."""
    text = (
        "given: {S: {value: [[1, 2], [2, 3]], structure: symmetric}, x: [1, 1]}\n"
        "define: {q: x @ S @ x}\nfind: [{gradient: q, wrt: S}]"
    )
    solution = solved(text)

    assert floats(diagram_of(solution))["S"] == solution.results[0].value.floats()


def test_without_a_scalar_there_are_no_gradients(solved):
    """A Jacobian has no cotangents."""
    diagram = diagram_of(solved("given: {x: [1, 2]}\ndefine: {y: x**2}\nfind: [{jacobian: y}]"))

    assert diagram.cotangents == {}
    assert diagram.scalar == ""


def test_large_graphs_show_what_is_known(solved):
    """Beyond a bound no cotangent is derived only to be drawn."""
    steps = "".join(f"  h{k}: tanh(h{k - 1})\n" for k in range(1, 161))
    text = f"given: {{h0: 1}}\ndefine:\n{steps}  L: h160\nfind: [{{gradient: L, wrt: h0}}]"
    diagram = diagram_of(solved(text))

    assert len(diagram.steps) == 161
    assert "h0" in diagram.cotangents
