"""The page as a text: self-contained, with a policy that fits, the same each time."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace

from symback.explain.telling.page import Live, Page, PageSection
from symback.language import parse
from symback.render.html import html
from tests.render.html import samples


def part(text: str, pattern: str) -> str:
    """What stands between the tags that a pattern describes."""
    return re.search(f"{pattern}(.*?)</", text, re.DOTALL)[1]


def test_the_policy_has_the_hashes_of_style_and_script():
    """Nothing else may run: no unsafe source, and the hashes are those of what is in the page."""
    text = html(samples.exercise())
    policy = re.search('Content-Security-Policy" content="([^"]*)"', text)[1]

    for pattern in ("<script>", "<style>"):
        digest = hashlib.sha256(part(text, pattern).encode()).digest()
        assert f"'sha256-{base64.b64encode(digest).decode()}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy


def test_nothing_comes_from_outside():
    """No address, no reference and no attribute that acts."""
    text = html(samples.perceptron())

    found = set(re.findall(r"https?://[\w./]*", text))
    assert found <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1998/Math/MathML"}
    assert not re.search(r"\s(href|src|on\w+|style)=", text)


def test_the_data_cannot_end_their_element():
    """A title that closes a script is data, and comes back as it was."""
    formula = samples.formula("q", "q", "</script><script>alert(1)</script>")
    page = replace(samples.exercise(), backward=(formula,))

    block = part(html(page), '<script type="application/json" id="data">')

    assert json.loads(block)["texts"]["q"] == formula.text


def test_what_is_empty_is_left_out():
    """A page of a title only has no graph, no steps and no sliders."""
    text = html(Page("Nothing"))

    assert text.count("<section") == 0
    assert "<h1>Nothing</h1>" in text


def test_without_a_javascript_form_there_are_no_sliders():
    """A Bessel function cannot be computed in the page: the page says what is known without."""
    page = samples.exercise()
    live = Live(page.live.inputs, (("e", parse("besselj(1, a)")),))

    text = html(replace(page, live=live))

    assert '<input type="range"' in html(page)
    assert '<input type="range"' not in text
    assert "besselj" not in text


def test_pages_are_deterministic():
    """The same page, byte for byte."""
    assert html(samples.perceptron()) == html(samples.perceptron())


def test_long_values_stand_under_their_formulas():
    """Beside a long formula, or where it is long itself, a value would be cut off."""
    lines = [
        samples.formula("a", "a = b", "a = b", "3"),
        samples.formula("c", "c = d", "c = d" * 9, "3"),
        samples.formula("e", "e = f", "e = f", "(0.1111, 0.2222, 0.3333, 0.4444, 0.5555)"),
        samples.formula("g", "g = h", "g = h" * 9),
    ]

    text = html(Page("", (PageSection("", tuple(lines)),)))

    found = re.findall(r'<li class="([^"]*)" tabindex="0" data-quantity="(.)"', text)
    assert found == [("line", "a"), ("line under", "c"), ("line under", "e"), ("line", "g")]
