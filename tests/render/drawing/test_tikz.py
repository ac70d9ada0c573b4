"""TikZ pictures: they compile, and a text is never a command."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace

import pytest

from symback.errors import LimitError
from symback.explain.drawing.drawing import Drawing, GraphEdge, GraphNode
from symback.render.drawing.tikz import tikz
from tests.render.drawing import samples
from tests.render.drawing.attacks import ATTACKS


def from_texts(attack: str) -> Drawing:
    """A drawing without LaTeX of its own: every text is an attack."""
    a = GraphNode(attack, attack, "", attack, "", attack, attack)
    b = replace(a, name=attack + "2", kind="output")
    return Drawing(attack, (a, b), (GraphEdge(a.name, b.name, attack),))


def test_nodes_and_edges():
    """Formula and numbers in the node, the slope on the edge."""
    text = tikz(samples.exercise())

    assert r"{$e = a + b$\\[2pt]\footnotesize$3$\quad" in text
    assert text.count(r"\draw[flow]") == text.count(r"\node[slope]") == 7


def test_a_wide_drawing_is_scaled():
    """A picture is made as wide as the text, and a narrow one left as it is."""
    assert "scale=" not in tikz(samples.exercise(), width=345)
    assert "scale=0.3" in tikz(samples.exercise(), width=100)


def test_what_tex_cannot_measure_is_refused():
    """A thousand nodes in a row are longer than TeX's longest length."""
    with pytest.raises(LimitError, match="E451"):
        tikz(samples.long_chain())


@pytest.mark.parametrize("attack", ATTACKS)
def test_texts_are_no_commands(attack):
    """Only mathematics of our own choosing comes out of a text."""
    commands = set(re.findall(r"\\([A-Za-z]+)", tikz(from_texts(attack))))

    assert not commands & {"input", "write", "immediate", "csname", "def", "href", "text"}


def compiled(pictures: list[str], folder) -> str:
    """Compile one picture a page and return TeX's log."""
    body = "\n\\clearpage\n".join(pictures)
    (folder / "all.tex").write_text(
        "\\documentclass{article}\\usepackage{amsmath,tikz}\\setlength{\\parindent}{0pt}"
        f"\\begin{{document}}\n{body}\\end{{document}}\n"
    )
    command = ["pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error"]
    run = subprocess.run(
        [*command, "all.tex"], cwd=folder, capture_output=True, timeout=120, check=False
    )
    log = run.stdout.decode(errors="replace")

    assert run.returncode == 0, log[-2000:]
    return log


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="no TeX is installed")
def test_tex_accepts_the_samples(tmp_path):
    """The samples compile, as wide as the text and no wider."""
    drawings = [samples.exercise(), samples.perceptron(), samples.three_paths()]

    log = compiled([tikz(drawing, width=345) for drawing in drawings], tmp_path)

    assert "Overfull" not in log


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("pdflatex"), reason="no TeX is installed")
def test_tex_accepts_the_attacks(tmp_path):
    """Every attack compiles as a text."""
    compiled([tikz(from_texts(attack), width=345) for attack in ATTACKS], tmp_path)


def test_a_matrix_is_set_as_one():
    """Tall brackets drawn in characters become a matrix of mathematics."""
    node = GraphNode("W", "W", "W", value_text="⎡0.1  −4⎤\n⎣ 20   5⎦")

    text = tikz(Drawing("", (node,), ()))

    assert r"$\begin{bmatrix} 0.1 & -4 \\ 20 & 5 \end{bmatrix}$" in text
