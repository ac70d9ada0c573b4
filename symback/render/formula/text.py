"""Formulas as lines of Unicode for the terminal: ½(y − t), (W₂ᵀδ₂) ⊙ [z₁ > 0]."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import ClassVar

from symback.language.tree import Expression
from symback.render.formula.layout import Layout
from symback.render.formula.pieces import APPLIED, ATOM, POSTFIX, RATIO, RUN, Notation, Piece
from symback.render.letters import small
from symback.render.names import Style, derivative_of, text_name

_VULGAR = dict(
    zip(
        ("1/2", "1/3", "2/3", "1/4", "3/4", "1/5", "2/5", "3/5", "4/5", "1/6", "5/6", "1/8", "3/8"),
        "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜",
        strict=True,
    )
)
_MARKS = {"T": "ᵀ", "-1": "⁻¹", "-T": "⁻ᵀ", "+": "⁺"}
_FENCES = {"(": "()", "[": "[]", "|": "||", "‖": "‖‖"}
_RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ᵀ*′")


def text_of(expression: Expression, style: Style) -> str:
    """Return a formula as one line of Unicode; `style.display` holds text for names."""
    return Layout(style, _Text(style)).print(expression)


class _Text(Notation):
    """The signs of the terminal."""

    minus_between = " − "
    minus = "−"
    odot = " ⊙ "
    otimes = " ⊗ "
    cross = " × "
    dot = "·"
    ones = "𝟏"
    zeros = "𝟎"
    circle = "∘"
    relations: ClassVar[Mapping[str, str]] = {
        "<": " < ",
        "<=": " ≤ ",
        ">": " > ",
        ">=": " ≥ ",
        "==": " = ",
        "!=": " ≠ ",
    }

    def __init__(self, style: Style) -> None:
        self.style = style

    def name(self, name: str, index: Sequence[str] = ()) -> Piece:
        """Return a name; the component of a derivative is that of its variable."""
        shown = self.style.display.get(name) or text_name(
            name, self.style.declared, self.style.display
        )
        if index:
            derivative = derivative_of(name, self.style.declared)
            last = Piece(shown, lowered=_lowered(shown) or derivative is None)
            shown = self.lowered(last, index).text
        level = APPLIED if "/" in shown or " " in shown else POSTFIX if index else ATOM
        first = shown[:2]
        letters = len(first) > 1 and first.isascii() and first.isalnum() and first[0].isalpha()
        word = letters or "_" in shown
        return Piece(shown, level, raised=shown[-1] in _RAISED, lowered=_lowered(shown), word=word)

    def number(self, text: str) -> Piece:
        """Return digits; an exponent is written as a power of ten."""
        mantissa, _, exponent = text.lower().partition("e")
        if not exponent:
            return Piece(text, RATIO if "/" in text else ATOM)
        power = f"10{small(str(int(exponent)), False)}"
        return Piece(power if mantissa == "1" else f"{mantissa}·{power}", POSTFIX, raised=True)

    def fraction(self, over: Piece, under: Piece) -> Piece:
        """Return a/b with the brackets that a line needs."""
        top, bottom = self.inside(over, RUN), self.inside(under, APPLIED)
        if _has_slash(top.text):
            top = replace(top, text=self.fence(top.text))
        return Piece(f"{top.text}/{bottom.text}", RATIO, word=top.word or bottom.word)

    def coefficient(self, value: Fraction) -> str:
        """Return ½ and its like."""
        return _VULGAR.get(str(value), "")

    def raised(self, base: Piece, exponent: str) -> Piece:
        """Return x² where the exponent has small characters, else x^(…)."""
        above = small(exponent, False)
        if above:
            return Piece(base.text + above, POSTFIX, raised=True, word=base.word)
        if exponent.startswith(self.circle):
            above = small(exponent[1:], False) or f"({exponent[1:]})"
            return Piece(base.text + self.circle + above, POSTFIX, raised=True, word=base.word)
        plain = exponent.isascii() and exponent.isalnum()
        shown = exponent if plain else f"({exponent})"
        return Piece(f"{base.text}^{shown}", POSTFIX, raised=True, word=base.word)

    def marked(self, base: Piece, mark: str) -> Piece:
        """Return Aᵀ, A⁻¹, A⁻ᵀ or A⁺."""
        return Piece(base.text + _MARKS[mark], POSTFIX, raised=True, word=base.word)

    def lowered(self, base: Piece, items: Sequence[str]) -> Piece:
        """Return x₁ for one index, A[1,2] and x₁[2] otherwise."""
        below = small(items[0], True) if len(items) == 1 and items[0].isalnum() else ""
        if below and not base.lowered:
            return Piece(base.text + below, POSTFIX, lowered=True, word=base.word)
        text = f"{base.text}[{','.join(items)}]"
        return Piece(text, POSTFIX, lowered=True, word=base.word)

    def fence(self, text: str, kind: str = "(") -> str:
        """Return text in brackets or bars."""
        return _FENCES[kind][0] + text + _FENCES[kind][1]

    def column(self, entries: Sequence[str]) -> str:
        """Return (a, b)."""
        return f"({', '.join(entries)})"

    def matrix(self, rows: Sequence[Sequence[str]]) -> str:
        """Return [a, b; c, d]."""
        return f"[{'; '.join(', '.join(row) for row in rows)}]"

    def root(self, inner: Piece) -> Piece:
        """Return √x or √(…)."""
        plain = inner.level >= POSTFIX and not inner.negative and not inner.raised
        text = inner.text if plain else self.fence(self.signed(inner))
        return Piece("√" + text, POSTFIX, raised=True)

    def exponential(self, inner: Piece, raised: bool) -> Piece:
        """Return exp x or exp(…)."""
        if inner.level >= POSTFIX and not inner.negative and not inner.word:
            bracketed = inner.text.startswith(("(", "["))
            return Piece("exp" + ("" if bracketed else " ") + inner.text, APPLIED, word=True)
        return Piece("exp" + self.fence(self.signed(inner)), word=True)

    def total(self, inner: Piece, sign: str, labels: str = "", upto: str = "") -> Piece:
        """Return Σx, Σ(…), or Σᵢ … over index letters, up to another one by one Σ_{j≤i} …."""
        limits = f"_{{{labels}≤{upto}}}" if upto else self._letters(labels)
        symbol = ("Σ" if sign == "+" else "Π") + limits
        if labels:
            return Piece(f"{symbol} {self.inside(inner, RUN).text}", APPLIED)
        if inner.level >= POSTFIX and not inner.negative:
            return Piece(symbol + (" " if inner.word else "") + inner.text, APPLIED)
        return Piece(symbol + self.fence(self.signed(inner)))

    def _letters(self, labels: str) -> str:
        return small(labels, True) or (f"_{labels}" if labels else "")

    def cases(self, condition: str, yes: str, no: str) -> Piece:
        """Return where(z > 0, a, b)."""
        return Piece(f"where({condition}, {yes}, {no})", word=True)

    def norm(self, bars: Piece, kind: str) -> Piece:
        """Return ‖x‖₁."""
        below = small(kind, True) or f"_{kind}"
        return replace(bars, text=bars.text + below, level=POSTFIX, lowered=True)

    def labelled(self, base: Piece, letters: str) -> Piece:
        """Return Aᵢⱼ, or A[i,j] where a letter has no small form."""
        below = "" if base.lowered else small(letters, True)
        text = base.text + (below or f"[{','.join(letters)}]")
        return Piece(text, POSTFIX, lowered=True, word=base.word)

    def word(self, text: str) -> str:
        """Return the name of a function as it is."""
        return text

    def setting(self, text: str) -> str:
        """Return the name or value of a setting as it is."""
        return text


def _lowered(shown: str) -> bool:
    return shown[-1] in "0123456789₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ]" or "_" in shown


def _has_slash(text: str) -> bool:
    """Tell whether a `/` stands outside of brackets."""
    depth = 0
    for sign in text:
        depth += (sign in "([") - (sign in ")]")
        if sign == "/" and not depth:
            return True
    return False
