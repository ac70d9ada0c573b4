"""Solutions as LaTeX documents; compiled where pdflatex is present."""

import re
import shutil
import subprocess

import pytest

from symback.render.chapters import Equation
from symback.render.latex.document import aligned, latex_of
from tests.solved import GRAPH, MAPS, PERCEPTRON, solved

HOSTILE = r"""
title: '\input{/etc/passwd} \write18{ls} 100% $x$ #1 _ ^ ~ { } & <script>'
note: "\e[31m \\end{document} \\csname x"
given:
  x: {value: [0, 1, -2], latex: '\input{/etc/passwd}'}
  α: 2
  x_max: {value: 3, latex: '\mathbf{m}'}
define: {a: {value: relu(x)*α*x_max, note: '\write18{ls}'}, L: sum(a)}
find: [{part: '\part_%', title: '& #', note: '$', gradient: L, wrt: [x, x_max]}]
"""
LONG = """
given: {A: {shape: [n, n]}, B: {shape: [n, n]}, x: {shape: [n]}}
define:
  y: exp(A @ x)*sin(B @ x)*cos(A @ B @ x)*tanh(B @ A @ x)*log(1 + (A @ x)**2)*sqrt(1 + (B @ x)**2)
  L: sum(y**2*exp(-y)*sin(y)*cos(y)*tanh(y))/sum(exp(x)*x**2 + x**4)
find: [{gradient: L, wrt: [x, A]}]
"""
MATRIX = [[(i * j) % 7 / 3 for j in range(20)] for i in range(20)]
LARGE = f"""
given: {{A: {{value: {MATRIX}}}, v: {{value: {[k / 7 for k in range(20)]}}}}}
define: {{y: A @ v, L: sum(exp(y/100))}}
find: [{{gradient: L, wrt: [A, v]}}]
"""


def test_a_document_has_every_section():
    """Title, given values, passes, drawing, parts; each step with its reason."""
    text = latex_of(solved(PERCEPTRON))

    for title in ("Given", "Forward pass", "Computational graph", "Backward pass", "Part c"):
        assert rf"\subsection*{{{title}}}" in text
    assert r"chain rule through $y = \sigma(z_{2})$, with $\sigma' = y(1 - y)$" in text
    assert r"\delta_{2} = \frac{\partial L}{\partial z_{2}} &= \tfrac{1}{2}(y - t)" in text
    assert r"\begin{pmatrix} -0.04621 & -0.08036 & -0.1145 \\" in text


def test_paths_are_named():
    """The chain rule of exercise 7.2, with numbers put in."""
    text = latex_of(solved(GRAPH))

    assert r"along the path ${L \gets z \gets e \gets a}$" in text
    assert r"&= (-3) \cdot (-1) \cdot 1 = 3" in text or r"= (-3) \cdot (-1) \cdot 1 = 3" in text
    assert r"\begin{tikzpicture}" in text


def test_a_fragment_has_no_preamble():
    """It can be put into someone's own document, several together."""
    text = latex_of([solved(GRAPH), solved(MAPS)], fragment=True)

    assert r"\documentclass" not in text
    assert r"\end{document}" not in text
    assert text.count(r"\section*") == 2
    assert text.startswith(r"% needs: \usepackage{amsmath, amssymb, graphicx, tikz}")


def test_nothing_of_the_file_is_a_command():
    """Titles, notes, parts and labels come out as text."""
    text = latex_of(solved(HOSTILE), failures=[r"\input{x} %"])

    assert r"\input{" not in text
    assert r"\write18" not in text
    assert r"\csname" not in text
    assert text.count(r"\end{document}") == 1
    assert r"\mathbf{m}" in text


def test_long_sides_are_broken():
    """An equation that is wider than the line has several lines."""
    lines = aligned([Equation("x", (("=", " + ".join(["abcdefgh"] * 20)), ("=", "5")))])

    assert lines[1].count("\\\\") >= 2
    assert lines[1].endswith("= 5")


def _compiled(tex, folder):
    (folder / "s.tex").write_text(tex, encoding="utf-8")
    command = ["pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error"]
    done = subprocess.run([*command, "s.tex"], cwd=folder, capture_output=True, timeout=120)
    return done.returncode, done.stdout.decode("utf-8", "replace")


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="needs pdflatex")
def test_documents_compile(tmp_path):
    """No error, nothing undefined, no line too wide by more than 5 pt."""
    texts = (PERCEPTRON, GRAPH, MAPS, HOSTILE, LONG, LARGE)
    code, log = _compiled(latex_of([solved(text) for text in texts], failures=["a % b"]), tmp_path)

    assert code == 0, log[-2000:]
    assert "undefined" not in log
    assert [w for w in re.findall(r"Overfull \\hbox \(([\d.]+)pt", log) if float(w) > 5] == []
