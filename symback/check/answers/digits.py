"""The digits of numbers as written: how many tell something, and slips in copying them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from symback.language.tree import Expression, Negate, Number, Sequence

#: What is off by no more than this is exact.
EXACT = 1e-11


def significant_digits(tree: Expression) -> int:
    """Return how many digits the number written to most of them has, without outer zeros."""
    match tree:
        case Sequence(items):
            return max(map(significant_digits, items), default=0)
        case Negate(operand):
            return significant_digits(operand)
        case Number(text=text):
            digits = text.lower().partition("e")[0].replace(".", "").lstrip("0")
            return len(digits if "." in text else digits.rstrip("0"))
    return 0


def exchanged(text: str) -> Iterator[str]:
    """Yield a decimal number with two neighbouring digits exchanged."""
    places = [k for k, letter in enumerate(text) if letter.isdigit()]
    for first, second in pairwise(places):
        if text[first] != text[second]:
            letters = list(text)
            letters[first], letters[second] = text[second], text[first]
            yield "".join(letters)


def miscopied(text: str) -> Iterator[str]:
    """Yield a decimal number with two neighbouring digits exchanged, or one digit another."""
    yield from exchanged(text)
    for k, letter in enumerate(text):
        if letter.isdigit():
            for digit in "0123456789":
                if digit != letter:
                    yield text[:k] + digit + text[k + 1 :]


def decimals(allowed: float) -> int | None:
    """Return the decimals of a number that may be off by `allowed`, None for an exact one.

    A number in tens or hundreds has none.
    """
    if allowed <= EXACT:
        return None
    return max(round(-math.log10(2 * allowed)), 0)
