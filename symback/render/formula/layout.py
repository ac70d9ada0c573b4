"""Laying out formulas: which rule prints which node, operands first and without recursion."""

from __future__ import annotations

from collections.abc import Iterable

from symback.language import fold, operands
from symback.language.tree import (
    Binary,
    Call,
    Compare,
    Expression,
    Literal,
    Name,
    Negate,
    Number,
    Subscript,
    Transpose,
)
from symback.render.formula import calls, structure
from symback.render.formula.components import Components
from symback.render.formula.definitions import worded
from symback.render.formula.entrywise import by_entries, component
from symback.render.formula.pieces import Piece
from symback.render.formula.products import Products


class Layout(Products, Components):
    """Prints one formula: every node once, operands first, so that depth does not matter."""

    def print(self, root: Expression) -> str:
        """Return the formula with its sign; a condition keeps its brackets."""
        root = worded(self, root)
        self.settle(root)
        return self.notation.signed(self.piece(root))

    def settle(self, root: Expression) -> None:
        """Print a node after its operands."""
        self.ndim(root)
        stack = [root]
        while stack:
            node = stack[-1]
            waiting = [part for part in self.spread(node) if id(part) not in self.known]
            if id(node) in self.known or not waiting:
                self.piece(node)
                stack.pop()
            else:
                stack.extend(waiting)

    def has_settings(self, node: Expression) -> bool:
        """Tell whether there are named arguments or new axes in a formula."""
        if id(node) not in self.marks:
            fold(node, self._mark)
        return self.marks[id(node)][1]

    def _mark(self, node: Expression, parts: list[bool]) -> bool:
        own = node == Literal(None) or (isinstance(node, Call) and bool(node.keywords))
        found = own or any(parts)
        self.marks[id(node)] = node, found
        return found

    def printed(self, piece: Piece) -> Expression:
        """Return a number that is printed as `piece`."""
        leaf = Name("")
        self.known[id(leaf)] = leaf, piece
        return leaf

    def spread(self, node: Expression) -> Iterable[Expression]:
        """Return what has to be printed before `node`: terms, factors or operands."""
        match node:
            case Binary(op="+" | "-"):
                return [part for _, part in structure.terms(node)]
            case Binary(op="*" | "/") | Negate():
                found = structure.product(node)
                return [part for part in found.above + found.below if part is not node]
            case Binary(op="@"):
                return [part for part, _ in structure.chain(node, self.ndim) if part is not node]
        return operands(node)

    def build(self, node: Expression) -> Piece:
        """Print one node from its printed operands."""
        piece = component(self, node) if isinstance(node, Subscript) else None
        piece = piece or by_entries(self, node)
        return self.whole_array(node) if piece is None else piece

    def whole_array(self, node: Expression) -> Piece:
        """Print one node by the signs for whole arrays."""
        match node:
            case Name(id=name):
                return self.notation.name(name)
            case Binary(op="+" | "-"):
                return self.sum(node)
            case Binary(op="**"):
                return self.power(node.left, node.right)
            case Binary() | Negate() | Number():
                return self.product(node)
            case Transpose():
                return self.transposed(node)
            case Compare():
                return Piece(self.notation.fence(self.relation(node), "["))
            case Subscript():
                return self.subscript(node)
            case Call():
                return calls.call(self, node)
        return self.listing(node)
