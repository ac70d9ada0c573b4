"""What the layout of single kinds of nodes shares: the style, the notation, what is printed."""

from __future__ import annotations

from abc import ABC, abstractmethod

from symback.language.tree import Expression
from symback.render.formula.pieces import Notation, Piece
from symback.render.names import Style


class Printer(ABC):
    """The printed nodes of one formula, each object once."""

    def __init__(self, style: Style, notation: Notation) -> None:
        self.style = style
        self.ndim = style.ndim
        self.notation = notation
        self.known: dict[int, tuple[Expression, Piece]] = {}
        self.marks: dict[int, tuple[Expression, bool]] = {}

    def piece(self, node: Expression) -> Piece:
        """Return the printed form of `node`."""
        if id(node) not in self.known:
            self.known[id(node)] = node, self.build(node)
        return self.known[id(node)][1]

    def text(self, node: Expression) -> str:
        """Return the printed form with its sign."""
        return self.notation.signed(self.piece(node))

    @abstractmethod
    def build(self, node: Expression) -> Piece:
        """Print one node from its printed operands."""
