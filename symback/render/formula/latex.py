r"""Formulas in LaTeX for amsmath: `\tfrac12\left(y - t\right)`, `W_{2}^{\top}\delta_{2}`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import ClassVar

from symback.language.tree import Expression
from symback.render.formula.layout import Layout
from symback.render.formula.pieces import APPLIED, ATOM, POSTFIX, RUN, Notation, Piece
from symback.render.letters import latex_letter
from symback.render.names import Derivative, Style, derivative_of, latex_name

_MARKS = {"T": r"\top", "-1": "-1", "-T": r"-\top", "+": "+"}
_FENCES = {"(": ("(", ")"), "[": ("[", "]"), "|": ("|", "|"), "‖": (r"\lVert ", r"\rVert")}
_TALL = re.compile(r"\\d?frac|\\sum|\\prod|\\begin|\\sqrt|\\left|\^\{[^}]*\^")
#: A derivative as `latex_name` writes it.
_FRACTION = re.compile(r"\\frac{(\\partial.*?)}{(\\partial.*)}")
_WORD = re.compile(r"[A-Za-z]{2,}|\\(mathrm|operatorname|text)\b.*|\\(log|exp|det|max|min)\b.*")

_ESCAPES = {"\\": r"\textbackslash ", "^": r"\textasciicircum ", "~": r"\textasciitilde "}

#: Exponents longer than this are written by exp( ).
_SHORT = 24


def latex_of(expression: Expression, style: Style) -> str:
    """Return a formula in LaTeX; `style.display` holds LaTeX for names."""
    return Layout(style, _Latex(style)).print(expression)


class _Latex(Notation):
    """The commands of LaTeX."""

    odot = r" \odot "
    otimes = r" \otimes "
    cross = r" \times "
    dot = r" \cdot "
    space = r"\,"
    ones = r"\mathbf{1}"
    zeros = r"\mathbf{0}"
    circle = r"\circ "
    fractions_apart = True
    relations: ClassVar[Mapping[str, str]] = {
        "<": " < ",
        "<=": r" \le ",
        ">": " > ",
        ">=": r" \ge ",
        "==": " = ",
        "!=": r" \ne ",
    }

    def __init__(self, style: Style) -> None:
        self.style = style

    def name(self, name: str, index: Sequence[str] = ()) -> Piece:
        """Return a name; the component of a derivative is that of its variable."""
        derivative = derivative_of(name, self.style.declared)
        shown = self.style.display.get(name)
        if shown is None and derivative and index:
            return self._component(derivative, index)
        shown = shown or self._name(name)
        if self.style.slashed:
            shown = _FRACTION.sub(r"\1/\2", shown)
        plain = re.sub(r"\\(frac|mathrm|hat|bar|tilde)\{[^{}]*\}", "x", shown)
        fraction = shown.startswith(r"\frac") or r"\partial" in shown
        return Piece(
            shown,
            APPLIED if fraction else ATOM,
            raised="^" in plain or plain.endswith("'"),
            lowered="_" in plain,
            word=bool(_WORD.fullmatch(shown)),
        )

    def _name(self, name: str) -> str:
        return latex_name(name, self.style.declared, self.style.display)

    def _component(self, derivative: Derivative, index: Sequence[str]) -> Piece:
        of = self._name(derivative.of)
        if len(derivative.wrt) != 1 or derivative.along:
            whole = Piece(
                self._name("_".join([f"d{derivative.of}", *(f"d{w}" for w in derivative.wrt)]))
            )
            return self.lowered(Piece(self.fence(whole.text)), index)
        base = self._name(derivative.wrt[0])
        below = self.lowered(Piece(base, lowered="_" in base, raised="^" in base), index)
        return Piece(rf"\frac{{\partial {of}}}{{\partial {below.text}}}", APPLIED)

    def number(self, text: str) -> Piece:
        """Return digits; an exponent is written as a power of ten."""
        mantissa, _, exponent = text.lower().partition("e")
        if "/" in text:
            over, _, under = text.partition("/")
            return Piece(rf"\frac{{{over}}}{{{under}}}", POSTFIX, raised=True)
        if not exponent:
            return Piece(text)
        power = f"10^{{{int(exponent)}}}"
        return Piece(
            power if mantissa == "1" else rf"{mantissa} \cdot {power}", POSTFIX, raised=True
        )

    def fraction(self, over: Piece, under: Piece) -> Piece:
        """Return a fraction, which needs a bracket only under a superscript."""
        text = rf"\frac{{{self.signed(over)}}}{{{self.signed(under)}}}"
        return Piece(text, POSTFIX, raised=True)

    def coefficient(self, value: Fraction) -> str:
        r"""Return `\tfrac12` for small numbers."""
        if value.denominator == 1 or max(value.numerator, value.denominator) > 99:
            return ""
        return rf"\tfrac{{{value.numerator}}}{{{value.denominator}}}"

    def raised(self, base: Piece, exponent: str) -> Piece:
        """Return a power."""
        return Piece(f"{base.text}^{{{exponent}}}", POSTFIX, raised=True, word=base.word)

    def marked(self, base: Piece, mark: str) -> Piece:
        """Return a transpose, an inverse or both."""
        return self.raised(base, _MARKS[mark])

    def lowered(self, base: Piece, items: Sequence[str]) -> Piece:
        """Return a component; a name that has a subscript goes into brackets."""
        text = self.fence(base.text, "[") if base.lowered else base.text
        return Piece(f"{text}_{{{','.join(items)}}}", POSTFIX, lowered=True, word=base.word)

    def fence(self, text: str, kind: str = "(") -> str:
        """Return text in brackets or bars, which grow where the text is tall."""
        opening, closing = _FENCES[kind]
        if _TALL.search(text):
            return rf"\left{opening}{text}\right{closing}"
        return f"{opening}{text}{closing}"

    def column(self, entries: Sequence[str]) -> str:
        """Return a column vector."""
        return self.matrix([[entry] for entry in entries])

    def matrix(self, rows: Sequence[Sequence[str]]) -> str:
        """Return a matrix in round brackets."""
        lines = r" \\ ".join(" & ".join(row) for row in rows)
        return rf"\begin{{pmatrix}} {lines} \end{{pmatrix}}"

    def root(self, inner: Piece) -> Piece:
        """Return a square root."""
        return Piece(rf"\sqrt{{{self.signed(inner)}}}", POSTFIX, raised=True)

    def exponential(self, inner: Piece, raised: bool) -> Piece:
        """Return e to a power, or exp( ) of what is long or tall."""
        text = self.signed(inner)
        if raised and len(text) <= _SHORT and not _TALL.search(text) and "^" not in text:
            return Piece(f"e^{{{text}}}", POSTFIX, raised=True)
        return Piece(rf"\exp{self.fence(text)}", word=True)

    def total(self, inner: Piece, sign: str, labels: str = "", upto: str = "") -> Piece:
        """Return a sum or product over all entries, over index letters or those up to another."""
        symbol = r"\sum" if sign == "+" else r"\prod"
        if labels:
            limits = rf"{labels} \le {upto}" if upto else labels
            return Piece(f"{symbol}_{{{limits}}} {self.inside(inner, RUN).text}", APPLIED)
        return Piece(f"{symbol} {self.inside(inner, POSTFIX).text}", APPLIED)

    def cases(self, condition: str, yes: str, no: str) -> Piece:
        """Return a case distinction."""
        rows = rf"{yes} & {condition} \\ {no} & \text{{otherwise}}"
        return Piece(rf"\begin{{cases}} {rows} \end{{cases}}", POSTFIX, raised=True)

    def norm(self, bars: Piece, kind: str) -> Piece:
        """Return a norm with its order."""
        below = kind.replace("−", "-").replace("∞", r"\infty")
        return replace(bars, text=f"{bars.text}_{{{below}}}", level=POSTFIX, lowered=True)

    def labelled(self, base: Piece, letters: str) -> Piece:
        """Return a component with index letters."""
        return self.lowered(base, [letters])

    def word(self, text: str) -> str:
        """Return the name of a function."""
        return rf"\operatorname{{{_escaped(text)}}}"

    def setting(self, text: str) -> str:
        """Return the name or value of a setting, upright."""
        return (
            rf"\mathrm{{{_escaped(text)}}}"
            if text.isidentifier()
            else rf"\text{{{_escaped(text)}}}"
        )


def _escaped(text: str) -> str:
    """Return text with the signs escaped that TeX takes for its own."""
    safe = re.sub(r"[\\{}$&#%^~_]", lambda sign: _ESCAPES.get(sign[0], "\\" + sign[0]), text)
    return re.sub(r"[^ -~]", lambda sign: rf"{latex_letter(sign[0])} ", safe)
