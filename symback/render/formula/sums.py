"""Laying out sums: over all entries, over an axis, over labels."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from symback.functions.dots import without_dots
from symback.language.tree import Call, Expression, Literal, Negate, Number
from symback.render.formula import structure
from symback.render.formula.chains import kronecker
from symback.render.formula.entrywise import entry
from symback.render.formula.pieces import POSTFIX, Piece

if TYPE_CHECKING:
    from symback.render.formula.layout import Layout

Rule = Callable[["Layout", Call], Piece | None]


def total(sign: str) -> Rule:
    """Return the rule for sums or products over all entries, or over one axis of a matrix."""

    def rule(layout: Layout, node: Call) -> Piece | None:
        axis = dict(node.keywords).get("axis")
        argument = node.arguments[0]
        if len(node.arguments) == 1 and not node.keywords:
            return layout.notation.total(layout.piece(argument), sign)
        if sign != "+" or len(node.keywords) != 1 or layout.ndim(argument) != 2:
            return None
        place = structure.product(axis).coefficient if isinstance(axis, Number | Negate) else None
        if place not in (0, 1, -1):
            return None
        ones = Piece(layout.notation.ones)
        if place == 0:
            return layout.notation.run([layout.linked((argument, True)), ones])
        return layout.notation.run([*layout.factors(argument), ones])

    return rule


def einsum(layout: Layout, node: Call) -> Piece | None:
    """Write a sum of products with its labels: [Σⱼ AᵢⱼBⱼₖ]ᵢₖ."""
    labels, *arrays = node.arguments
    if not isinstance(labels, Literal) or "->" not in str(labels.value):
        return None
    text, _ = without_dots(str(labels.value), [layout.ndim(array) for array in arrays])
    inputs, _, output = text.partition("->")
    parts = inputs.split(",")
    if len(parts) != len(arrays) or not (inputs + output).replace(",", "").isalpha():
        return None
    product = kronecker(text, arrays)
    if product is not None:
        return layout.piece(product)
    notation = layout.notation
    factors = [
        _factor(layout, array, part, text) for array, part in zip(arrays, parts, strict=True)
    ]
    summed = "".join(dict.fromkeys(letter for letter in inputs if letter not in output + ","))
    piece = notation.run([notation.inside(f, POSTFIX) for f in factors])
    if summed:
        piece = notation.total(piece, "+", summed)
    if not output:
        return piece
    return notation.labelled(Piece(notation.fence(piece.text, "[")), output)


def _factor(layout: Layout, array: Expression, letters: str, taken: str) -> Piece:
    """Return the entry of an array at letters."""
    if not letters:
        return layout.piece(array)
    found = entry(layout, array, letters, taken)
    return found or layout.notation.labelled(layout.notation.base(layout.piece(array)), letters)
