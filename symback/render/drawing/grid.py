"""A grid of character cells on which lines join by themselves."""

from __future__ import annotations

from rich.cells import cell_len

UP, DOWN, LEFT, RIGHT = 1, 2, 4, 8
_LINES = " ╵╷│╴┘┐┤╶└┌├─┴┬┼"


class Grid:
    """Cells hold a text of their own or the arms of lines that meet in them."""

    def __init__(self, width: int, height: int) -> None:
        self._texts: list[list[str | None]] = [[None] * width for _ in range(height)]
        self._arms = [[0] * width for _ in range(height)]

    def horizontal(self, row: int, start: int, end: int) -> None:
        """Draw a line between two columns, in either order."""
        start, end = min(start, end), max(start, end)
        for column in range(start, end):
            self._arms[row][column] |= RIGHT
            self._arms[row][column + 1] |= LEFT

    def vertical(self, column: int, start: int, end: int) -> None:
        """Draw a line from row `start` down to row `end`."""
        for row in range(start, end):
            self._arms[row][column] |= DOWN
            self._arms[row + 1][column] |= UP

    def write(self, row: int, column: int, text: str) -> None:
        """Put text over whatever is there; marks join the letter before, wide letters take two."""
        cells = self._texts[row]
        for char in text:
            width = cell_len(char)
            if not width:
                cells[column - 1] = (cells[column - 1] or "") + char
                continue
            cells[column] = char
            for extra in range(1, width):
                cells[column + extra] = ""
            column += width

    def is_free(self, row: int, start: int, end: int) -> bool:
        """Whether the columns from `start` up to `end` are inside and empty."""
        if start < 0 or end > len(self._texts[row]):
            return False
        return not any(self._arms[row][start:end]) and not any(
            text is not None for text in self._texts[row][start:end]
        )

    def render(self) -> str:
        """Return the lines, without blanks at their ends."""
        lines = []
        for texts, arms in zip(self._texts, self._arms, strict=True):
            pairs = zip(texts, arms, strict=True)
            cells = (_LINES[arm] if text is None else text for text, arm in pairs)
            lines.append("".join(cells).rstrip())
        return "\n".join(lines) + "\n"
