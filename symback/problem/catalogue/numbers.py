"""E40x, E45x: computing values, and the limits of that."""

from __future__ import annotations

from symback.problem.catalogue.entry import Entry

ENTRIES = (
    Entry(
        code="E401",
        title="an array with too many entries",
        why="Arrays are bounded before work begins, so that a slip does not fill the memory.",
        wrong="given: {x: 1}\ndefine: {L: 'x*sum(ones((100000, 100000)))'}\n",
        right="given: {x: 1}\ndefine: {L: 'x*sum(ones((10, 10)))'}\n",
        stage="solve",
    ),
    Entry(
        code="E402",
        title="a number that is too large",
        why="Exact powers grow without bound; they are refused before they are computed.",
        wrong="given: {x: 3}\ndefine: {L: x*9**9**9**9}\n",
        right="given: {x: 3}\ndefine: {L: x*9**9}\n",
        stage="solve",
    ),
    Entry(
        code="E403",
        title="values of shapes that do not fit",
        why="The shapes of the values contradict what the formula does with them.",
        stage="",
    ),
    Entry(
        code="E404",
        title="a name without a value",
        why="To be evaluated, a formula needs values for all that it depends on.",
        stage="",
    ),
    Entry(
        code="E405",
        title="no such function among those that are computed",
        why="`symback functions` lists what can be called.",
        stage="",
    ),
    Entry(
        code="E406",
        title="a setting that a function does not have",
        why="Axes, orders and labels are those of NumPy: `symback functions NAME` says which.",
        stage="",
    ),
    Entry(
        code="E407",
        title="a function that is not computed",
        why="The function is known symbolically only.",
        stage="",
    ),
    Entry(
        code="E408",
        title="an order that is too high",
        why="The number of terms grows with the order of the function.",
        wrong="given: {x: 3}\ndefine: {L: 'polygamma(10**9, x)'}\n",
        right="given: {x: 3}\ndefine: {L: 'polygamma(10, x)'}\n",
        stage="solve",
    ),
    Entry(
        code="E451",
        title="a drawing that is too large",
        why="TeX draws a limited number of nodes: fold the graph, or choose SVG.",
        stage="",
    ),
    Entry(
        code="E452",
        title="something that a page cannot compute",
        why="The sliders of the HTML page recompute the graph in the browser, with what it has.",
        stage="",
    ),
)
