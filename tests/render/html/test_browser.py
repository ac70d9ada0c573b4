"""The page in Chromium: it lights up, walks, computes, is accessible, and nothing gets out."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from symback.explain.telling.page import Page, PageInput, PageSection
from symback.render.html import html
from tests.render.drawing.attacks import ATTACKS
from tests.render.drawing.test_svg import hostile
from tests.render.html import samples


def lit(tab, kind: str) -> set[str]:
    """Quantities of the boxes and lines that have a class."""
    return set(tab.eval_on_selector_all(
        f"[data-quantity].{kind}", "all => all.map(e => e.dataset.quantity)"
    ))  # fmt: skip


def box(name: str) -> str:
    """The selector of a node of the drawing."""
    return f'.sb-node[data-quantity="{name}"]'


def line(name: str) -> str:
    """The selector of a formula."""
    return f'.line[data-quantity="{name}"]'


def test_pointing_at_a_node_lights_up_both_ways(view):
    """e depends on a and b; z, L and the gradients depend on e; the rest stays dim."""
    tab = view(samples.exercise())

    tab.hover(box("e"))

    assert lit(tab, "shown") == {"e"}
    assert lit(tab, "below") == {"a", "b"}
    assert {"z", "L", "dL_dz", "dL_df"} <= lit(tab, "above")
    assert tab.locator(".sb-edge.below").count() == 2
    text = tab.inner_text(".inspector")
    assert re.sub(r"\s+", " ", text).startswith("e = a + b value 3 gradient 3 depends on a, b")

    tab.hover("h1")

    assert lit(tab, "shown") == lit(tab, "below") == set()


def test_pointing_at_a_gradient_lights_up_its_node(view):
    """∂L/∂e is the gradient in the box of e, and comes from f and ∂L/∂z."""
    tab = view(samples.exercise())

    tab.hover(line("dL_de"))

    assert lit(tab, "shown") == {"dL_de", "e"}
    assert {"dL_dz", "f", "c", "d"} <= lit(tab, "below")


def test_the_keyboard_does_what_the_mouse_does(view):
    """Focus lights up, Enter keeps it, Escape lets go."""
    tab = view(samples.exercise())

    tab.focus(box("f"))
    tab.keyboard.press("Enter")
    tab.focus("#next")

    assert lit(tab, "shown") == {"f"}

    tab.keyboard.press("Escape")

    assert lit(tab, "shown") == set()


def test_the_steps_are_walked_one_by_one(view):
    """Next shows one more step and says which; Back, the arrows and All steps work."""
    tab = view(samples.exercise())

    tab.click("#next")
    tab.click("#next")

    assert tab.inner_text("#place") == "Step 2 of 7: ∂L/∂e = ∂L/∂z · f"
    assert tab.locator('[aria-current="step"]').get_attribute("data-quantity") == "dL_de"
    assert tab.locator(".step.later").count() == 5

    tab.keyboard.press("ArrowRight")
    tab.click("#back")

    assert tab.inner_text("#place").startswith("Step 2")

    tab.click("#all")

    assert tab.locator(".step.later").count() == 0
    assert tab.is_disabled("#back")


def slide(tab, number: int, value: float) -> None:
    """Put a slider to a value, as a person does."""
    tab.locator(".slider input").nth(number).evaluate(
        "(e, value) => { e.value = value; e.dispatchEvent(new Event('input', {bubbles: true})); }",
        value,
    )


def test_sliders_compute_forward_and_backward(view):
    """With a = 2: e = 4, z = −4, L = 8, ∂L/∂f = −16; As given brings the proved numbers back."""
    tab = view(samples.exercise())

    slide(tab, 0, 2)

    assert tab.inner_text(line("L") + " .value") == "8"
    assert tab.inner_text(line("dL_df") + " .value") == "−16"
    assert tab.locator(box("f")).text_content() == "−1−16"
    assert tab.get_attribute(box("z"), "aria-label") == "z = e·f, value −4, gradient −4"
    assert tab.locator(".sb-slope.stale, .sb-slope .stale").count() == 3
    assert "".join(tab.locator(".sb-slope").all_text_contents()) == "111−1−14−4"

    tab.click("#reset")

    assert tab.inner_text(line("L") + " .value") == "4.5"
    assert tab.get_attribute(box("z"), "aria-label") == "z = e·f, value −3, gradient −3"
    assert tab.locator(".stale").count() == 0


def test_sliders_of_vectors(view):
    """Entries of x and b₂ move; matrices are written in brackets."""
    tab = view(samples.perceptron())

    slide(tab, 0, -0.5)

    assert tab.inner_text(line("z1") + " .value") == "(0.13, 0.2, 0.27)"
    assert tab.inner_text(line("dL_dW2") + " .value").startswith("⎡−0.02")


def test_everything_that_takes_focus_has_a_name(view):
    """Boxes, lines, sliders and buttons are named; the picture has a title."""
    tab = view(samples.perceptron())

    names = tab.eval_on_selector_all(
        "[tabindex], button, input",
        "all => all.map(e => e.getAttribute('aria-label') ?? (e.labels?.[0] ?? e).innerText)",
    )

    assert all(name.strip() for name in names)
    assert tab.get_attribute(".sb-drawing", "aria-label") == "Two-layer perceptron"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_readable_in_light_and_dark(view, scheme):
    """Every colour of text has a contrast of 4.5 to 1 with the page."""
    tab = view(samples.exercise())
    tab.emulate_media(color_scheme=scheme)

    contrasts = tab.evaluate(
        """() => {
          const light = color => {
            const [r, g, b] = color.match(/[\\d.]+/g).map(c => c / 255)
              .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const page = light(getComputedStyle(document.body).backgroundColor);
          return [...document.querySelectorAll("p, h1, .reason, .value, .legend span")]
            .map(e => light(getComputedStyle(e).color))
            .map(c => (Math.max(c, page) + 0.05) / (Math.min(c, page) + 0.05));
        }"""
    )

    assert min(contrasts) >= 4.5


def test_print_shows_the_derivation_only(view):
    """On paper there are no sliders and no buttons, and every step is there."""
    tab = view(samples.exercise())
    tab.click("#next")
    tab.emulate_media(media="print")

    assert not tab.is_visible(".inputs") and not tab.is_visible(".bar >> nth=0")
    opacities = tab.eval_on_selector_all(
        ".step", "all => all.map(e => getComputedStyle(e).opacity)"
    )
    assert set(opacities) == {"1"}


def test_a_narrow_window_does_not_scroll_sideways(view):
    """At the width of a telephone only picture and long formulas scroll, not the page."""
    tab = view(samples.perceptron())
    tab.set_viewport_size({"width": 360, "height": 700})

    assert tab.evaluate("document.documentElement.scrollWidth") <= 360


def attacked(attack: str) -> Page:
    """A page with the attack in each of its texts."""
    lines = (samples.formula(attack, attack, attack, attack, "", attack),)
    lines = (replace(lines[0], uses=(attack, attack + "2")),)
    page = samples.exercise()
    given = PageInput("a", attack, (2,), (1.0, 2.0), (attack, attack))
    return Page(
        attack, (PageSection(attack, lines),), hostile(attack), ((attack, attack),), (attack,),
        lines, replace(page.live, inputs=(given, *page.live.inputs[1:])), attack,
    )  # fmt: skip


def test_hostile_texts_are_inert(view):
    """Whatever the texts hold, no script of theirs runs and no element of theirs is there."""
    for attack in ATTACKS:
        tab = view(attacked(attack))
        tab.hover(".line >> nth=0")
        slide(tab, 0, 1.5)
        if tab.is_enabled("#next"):
            tab.click("#next")

        assert tab.evaluate("document.scripts.length") == 2
        assert tab.locator("img, a, b, iframe, object, embed, form, use").count() == 0
        assert not tab.evaluate(
            "[...document.querySelectorAll('*')].some(e => [...e.attributes].some("
            "a => a.name.startsWith('on') || a.name.endsWith('href')))"
        )


def test_a_script_that_is_not_ours_may_not_run(browser, tmp_path):
    """The policy itself works: a script put into the file is refused."""
    path = tmp_path / "changed.html"
    text = html(samples.exercise()).replace("</body>", "<script>window.evil = 1</script></body>")
    path.write_text(text, encoding="utf-8")
    tab = browser.new_page()

    tab.goto(path.as_uri())

    assert tab.evaluate("window.evil ?? null") is None
    tab.close()


def tree(tab):
    """Role and name of everything that a screen reader meets."""
    session = tab.context.new_cdp_session(tab)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    return [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in nodes
        if not node["ignored"]
    ]


def test_a_screen_reader_is_told_everything(view):
    """Boxes, lines and sliders have roles and names; matrices are read by rows, reasons too."""
    tab = view(samples.perceptron())

    told = tree(tab)

    assert ("image", "b₂, value (0.1, 0.2), gradient (−0.2009, 0.3300)") in told
    lines = [name for role, name in told if role == "listitem"]
    assert "δ₂ = ½(y − t), value (−0.2009, 0.3300). σ′ = y(1 − y) cancels" in lines
    rows = "value rows −0.04621, −0.08036, −0.1145; 0.07589, 0.1320, 0.1881"
    assert [name for name in lines if name.startswith(f"∂L/∂W₂ = δ₂hᵀ, {rows}")]
    assert ("group", "Walk through the steps") in told
    assert {"banner", "main", "heading", "slider", "button"} <= {role for role, _ in told}
    named = {"image", "slider", "button", "listitem", "heading", "group", "graphics-document"}
    assert [role for role, name in told if role in named and not name.strip()] == []


def test_what_changes_is_announced_once(view):
    """The slider says its value, the state the result; the numbers beside sliders are silent."""
    tab = view(samples.exercise())

    slide(tab, 0, 2)

    assert tab.inner_text("#state") == "Computed in this page from the sliders: L = 8"
    assert tab.get_attribute("#state", "role") == "status"
    assert tab.locator(".slider input").nth(0).get_attribute("aria-valuetext") == "2"
    assert tab.locator("output:not([aria-live=off])").count() == 0


def test_the_keyboard_reaches_all_in_the_order_of_the_page(view):
    """Boxes, then sliders, then formulas from top to bottom; nothing holds the focus."""
    tab = view(samples.exercise())
    where = (
        "(e => e.closest('.sb-drawing') ? 'box' : e.closest('.slider') ? 'slider'"
        " : e.closest('.line') ? 'line' : e.tagName)(document.activeElement)"
    )

    seen = []
    for _ in range(60):
        tab.keyboard.press("Tab")
        seen.append(tab.evaluate(where))
    order = [kind for k, kind in enumerate(seen) if k == 0 or kind != seen[k - 1]]

    assert order[:3] == ["box", "slider", "line"]
    assert seen.count("box") >= 8 and "BODY" in seen
