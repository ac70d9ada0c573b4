r"""How wide LaTeX mathematics gets, estimated in em, and where it can be broken."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|\s+|.", re.DOTALL)
_RELATIONS = frozenset(("=", "<", ">", r"\le", r"\ge", r"\ne", r"\approx", r"\gets", r"\to"))
_BINARY = frozenset(("+", "-", r"\odot", r"\cdot", r"\otimes", r"\times", r"\circ"))
_NARROW = frozenset("()[]|.,;:'!ijlt")
_SPACES = {
    r"\,": 0.17,
    r"\;": 0.28,
    r"\:": 0.22,
    r"\ ": 0.33,
    r"\quad": 1.0,
    r"\qquad": 2.0,
    r"\!": 0,
}
_FENCES = frozenset((r"\left", r"\right", r"\bigl", r"\bigr"))
_SMALL = 0.72
#: A line is broken only where this share of it is filled.
FILLED = 0.35


def tex_width(text: str) -> float:
    """Return about how wide a formula is in display style, in em of its font."""
    return _Meter(_TOKEN.findall(text)).run()


class _Meter:
    """Adds up the widths of tokens; groups, fractions and matrices are measured inside."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.place = 0

    def run(self, until: frozenset[str] = frozenset()) -> float:
        """Return the width of what comes before one of `until`, or of all the rest."""
        total = 0.0
        while self.place < len(self.tokens):
            token = self.tokens[self.place]
            if token in until:
                break
            self.place += 1
            total += self.width(token)
        return total

    def width(self, token: str) -> float:
        """Return the width of what a token begins."""
        if token in ("^", "_"):
            return _SMALL * self.argument()
        if token == "{":
            inner = self.run(frozenset("}"))
            self.place += 1
            return inner
        if token in (r"\frac", r"\tfrac", r"\dfrac"):
            share = _SMALL if token == r"\tfrac" else 1.0
            return share * max(self.argument(), self.argument()) + 0.3
        if token == r"\begin":
            return self.environment()
        return self.sign(token)

    @staticmethod
    def sign(token: str) -> float:
        """Return the width of a single character or command."""
        if token in _SPACES:
            return _SPACES[token]
        if token in _RELATIONS:
            return 1.35
        if token in _BINARY:
            return 1.25
        if token.isspace() or token in _FENCES:
            return 0.0 if token.isspace() else 0.1
        if token.startswith("\\"):
            named = token[1:] in ("log", "exp", "max", "min", "det", "tanh", "sin", "cos", "tr")
            return 0.5 * len(token) if named else 0.95 if token == r"\sqrt" else 0.65
        if token in _NARROW:
            return 0.4
        return 0.78 if token.isupper() else 0.52

    def argument(self) -> float:
        """Return the width of the next group or token."""
        while self.place < len(self.tokens) and self.tokens[self.place].isspace():
            self.place += 1
        if self.place >= len(self.tokens):
            return 0.0
        token = self.tokens[self.place]
        self.place += 1
        return self.width(token)

    def environment(self) -> float:
        """Return the width of a matrix or of cases: its columns beside each other."""
        self.argument()
        columns: list[float] = []
        column = 0
        stops = frozenset(("&", r"\\", r"\end"))
        while self.place < len(self.tokens):
            width = self.run(stops)
            columns += [0.0] * (column + 1 - len(columns))
            columns[column] = max(columns[column], width)
            token = self.tokens[self.place] if self.place < len(self.tokens) else r"\end"
            self.place += 1
            if token == r"\end":
                self.argument()
                break
            column = column + 1 if token == "&" else 0
        return sum(columns) + len(columns) + 0.6


def broken(text: str, width: float) -> list[str]:
    r"""Break a formula before operators so that its pieces are at most about `width` em wide.

    Pieces that cannot be broken stay too wide. Growing brackets around what has to be broken
    become brackets of a fixed size, which may stand on different lines.
    """
    if tex_width(text) <= width:
        return [text]
    pieces = _split(text, width)
    if any(tex_width(piece) > width for piece in pieces) and r"\left" in text:
        pieces = _split(loosened(text), width)
    return pieces


def loosened(text: str) -> str:
    r"""Return a formula with `\left` and `\right` replaced by brackets that do not grow."""
    return text.replace(r"\left", r"\bigl").replace(r"\right", r"\bigr")


def _split(text: str, width: float) -> list[str]:
    pieces = []
    rest = text
    room = width
    while tex_width(rest) > room:
        place = _best(rest, room)
        if place is None:
            break
        pieces.append(rest[:place].strip())
        rest = rest[place:].strip()
        room = width - 1.0
    return [*pieces, rest]


def _best(text: str, width: float) -> int | None:
    """Return the place where the first line should end."""
    best: tuple[float, int] | None = None
    first = None
    for place, depth in _places(text):
        if first is None:
            first = place
        used = tex_width(text[:place])
        if used > width:
            break
        if used >= width * FILLED:
            score = depth - used / width
            if best is None or score <= best[0]:
                best = score, place
    return first if best is None else best[1]


def _places(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places before operators outside braces, with the number of open brackets."""
    groups = 0
    brackets = 0
    before = ""
    for found in _TOKEN.finditer(text):
        token = found.group()
        if token in ("{", r"\left", r"\begin"):
            groups += 1
        elif token in ("}", r"\right", r"\end"):
            groups -= 1
        elif token in "([":
            brackets += 1
        elif token in ")]":
            brackets -= 1
        elif not groups and before and _may_break(token, before, brackets):
            yield found.start(), brackets
        if not token.isspace():
            before = token


def _may_break(token: str, before: str, brackets: int) -> bool:
    if token == r"\;":
        return before == ","
    if token not in _BINARY and (token not in _RELATIONS or brackets):
        return False
    return before not in _BINARY and before not in _RELATIONS and before not in ("(", "[", "^", "_")
