"""The contents of boxes."""

from symback.render.drawing.nodebox import live_ink


def test_rows_of_a_changing_matrix_are_set_in_columns():
    """Characters equally wide, blanks kept; other numbers are in the page's own font."""
    first, second = (live_ink(row, "value W") for row in ("⎡1.5   −2⎤", "⎣  3  0.4⎦"))

    assert first.width == second.width > live_ink("(1.5, −2)", "value x").width
    assert all('class="sb-row" xml:space="preserve"' in ink.markup for ink in (first, second))
    assert "sb-row" not in live_ink("(1.5, −2)", "value x").markup
