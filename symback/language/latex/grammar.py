"""What the readers of the single parts of a formula ask of each other."""

from __future__ import annotations

from abc import ABC, abstractmethod

from symback.language.latex.scripts import Range, Scanner
from symback.language.latex.values import Value
from symback.language.tree import Expression

__all__ = ["Grammar", "Range"]


class Grammar(Scanner, ABC):
    """The rules that refer to each other in circles."""

    @abstractmethod
    def term(self) -> Value:
        """Read a product."""

    @abstractmethod
    def signed(self) -> Value:
        """Read a product with an optional sign."""

    @abstractmethod
    def bracket(self) -> Value:
        """Read a bracket and what it holds."""

    @abstractmethod
    def differential(self, index: int) -> int:
        """Return how many tokens at `index` are a differential sign: ∂, d or an upright d."""

    @abstractmethod
    def superscripted(self, value: Value, part: Range | None) -> Value:
        """Return `value` with an exponent, a transpose or an inverse."""

    @abstractmethod
    def comparison(self, part: Range) -> Value:
        """Read a range as a condition."""

    @abstractmethod
    def neighbours(self) -> Value:
        """Read factors side by side."""

    @abstractmethod
    def compared_indices(self, part: Range) -> Expression | None:
        """Return what is 1 where two index letters compare as said, None for others."""

    @abstractmethod
    def condition(self, first: int) -> Value:
        """Read the condition in a subscript of 1."""

    @abstractmethod
    def begins_factor(self) -> bool:
        """Tell whether a factor comes next."""

    @abstractmethod
    def factor(self) -> Value:
        """Read a factor."""

    @abstractmethod
    def read(self, part: Range) -> Value:
        """Read all of a range."""

    @abstractmethod
    def relation(self, equations: bool = False) -> Value:
        """Read a sum or a comparison."""

    @abstractmethod
    def series(self, closing: str) -> list[Value]:
        """Read values up to a closing bracket."""

    @abstractmethod
    def reduction(self, function: str) -> Value:
        """Read a reduction over an index."""
