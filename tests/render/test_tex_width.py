"""Widths of LaTeX formulas and where they break."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symback.render.latex.lint import lint_latex
from symback.render.latex.width import broken, tex_width


def test_widths_grow_with_what_is_seen():
    """Fractions are as wide as their wider half, commands as what they print."""
    assert tex_width(r"\frac{a}{bcdefgh}") == pytest.approx(tex_width("bcdefgh") + 0.3)
    assert tex_width(r"\alpha") < tex_width(r"\alpha\alpha")
    assert tex_width(r"x_{12}") < tex_width("x12")
    matrix = r"\begin{pmatrix} 1 & 2 \\ 333 & 4 \end{pmatrix}"
    assert tex_width("3334") < tex_width(matrix) < tex_width("3334") + 5
    assert tex_width(r"\left(x\right)") < 2.5


def test_formulas_break_before_operators():
    """Sums break between terms; what fits stays whole."""
    assert broken("a + b", 40) == ["a + b"]
    pieces = broken(" + ".join(["W_{1}x"] * 12), 20)
    assert all(piece.startswith("+ ") for piece in pieces[1:])
    assert max(map(tex_width, pieces)) <= 20


def test_growing_brackets_stop_growing_when_they_are_broken():
    r"""`\left` and `\right` may not stand on different lines."""
    text = r"2\left(" + " + ".join([r"\frac{a}{b}"] * 20) + r"\right)x"

    pieces = broken(text, 20)

    assert len(pieces) > 2
    assert all(r"\left" not in piece for piece in pieces)


def test_equals_signs_inside_brackets_stay():
    """Settings of functions, `axis = 0`, are not torn apart."""
    text = r"\operatorname{concat}(" + ", ".join(["a"] * 30) + ", axis = 0)"

    assert broken(text, 10) == [text]


@given(st.lists(st.sampled_from(["a", r"\frac{b}{c}", "(d - e)", r"x_{1}^{2}"]), min_size=1))
def test_pieces_put_together_are_the_formula(terms):
    """Nothing is lost, and braces stay in pairs on every line."""
    text = r" \odot ".join(terms)
    pieces = broken(text, 12)

    assert " ".join(pieces) == text
    assert [lint_latex(piece) for piece in pieces] == [[]] * len(pieces)
