"""Graphviz sources: structure, escaping."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from symback.render.drawing.dot import dot
from tests.render.drawing import samples
from tests.render.drawing.attacks import ATTACKS
from tests.render.drawing.test_svg import hostile


def test_nodes_and_edges():
    """Formula, value and coloured gradient in the node, the slope at the edge."""
    text = dot(samples.exercise())

    assert 'n4 [label=<e = a + b<br/>3<br/><font color="#c01f2e">3</font>>' in text
    assert "n4 -> n6 [label=<−1>]\n" in text


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_stays_in_its_label(attack):
    """Outside the labels stand only our own words; labels hold no element of the attack's."""
    text = dot(hostile(attack))

    for label in re.findall(r"label=<(.*?)>(?: style| labelloc|\])", text):
        assert set(re.findall(r"<(/?\w*)", label)) <= {"br", "font", "/font"}
    assert text.count("\n") <= 10


@pytest.mark.skipif(not shutil.which("dot"), reason="Graphviz is not installed")
def test_graphviz_accepts_all():
    """Graphviz draws the samples and every attack without a complaint."""
    drawings = [samples.exercise(), samples.perceptron(), *map(hostile, ATTACKS)]
    source = "".join(map(dot, drawings))

    run = subprocess.run(
        ["dot", "-Tsvg"], input=source.encode(), capture_output=True, timeout=60, check=False
    )

    assert (run.returncode, run.stderr.decode()) == (0, "")
    assert b"<script" not in run.stdout
