"""Text from a file made harmless: what a terminal would obey is shown as an escape instead."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: C0 but line feed, DEL, C1, bidirectional controls, other invisible marks, lone surrogates.
_HIDDEN = re.compile(
    "[\0-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e0fff]"
)

#: What XML 1.0 does not allow, and marks that turn the direction of text around.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)


def without_controls(text: str) -> str:
    """Put U+FFFD for what XML forbids and for marks that turn the direction of text."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def visible(text: str) -> str:
    r"""Return `text` with every control character, line feed apart, as `\x1b`, `\t`, `\u202e`."""
    return _HIDDEN.sub(_escape, text)


def one_line(text: str) -> str:
    r"""Return `text` made visible, line feeds as `\n`."""
    return visible(text).replace("\n", "\\n")


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    if character in "\t\r":
        return "\\t" if character == "\t" else "\\r"
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def columns(text: str) -> int:
    """Return how many columns of a terminal a visible text takes."""
    if text.isascii():
        return len(text)
    return sum(map(_width, text))


@lru_cache(maxsize=4096)
def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def plural(count: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{count} {noun}" + ("" if count == 1 else "s")
