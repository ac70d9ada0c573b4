r"""What says how a formula looks, and goes: labels, colours, braces with notes under them.

Some signs are made of others: two bars beside each other, cases typed as an array.
"""

from __future__ import annotations

from symback.language.latex.signs import Token
from symback.language.latex.tables import FONTS, MATRICES

#: Commands that go with their argument.
_NOTES = frozenset(
    ("\\label", "\\tag", "\\hspace", "\\vspace", "\\phantom", "\\hphantom", "\\vphantom", "\\color")
)
#: Commands that go alone.
_MARKS = frozenset(("\\nonumber", "\\notag", "\\hline", "\\strut"))
#: Braces above and below, whose notes go with them.
_BRACES = {"\\underbrace": "_", "\\overbrace": "^"}
#: What stands over or under a relation, whose first argument goes.
_STACKED = frozenset(("\\overset", "\\underset", "\\stackrel"))
#: What may stand before a formula or behind it, and says nothing of it.
_BEFORE = frozenset(("\\therefore", "\\implies", "\\Rightarrow", "\\Longrightarrow", "\\iff"))
_BEHIND = frozenset(("\\checkmark", "\\square", "\\Box", "\\blacksquare", "\\qed"))
#: What a group in a font holds if it is a formula and not a name.
_FORMULA = frozenset("+-=()[]") | {"\\frac", "\\cdot", "\\odot", "\\times"}
_WORDS = frozenset(("\\text", "\\operatorname"))


def plain(tokens: list[Token]) -> list[Token]:
    """Return tokens without what only says how they look; the last one, which is empty, stays."""
    *inside, ending = tokens
    gone = _dropped(inside, ending)
    left = [token for place, token in enumerate(inside) if place not in gone]
    while left and left[0].text in _BEFORE:
        left.pop(0)
    while left and left[-1].text in _BEHIND:
        left.pop()
    return [*_with_cases(_with_double_bars(left)), ending]


def closings(tokens: list[Token]) -> dict[int, int]:
    """Return the place of the brace that closes each one."""
    found, waiting = {}, []
    for place, token in enumerate(tokens):
        if token.text == "{":
            waiting.append(place)
        elif token.text == "}" and waiting:
            found[waiting.pop()] = place
    return found


def _dropped(tokens: list[Token], ending: Token) -> set[int]:
    """Return the places of tokens that say nothing."""
    stops = closings(tokens)
    texts = [*(token.text for token in tokens), ending.text, ""]
    gone: set[int] = set()

    def group(first: int) -> range:
        """Return the places of an argument in braces."""
        return range(first, stops[first] + 1) if first in stops else range(first, first)

    for place, text in enumerate(texts):
        behind = group(place + 1)
        if text in _MARKS:
            gone.add(place)
        elif (text in _NOTES and behind) or (text == "\\textcolor" and behind):
            gone |= {place, *behind}
        elif text in _BRACES and behind:
            note = behind.stop if texts[behind.stop] == _BRACES[text] else -1
            gone |= {place} | ({note, *(group(note + 1) or (note + 1,))} if note > 0 else set())
        elif text in _STACKED and behind and len(inner := group(behind.stop)) == 3:
            gone |= {place, *behind, inner[0], inner[-1]}
        elif text in FONTS - _WORDS and not _FORMULA.isdisjoint(texts[behind.start : behind.stop]):
            gone.add(place)
    return gone


def _with_double_bars(tokens: list[Token]) -> list[Token]:
    """Return tokens with `||` as one sign where it opens or closes a norm."""
    found: list[Token] = []
    waiting: list[str] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        after = tokens[place + 1] if place + 1 < len(tokens) else token
        double = token.text == after.text == "|" and token is not after and token.end == after.start
        opened = waiting[-1] if waiting else ""
        if double and opened != "|":
            token = Token("\\|", token.start, after.end)
            place += 1
        if token.text in ("|", "\\|"):
            if token.text == opened:
                waiting.pop()
            else:
                waiting.append(token.text)
        found.append(token)
        place += 1
    return tokens if waiting else found


def _with_cases(tokens: list[Token]) -> list[Token]:
    r"""Return tokens with an array between `\left\{` and `\right.` as the cases that it says."""
    texts = [token.text for token in tokens]
    stops = closings(tokens)
    for place in range(len(texts) - 3):
        if texts[place : place + 3] != ["\\{", "\\begin", "{"]:
            continue
        kind = range(place + 3, stops.get(place + 2, 0))
        name = texts[kind.start : kind.stop]
        if "".join(name) not in MATRICES:
            continue
        end = ["\\end", "{", *name, "}", "."]
        last = next(
            (at for at in range(kind.stop, len(texts)) if texts[at : at + len(end)] == end), None
        )
        if last is None:
            continue
        first = kind.stop + 1
        if "".join(name) == "array":
            first = stops.get(first, first - 1) + 1
        word = [Token(one, tokens[place].start, tokens[first - 1].end) for one in "{cases}"]
        return [*tokens[:place], tokens[place + 1], *word, *tokens[first:last], tokens[last],
                *word, *_with_cases(tokens[last + len(end) :])]  # fmt: skip
    return tokens
