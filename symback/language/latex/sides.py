"""Equations: lines of an environment that only places them, and their sides."""

from __future__ import annotations

import re
from itertools import accumulate

from symback.language.latex.signs import Token

#: Environments that only place formulas.
ALIGNED = frozenset(
    (
        *("aligned", "align", "align*", "split", "gathered", "gather", "gather*", "math"),
        *("equation", "equation*", "multline", "multline*", "eqnarray", "eqnarray*"),
        "displaymath",
    )
)
#: Signs that begin the rest of a formula on a new line.
_GOING_ON = frozenset(("=", "+", "-", "\\cdot", "\\times", "\\odot", "\\approx"))
_EQUAL = frozenset(("=", "\\approx"))
_OPENING = frozenset(("{", "(", "[", "\\begin", "\\{", "\\langle"))
_CLOSING = frozenset(("}", ")", "]", "\\end", "\\}", "\\rangle"))

#: The letters under the brackets of an array, `_{ij}` or `_{i,j=1}^{n}`.
_INDICES = re.compile(r"_(?:\{([a-z]),?([a-z])?(?:=1)?\}|([a-z]))(?:\^(?:\w|\{\w+\}))?")

#: As many tokens that is at most.
_LONGEST = 14

#: A formula between two equals signs: the places of its first token and behind its last.
Side = tuple[int, int]


def unwrapped(tokens: list[Token]) -> list[Token]:
    """Return the tokens without environments around them that only place them, line after line.

    Lines are joined where each goes on with what is before it.
    """
    while (inside := _inside(tokens)) is not None:
        tokens = [*inside, tokens[-1]]
    return tokens


def _inside(tokens: list[Token]) -> list[Token] | None:
    """Return what stands in the environment around a formula, None without one."""
    texts = [token.text for token in tokens]
    if texts[:2] != ["\\begin", "{"] or texts[-2] != "}" or "\\end" not in texts:
        return None
    first, last = texts.index("}"), len(texts) - 1 - texts[::-1].index("\\end")
    kinds = "".join(texts[2:first]), "".join(texts[last + 2 : -2])
    inside = tokens[first + 1 : last]
    while inside and inside[-1].text == "\\\\":
        inside.pop()
    if kinds[0] != kinds[1] or kinds[0] not in ALIGNED or not inside:
        return None
    return _joined(inside)


def _joined(tokens: list[Token]) -> list[Token] | None:
    """Return lines as one, without the marks under which they stand; None if one begins anew."""
    found: list[Token] = []
    level, fresh = 0, False
    for token in tokens:
        level += (token.text == "\\begin") - (token.text == "\\end")
        if level == 0 and token.text in ("&", "\\\\"):
            fresh |= token.text == "\\\\"
            continue
        if fresh and token.text not in _GOING_ON:
            return None
        fresh = False
        found.append(token)
    return found


def levels(tokens: list[Token]) -> list[int]:
    """Return how many brackets are open at each token."""
    return [*accumulate((one.text in _OPENING) - (one.text in _CLOSING) for one in tokens)]


def sides(tokens: list[Token]) -> list[Side]:
    """Return the formulas between the equals signs outside brackets; the last token is no part."""
    deep, found, first = levels(tokens), [], 0
    for place, token in enumerate(tokens[:-1]):
        if token.text in _EQUAL and not deep[place]:
            found.append((first, place))
            first = place + 1
    found.append((first, len(tokens) - 1))
    if len(found) > 1 and found[0][0] == found[0][1]:
        found.pop(0)
    return found


def part(tokens: list[Token], side: Side) -> list[Token]:
    """Return the tokens of a side with an empty one behind, as of a whole text."""
    first, last = side
    if last > first and tokens[last - 1].text == ":":
        last -= 1
    end = tokens[last].start
    return [*tokens[first:last], Token("", end, end)]


def bracket_end(tokens: list[Token]) -> int:
    """Return the place of the bracket that closes the first token, 0 if none does."""
    return next((place for place, level in enumerate(levels(tokens)) if not level), 0)


def indices_below(tokens: list[Token]) -> tuple[list[str], int]:
    """Return the letters of `_{ij}` or `_{i,j=1}^{n}` at the beginning, and its length."""
    texts = [token.text for token in tokens[:_LONGEST]]
    for count in range(len(texts), 1, -1):
        found = _INDICES.fullmatch("".join(texts[:count]))
        if found is not None:
            return [letter for letter in found.groups() if letter], count
    return [], 0


def enclosed(tokens: list[Token], axes: int) -> tuple[list[Token], list[str]]:
    r"""Return the entry and the letters of an array given by its entry, `[a_i b_j]_{ij}`.

    Other tokens are returned as they are, without letters.
    """
    stop = bracket_end(tokens)
    letters, count = indices_below(tokens[stop + 1 : -1])
    whole = stop + 1 + count == len(tokens) - 1
    inside = {token.text for token in tokens[1:stop]}
    if not letters or not stop or not whole or len(letters) != axes or not {*letters} <= inside:
        return tokens, []
    end = tokens[stop].start
    return [*tokens[1:stop], Token("", end, end)], letters
