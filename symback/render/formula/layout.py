"""Laying out formulas: which rule prints which node, operands first and without recursion."""

from __future__ import annotations

from collections.abc import Iterable

from symback.language import operands
from symback.language.tree import (
    Binary,
    Call,
    Compare,
    Expression,
    Name,
    Negate,
    Number,
    Subscript,
    Transpose,
)
from symback.render.formula import calls, structure
from symback.render.formula.components import Components
from symback.render.formula.pieces import Piece
from symback.render.formula.products import Products


class Layout(Products, Components):
    """Prints one formula: every node once, operands first, so that depth does not matter."""

    def print(self, root: Expression) -> str:
        """Return the formula with its sign; a condition keeps its brackets."""
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
        return self.notation.signed(self.piece(root))

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
