"""Names as people write them, in the terminal and in LaTeX."""

import pytest

from symback.render.latex.lint import lint_latex
from symback.render.names import latex_name, own_latex, own_text, text_name

NAMES = [
    ("W1", "W₁", "W_{1}"),
    ("W_1", "W₁", "W_{1}"),
    ("x_hat", "x\u0302", r"\hat{x}"),
    ("xhat", "x\u0302", r"\hat{x}"),
    ("x_hat_1", "x\u0302₁", r"\hat{x}_{1}"),
    ("y_bar", "y\u0304", r"\bar{y}"),
    ("W_hat1", "W\u0302₁", r"\hat{W}_{1}"),
    ("q1dot", "q\u0307₁", r"\dot{q}_{1}"),
    ("theta_ddot", "θ\u0308", r"\ddot{\theta}"),
    ("muhat", "μ\u0302", r"\hat{\mu}"),
    ("rehat", "rehat", r"\mathrm{rehat}"),
    ("x1_prime", "x₁′", "x_{1}'"),
    ("ell", "ℓ", r"\ell"),
    ("ell_2", "ℓ₂", r"\ell_{2}"),
    ("hbar", "ℏ", r"\hbar"),
    ("h_bar", "h\u0304", r"\bar{h}"),
    ("varphi", "φ", r"\varphi"),
    ("vartheta1", "ϑ₁", r"\vartheta_{1}"),
    ("lambda_", "λ", r"\lambda"),
    ("alpha", "α", r"\alpha"),
    ("alpha_1", "α₁", r"\alpha_{1}"),
    ("beta1", "β₁", r"\beta_{1}"),
    ("lambda", "λ", r"\lambda"),
    ("eps", "ε", r"\varepsilon"),
    ("Sigma", "Σ", r"\Sigma"),
    ("δ_2", "δ₂", r"\delta_{2}"),
    ("z_max", "z_max", r"z_{\mathrm{max}}"),
    ("h_t", "hₜ", "h_{t}"),
    ("W_hh", "W_hh", r"W_{\mathrm{hh}}"),
    ("W2_new", "W₂_new", r"W_{2,\mathrm{new}}"),
    ("loss", "loss", r"\mathrm{loss}"),
    ("logits1", "logits₁", r"\mathrm{logits}_{1}"),
    ("hidden_layer", "hidden_layer", r"\mathrm{hidden\_layer}"),
    ("L_rec", "L_rec", r"L_{\mathrm{rec}}"),
    ("theta_star", "θ*", r"\theta^{*}"),
    ("b_", "b_", r"\mathrm{b\_}"),
    ("dL_dz2", "∂L/∂z₂", r"\frac{\partial L}{\partial z_{2}}"),
    ("dL_dx_hat", "∂L/∂x\u0302", r"\frac{\partial L}{\partial \hat{x}}"),
    ("dell_dtheta_1", "∂ℓ/∂θ₁", r"\frac{\partial \ell}{\partial \theta_{1}}"),
    ("dF_dx", "∂F/∂x", r"\frac{\partial F}{\partial x}"),
    ("d2L_dw_dw", "∂²L/∂w∂w", r"\frac{\partial^{2} L}{\partial w\,\partial w}"),
    ("d2L_dA_dB", "∂²L/∂A∂B", r"\frac{\partial^{2} L}{\partial A\,\partial B}"),
    ("d2L_dw_dw_v", "∂²L/∂w∂w v", r"\frac{\partial^{2} L}{\partial w\,\partial w}\,v"),
    ("dF_along_v", "∂F[v]", r"\partial F\left[v\right]"),
]


@pytest.mark.parametrize(("name", "text", "latex"), NAMES)
def test_name_is_shown(name, text, latex):
    """Digits are subscripts, words Greek letters, endings accents, derivatives quotients."""
    assert text == text_name(name)
    assert latex == latex_name(name)
    assert lint_latex(latex) == []


def test_declared_names_are_not_taken_for_derivatives():
    """`data_dim` is a name where it is declared, and where `ata` is not."""
    assert text_name("data_dim", {"data_dim"}) == "data_dim"
    assert text_name("data_dim", {"x"}) == "data_dim"
    assert text_name("dL_dx", {"x"}) == "∂L/∂x"


def test_names_that_would_look_the_same_are_spelled():
    """`W1` and `W_1` are two quantities, `eps` and `epsilon` too; labels go first."""
    known = {"W1", "W_1", "x", "eps", "epsilon"}

    assert own_text(known) == {one: one for one in known - {"x"}}
    assert own_latex(known, {"eps": "e"}) == {
        "eps": "e",
        "W1": r"\mathrm{W1}",
        "W_1": r"\mathrm{W\_1}",
    }


def test_error_signals_inside_of_steps_have_their_names_below():
    """The signal inside of x̂ is not δ̂ₓ."""
    known = {"x_hat", "delta_x_hat", "h", "delta_h", "y_1", "delta_y_1"}

    assert own_text(known) == {"delta_x_hat": "δ_x\u0302", "delta_h": "δₕ", "delta_y_1": "δ_y₁"}
    assert own_latex(known, {"y_1": "Y"})["delta_x_hat"] == r"\delta_{\hat{x}}"
    assert own_latex(known, {"y_1": "Y"})["delta_y_1"] == r"\delta_{Y}"


def test_names_that_hold_the_mark_of_a_derivative():
    """`W_dec` is one name where it is declared."""
    assert text_name("dL_dW_dec", {"L", "W_dec"}) == "∂L/∂W_dec"
    assert text_name("d2L_dW_dec_dW_dec_v", {"L", "W_dec"}) == "∂²L/∂W_dec∂W_dec v"


def test_own_labels_stand_in_derivatives_too():
    """Second derivatives and directions have the labels of the file."""
    own = {"w": r"\mathbf{w}", "v": r"\vec{v}"}

    found = [latex_name(name, (), own) for name in ("d2L_dw_db_v", "dF_along_v")]

    assert found == [
        r"\frac{\partial^{2} L}{\partial \mathbf{w}\,\partial b}\,\vec{v}",
        r"\partial F\left[\vec{v}\right]",
    ]
