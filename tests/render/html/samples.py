"""Pages that the tests share: the seed's graph and perceptron, with sliders and steps."""

from __future__ import annotations

from symback.explain.telling.page import Live, Page, PageFormula, PageInput, PageSection
from symback.language import parse
from tests.render.drawing import samples


def formula(quantity, latex, text, value="", uses="", reason="") -> PageFormula:
    """A formula with its uses as words."""
    return PageFormula(quantity, latex, text, value, tuple(uses.split()), reason)


def exercise() -> Page:
    """Exercise 7.2 as a page: forward, backward, sliders for the four inputs."""
    d = r"\frac{{\partial L}}{{\partial {}}}".format
    forward = (
        formula("e", "e = a + b", "e = a + b", "3", "a b"),
        formula("f", "f = c - d", "f = c − d", "−1", "c d"),
        formula("z", r"z = e \cdot f", "z = e·f", "−3", "e f"),
        formula("L", r"L = \tfrac{1}{2} z^2", "L = ½z²", "4.5", "z"),
    )
    backward = (
        formula("dL_dz", f"{d('z')} = z", "∂L/∂z = z", "−3", "z", "chain rule through L = ½z²"),
        formula("dL_de", f"{d('e')} = {d('z')} f", "∂L/∂e = ∂L/∂z · f", "3", "dL_dz f",
                "the path L ← z ← e"),
        formula("dL_df", f"{d('f')} = {d('z')} e", "∂L/∂f = ∂L/∂z · e", "−9", "dL_dz e",
                "the path L ← z ← f"),
        formula("dL_da", f"{d('a')} = {d('e')}", "∂L/∂a = ∂L/∂e", "3", "dL_de"),
        formula("dL_db", f"{d('b')} = {d('e')}", "∂L/∂b = ∂L/∂e", "3", "dL_de"),
        formula("dL_dc", f"{d('c')} = {d('f')}", "∂L/∂c = ∂L/∂f", "−9", "dL_df"),
        formula("dL_dd", f"{d('d')} = -{d('f')}", "∂L/∂d = −∂L/∂f", "9", "dL_df"),
    )  # fmt: skip
    steps = [("e", "a + b"), ("f", "c - d"), ("z", "e*f"), ("L", "z**2/2"), ("dL_dz", "z"),
             ("dL_de", "dL_dz*f"), ("dL_df", "dL_dz*e"), ("dL_da", "dL_de"), ("dL_db", "dL_de"),
             ("dL_dc", "dL_df"), ("dL_dd", "-dL_df"), ("minus", "-1")]  # fmt: skip
    live = Live(
        tuple(
            PageInput(name, name, (), (value,), (name,), -5.0, 5.0)
            for name, value in zip("abcd", (1.0, 2.0, 3.0, 4.0), strict=True)
        ),
        tuple((name, parse(text)) for name, text in steps),
    )
    return Page(
        "A computational graph",
        (PageSection("Forward pass", forward),),
        samples.exercise(),
        tuple((name, f"dL_d{name}") for name in "abcdefz"),
        ("", "", "", "minus", "f", "e", "z"),
        backward,
        live,
    )


def perceptron() -> Page:
    """Exercise 7.1 as a page, with sliders for the vectors x and b₂."""
    forward = (
        formula("z1", "z_1 = W_1 x + b_1", "z₁ = W₁x + b₁", "(0.23, 0.4, 0.57)", "W1 x b1"),
        formula("h", r"h = \mathrm{ReLU}(z_1)", "h = ReLU(z₁)", "(0.23, 0.4, 0.57)", "z1"),
        formula("z2", "z_2 = W_2 h + b_2", "z₂ = W₂h + b₂", "(0.398, 0.663)", "W2 h b2"),
        formula("y", r"y = \sigma(z_2)", "y = σ(z₂)", "(0.5982, 0.6599)", "z2"),
        formula("L", r"L = -\operatorname{mean}(t \odot \log y + (1 - t) \odot \log(1 - y))",
                "L = −mean(t ⊙ log y + (1 − t) ⊙ log(1 − y))", "0.7962", "t y"),
    )  # fmt: skip
    backward = (
        formula("dL_dz2", r"\delta_2 = \frac{\partial L}{\partial z_2} = \tfrac{1}{2}(y - t)",
                "δ₂ = ½(y − t)", "(−0.2009, 0.3300)", "y t", "σ′ = y(1 − y) cancels"),
        formula("dL_dW2", r"\frac{\partial L}{\partial W_2} = \delta_2 h^{\top}", "∂L/∂W₂ = δ₂hᵀ",
                "⎡−0.04621  −0.08036  −0.1145⎤\n⎣ 0.07589   0.1320    0.1881⎦", "dL_dz2 h"),
        formula("dL_dz1", r"\delta_1 = (W_2^{\top} \delta_2) \odot [z_1 > 0]",
                "δ₁ = (W₂ᵀδ₂) ⊙ [z₁ > 0]", "(0.02436, 0.05881, 0.1119)", "dL_dz2 W2 z1"),
    )  # fmt: skip
    w1 = PageInput("W1", "W₁", (3, 2), (0.1, 0.4, 0.2, 0.5, 0.3, 0.6))
    w2 = PageInput("W2", "W₂", (2, 3), (0.7, 0.2, 0.1, 0.5, 0.3, 0.4))
    inputs = (
        PageInput("x", "x", (2,), (0.5, 0.2), ("x₁", "x₂")), w1,
        PageInput("b1", "b₁", (3,), (0.1, 0.2, 0.3)), w2,
        PageInput("b2", "b₂", (2,), (0.1, 0.2), ("b₂₁", "b₂₂")),
        PageInput("t", "t", (2,), (1.0, 0.0)),
    )  # fmt: skip
    steps = [("z1", "W1 @ x + b1"), ("h", "relu(z1)"), ("z2", "W2 @ h + b2"), ("y", "sigmoid(z2)"),
             ("L", "-mean(t*log(y) + (1 - t)*log(1 - y))"), ("dL_dz2", "(y - t)/2"),
             ("dL_dW2", "outer(dL_dz2, h)"), ("dL_dz1", "(W2.T @ dL_dz2)*(z1 > 0)"),
             ("dL_db1", "dL_dz1"), ("dL_db2", "dL_dz2"), ("dL_dh", "W2.T @ dL_dz2")]  # fmt: skip
    return Page(
        "Two-layer perceptron",
        (PageSection("Forward pass", forward),),
        samples.perceptron(),
        tuple((name, f"dL_d{name}") for name in ("z1", "z2", "b1", "b2", "h", "W2")),
        (),
        backward,
        Live(inputs, tuple((name, parse(text)) for name, text in steps)),
        "Values are right in every digit shown.",
    )
