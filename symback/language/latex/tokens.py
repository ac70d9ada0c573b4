"""Cutting LaTeX mathematics into tokens; spacing and sizing vanish, synonyms become one word."""

from __future__ import annotations

import re

from symback.errors import Span
from symback.language.faults import excess
from symback.language.latex.signs import Token, unfolded

MAX_CHARACTERS = 10_000
MAX_TOKENS = 4_000


_TOKEN = re.compile(
    r"(?P<space>[\s~]+|\\[,;:!> ]|\{\}|(?<![0-9])%[^\n]*(?:[A-Za-z][^\n]*\Z|\n))"
    r"|\\(?:(?P<opens>left|[bB]igg?l)|right|[bB]igg?r)\s*(?:(?P<bar>\||\\[lr]?vert\b)|(?:\\\||\\[lr]?Vert\b))"
    r"|(?P<break>\\\\(?:\*|\s*\[\s*-?[0-9.]*\s*(?:pt|em|ex|mm|cm|in|\\[a-z]+)\s*\])?)"
    r"|(?<![_^])(?P<grouped>[0-9]{1,3}(?:(?:\\,[0-9]{3})+(?:(?:\.|\{,\})[0-9]+)?"
    r"|(?:\{,\}[0-9]{3})+\.[0-9]+|(?:\{,\}[0-9]{3}){2,}|(?:\.[0-9]{3})+\{,\}[0-9]+))(?![0-9])"
    r"|(?P<token>\\operatorname\*|\\[A-Za-z]+|\\.|[0-9]+(?:(?:\.|\{,\})[0-9]+)?|\.[0-9]+|.)",
    re.DOTALL,
)
#: A number with a comma that can stand before decimals or before three digits of a thousand.
TWOFOLD = re.compile(r"[1-9][0-9]{0,2}\{,\}[0-9]{3}")

#: Commands that change how something looks and not what it says.
_IGNORED = re.compile(
    r"\\(left|right|[bB]igg?[lr]?|q?quad|(display|text|script)style|(no)?limits"
    r"|thinspace|enspace|mathstrut|allowbreak|nobreak|boxed)"
)

_OPENING = frozenset(("{", "(", "[", r"\{"))
_CLOSING = frozenset(("}", ")", "]", r"\}"))

_SYNONYMS = {
    **dict.fromkeys((r"\dfrac", r"\tfrac", r"\cfrac"), r"\frac"),
    **dict.fromkeys((r"\dbinom", r"\tbinom", r"\binom"), r"\binom"),
    **dict.fromkeys((r"\leq", r"\leqslant", "≤"), r"\le"),
    **dict.fromkeys((r"\geq", r"\geqslant", "≥"), r"\ge"),
    **dict.fromkeys((r"\neq", "≠"), r"\ne"),
    **dict.fromkeys((r"\vert", r"\mid"), "|"),
    **dict.fromkeys((r"\Vert", r"\|", "‖", "∥"), r"\|"),
    **dict.fromkeys((r"\lbrace", r"\{"), r"\{"),
    **dict.fromkeys((r"\rbrace", r"\}"), r"\}"),
    **dict.fromkeys((r"\lbrack",), "["),
    **dict.fromkeys((r"\rbrack",), "]"),
    **dict.fromkeys((r"\intercal", r"\transpose", "⊤"), r"\top"),
    **dict.fromkeys((r"\bm", r"\boldsymbol", r"\pmb", r"\mathbf", r"\bf"), r"\mathbf"),
    **dict.fromkeys((r"\rm", r"\mathrm"), r"\mathrm"),
    **dict.fromkeys((r"\it", r"\mathit"), r"\mathit"),
    **dict.fromkeys((r"\sf", r"\mathsf"), r"\mathsf"),
    **dict.fromkeys((r"\cal", r"\mathcal"), r"\mathcal"),
    **dict.fromkeys((r"\equiv", r"\triangleq", r"\coloneqq", r"\coloneq", r"\eqqcolon", "≡"), "="),
    **dict.fromkeys((r"\mathds", r"\mathbbm", r"\mathbb"), r"\mathbb"),
    **dict.fromkeys((r"\operatorname*", r"\operatorname", r"\mathop"), r"\operatorname"),
    **dict.fromkeys((r"\textrm", r"\textit", r"\mbox", r"\text", r"\textnormal"), r"\text"),
    **dict.fromkeys((r"\widehat", r"\hat"), r"\hat"),
    **dict.fromkeys((r"\overline", r"\bar"), r"\bar"),
    **dict.fromkeys((r"\widetilde", r"\tilde"), r"\tilde"),
    **dict.fromkeys((r"\ast", "∗"), "*"),
    **dict.fromkeys((r"\lt",), "<"),
    **dict.fromkeys((r"\gt",), ">"),
    **dict.fromkeys(("−",), "-"),
    **dict.fromkeys(("·", "⋅"), r"\cdot"),
    **dict.fromkeys(("×",), r"\times"),
    **dict.fromkeys(("⊙",), r"\odot"),
    **dict.fromkeys(("⊗",), r"\otimes"),
    **dict.fromkeys(("∘",), r"\circ"),
    **dict.fromkeys(("∂",), r"\partial"),
    **dict.fromkeys(("∇",), r"\nabla"),
    **dict.fromkeys(("√",), r"\sqrt"),
    **dict.fromkeys(("∑",), r"\sum"),
    **dict.fromkeys(("∏",), r"\prod"),
    **dict.fromkeys(("∞",), r"\infty"),
    **dict.fromkeys(("⟨",), r"\langle"),
    **dict.fromkeys(("⟩",), r"\rangle"),
    **dict.fromkeys((r"\oslash", "⊘", "÷"), r"\div"),
    **dict.fromkeys((r"\simeq", r"\doteq", r"\approxeq", "≈"), r"\approx"),
    **dict.fromkeys((r"\prime", "′"), "'"),
}


def _word(match: re.Match[str]) -> str:
    r"""Return what a token says: the bar behind `\left` opens, that behind `\right` closes.

    It is empty for space; a number has a point and no other signs, unless it can be two numbers.
    """
    if match["space"]:
        return ""
    if match["break"]:
        return r"\\"
    if match["grouped"]:
        return _without_groups(match["grouped"])
    if match["token"]:
        word = match["token"]
        return word if TWOFOLD.fullmatch(word) else word.replace("{,}", ".")
    side = "l" if match["opens"] else "r"
    return rf"\{side}vert" if match["bar"] else rf"\{side}Vert"


def _without_groups(digits: str) -> str:
    """Return a number in groups of three digits without the signs between them."""
    if r"\," in digits:
        return digits.replace(r"\,", "").replace("{,}", ".")
    if "." in digits and digits.rindex(".") < digits.index("{,}"):
        return digits.replace(".", "").replace("{,}", ".")
    return digits.replace("{,}", "")


def tokenize(text: str) -> list[Token]:
    """Return the tokens of `text` without its outer `$`; an empty token ends the list.

    Raises: LimitError E491, E493 beyond 10,000 characters or 4,000 tokens.
    """
    if len(text) > MAX_CHARACTERS:
        message = f"the formula has {len(text)} characters, {MAX_CHARACTERS} are allowed"
        raise excess("E491", message, Span(0, len(text)))
    first, last = _inner(text)
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text, first, last):
        word = _word(match)
        if not word or _IGNORED.fullmatch(word):
            continue
        start, end = match.span()
        if (
            len(word) == 2
            and word.isdecimal()
            and tokens
            and tokens[-1].text in ("\\frac", "\\binom")
        ):
            tokens.append(Token(word[0], start, start + 1))
            start, word = start + 1, word[1]
        tokens.append(Token(_SYNONYMS.get(word, word), start, end))
    pair = r"\left", r"\right"
    if (
        tokens
        and tokens[-1].text in (".", ",", ";")
        and not text[: last - 1].rstrip().endswith(pair)
    ):
        last = tokens.pop().start
    if len(tokens) > MAX_TOKENS:
        message = f"the formula has {len(tokens)} signs, {MAX_TOKENS} are allowed"
        raise excess("E493", message, Span(0, len(text)))
    return [*_with_decimals(unfolded(tokens)), Token("", last, last)]


def _with_decimals(tokens: list[Token]) -> list[Token]:
    """Return tokens with `0,5` as one number outside brackets and scripts, where no list is."""
    found: list[Token] = []
    lists: list[bool] = []
    for token in tokens:
        before = found[-1].text if found else ""
        if token.text in _OPENING:
            lists.append(token.text != "{" or before in ("_", "^"))
        elif token.text in _CLOSING and lists:
            lists.pop()
        if not any(lists) and _is_decimal(found, token):
            whole = found[-2]
            found[-2:] = [Token(f"{whole.text}.{token.text}", whole.start, token.end)]
        else:
            found.append(token)
    return found


def _is_decimal(before: list[Token], digits: Token) -> bool:
    """Tell whether digits are the decimals of a number with a comma; `1,000` may be a thousand."""
    if len(before) < 2 or not digits.text.isdecimal() or before[-1].text != ",":
        return False
    whole, comma = before[-2:]
    adjacent = whole.end == comma.start and comma.end == digits.start
    script = len(before) > 2 and before[-3].text in ("_", "^")
    thousands = len(digits.text) == 3 and whole.text != "0"
    return whole.text.isdecimal() and adjacent and not script and not thousands


def _inner(text: str) -> tuple[int, int]:
    r"""Return the range inside `$...$`, `$$...$$`, `\(...\)` or `\[...\]`."""
    first, last = 0, len(text)
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    for opening, closing in (("$$", "$$"), ("$", "$"), (r"\(", r"\)"), (r"\[", r"\]")):
        inside = text[first:last]
        if inside.startswith(opening) and inside.endswith(closing) and len(inside) > 2:
            return first + len(opening), last - len(closing)
    return first, last
