"""Printed parts of formulas, how strongly they hold together, and what a notation must offer."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar

#: Levels, loosest first: a part is bracketed where its surroundings bind tighter.
RELATION, SUM, RATIO, PRODUCT, RUN, APPLIED, POSTFIX, ATOM = 10, 20, 28, 30, 40, 45, 50, 60

_TOTALS = ("Σ", "Π", r"\sum", r"\prod")
_DIGITS = frozenset("0123456789")
_COMMAND = re.compile(r"\\[A-Za-z]+$")


@dataclass(frozen=True, slots=True)
class Piece:
    """Printed text with what its neighbours need to know; a sign in front is kept apart."""

    text: str
    level: int = ATOM
    negative: bool = False
    raised: bool = False
    """It ends in a superscript, so that another one needs brackets."""
    lowered: bool = False
    """It ends in a subscript."""
    word: bool = False
    """It begins or ends in a word of several letters, which must not touch other letters."""

    @property
    def digit(self) -> bool:
        """Whether it begins with a digit."""
        return self.text[:1] in _DIGITS


class Notation(ABC):
    """The signs of one output format."""

    plus = " + "
    minus_between = " - "
    minus = "-"
    odot = ""
    otimes = ""
    cross = ""
    dot = ""
    space = " "
    ones = ""
    zeros = ""
    identity = "I"
    circle = ""
    fractions_apart = False
    """Whether scalars stand as a fraction before arrays, rather than all over one divisor."""
    relations: ClassVar[Mapping[str, str]]

    @abstractmethod
    def name(self, name: str, index: Sequence[str] = ()) -> Piece:
        """Return a name, or the component of one that is a derivative."""

    @abstractmethod
    def number(self, text: str) -> Piece:
        """Return digits, with powers of ten written out."""

    @abstractmethod
    def fraction(self, over: Piece, under: Piece) -> Piece:
        """Return a quotient."""

    @abstractmethod
    def coefficient(self, value: Fraction) -> str:
        """Return a small factor such as ½, empty where it is to be written as a quotient."""

    @abstractmethod
    def raised(self, base: Piece, exponent: str) -> Piece:
        """Return a power; the base is bracketed already."""

    @abstractmethod
    def marked(self, base: Piece, mark: str) -> Piece:
        """Return `base` with one of the marks T, -1, -T, + above."""

    @abstractmethod
    def lowered(self, base: Piece, items: Sequence[str]) -> Piece:
        """Return a component or a part of an array."""

    @abstractmethod
    def fence(self, text: str, kind: str = "(") -> str:
        """Return text in brackets or bars: `(`, `[`, `|` or `‖`."""

    @abstractmethod
    def column(self, entries: Sequence[str]) -> str:
        """Return a vector of expressions."""

    @abstractmethod
    def matrix(self, rows: Sequence[Sequence[str]]) -> str:
        """Return a matrix of expressions."""

    @abstractmethod
    def root(self, inner: Piece) -> Piece:
        """Return a square root."""

    @abstractmethod
    def exponential(self, inner: Piece, raised: bool) -> Piece:
        """Return e to the power of `inner`; as a function where it is not to be raised."""

    @abstractmethod
    def total(self, inner: Piece, sign: str, labels: str = "", upto: str = "") -> Piece:
        """Return a sum or product over all entries, over index letters or those up to another."""

    @abstractmethod
    def cases(self, condition: str, yes: str, no: str) -> Piece:
        """Return a choice between two values."""

    @abstractmethod
    def norm(self, bars: Piece, kind: str) -> Piece:
        """Return a norm with its order below: 1, 2, p, ∞, F or *."""

    @abstractmethod
    def labelled(self, base: Piece, letters: str) -> Piece:
        """Return a component with index letters."""

    @abstractmethod
    def word(self, text: str) -> str:
        """Return the name of a function."""

    @abstractmethod
    def setting(self, text: str) -> str:
        """Return the name or the value of a setting."""

    def signed(self, piece: Piece) -> str:
        """Return the text with its sign."""
        return self.minus + piece.text if piece.negative else piece.text

    def inside(self, piece: Piece, least: int) -> Piece:
        """Return `piece`, bracketed if it holds together less than `least` or has a sign."""
        if piece.level >= least and not piece.negative:
            return piece
        return Piece(self.fence(self.signed(piece)))

    def base(self, piece: Piece) -> Piece:
        """Return `piece` ready for a superscript."""
        ready = self.inside(piece, POSTFIX)
        return Piece(self.fence(ready.text)) if ready.raised else ready

    def run(self, factors: Sequence[Piece]) -> Piece:
        """Return factors side by side, with a dot where digits or brackets would mislead."""
        if len(factors) == 1:
            return factors[0]
        ready = [self.inside(factor, POSTFIX) for factor in factors[:-1]]
        ready.append(self.inside(factors[-1], APPLIED))
        text = ready[0].text
        for left, right in pairwise(ready):
            text += self.between(left, right) + right.text
        last = ready[-1]
        return replace(last, text=text, level=RUN, word=ready[0].word or last.word)

    def between(self, left: Piece, right: Piece) -> str:
        """Return what stands between two factors."""
        if left.text[-1:] in _DIGITS and right.text.startswith(("\\tfrac", "\\frac")):
            return self.dot
        if right.digit or right.text.startswith(("[", "\\left[")):
            return self.dot
        applied = right.level == APPLIED and not right.text.startswith(_TOTALS)
        if left.word or right.word or applied:
            return self.space
        return " " if _COMMAND.search(left.text) and right.text[:1].isalpha() else ""
