"""The checker of LaTeX finds what TeX refuses, and nothing in what it takes."""

import pytest

from symback.render.latex.lint import lint_latex


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("x^{2}^{3}", "double superscript"),
        ("A^{-1}^{\\top}", "double superscript"),
        ("x_1_2", "double subscript"),
        ("f'^{2}", None),
        ("x^{2}'", "double superscript"),
        ("{x", "`{` is not closed"),
        ("x}", "`}` closes nothing"),
        ("\\left( x", "`\\left` is not closed"),
        ("x \\right)", "`\\right` closes nothing"),
        ("\\begin{pmatrix} 1", "`\\begin` is not closed"),
        ("\\left( {x \\right)}", "`\\right` closes nothing"),
        ("a & b", "`&` is not escaped"),
        ("σ(x)", "`σ` is not ASCII"),
        ("50%", "`%` is not escaped"),
        ("x^", "the superscript is missing"),
        ("x_{}^{2}", None),
        ("{x^{2}}^{3}", None),
        ("\\left(x^{2}\\right)^{3}", None),
        ("x_{1}^{2} + x_{2}^{2}", None),
        ("\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}^{\\top}", None),
        ("\\frac{\\partial L}{\\partial z_{2}}", None),
    ],
)
def test_faults_are_found(text, fault):
    """Each text has this fault first, or none."""
    assert ([fault] if fault else []) == lint_latex(text)[:1]
