"""Local derivatives as they stand on the edges of a drawing."""

from symback.explain.drawing.diagram import diagram_of
from symback.render.edges import edge_of
from symback.render.formulas import Formulas
from tests.solved import GRAPH, PERCEPTRON, solved


def edges(text):
    """Text and LaTeX by source and target."""
    solution = solved(text)
    diagram = diagram_of(solution)
    formulas = Formulas(solution)
    pairs = (*diagram.slopes, *diagram.factors)
    found = {(s, t): edge_of(s, t, diagram, formulas) for t, s in pairs}
    return {pair: (edge.slope_text, edge.slope_latex) for pair, edge in found.items()}


def test_numbers_between_scalars():
    """Exercise 7.2."""
    assert edges(GRAPH)["d", "f"] == ("−1", "-1")


def test_formulas_between_arrays():
    """A bullet stands for the gradient that comes back, unless it is only multiplied."""
    found = edges(PERCEPTRON)

    assert found["h", "z2"] == ("W₂ᵀ•", r"W_{2}^{\top}{\bullet}")
    assert found["W2", "z2"][0] == "•hᵀ"
    assert found["b1", "z1"] == ("1", "1")
    assert found["z1", "h"] == ("⊙ [z₁ > 0]", r"{\odot}\,[z_{1} > 0]")
    assert found["y", "L"] == ("(y − t)/(2y(1 − y))", r"\dfrac{y - t}{2y(1 - y)}")


def test_the_bullet_comes_first():
    """Where it stays inside, factors of its product follow it."""
    found = edges("given: {w: [1, 2], X: [[1, 2], [3, 4]]}\ndefine: {y: sigmoid(X @ w), L: sum(y)}")

    assert found["w", "y"][0] == "Xᵀ(• ⊙ y ⊙ (1 − y))"


def test_long_formulas_give_way_to_names():
    """Also those with the gradient in two places, and shorter ones where many edges arrive."""
    many = edges("given: {a: [1], b: [2], c: [3], d: [4]}\ndefine: {y: a*b*tanh(c*d), L: sum(y)}")
    few = edges("given: {x: [1, 2]}\ndefine: {p: softmax(x), L: p @ x}")

    assert few["x", "p"] == ("∂p/∂x", r"\dfrac{\partial p}{\partial x}")
    assert few["x", "L"] == ("p", "p")
    assert many["d", "y"][0] == "∂y/∂d"
