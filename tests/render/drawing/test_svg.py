"""SVG: well-formed, inert, accessible, labels beside boxes and not on them."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symback.explain.drawing.drawing import Drawing, GraphEdge, GraphNode
from symback.render.drawing.ink import clean, math_ink, text_ink
from symback.render.drawing.labels import place_labels
from symback.render.drawing.layout import layout
from symback.render.drawing.mathtext import math_latex
from symback.render.drawing.svg import svg
from tests.render.drawing import samples
from tests.render.drawing.attacks import ATTACKS
from tests.render.drawing.graphs import graphs

SAMPLES = [samples.exercise, samples.perceptron, samples.diamond, samples.three_paths]
TAGS = {"svg", "title", "desc", "style", "g", "rect", "path", "circle", "text"}


def elements(text):
    """All elements of an SVG, by bare tag."""
    return [(e.tag.split("}")[-1], e) for e in ElementTree.fromstring(text).iter()]


def hostile(attack: str) -> Drawing:
    """A drawing with the attack in every text that it has."""
    a = GraphNode(attack, attack, attack, attack, attack, attack, attack, "given", attack)
    b = replace(a, name=attack + "2", kind="output")
    return Drawing(attack, (a, b), (GraphEdge(a.name, b.name, attack, attack),))


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("interactive", [False, True])
def test_drawings_are_well_formed_and_plain(sample, interactive):
    """Nothing but shapes and text; one box a node; every node named for screen readers."""
    drawing = sample()

    found = elements(svg(drawing, interactive))

    assert {tag for tag, _ in found} <= TAGS
    nodes = [e for _, e in found if "sb-node" in e.get("class", "")]
    assert len(nodes) == len(drawing.nodes)
    assert nodes[-1].get("aria-label").startswith(drawing.nodes[-1].label_text)


def test_a_node_says_its_formula_value_and_gradient():
    """The accessible name holds what the box shows."""
    assert 'aria-label="e = a + b, value 3, gradient 3"' in svg(samples.exercise())


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_stays_text(attack):
    """No markup, no event handler, no reference and no script comes out of a text."""
    text = svg(hostile(attack))

    for tag, element in elements(text):
        assert tag in TAGS
        assert not [key for key in element.attrib if key.startswith("on") or "href" in key]
    assert "url(" not in re.sub(r"<(title|text|desc).*?</\1>|\w[\w-]*=\"[^\"]*\"", "", text)


def test_typesetting_falls_back_to_text():
    """What the typesetter refuses is shown as plain text, and missing glyphs as text elements."""
    assert math_ink(r"\frac{1", "half", 16) == text_ink("half", 16)
    assert ">漢&lt;</text>" in text_ink("漢<", 16).markup


def test_a_sign_is_set_tight():
    """A minus after a parenthesis is a sign, not an operation."""
    assert math_ink("(-2)", "", 16).width < math_ink("(1-2)", "", 16).width - 12


def test_what_xml_forbids_is_replaced():
    """Control characters and direction marks become the replacement character."""
    assert clean("a\x1b[0m\u202e\ud800\n&") == "a\ufffd[0m\ufffd\ufffd\n&amp;"


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("−1.2×10⁻⁵", r"-1.2\times 10^{-5}"),
        ("W₂ᵀδ₁₂", r"W_{2}^{\top }\delta _{12}"),
        ("x̂", r"\hat{x}"),
        (r"\input{a}", r"\backslash \mathrm{input}\{a\}"),
        ("漢", "?"),
    ],
)
def test_unicode_becomes_latex(text, latex):
    """Scripts, accents and Greek are typeset; commands are not obeyed."""
    assert math_latex(text) == latex


@given(graphs(10), st.sampled_from(["right", "down"]))
def test_labels_do_not_cover_boxes(graph, direction):
    """A label stays between the layers, wherever the boxes are."""
    names, edges = graph
    box, label = (60.0, 30.0), (34.0, 18.0)
    placement = layout(names, edges, dict.fromkeys(names, box), direction, [label] * len(edges))

    for place in place_labels(placement, [label] * len(edges), direction):
        for x, y in placement.positions.values():
            assert abs(x - place[0]) >= 47 or abs(y - place[1]) >= 24


def test_large_drawings_are_text_and_quick():
    """A thousand nodes come out in seconds, without outlines."""
    text = svg(samples.long_chain())

    assert text.count("sb-node sb-") == 1000
    assert len(text) < 4_000_000


def test_drawings_are_deterministic():
    """The same drawing, byte for byte."""
    assert svg(samples.perceptron()) == svg(samples.perceptron())
