"""Solutions as pages: every problem makes one, and what is computed in it is complete."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from symback.explain.solve import solve
from symback.functions import table
from symback.problem.load import load
from symback.render.html import fragment, html
from symback.render.paged import page_of
from tests import shown

PROBLEMS = sorted(
    f"problems/{path.name}" for path in (Path(__file__).parents[2] / "problems").glob("*.yaml")
)


@pytest.fixture
def page(tmp_path):
    """Make a page of the text of a problem."""

    def work(text, **options):
        path = tmp_path / "problem.yaml"
        path.write_text(text)
        return page_of(solve(load(str(path), table()), table()), **options)

    return work


def lines_of(page):
    """All formulas of a page."""
    sections = (*page.sections, *page.answers)
    return [*(line for one in sections for line in one.formulas), *page.backward]


@pytest.mark.parametrize("path", PROBLEMS)
def test_every_problem_has_a_page(path):
    """All mathematics is set, and what moves is computed in the page."""
    page, text = shown.page(path), shown.page_text(path)

    assert text.startswith("<!DOCTYPE html>")
    assert 'class="plain"' not in text
    if page.live is not None:
        known = {one.name for one in page.live.inputs} | {name for name, _ in page.live.steps}
        assert {line.quantity for line in lines_of(page)} <= known
        assert {key for _, key in page.gradients} | {key for key in page.slopes if key} <= known


def test_parts_that_mean_different_things_by_a_name(page):
    """dL_dx of two parts are two quantities; the shared step is one."""
    found = page(
        "given: {x: 2}\ndefine: {F: x**2, G: 3*x}\n"
        "find: [{part: a, vjp: F, cotangent: 1, wrt: x}, {part: b, vjp: G, cotangent: 1, wrt: x}]"
    )

    keys = [line.quantity for line in found.backward if line.text.startswith("∂L/∂x")]
    assert keys == ["dL_dx", "b.dL_dx"]
    assert [dict(found.live.steps).keys() >= set(keys)] == [True]


def test_gradients_of_the_drawing_are_those_of_the_lines(page):
    """What the backward pass says has its name; what only the drawing shows has another."""
    found = page("given: {x: 2}\ndefine: {z: 3*x, L: z**2}\nfind: [{gradient: L, wrt: x}]")

    assert dict(found.gradients) == {"x": "dL_dx", "z": "drawn dL_dz"}
    assert found.slopes == ("slope z x", "slope L z")


@pytest.mark.parametrize(
    ("given", "labels"),
    [
        ("x: 2", ["x"]),
        ("x: [1, 2]", ["x₀", "x₁"]),
        ("x: [[1, 2]]", ["x[0,0]", "x[0,1]"]),
        ("x: {value: [0, 1], assume: [onehot]}", None),
        ("x: {value: [[1, 2], [2, 1]], structure: symmetric}", None),
        ("x: [1, 2, 3, 4, 5, 6, 7]", None),
        ("x: {shape: [2]}", None),
    ],
)
def test_sliders(page, given, labels):
    """Small values that may be anything have sliders; without any nothing is computed."""
    found = page(f"given: {{{given}}}\ndefine: {{L: sum(x**2)}}")

    assert (found.live and list(found.live.inputs[0].labels)) == labels


def test_sliders_stay_in_the_domain(page):
    """A positive number stays positive, others reach twice as far as given."""
    found = page("given: {a: {value: 3, assume: [positive]}, b: 5}\ndefine: {L: b*log(a)}")

    ranges = [(one.low, one.high) for one in found.live.inputs]
    assert ranges == [(0.01, 6.0), (-10.0, 10.0)]


def test_notes_and_failures_stand_at_the_end(page):
    """A value on a kink is said, and so is an expectation that does not hold."""
    found = page("given: {x: 0}\ndefine: {L: relu(x)}", failures=("<b> is wrong",))

    titles = [title for title, _ in found.remarks]
    assert titles == ["Expected otherwise", "Notes"]
    assert "<li>&lt;b&gt; is wrong</li>" in html(found)


def test_a_fragment_has_no_script(page):
    """It tells the same without anything that runs."""
    found = page("given: {x: 2}\ndefine: {z: 3*x, L: z**2}", failures=())

    text = fragment(found)
    assert "<script" not in text and "<button" not in text and "<html" not in text
    assert text.count('class="line"') == len(lines_of(found))


def test_titles_and_notes_of_the_file_are_escaped(page):
    """Markup in a title or a note is text."""
    found = page(
        "title: <i>a\nnote: <script>\ngiven: {x: 2}\ndefine: {L: {value: x**2, note: <b>}}"
    )

    assert "<i>" not in html(found) and "&lt;b&gt;" in html(found)
    assert dataclasses.replace(found, title="").note == "<script>"
