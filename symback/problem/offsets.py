"""From a position in a scalar's text back to the position in the file that it was read from."""

from __future__ import annotations

_BLANK = frozenset(" \t\r\n")
_ESCAPE_WIDTH = {"x": 4, "u": 6, "U": 10}


def source_offset(raw: str, style: str, text: str, index: int) -> int:
    """Return where in `raw` (quotes or header included) character `index` of `text` was written.

    Exact for every visible character in all five styles; a blank maps to one of the blanks that
    it was folded from. Beyond the end of `text`: behind its last character.
    """
    if style == "plain" and "\n" not in raw and "\r" not in raw:
        return min(index, len(raw))
    position = _content_start(raw, style)
    for letter in text[:index]:
        position = _after(raw, style, position, letter)
    if index < len(text) and text[index] not in _BLANK:
        position = _skip_blank(raw, style, position)
    return min(position, len(raw))


def _content_start(raw: str, style: str) -> int:
    if style in ("'", '"'):
        return 1
    return raw.find("\n") + 1 if style in ("|", ">") else 0


def _after(raw: str, style: str, position: int, letter: str) -> int:
    """Return the position behind the characters of `raw` that give `letter`."""
    if letter not in _BLANK:
        position = _skip_blank(raw, style, position)
        return position + _width(raw, style, position)
    if position >= len(raw):
        return position
    if style == '"' and raw[position] == "\\" and not _joins_lines(raw, position):
        return position + _width(raw, style, position)
    if raw[position] == letter:
        return position + 1
    while position < len(raw) and raw[position] in " \t":
        position += 1
    return position + (raw[position : position + 1] in ("\r", "\n"))


def _width(raw: str, style: str, position: int) -> int:
    pair = raw[position : position + 2]
    if style == '"' and pair[:1] == "\\":
        return _ESCAPE_WIDTH.get(pair[1:], 2)
    return 2 if style == "'" and pair == "''" else 1


def _skip_blank(raw: str, style: str, position: int) -> int:
    """Skip indentation, line ends, and in double quotes the backslash that joins two lines."""
    while position < len(raw) and (
        raw[position] in _BLANK or (style == '"' and _joins_lines(raw, position))
    ):
        position += 1
    return position


def _joins_lines(raw: str, position: int) -> bool:
    return raw[position] == "\\" and raw[position + 1 : position + 2] in ("\r", "\n")
