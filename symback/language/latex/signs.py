"""Mathematics typed in Unicode, `W₂ᵀδ₂` and `½x²`, as the commands that it stands for."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from symback.errors import Span
from symback.language.faults import fault


class Token(NamedTuple):
    """A command, a letter, a number or a single sign, with its place in the text."""

    text: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """The characters of the token."""
        return Span(self.start, self.end)


#: Marks over the letter before them.
MARKS = {"\u0302": r"\hat", "\u0304": r"\bar", "\u0303": r"\tilde", "\u20d7": r"\vec"}
#: What Unicode calls raised and lowered signs.
SCRIPTS = {"<super>": "^", "<sub>": "_"}


def unfolded(tokens: list[Token]) -> list[Token]:
    """Return tokens with signs of Unicode as commands, their scripts in braces.

    Raises: InputError E220 for digits and fractions that mean nothing here.
    """
    if all(token.text.isascii() for token in tokens):
        return tokens
    found: list[Token] = []
    for script, group in groupby(_plain(tokens), key=lambda pair: pair[1]):
        run = [token for token, _ in group]
        if script:
            first, last = run[0], run[-1]
            found += [Token(script, first.start, first.start), Token("{", first.start, first.start)]
            found += [*_numbers(run), Token("}", last.end, last.end)]
        else:
            found += run
    return found


def _plain(tokens: list[Token]) -> Iterator[tuple[Token, str]]:
    """Yield tokens without signs of Unicode, and the script that each stands in."""
    pending: list[Token] = []
    for token in tokens:
        if token.text in MARKS and pending:
            pending = _marked(pending, token)
            continue
        yield from ((one, "") for one in pending)
        pending = []
        text, start, end = token
        if len(text) > 1 or text.isascii():
            pending = [token]
            continue
        how, *letters = unicodedata.decomposition(text).split() or [""]
        inner = unicodedata.normalize("NFKD", text)
        if how in SCRIPTS:
            yield Token({"T": r"\top", "−": "-"}.get(inner, inner), start, end), SCRIPTS[how]
        elif how == "<fraction>":
            over, _, under = inner.partition("⁄")
            pending = [
                Token(one, start, end) for one in (r"\frac", "{", over, "}", "{", under, "}")
            ]
        elif how == "<font>":
            pending = [Token(inner, start, end)]
            if inner == "1":
                pending = [Token(one, start, end) for one in (r"\mathbb", "{", inner, "}")]
        elif letters and inner[1:] in MARKS:
            pending = _marked([Token(inner[0], start, end)], Token(inner[1:], start, end))
        elif text.isnumeric():
            raise fault("E220", f"the sign `{text}` is not read", token.span)
        else:
            pending = [token]
    yield from ((one, "") for one in pending)


def _marked(letter: list[Token], mark: Token) -> list[Token]:
    """Return a letter under a mark."""
    start = letter[0].start
    over = Token(MARKS[mark.text], start, start)
    return [over, Token("{", start, start), *letter, Token("}", mark.end, mark.end)]


def _numbers(run: list[Token]) -> Iterator[Token]:
    """Yield the signs of a script, its digits joined to numbers."""
    for digits, group in groupby(run, key=lambda token: token.text.isdecimal()):
        signs = list(group)
        if digits:
            text = "".join(token.text for token in signs)
            yield Token(text, signs[0].start, signs[-1].end)
        else:
            yield from signs
