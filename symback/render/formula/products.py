"""Laying out products by the shapes of their factors, and sums that need their shapes."""

from __future__ import annotations

import re
from dataclasses import replace

from symback.language.tree import Binary, Call, Expression, Number, Transpose
from symback.render.formula import structure
from symback.render.formula.pieces import ATOM, PRODUCT, RUN, SUM, Piece
from symback.render.formula.printer import Printer

#: Numbers with so many zeros are written with a power of ten.
_LARGE = re.compile(r"([1-9])(\d*?)0{6,}")
_SMALL = re.compile(r"0\.0{5,}([1-9])(\d*)")


def _short(text: str) -> str:
    """Return the digits of a number with an exponent where that spares many zeros."""
    found = _LARGE.fullmatch(text) or _SMALL.fullmatch(text)
    if found is None:
        return text
    first, more = found.groups()
    exponent = 1 - found.start(1) if found.start(1) else len(text) - 1
    return f"{first}{'.' if more else ''}{more}e{exponent}"


class Products(Printer):
    """Scalars side by side, `⊙` between arrays, matrices and vectors in chains."""

    def sum(self, node: Expression) -> Piece:
        """Print terms with their signs folded; rows and columns of a matrix are spread by ones."""
        notation, text = self.notation, ""
        axes = self.ndim(node)
        negative = False
        for place, (minus, part) in enumerate(structure.terms(node)):
            piece = self.spanned(part, axes)
            minus = minus != piece.negative
            piece = notation.inside(replace(piece, negative=False), SUM + 1)
            if place == 0:
                text = (notation.minus if minus else "") + piece.text
                negative = minus and node is part
            else:
                text += (notation.minus_between if minus else notation.plus) + piece.text
        return Piece(text, SUM, negative)

    def spanned(self, part: Expression, axes: int) -> Piece:
        """Return a term of a matrix; a vector among them fills every row, `1bᵀ`."""
        ones = Piece(self.notation.ones)
        column = structure.column_of(part)
        if axes == 2 and self.ndim(part) == 1:
            return self.notation.run([ones, self.linked((part, True))])
        if axes == 2 and column is not None and self.ndim(column) == 1:
            return self.notation.run([self.piece(column), self.notation.marked(ones, "T")])
        return self.piece(part)

    def product(self, node: Expression) -> Piece:
        """Print a product: the number, scalars, then arrays by their shapes, over a divisor."""
        found = structure.product(node)
        parts, found.above = found.above, []
        for part in parts:
            scalars, rest = structure.pulled(part, self.ndim)
            found.coefficient *= scalars.coefficient
            found.above += [*scalars.above, rest]
            found.below += scalars.below
        if found.above == [node] and not found.below:
            return self.chained(node)
        value = abs(found.coefficient)
        small = "" if found.below else self.notation.coefficient(value)
        if small:
            front, below = [Piece(small, raised=True)], []
        else:
            front = self.whole(value.numerator)
            below = self.whole(value.denominator) + [self.piece(part) for part in found.below]
        front += self.scalars(found)
        piece = self.divided(front, below, found) if below else self.joined(front, found)
        if found.coefficient >= 0:
            return piece
        return replace(self.notation.inside(piece, SUM + 1), negative=True)

    def scalars(self, found: structure.Product) -> list[Piece]:
        """Return the scalar factors; an inner product that ends the run needs no brackets."""
        parts = [part for part in found.above if self.ndim(part) == 0]
        chains = [part for part in parts if structure.is_chain(part, self.ndim)]
        if len(chains) != 1 or len(parts) < len(found.above):
            return [self.piece(part) for part in parts]
        plain = [self.piece(part) for part in parts if part is not chains[0]]
        return plain + self.links(chains[0])

    def whole(self, value: int) -> list[Piece]:
        """Return an integer factor, nothing for 1."""
        return [self.notation.number(_short(str(value)))] if value != 1 else []

    def joined(self, front: list[Piece], found: structure.Product) -> Piece:
        """Return scalars before the product of arrays."""
        arrays = [part for part in found.above if self.ndim(part) != 0]
        if arrays:
            return self.arrays(arrays, front)
        return self.notation.run(front) if front else self.notation.number("1")

    def divided(self, front: list[Piece], below: list[Piece], found: structure.Product) -> Piece:
        """Return a quotient; one notation puts the scalars apart as a fraction in front."""
        under = self.notation.run(below)
        over = self.joined(front, found)
        arrays = [part for part in found.above if self.ndim(part) != 0]
        scalar = all(self.ndim(part) == 0 for part in found.below)
        plain = not front and over.level in (SUM, ATOM)
        if arrays and scalar and self.notation.fractions_apart and not plain:
            factor = self.notation.run(front) if front else self.notation.number("1")
            return self.arrays(arrays, [self.notation.fraction(factor, under)])
        return self.notation.fraction(over, under)

    def arrays(self, parts: list[Expression], front: list[Piece]) -> Piece:
        """Return the elementwise product of arrays; a vector scales rows or columns by diag."""
        if max(self.ndim(part) for part in parts) == 2:
            scaled = self.scaled(parts)
            if scaled is not None:
                return self.notation.run(front + scaled)
        if len(parts) == 1:
            return self.notation.run([*front, *self.factors(parts[0])])
        pieces = [self.notation.inside(self.piece(part), RUN + 1) for part in parts]
        pieces[0] = self.notation.run([*front, pieces[0]])
        text = self.notation.odot.join(piece.text for piece in pieces)
        return Piece(text, PRODUCT)

    def factors(self, part: Expression) -> list[Piece]:
        """Return what a single array contributes to a run: its chain, or itself."""
        if structure.is_chain(part, self.ndim):
            return self.links(part)
        return [self.piece(part)]

    def links(self, part: Expression) -> list[Piece]:
        """Return the factors of a chain; diag(v) M among them needs no brackets."""
        found: list[Piece] = []
        for link in structure.chain(part, self.ndim):
            inner = structure.product(link[0])
            plain = not link[1] and not inner.below and inner.coefficient == 1
            axes = [self.ndim(factor) for factor in inner.above]
            arrays = len(axes) > 1 and min(axes) > 0 and max(axes) == 2
            scaled = self.scaled(inner.above) if plain and arrays else None
            found += scaled or [self.linked(link)]
        return found

    def scaled(self, parts: list[Expression]) -> list[Piece] | None:
        """Return diag(rows) M diag(columns) or an outer product; None if all are matrices."""
        columns: list[Expression] = []
        matrices: list[Expression] = []
        rows: list[Expression] = []
        for part in parts:
            column, row = structure.column_of(part), structure.row_of(part)
            if column is not None and self.ndim(column) == 1:
                columns.append(column)
            elif row is not None and self.ndim(row) == 1:
                rows.append(row)
            else:
                (matrices if self.ndim(part) == 2 else rows).append(part)
        if not (columns or rows):
            return None
        if not matrices:
            left = [self.entrywise(columns)] if columns else []
            right = [self.notation.marked(self.notation.base(self.entrywise(rows)), "T")]
            return left + (right if rows else [])
        middle = self.factors(matrices[0]) if len(matrices) == 1 else [self.entrywise(matrices)]
        diag = [[self.diagonal(group)] if group else [] for group in (columns, rows)]
        return diag[0] + middle + diag[1]

    def diagonal(self, parts: list[Expression]) -> Piece:
        """Return diag(a ⊙ b)."""
        inner = self.notation.signed(self.entrywise(parts))
        return Piece(self.notation.word("diag") + self.notation.fence(inner), word=True)

    def entrywise(self, parts: list[Expression]) -> Piece:
        """Return a ⊙ b, or the only part."""
        if len(parts) == 1:
            return self.piece(parts[0])
        pieces = (self.notation.inside(self.piece(part), RUN + 1).text for part in parts)
        return Piece(self.notation.odot.join(pieces), PRODUCT)

    def chained(self, node: Expression) -> Piece:
        """Return matrices and vectors side by side."""
        links = structure.chain(node, self.ndim)
        if len(links) > 1:
            return self.notation.run(self.links(node))
        match node:
            case Binary(op="@", left=left, right=right):
                return self.notation.run([self.linked((left, False)), self.linked((right, False))])
            case Number(value=value, text=text):
                return self.notation.number(_short(text or str(value)))
        raise AssertionError(f"no product: {type(node).__name__}")

    def linked(self, link: structure.Link) -> Piece:
        """Return one factor of a chain, transposed if it stands so."""
        part, transposed = link
        if not transposed:
            return self.piece(part)
        match part:
            case Call(function="inv", arguments=(inner,)):
                return self.notation.marked(self.notation.base(self.piece(inner)), "-T")
        return self.notation.marked(self.notation.base(self.piece(part)), "T")

    def transposed(self, node: Transpose) -> Piece:
        """Return a transpose; a vector is its own."""
        if self.ndim(node) < 2:
            return self.piece(node.value)
        return self.linked(structure.link(node, False, self.ndim))
