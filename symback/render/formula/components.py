"""Laying out powers, comparisons, components, slices and lists."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from symback.language import operands
from symback.language.tree import (
    Binary,
    Compare,
    Expression,
    Literal,
    Name,
    Negate,
    Number,
    Sequence,
    Slice,
    Subscript,
)
from symback.render.formula import structure
from symback.render.formula.pieces import Piece
from symback.render.formula.printer import Printer
from symback.render.names import derivative_of

_HALF = Fraction(1, 2)


class Components(Printer):
    """Indices are shown counting from the first index of the style."""

    def power(self, left: Expression, right: Expression, entries: bool = True) -> Piece:
        """Return a power; that of the entries of a matrix is marked by a circle."""
        exponent = structure.product(right)
        whole = not exponent.above and not exponent.below
        if whole and exponent.coefficient == _HALF and (self.ndim(left) < 2 or entries):
            return self.notation.root(self.piece(left))
        above = self.text(right)
        if entries and self.ndim(left) == 2:
            above = self.notation.circle + above
        return self.notation.raised(self.notation.base(self.piece(left)), above)

    def relation(self, node: Compare) -> str:
        """Return a comparison without brackets."""
        left, right = (self.notation.signed(self.piece(part)) for part in (node.left, node.right))
        return left + self.notation.relations[node.op] + right

    def subscript(self, node: Subscript) -> Piece:
        """Return a component or a slice, counted from the style's first index."""
        column = structure.column_of(node)
        if column is not None and self.ndim(column) == 1:
            return self.piece(column)
        items = [self.item(item) for item in self._spelled(node)]
        items += [":"] * (2 - len(items) if self.ndim(node.value) == 2 else 0)
        name = node.value.id if isinstance(node.value, Name) else ""
        if name not in self.style.display and derivative_of(name, self.style.declared):
            return self.notation.name(name, items)
        piece = self.piece(node.value)
        if len(items) == 1 and {name + items[0], f"{name}_{items[0]}"} & {*self.style.declared}:
            piece = replace(piece, lowered=True)
        return self.notation.lowered(self.notation.base(piece), items)

    def _spelled(self, node: Subscript) -> tuple[Expression, ...]:
        """Return the items of a subscript with a slice for every axis under `...`."""
        dots = Literal(...)
        if dots not in node.items:
            return node.items
        rest = self.ndim(node.value) - sum(not isinstance(item, Literal) for item in node.items)
        place = node.items.index(dots)
        return (*node.items[:place], *[Slice()] * rest, *node.items[place + 1 :])

    def item(self, item: Expression) -> str:
        """Return one subscript; a slice from 1 includes its stop."""
        if isinstance(item, Slice):
            start = self.shifted(item.start) if item.start is not None else ""
            stop = self.last(item.stop) if item.stop is not None else ""
            step = ":" + self.text(item.step) if item.step is not None else ""
            return f"{start}:{stop}{step}"
        if isinstance(item, Literal):
            return self.notation.setting("None")
        return self.shifted(item)

    def shifted(self, item: Expression) -> str:
        """Return an index counted from the style's first one; from the end it stays."""
        match item:
            case Number(value=value):
                return str(value + self.style.index_base)
            case Negate(operand=Number()):
                return self.text(item)
            case Binary(op="-", left=left, right=Number(value=value)) if (
                value == self.style.index_base
            ):
                return self.text(left)
        if self.style.index_base == 0:
            return self.text(item)
        return self.text(Binary("+", item, Number(Fraction(self.style.index_base))))

    def last(self, item: Expression) -> str:
        """Return the stop of a slice, which is the last index where these count from 1."""
        match item:
            case Negate(operand=Number(value=value)) if self.style.index_base:
                return self.notation.minus + str(value + 1)
        return self.text(item)

    def listing(self, node: Expression) -> Piece:
        """Return a vector or matrix of expressions, a setting or a slice."""
        match node:
            case Literal(value=value):
                return Piece(self.notation.setting(str(value)), word=True)
            case Slice():
                return Piece(self.item(node))
            case Sequence(items=rows, bracket="[") if rows and all(
                isinstance(row, Sequence) and row.bracket == "[" for row in rows
            ):
                texts = [[self.text(entry) for entry in operands(row)] for row in rows]
                return Piece(self.notation.matrix(texts))
            case Sequence(items=items, bracket="["):
                return Piece(self.notation.column([self.text(item) for item in items]))
        inner = ", ".join(self.text(item) for item in operands(node))
        return Piece(self.notation.fence(inner))
