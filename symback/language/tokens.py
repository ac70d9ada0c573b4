"""Cutting the text of an expression into tokens; nothing here knows grammar."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate

from symback.errors import Span
from symback.language.faults import excess, foreign

MAX_CHARACTERS = 10_000
MAX_DIGITS = 1_000
MAX_EXPONENT = 10_000
MAX_NAME = 64

_GREEK = "Α-ΡΣ-Ωα-ω"
_FOREIGN = re.compile(rf"[^ -~\t\r\n{_GREEK}]")
_NUMBER = r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_NAME = rf"[A-Za-z_{_GREEK}][A-Za-z0-9_{_GREEK}]*"
_PIECE = re.compile(
    rf"""[ \t\r\n]+ | {_NAME} | \.\.\. | {_NUMBER} | "[^"\\\r\n]*" | '[^'\\\r\n]*'"""
    r""" | \*\* | // | -> | := | == | != | <= | >= | => | =< | <> | << | >> | .""",
    re.VERBOSE,
)


def tokenize(text: str) -> tuple[list[str], list[int]]:
    """Return the tokens of `text` and where each starts; both end with an empty token.

    Raises: InputError E201 for a character no expression has, LimitError E491 for a long text.
    """
    if len(text) > MAX_CHARACTERS:
        message = f"the expression has {len(text)} characters, {MAX_CHARACTERS} are allowed"
        raise excess("E491", message, Span(0, len(text)), "split it into named steps")
    stranger = _FOREIGN.search(text)
    if stranger:
        raise foreign(stranger.group(), stranger.start())
    pieces = _PIECE.findall(text)
    starts = [0, *accumulate(map(len, pieces))]
    kept = [i for i, piece in enumerate(pieces) if piece[0] not in " \t\r\n"]
    tokens = [pieces[i] for i in kept]
    tokens.append("")
    return tokens, [*(starts[i] for i in kept), len(text)]


@lru_cache(maxsize=4096)
def exact(text: str) -> Fraction | None:
    """Return the rational number that a decimal text stands for, None if it is beyond the limits.

    At most 1,000 significant digits and a decimal exponent of at most 10,000 either way.
    """
    mantissa, _, exponent = text.lower().partition("e")
    digits = mantissa.replace(".", "").strip("0")
    if len(digits) > MAX_DIGITS or len(mantissa) > MAX_EXPONENT:
        return None
    if len(exponent) > len(str(MAX_EXPONENT)) + 1 or abs(int(exponent or "0")) > MAX_EXPONENT:
        return None
    return Fraction(text if text[-1] != "." else text[:-1])


def number(text: str, start: int) -> Fraction:
    """Return the value of a number token; raise LimitError E494 that names the limit."""
    value = exact(text)
    if value is None:
        span = Span(start, start + len(text))
        message = (
            f"a number has at most {MAX_DIGITS} significant digits"
            f" and an exponent of at most {MAX_EXPONENT}"
        )
        raise excess("E494", message, span)
    return value
