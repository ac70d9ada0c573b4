"""E40x, E45x: computing values, and the limits of that."""

from __future__ import annotations

from symback.problem.catalogue.entry import Entry


def _evaluated(formula: str, values: str) -> str:
    return (
        "from symback.functions import table\n"
        "from symback.language import parse\n"
        "from symback.numeric import FLOAT64, evaluate\n\n"
        f"print(evaluate(parse({formula!r}), {values}, table(), FLOAT64))\n"
    )


def _converted(given: str, formula: str) -> str:
    return (
        "import symback\n\n"
        "problem = symback.loads('''\n"
        f"    given: {{{given}}}\n"
        f"    define: {{L: {formula}}}\n"
        "    find: [{value: L}]\n"
        "''')\n"
        "print(problem.solve().results['L'].sympy())\n"
    )


def _translated(formula: str) -> str:
    return (
        "from symback.language import parse\n"
        "from symback.render.javascript import javascript\n\n"
        f"print(javascript(['x'], [('y', parse({formula!r}))]).source)\n"
    )


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
        why="The shapes of the values that a program evaluates a formula at contradict it.\n"
        "In problem files shapes are compared before anything is evaluated: E301.",
        wrong=_evaluated("A @ x", "{'A': [[1, 2]], 'x': [1, 2, 3]}"),
        right=_evaluated("A @ x", "{'A': [[1, 2]], 'x': [1, 2]}"),
        stage="python",
    ),
    Entry(
        code="E404",
        title="a name without a value, or without a size",
        why="To be evaluated, or written out in SymPy's symbols, a formula needs values, or\n"
        "sizes, of all that it depends on.",
        wrong=_converted("x: {shape: [n]}", "sum(x**2)"),
        right=_converted("x: {shape: [3]}", "sum(x**2)"),
        stage="python",
    ),
    Entry(
        code="E405",
        title="no such function among those that are computed",
        why="`symback functions` lists what a program can evaluate; in problem files an unknown\n"
        "function is found when they are read: E233.",
        wrong=_evaluated("sine(x)", "{'x': 1}"),
        right=_evaluated("sin(x)", "{'x': 1}"),
        stage="python",
    ),
    Entry(
        code="E406",
        title="a setting that a function does not have",
        why="Axes, orders and labels are those of NumPy: `symback functions NAME` says which.",
        wrong=_evaluated('norm(x, "two")', "{'x': [3, 4]}"),
        right=_evaluated("norm(x, 2)", "{'x': [3, 4]}"),
        stage="python",
    ),
    Entry(
        code="E407",
        title="a function that has no such form",
        why="Some functions of whole matrices have values and derivatives, but no expression in\n"
        "SymPy's symbols.",
        wrong=_converted("A: {shape: [2, 2]}", "sum(expm(A))"),
        right=_converted("A: {shape: [2, 2]}", "sum(inv(A))"),
        stage="python",
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
        wrong="symback graph --format tikz chain.yaml  # a thousand steps in a row",
        right="symback graph --format svg chain.yaml",
        stage="",
    ),
    Entry(
        code="E452",
        title="something that a page cannot compute",
        why="The sliders of the HTML page recompute the graph in the browser, with what it has.\n"
        "A problem that needs more gets a page without sliders.",
        wrong=_translated("besselj(1, x)"),
        right=_translated("sin(x)"),
        stage="python",
    ),
)
