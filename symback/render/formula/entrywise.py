"""Formulas by their entries: [XᵢⱼΣₖ Yᵢₖ²]ᵢⱼ where signs for whole arrays have no words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from typing import TYPE_CHECKING

from symback.functions import table
from symback.functions.dots import without_dots
from symback.functions.entry import Kind
from symback.language import operands, rebuild, tree
from symback.language.tree import (
    Binary,
    Call,
    Compare,
    Expression,
    Literal,
    Negate,
    Number,
    Slice,
    Subscript,
    Transpose,
)
from symback.render.formula import structure
from symback.render.formula.pieces import APPLIED, RUN, Piece

if TYPE_CHECKING:
    from symback.render.formula.layout import Layout

_REDUCTIONS = frozenset(("sum", "mean", "prod", "max", "min", "logsumexp"))
_LETTERS = "ijklmnprstuv"
#: A formula of more arrays is not taken apart.
MAX_LEAVES = 40
#: What stands for one axis: a letter or a known place.
_Spot = str | Expression


def by_entries(layout: Layout, node: Expression) -> Piece | None:
    """Print an array by its entries; None where the signs for whole arrays do."""
    axes = layout.ndim(node)
    if not 0 < axes <= 4 or not _needed(layout, node):
        return None
    letters = iter(_LETTERS)
    spots: list[_Spot] = [next(letters) for _ in range(axes)]
    entries = _Entries(layout, letters)
    made = entries.of(node, spots)
    layout.settle(made)
    used = "".join(s for s in spots if isinstance(s, str) and s in entries.used)
    notation = layout.notation
    text = notation.fence(layout.text(made), "[")
    return notation.labelled(Piece(text), used) if used else layout.piece(made)


def entry(layout: Layout, node: Expression, spots: Sequence[_Spot], but: str) -> Piece | None:
    """Print one entry of an array that is printed by its entries; None for other arrays.

    `but` are letters that mean something else.
    """
    if not layout.ndim(node) == len(spots) > 0 or not _needed(layout, node):
        return None
    entries = _Entries(layout, (c for c in _LETTERS if c not in but))
    made = entries.of(node, list(spots))
    layout.settle(made)
    return layout.piece(made)


def component(layout: Layout, node: Subscript) -> Piece | None:
    """Print a component of an array that is printed by its entries; None for other components."""
    if not all(isinstance(item, Number) and item.value >= 0 for item in node.items):
        return None
    return entry(layout, node.value, node.items, "")


def _needed(layout: Layout, node: Expression) -> bool:
    """Tell whether an array, printed as a whole, would have axes and new axes as settings."""
    if not layout.has_settings(node):
        return False
    leaves = _leaves(layout, node)
    if len(leaves) > MAX_LEAVES:
        return False
    if isinstance(node, Binary) and node.op in ("+", "-"):
        axes = layout.ndim(node)
        parts = [part for _, part in structure.terms(node)]
        return any(_is_thin(layout, part) or _is_spread(layout, part, axes) for part in parts)
    whole = len(leaves) > 1 or leaves[0] is node
    return any(_is_thin_leaf(layout, leaf) for leaf in leaves) or (
        whole and any(_is_reduced(layout, leaf) for leaf in leaves)
    )


def _leaves(layout: Layout, node: Expression) -> list[Expression]:
    """Return the arrays that an entrywise formula is made of."""
    found, stack = [], [node]
    while stack:
        part = stack.pop()
        if not layout.ndim(part):
            continue
        if _is_elementwise(part):
            stack.extend(operands(part))
        else:
            found.append(part)
    return found


def _is_spread(layout: Layout, part: Expression, axes: int) -> bool:
    """Tell whether a term has the axes of a reduction, fewer than the sum."""
    whole = structure.column_of(part) or part
    leaves = _leaves(layout, whole)
    return layout.ndim(whole) < axes and any(_is_reduced(layout, leaf) for leaf in leaves)


def _is_reduced(layout: Layout, leaf: Expression) -> bool:
    leaf = structure.column_of(leaf) or structure.row_of(leaf) or leaf
    return bool(_reduced_axes(layout, leaf))


def _is_elementwise(node: Expression) -> bool:
    match node:
        case Binary(op="@"):
            return False
        case Binary() | Negate() | Compare():
            return True
        case Call(function=name, keywords=()):
            return name in table() and table()[name].kind is Kind.ELEMENTWISE
    return False


def _is_thin(layout: Layout, node: Expression) -> bool:
    """Tell whether an array has an axis of length 1 that was made for broadcasting."""
    leaves = _leaves(layout, node)
    return bool(leaves) and all(_is_thin_leaf(layout, leaf) for leaf in leaves)


def _is_thin_leaf(layout: Layout, node: Expression) -> bool:
    match node:
        case Subscript(value, items) if any(item == Literal(None) for item in items):
            pair = (structure.column_of(node), structure.row_of(node))
            known = layout.ndim(value) == 1 and any(one is not None for one in pair)
            return not known and all(map(_is_plain, items))
        case Call(keywords=keywords) if ("keepdims", Literal(True)) in keywords:
            return bool(_reduced_axes(layout, node))
    return False


def _reduced_axes(layout: Layout, node: Expression) -> tuple[int, ...] | None:
    """Return the axes that a call reduces, None for others and for what has signs of its own."""
    if not isinstance(node, Call) or node.function not in _REDUCTIONS or len(node.arguments) != 1:
        return None
    settings = dict(node.keywords)
    axis, kept = settings.pop("axis", None), settings.pop("keepdims", None)
    rank = layout.ndim(node.arguments[0])
    items = axis.items if isinstance(axis, tree.Sequence) else (axis,)
    found = [structure.product(item) for item in items if isinstance(item, Number | Negate)]
    plain = len(found) == len(items) and not any(one.above or one.below for one in found)
    if settings or rank < 2 or not plain:
        return None
    if node.function == "sum" and rank == 2 and kept is None and len(items) == 1:
        return None
    return tuple(int(one.coefficient) % rank for one in found)


class _Entries:
    """The entries of arrays at letters; `used` are the letters that they depend on."""

    def __init__(self, layout: Layout, letters: Iterator[str]) -> None:
        self.layout = layout
        self.letters = letters
        self.used: set[str] = set()

    def of(self, node: Expression, spots: list[_Spot]) -> Expression:
        """Return the entry of an array as the tree of a number, whose leaves are printed."""
        if not self.layout.ndim(node):
            return node
        if _is_elementwise(node):
            parts = [self.of(part, self._behind(part, spots)) for part in operands(node)]
            return rebuild(node, parts)
        match node:
            case Transpose(value):
                return self.of(value, spots[::-1])
            case Subscript(value, items) if all(map(_is_plain, items)):
                return self.of(value, self._before(value, items, spots))
            case Call(arguments=(inner,)) if axes := _reduced_axes(self.layout, node):
                return self._reduced(node, inner, axes, spots)
            case Call("einsum", (Literal(str(labels)), *arrays)) if "->" in labels:
                return self._contracted(labels, arrays, spots)
            case Call("sum", (inner,), (("axis", axis),)) if isinstance(axis, Number):
                return self._reduced(node, inner, (int(axis.value),), spots)
        return self._leaf(self._labelled(node, spots))

    def _behind(self, part: Expression, spots: list[_Spot]) -> list[_Spot]:
        return spots[len(spots) - self.layout.ndim(part) :]

    def _before(
        self, value: Expression, items: tuple[Expression, ...], spots: list[_Spot]
    ) -> list[_Spot]:
        """Return where `value` is read for an entry of `value[items]`."""
        found: list[_Spot] = []
        left = iter(spots)
        for item in items:
            if isinstance(item, Number):
                found.append(item)
                continue
            spot = next(left)
            if isinstance(item, Slice):
                found.append(spot)
        return found + list(left)

    def _reduced(
        self, node: Call, inner: Expression, axes: tuple[int, ...], spots: list[_Spot]
    ) -> Expression:
        kept = iter(spots)
        thin = ("keepdims", Literal(True)) in node.keywords
        own = {axis: next(self.letters) for axis in axes}
        read: list[_Spot] = []
        for axis in range(self.layout.ndim(inner)):
            if axis in own:
                read.append(own[axis])
                if thin:
                    next(kept)
            else:
                read.append(next(kept))
        made = self.of(inner, read)
        self.layout.settle(made)
        piece, labels = self.layout.piece(made), "".join(own.values())
        notation = self.layout.notation
        if node.function in ("sum", "prod"):
            return self._leaf(notation.total(piece, "+" if node.function == "sum" else "*", labels))
        word = self.layout.style.templates.get(node.function) or notation.word(node.function)
        name = notation.lowered(Piece(word), [labels]).text
        text = f"{name} {notation.inside(piece, RUN).text}"
        return self._leaf(Piece(text, APPLIED, word=True))

    def _contracted(
        self, labels: str, arrays: Sequence[Expression], spots: list[_Spot]
    ) -> Expression:
        """Return the entry of a sum of products by labels."""
        plain, _ = without_dots(labels, [self.layout.ndim(array) for array in arrays])
        inputs, _, output = plain.partition("->")
        known: dict[str, _Spot] = dict(zip(output, spots, strict=True))
        summed = [c for c in dict.fromkeys(inputs.replace(",", "")) if c not in known]
        known |= {letter: next(self.letters) for letter in summed}
        parts = [
            self.of(array, [known[letter] for letter in term])
            for term, array in zip(inputs.split(","), arrays, strict=True)
        ]
        whole = reduce(lambda left, right: Binary("*", left, right), parts)
        if not summed:
            return whole
        self.layout.settle(whole)
        names = "".join(str(known[letter]) for letter in summed)
        return self._leaf(self.layout.notation.total(self.layout.piece(whole), "+", names))

    def _labelled(self, node: Expression, spots: list[_Spot]) -> Piece:
        notation = self.layout.notation
        if _needed(self.layout, node):
            base = notation.base(self.layout.whole_array(node))
        else:
            self.layout.settle(node)
            base = notation.base(self.layout.piece(node))
        letters = [spot for spot in spots if isinstance(spot, str)]
        self.used.update(letters)
        if len(letters) == len(spots):
            return notation.labelled(base, "".join(letters))
        items = [spot if isinstance(spot, str) else self.layout.shifted(spot) for spot in spots]
        return notation.lowered(base, items)

    def _leaf(self, piece: Piece) -> Expression:
        """Return a number that is printed as it stands."""
        return self.layout.printed(piece)


def _is_plain(item: Expression) -> bool:
    whole = isinstance(item, Number) and item.value >= 0
    return item in (Slice(), Literal(None)) or whole
