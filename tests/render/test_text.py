"""Solutions as text, as they are printed."""

import re

import pytest

from symback.render.text import text_of
from symback.render.visible import columns
from tests.solved import GRAPH, MAPS, PERCEPTRON, solved

HOSTILE = r"""
title: "\e[31mred\e[0m \u202eabc"
note: "a \e]0;title\a note"
given: {x: [0, 1, -2]}
define: {a: {value: relu(x), note: "\e[1m"}, L: sum(a)}
find: [{part: "\e[2J", title: "\e[0m", note: "\e[1A", gradient: L, wrt: x}]
"""


@pytest.fixture(scope="module")
def perceptron():
    """Exercise 7.1 solved."""
    return solved(PERCEPTRON)


def test_the_perceptron_reads_as_in_a_textbook(perceptron):
    """Every line of the backward pass, exactly."""
    text = text_of(perceptron)

    lines = text.splitlines()
    assert lines[0].startswith("Two-layer perceptron ")
    assert len(lines[0]) == 100
    squeezed = [re.sub(" {2,}", "  ", line) for line in lines]
    for expected in (
        "  z₁ = W₁x + b₁  = (0.23, 0.4, 0.57)",
        "  y  = σ(z₂)  = (0.5982, 0.6599)",
        "  L  = −mean(t ⊙ log y + (1 − t) ⊙ log(1 − y))  = 0.7962",
        "  δ₂ = ∂L/∂z₂ = ½(y − t)  = (−0.2009, 0.3300)  σ′ = y(1 − y)",
        "  ∂L/∂W₂ = δ₂hᵀ  = ⎡−0.04621  −0.08036  −0.1145⎤",
        "  ∂L/∂b₂ = δ₂  = (−0.2009, 0.3300)",
        "  δ₁ = ∂L/∂z₁ = (W₂ᵀδ₂) ⊙ [z₁ > 0]  = (0.02436, 0.05881, 0.1119)",
        "  ∂L/∂b₁ = δ₁  = (0.02436, 0.05881, 0.1119)",
    ):
        assert expected in squeezed


def test_chain_rules_have_numbers_put_in():
    """The path products of exercise 7.2."""
    text = text_of(solved(GRAPH))

    for expected in (
        "∂L/∂a = ∂L/∂z · ∂z/∂e · ∂e/∂a = (−3)·(−1)·1 = 3",
        "∂L/∂c = ∂L/∂z · ∂z/∂f · ∂f/∂c = (−3)·3·1 = −9",
        "∂L/∂d = ∂L/∂z · ∂z/∂f · ∂f/∂d = (−3)·3·(−1) = 9",
    ):
        assert expected in text
    assert "│ e = a + b │" in text


def test_several_paths_are_a_sum():
    """One product a path; slopes that hold a dependent operand fixed say so."""
    text = text_of(solved("given: {x: 3}\ndefine: {a: x**2, L: a*x}"))

    line = "∂L/∂x = ∂L/∂a · ∂a/∂x + (∂L/∂x)|a = 3·6 + 9 = 27"
    other = "∂L/∂x = (∂L/∂x)|a + ∂L/∂a · ∂a/∂x = 9 + 3·6 = 27"
    assert line in text or other in text


def test_parts_with_clashing_names_have_backward_passes_of_their_own():
    """Exercise 7.3 has three results of one name."""
    text = text_of(solved(MAPS))

    assert [f"Backward ({part})" in text for part in "abc"] == [True] * 3
    assert "∂L/∂x = x₀d + (dᵀx)e₀" in text


@pytest.mark.parametrize("path", [PERCEPTRON, GRAPH, MAPS])
@pytest.mark.parametrize("width", [60, 80, 100, 120])
def test_lines_keep_to_the_width(path, width):
    """No line is wider than asked for."""
    text = text_of(solved(path), width)

    assert max(columns(line) for line in text.splitlines()) <= width


def test_brief_text_has_answers_and_their_names(perceptron):
    """`--brief` leaves out the forward pass, and of the other what the answers do not use."""
    text = text_of(perceptron, brief=True)

    assert "Forward" not in text
    assert "  δ₂ = ∂L/∂z₂ = ½(y − t)" in text
    assert text.index("\nc\n") < text.index("∂L/∂W₂ = δ₂hᵀ")
    assert text.count("∂L/∂W₂ = δ₂hᵀ") == 1


def test_digits_are_significant_digits(perceptron):
    """Ten digits, all right."""
    assert "0.7962169226" in text_of(perceptron, digits=10)


def test_failures_are_shown(perceptron):
    """Sentences about failed expectations stand in a section of their own."""
    text = text_of(perceptron, failures=["W2[1,1]: expected 1, but it is −0.0462"])

    assert "Expected otherwise\n  W2[1,1]: expected 1, but it is −0.0462" in text


def test_nothing_of_the_file_reaches_the_terminal_as_control():
    """Titles, notes and parts are made visible; without colour there is no escape at all."""
    text = text_of(solved(HOSTILE))

    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\\x1b[31mred" in text


def test_colour_marks_signals_and_numbers(perceptron):
    """With colour the same text, with colours switched off again on every line."""
    plain = text_of(perceptron)
    coloured = text_of(perceptron, colour=True)

    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == plain
    assert "\x1b[35mδ₂\x1b[0m" in coloured
    for line in coloured.splitlines():
        assert line.count("\x1b[0m") * 2 == line.count("\x1b[")


def test_notes_say_what_a_value_sits_on():
    """A kink is told at the end."""
    assert "Notes\n  a: " in text_of(solved(HOSTILE))


def test_symbolic_problems_have_forms_and_shapes():
    """Without values there are no equals signs without a number behind them."""
    text = text_of(solved("given: {A: {shape: [m, n]}}\ndefine: {L: sum(A**2)}"))

    assert "  ∂L/∂A = 2A     m × n" in text
