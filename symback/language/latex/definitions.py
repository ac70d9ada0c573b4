r"""What stands behind a formula: `\text{where } \delta = y - t`, `i = 1, \dots, n`, a reason."""

from __future__ import annotations

import re

from symback.language.faults import fault
from symback.language.latex.sides import levels
from symback.language.latex.signs import Token

#: Words before a definition, and words before a reason, which says nothing of the formula.
_DEFINING = frozenset(("where", "with", "and", "wobei", "mit", "und"))
_REASON = re.compile(r"\(?(since|because|weil|denn).*", re.IGNORECASE)
#: Which numbers an index takes, without words.
_RANGE = re.compile(r"[a-z]=[01]([.,]\d+)*(,\\[lc]?dots)?,[A-Za-z0-9]+")


def segments(tokens: list[Token]) -> list[list[Token]]:
    """Return the formula and the definitions behind it, each with an empty token at its end.

    Raises: InputError E221 for anything else behind a comma.
    """
    marks = _marks(tokens)
    if not marks:
        return [tokens]
    (stop, behind), rest = marks[0], marks[1:]
    found = [_ended(tokens[:stop])]
    if _RANGE.fullmatch("".join(token.text for token in tokens[behind:-1])):
        return found
    for last, following in (*rest, (len(tokens) - 1, 0)):
        part = tokens[behind:last]
        if part and "=" not in [token.text for token in part]:
            hint = "write one formula"
            raise fault("E221", "what stands behind the comma is not read", part[0].span, hint)
        found += [_ended(part)] if part else []
        behind = following
    return found


def _marks(tokens: list[Token]) -> list[tuple[int, int]]:
    """Return where formulas end, and where what is behind begins."""
    found = []
    end = len(tokens) - 1
    deep = levels(tokens)
    for place, token in enumerate(tokens[:-1]):
        if deep[place] or not place:
            continue
        if token.text in (",", ";"):
            found.append((place, place + 1))
        elif token.text == "\\forall":
            return [*found, (place, end)]
        elif token.text == "\\text" and tokens[place + 1].text == "{":
            stop = next((at for at in range(place, end) if tokens[at].text == "}"), end)
            word = "".join(one.text for one in tokens[place + 2 : stop])
            if _REASON.fullmatch(word):
                return [*found, (place, end)]
            if word.strip("(,.:;").lower() in _DEFINING:
                found.append((place, stop + 1))
    return found


def _ended(part: list[Token]) -> list[Token]:
    end = part[-1].end if part else 0
    return [*part, Token("", end, end)]
