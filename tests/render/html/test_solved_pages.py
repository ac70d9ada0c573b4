"""Pages of solved problems in Chromium: what it computes itself is what was proved."""

from __future__ import annotations

import pytest

from tests import shown
from tests.render.html.test_browser import box, line, lit, slide


def page(name):
    """The page of a problem of the collection."""
    return shown.page(f"problems/{name}.yaml")


def values(tab):
    """All values that the page shows, by what they belong to."""
    return tab.eval_on_selector_all(
        ".line .value", "all => all.map(e => [e.dataset.live, e.textContent])"
    )


def plain(text):
    """The numbers in a value."""
    words = text.replace("−", "-").translate(dict.fromkeys(map(ord, "()⎡⎢⎣⎤⎥⎦[],"), " ")).split()
    return [float(word.replace("×10⁻", "e-")) for word in words if word[0] in "-0123456789"]


@pytest.mark.parametrize(
    "name", ["7_1", "7_2", "three_paths", "softmax_classifier", "crf_partition"]
)
def test_the_page_computes_what_was_proved(view, name):
    """A slider moved to where it stands changes no number beyond the digits shown."""
    tab = view(page(name))
    before = values(tab)
    at = tab.locator(".slider input").nth(0).input_value()

    slide(tab, 0, float(at))

    assert tab.is_enabled("#reset")
    after = values(tab)
    assert len(after) == len(before)
    for (key, old), (same, new) in zip(before, after, strict=True):
        assert key == same
        assert plain(new) == pytest.approx(plain(old), rel=2e-3, abs=1e-9)


def test_gradients_follow_a_slider(view):
    """With b = 4 in exercise 7.2: e = 5, z = −5, ∂L/∂f = −25, also in the drawing."""
    tab = view(page("7_2"))

    slide(tab, 1, 4)

    assert tab.inner_text(line("dL_df") + " .value >> nth=0") == "−25"
    assert tab.get_attribute(box("f"), "aria-label") == "f = c − d, value −1, gradient −25"
    assert tab.locator(".stale").count() == 0


def test_an_error_signal_lights_up_its_step(view):
    """δ₂ of the perceptron rests on y and t; the gradient of W₂ rests on it."""
    tab = view(page("7_1"))

    tab.hover(".step" + line("dL_dz2"))

    assert {"z2", "dL_dz2"} == lit(tab, "shown")
    assert {"y", "t"} <= lit(tab, "below")
    assert "dL_dW2" in lit(tab, "above")
