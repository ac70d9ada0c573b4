"""Pictures and pages: `symback graph` in every form, `symback solve --format html`."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest

from symback.cli.app import run

PROBLEM = """\
title: A graph
given: {a: 1, b: 2, c: 3, d: 4}
define: {e: a + b, f: c - d, z: e*f, L: z**2/2}
find: [{graph: L}]
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder with one problem, to be in."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "problem.yaml").write_text(PROBLEM)
    return tmp_path


@pytest.mark.parametrize(
    ("form", "start", "parts"),
    [
        ("text", "┌─", ["e = a + b", "∂L/∂c = −9", "│ −3"]),
        ("svg", "<svg ", ["A graph"]),
        ("dot", "digraph ", ["−9"]),
        ("tikz", "\\begin{tikzpicture}", ["e = a + b", "-9"]),
        ("mermaid", "flowchart LR", ["−9"]),
    ],
)
def test_forms(folder, capsys, form, start, parts):
    """Values, gradients of every node and slopes, in each form."""
    assert run(["graph", "problem.yaml", "--format", form]) == 0

    text = capsys.readouterr().out
    assert text.startswith(start)
    assert [part for part in parts if part not in text] == []
    assert text.endswith("\n") and not text.endswith("\n\n")


def test_a_part_into_a_file(folder, capsys):
    """`--of` draws what a step rests on, `-o` writes it, `--set` changes a value."""
    arguments = ["graph", "problem.yaml", "--of", "e", "-o", "e.svg", "-f", "svg", "--set", "a=7"]

    assert run(arguments) == 0

    assert capsys.readouterr().out == ""
    root = ElementTree.parse(folder / "e.svg").getroot()
    nodes = [one for one in root.iter() if "sb-node" in one.get("class", "")]
    labels = [one.get("aria-label") for one in nodes]
    assert labels == ["a, value 7, gradient 1", "b, value 2, gradient 1", "e = a + b, value 9"]


def test_a_name_that_is_no_step(folder, capsys):
    """The nearest one is proposed."""
    assert run(["graph", "problem.yaml", "--of", "zz"]) == 2

    assert capsys.readouterr().err.splitlines() == [
        "error[E615]: `problem.yaml` has no step `zz`",
        "help: did you mean `z`?",
    ]


def test_large_graphs_are_folded(folder, capsys):
    """Sixty-one nodes and more become boxes by layer, unless that is not wanted."""
    steps = "".join(f"  a{k}_z: 2*a{k - 1}_h\n  a{k}_h: tanh(a{k}_z)\n" for k in range(1, 41))
    text = f"given: {{a0_h: 1}}\ndefine:\n{steps}  L: a40_h**2\n"
    (folder / "deep.yaml").write_text(text)

    assert run(["graph", "deep.yaml", "-f", "dot"]) == 0
    folded = capsys.readouterr().out
    assert run(["graph", "deep.yaml", "-f", "dot", "--unfolded"]) == 0

    assert "a7: 2 nodes" in folded
    assert len(capsys.readouterr().out) > len(folded)


def test_a_page(folder, capsys):
    """`solve --format html` writes one file that needs nothing else."""
    assert run(["solve", "problem.yaml", "--format", "html", "-o", "page.html"]) == 0

    text = (folder / "page.html").read_text()
    assert text.startswith("<!DOCTYPE html>")
    assert text.count('type="range"') == 4
    assert run(["solve", "problem.yaml", "--format", "html", "--fragment"]) == 0
    assert capsys.readouterr().out.startswith('<article class="symback">')


def test_a_page_shows_one_problem(folder, capsys):
    """Several problems are several pages."""
    assert run(["solve", "problem.yaml", "problem.yaml", "--format", "html"]) == 2

    assert capsys.readouterr().err.splitlines() == [
        "error[E610]: a page shows one problem",
        "help: solve the files one by one",
    ]
