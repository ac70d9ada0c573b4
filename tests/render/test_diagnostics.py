import json

import pytest

from symback.errors import Diagnostic, Place
from symback.render.diagnostics import render_diagnostic, render_diagnostics, render_errors_json
from symback.render.visible import columns, one_line, visible


def test_a_fault_shows_place_caret_and_help():
    """Code, sentence, place, the line with carets under the span, and what to do."""
    place = Place("problems/ridge.yaml", 7, 11, 5, "  L: norm(A @ b - x)**2")
    fault = Diagnostic("E301", "`@` cannot contract (m, n) with (m,)", "did you mean `A.T @ b`?")

    assert render_diagnostic(fault.at(place)) == (
        "error[E301]: `@` cannot contract (m, n) with (m,)\n"
        "  --> problems/ridge.yaml:7:11\n"
        "   7 |   L: norm(A @ b - x)**2\n"
        "     |           ^^^^^\n"
        "help: did you mean `A.T @ b`?\n"
    )


def test_a_fault_without_place_or_hint_is_one_line():
    """What is not known is left out."""
    assert render_diagnostic(Diagnostic("E601", "no such file")) == "error[E601]: no such file\n"


def test_an_empty_line_is_not_shown():
    """A fault of an empty file has its place only."""
    fault = Diagnostic("E104", "the file is empty", place=Place("f", 1, 1))

    assert render_diagnostic(fault) == "error[E104]: the file is empty\n  --> f:1:1\n"


def test_long_lines_are_cut_around_the_caret():
    """A line of a million characters shows what is near the fault."""
    text = "x + " * 250_000
    fault = Diagnostic("E232", "no", place=Place("f", 1, 500_001, 3, text))

    lines = render_diagnostic(fault).splitlines()

    assert all(len(line) < 130 for line in lines)
    assert lines[2][lines[3].index("^") :].startswith("x + x")
    assert lines[2].endswith("…")


@pytest.mark.parametrize(
    ("text", "column", "under"),
    [
        ("\tL: foo", 5, "foo"),
        ("  é: foo", 6, "foo"),
        ("  量: foo", 6, "foo"),
        ("\x1b[2J foo", 6, "foo"),
    ],
)
def test_carets_stand_under_the_fault(text, column, under):
    """Tabs, accents, wide characters and escapes do not move the carets."""
    fault = Diagnostic("E232", "no", place=Place("f", 1, column, 3, text))

    source, carets = render_diagnostic(fault).splitlines()[2:4]

    position = carets.index("^")
    assert columns(source[: source.index(under)]) == position


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]0;PWN\x07", r"\x1b]0;PWN\x07"),
        ("\x9b31m", r"\x9b31m"),
        ("a\u202eb", r"a\u202eb"),
        ("a\tb\r", r"a\tb\r"),
        ("\ud800", r"\ud800"),
        ("dL/dW[i] [red]", "dL/dW[i] [red]"),
        ("σ′(z₁) ≤ ½", "σ′(z₁) ≤ ½"),
    ],
)
def test_what_a_terminal_obeys_is_shown(text, shown):
    """Escapes, C1 controls and bidirectional marks come out as text; mathematics stays."""
    assert visible(text) == shown


def test_hostile_text_in_every_field():
    """Message, hint, file name and source line are all made visible."""
    bad = "\x1b[2J\n\u202e"
    text = render_diagnostic(Diagnostic("E101", bad, bad, place=Place(bad, 1, 1, 1, bad)))

    assert "\x1b" not in text and "\u202e" not in text
    assert len(text.splitlines()) == 5


def test_colour_is_asked_for():
    """Colour marks the code and the carets, and is off by default."""
    fault = Diagnostic("E232", "no", place=Place("f", 1, 1, 1, "x"))

    assert "\x1b[1;31m^" in render_diagnostic(fault, color=True)
    assert "\x1b" not in render_diagnostics([fault, fault])


def test_errors_as_json():
    """One line, with code, message, line, column and hint of every fault."""
    faults = [Diagnostic("E232", "no", "why", place=Place("f", 2, 3)), Diagnostic("E601", "\x1b")]

    document = json.loads(render_errors_json("f", faults))

    assert document == {
        "schema": "symback/1",
        "file": "f",
        "errors": [
            {"code": "E232", "message": "no", "line": 2, "column": 3, "hint": "why"},
            {"code": "E601", "message": "\x1b", "line": None, "column": None, "hint": None},
        ],
    }


def test_one_line_has_no_line_feed():
    """A line feed inside a title cannot begin a new line."""
    assert one_line("a\nb") == r"a\nb"
