"""Explanations as text."""

import re

import pytest

from symback.explain.telling.why import why
from symback.render.visible import columns
from symback.render.why_text import why_of
from tests.solved import GRAPH, MAPS, PERCEPTRON, loaded, problem


def explained(path, name, **settings):
    """The explanation of one quantity of a problem file."""
    return why_of(why(loaded(path), name), **settings)


def test_a_gradient_is_explained_from_the_loss_back():
    """Route, steps, factors with shapes and reasons, and the shape at the end."""
    text = explained(PERCEPTRON, "dL_dW1")

    squeezed = re.sub(" {2,}", "  ", text)
    for expected in (
        "Why ∂L/∂W₁ = δ₁xᵀ",
        "along L ← y ← z₂ ← h ← z₁ ← W₁.",
        "1  δ₂ = ∂L/∂z₂ = ½(y − t)",
        "Before it: ∂L/∂y = (y − t)/(2y(1 − y))",
        "transposed: in z₂ = W₂h + b₂, W₂ takes 3 entries to 2; backwards 2 go to 3",
        "[z₁ > 0]  3  (1, 1, 1)  the slope of h = ReLU(z₁)",
        "xᵀ  1 × 2  (0.5, 0.2)",
        "A gradient has the shape of its variable: W₁ has 3 × 2, too.",
    ):
        assert expected in squeezed


def test_scalars_have_their_path():
    """The product along the path, with numbers."""
    text = explained(GRAPH, "dL_da")

    assert "∂L/∂a = ∂L/∂z · ∂z/∂e · ∂e/∂a = (−3)·(−1)·1 = 3" in text
    assert "a is a number, and so is its gradient." in text


def test_upstream_gradients_are_where_it_starts():
    """A vector-Jacobian product does not start from 1."""
    text = explained(MAPS, "dL_dx")

    assert "∂L/∂F₁ = d" in text
    assert "= 1." not in text


def test_steps_are_explained_by_what_they_are_made_of():
    """A step of the forward pass has its operands."""
    text = explained(PERCEPTRON, "z1")

    assert text.startswith("Why z₁ = W₁x + b₁\n")
    assert "W₁   3 × 2" in text


@pytest.mark.parametrize("width", [72, 100])
@pytest.mark.parametrize(
    ("path", "name"), [(PERCEPTRON, "dL_dW1"), (GRAPH, "dL_dd"), (MAPS, "dL_dx")]
)
def test_explanations_keep_to_the_width(path, name, width):
    """Lines are broken in narrow terminals."""
    lines = explained(path, name, width=width).splitlines()

    assert max(map(columns, lines)) <= width


def test_colour_changes_nothing_else():
    """Without the colours the text is the same."""
    coloured = explained(PERCEPTRON, "dL_dW1", colour=True)

    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == explained(PERCEPTRON, "dL_dW1")


def test_second_derivatives_say_of_what():
    """The step before, the variable and, of a product with a vector, the direction."""
    assert "It is step 1 differentiated once more, with respect to w." in explained(
        "problems/ridge.yaml", "d2L_dw_dw"
    )
    assert "with respect to X, along V." in explained("problems/newton_logdet.yaml", "d2f_dX_dX_V")


def test_short_formulas_are_not_broken():
    """In a narrow terminal a sentence is broken between its equations."""
    text = explained("problems/recurrent_net.yaml", "dL_dW", width=72)

    assert "\u00a0" not in text
    assert re.search(r"(h₂|h₃)\n", text) is None


def test_long_paths_are_told_by_their_ends():
    """Of more than eleven quantities the first and the last five are named."""
    steps = "".join(f", x{k}: sin(x{k - 1})" for k in range(1, 20))
    found = why(problem("given: {x0: 2}\ndefine: {" + steps[2:] + ", L: x19**2}"), "dL_dx0")

    expected = "along L ← x₁₉ ← x₁₈ ← x₁₇ ← x₁₆ ← … ← x₄ ← x₃ ← x₂ ← x₁ ← x₀ (20 steps)."
    assert expected in why_of(found)
