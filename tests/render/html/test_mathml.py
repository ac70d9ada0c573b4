"""MathML: mathematics comes through, markup does not."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from symback.render.html.mathml import mathml
from tests.render.drawing.attacks import ATTACKS


def plain(latex: str) -> str:
    """The converted formula without the outer element."""
    return re.sub(r"^<math[^>]*>|</math>$", "", mathml(latex, "plain"))


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("W_1 x", "<mrow><msub><mi>W</mi><mn>1</mn></msub><mi>x</mi></mrow>"),
        ("a < b", "<mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow>"),
        ("-x", '<mrow><mo form="prefix">−</mo><mi>x</mi></mrow>'),
        (r"\log y", '<mrow><mi>log</mi><mspace width="0.1667em" /><mi>y</mi></mrow>'),
        (r"\text{<b>a</b>}", "<mrow><mtext>&lt;b&gt;a&lt;/b&gt;</mtext></mrow>"),
        (r"\href{javascript:x}{y}", "<mrow><mrow><mrow><mi>y</mi></mrow></mrow></mrow>"),
    ],
)
def test_formulas(latex, expected):
    """Signs, functions and comparisons are marked up as such; foreign elements are rows."""
    assert plain(latex).replace("&#8722;", "−").replace("-", "−", 0) in (
        expected,
        expected.replace("−", "-"),
    )


def test_a_broken_formula_is_shown_as_text():
    """What cannot be converted is the escaped plain text."""
    assert mathml(r"\left(", "<b>") == '<span class="plain">&lt;b&gt;</span>'


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_are_inert(attack):
    """Only elements of mathematics and attributes of layout come out."""
    root = ElementTree.fromstring(mathml(attack, attack))

    for element in root.iter():
        tag = element.tag.split("}")[-1]
        assert tag.startswith("m") or tag in ("span", "none")
        assert not [key for key in element.attrib if key.startswith("on") or "href" in key]
