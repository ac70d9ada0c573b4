"""Drawings that the tests share: the seed's graph, a perceptron, paths, large ones."""

from __future__ import annotations

import itertools

from symback.explain.drawing.drawing import Drawing, GraphEdge, GraphNode


def exercise() -> Drawing:
    """Exercise 7.2: L = z²/2 with z = (a + b)(c − d) at (1, 2, 3, 4)."""
    rows = [
        ("a", "", "", "1", "3", "given"), ("b", "", "", "2", "3", "given"),
        ("c", "", "", "3", "−9", "given"), ("d", "", "", "4", "9", "given"),
        ("e", "a + b", "a + b", "3", "3", "step"), ("f", "c − d", "c - d", "−1", "−9", "step"),
        ("z", "e·f", r"e \cdot f", "−3", "−3", "step"),
        ("L", "z²/2", r"\frac{z^2}{2}", "4.5", "1", "output"),
    ]  # fmt: skip
    nodes = tuple(GraphNode(n, n, n, f, x, v, g, k) for n, f, x, v, g, k in rows)
    slopes = [("a", "e", "1"), ("b", "e", "1"), ("c", "f", "1"), ("d", "f", "−1"),
              ("e", "z", "−1"), ("f", "z", "3"), ("z", "L", "−3")]  # fmt: skip
    edges = tuple(GraphEdge(s, t, x, x.replace("−", "-")) for s, t, x in slopes)
    return Drawing("A computational graph", nodes, edges)


def perceptron() -> Drawing:
    """Exercise 7.1: two layers, ReLU, sigmoid, mean binary cross-entropy."""
    rows = [
        ("x", "x", "", "", "(0.5, 0.2)", "", "given"),
        ("W1", "W₁", "", "", "", "", "given"),
        ("b1", "b₁", "", "", "(0.1, 0.2, 0.3)", "(0.02436, 0.05881, 0.1119)", "given"),
        ("z1", "z₁", "W₁x + b₁", "W_1 x + b_1", "(0.23, 0.4, 0.57)",
         "(0.02436, 0.05881, 0.1119)", "step"),
        ("h", "h", "ReLU(z₁)", r"\mathrm{ReLU}(z_1)", "(0.23, 0.4, 0.57)",
         "(0.02436, 0.05881, 0.1119)", "step"),
        ("W2", "W₂", "", "", "", "", "given"),
        ("b2", "b₂", "", "", "(0.1, 0.2)", "(−0.2009, 0.3300)", "given"),
        ("z2", "z₂", "W₂h + b₂", "W_2 h + b_2", "(0.398, 0.663)", "(−0.2009, 0.3300)", "step"),
        ("y", "y", "σ(z₂)", r"\sigma(z_2)", "(0.5982, 0.6599)", "(−0.8358, 1.470)", "step"),
        ("t", "t", "", "", "(1, 0)", "", "given"),
        ("L", "L", "−mean(t ⊙ log y + (1 − t) ⊙ log(1 − y))",
         r"-\operatorname{mean}(t \odot \log y + (1 - t) \odot \log(1 - y))",
         "0.7962", "1", "output"),
    ]  # fmt: skip
    nodes = tuple(
        GraphNode(n, t, t.translate({0x2081: "_1", 0x2082: "_2"}), f, x, v, g, k)
        for n, t, f, x, v, g, k in rows
    )
    slopes = [
        ("W1", "z1", "x", "x^{\\top}"), ("x", "z1", "W₁", "W_1"), ("b1", "z1", "I", "I"),
        ("z1", "h", "[z₁ > 0]", "[z_1 > 0]"), ("h", "z2", "W₂", "W_2"),
        ("W2", "z2", "h", "h^{\\top}"),
        ("b2", "z2", "I", "I"), ("z2", "y", "y(1 − y)", "y(1 - y)"),
        ("y", "L", "½(y − t)/(y(1 − y))", r"\frac{y - t}{2 y (1 - y)}"), ("t", "L", "", ""),
    ]  # fmt: skip
    return Drawing("Two-layer perceptron", nodes, tuple(GraphEdge(*s) for s in slopes))


def plain(title: str, pairs: list[tuple[str, str]]) -> Drawing:
    """A drawing of bare names and numbers with the given edges."""
    names = list(dict.fromkeys(name for pair in pairs for name in pair))
    targets = {t for _, t in pairs}
    sources = {s for s, _ in pairs}
    kinds = {
        n: "given" if n not in targets else "step" if n in sources else "output" for n in names
    }
    nodes = tuple(
        GraphNode(n, n, n.replace("_", r"\_"), "", "", "1.5", "−2", kinds[n]) for n in names
    )
    return Drawing(title, nodes, tuple(GraphEdge(s, t, "0.5", "0.5") for s, t in pairs))


def diamond() -> Drawing:
    """Two ways from x to L."""
    return plain("Diamond", [("x", "u"), ("x", "v"), ("u", "L"), ("v", "L")])


def three_paths() -> Drawing:
    """x reaches L along three paths of different lengths."""
    return plain(
        "Three paths",
        [("x", "u"), ("u", "v"), ("k", "v"), ("v", "L"), ("x", "w"), ("w", "L"), ("x", "L")],
    )


def long_chain(count: int = 1000) -> Drawing:
    """A chain in which every second node also skips ahead by up to ten."""
    names = [f"layer{k // 4}_{'zhuv'[k % 4]}" for k in range(count)]
    pairs = list(itertools.pairwise(names))
    pairs += [(names[k], names[k + 2 + k % 9]) for k in range(0, count - 12, 2)]
    return plain("Long chain", pairs)
