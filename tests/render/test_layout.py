"""Columns and line breaks of equations."""

from hypothesis import given
from hypothesis import strategies as st

from symback.render.layout import Row, laid_out, padded, prose, wrapped
from symback.render.visible import columns


def block(*lines):
    """A value of given lines, in whatever width."""
    return lambda width: list(lines)


def test_values_share_a_column():
    """In wide text the values of all sections stand under each other."""
    rows = [Row("x = a + b", block("1")), Row("long = a + b + c + d", block("⎡1⎤", "⎣2⎦"))]
    (lines,) = laid_out([rows], 100)

    assert lines == [
        "  x = a + b              = 1",
        "  long = a + b + c + d   = ⎡1⎤",
        "                           ⎣2⎦",
    ]


def test_values_go_under_their_formulas_in_narrow_text():
    """Where a value does not fit to the right, it stands under the sign of its formula."""
    rows = [Row("x = a + b + c + d", block("(0.1234, 0.5678)"), equals=2)]
    (lines,) = laid_out([rows], 30)

    assert lines == ["  x = a + b + c + d", "    = (0.1234, 0.5678)"]


def test_notes_stand_to_the_right():
    """A note follows the value, or goes on a line of its own."""
    rows = [Row("x = a", block("1"), note="σ′ = y(1 − y)")]

    assert list(laid_out([rows], 100)) == [["  x = a   = 1     σ′ = y(1 − y)"]]
    assert list(laid_out([rows], 20)) == [["  x = a   = 1", "    σ′ = y(1 − y)"]]


def test_formulas_break_at_the_outermost_operator():
    """Sums break before terms, not inside brackets."""
    text = "y = a·(b + c + d + e) + (f + g + h)·k"

    assert wrapped(text, 28, 4) == ["y = a·(b + c + d + e)", "    + (f + g + h)·k"]


@given(st.lists(st.sampled_from(["a", "(b + c)", "xyz", "W₁x", "x̂"]), min_size=1, max_size=30))
def test_broken_formulas_lose_nothing(terms):
    """The pieces put together are the formula, and each is short enough."""
    text = "y = " + " + ".join(terms)
    lines = wrapped(text, 30, 2)

    assert " ".join(line.strip() for line in lines) == text
    assert all(columns(line) <= 30 for line in lines)


def test_prose_breaks_at_spaces_and_hides_controls():
    """Escape sequences of the file stay visible text."""
    assert prose("one two three", 8) == ["one two", "three"]
    assert prose("\x1b[31mred", 40, "  ") == ["  \\x1b[31mred"]


def test_padding_counts_columns():
    """Combining characters take no column."""
    assert padded("x̂", 3) == "x̂  "
