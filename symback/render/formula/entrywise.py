"""Formulas by their entries: [XᵢⱼΣₖ Yᵢₖ²]ᵢⱼ where signs for whole arrays have no words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from typing import TYPE_CHECKING

from symback.functions.dots import without_dots
from symback.language import operands, rebuild
from symback.language.tree import (
    Binary,
    Call,
    Expression,
    Literal,
    Number,
    Slice,
    Subscript,
    Transpose,
)
from symback.render.formula.definitions import (
    NORMALISED,
    RUNNING,
    norm_of,
    order_of,
    place_of,
)
from symback.render.formula.pieces import APPLIED, RUN, Piece
from symback.render.formula.thin import (
    has_only_entries,
    is_elementwise,
    is_plain,
    needed,
    reduced_axes,
)

if TYPE_CHECKING:
    from symback.render.formula.layout import Layout

_LETTERS = "ijklmnprstuv"
#: What stands for one axis: a letter or a known place.
_Spot = str | Expression


def by_entries(layout: Layout, node: Expression) -> Piece | None:
    """Print an array by its entries; None where the signs for whole arrays do."""
    return alone(layout, node) if layout.ndim(node) and needed(layout, node) else None


def alone(layout: Layout, node: Expression) -> Piece | None:
    """Print an array of up to four axes by its entries."""
    axes = layout.ndim(node)
    if not 0 < axes <= 4:
        return None
    letters = iter(_LETTERS)
    spots: list[_Spot] = [next(letters) for _ in range(axes)]
    entries = _Entries(layout, letters)
    made = _made(entries, node, spots)
    if made is None:
        return None
    layout.settle(made)
    used = "".join(s for s in spots if isinstance(s, str) and s in entries.used)
    notation = layout.notation
    text = notation.fence(layout.text(made), "[")
    return notation.labelled(Piece(text), used) if used else layout.piece(made)


def entry(layout: Layout, node: Expression, spots: Sequence[_Spot], but: str) -> Piece | None:
    """Print one entry of an array that is printed by its entries; None for other arrays.

    `but` are letters that mean something else.
    """
    known = needed(layout, node) or has_only_entries(layout, node)
    if not layout.ndim(node) == len(spots) > 0 or not known:
        return None
    made = _made(_Entries(layout, (c for c in _LETTERS if c not in but)), node, spots)
    if made is None:
        return None
    layout.settle(made)
    return layout.piece(made)


def component(layout: Layout, node: Subscript) -> Piece | None:
    """Print a component of an array that is printed by its entries; None for other components."""
    if not all(isinstance(item, Number) and item.value >= 0 for item in node.items):
        return None
    return entry(layout, node.value, node.items, "")


def _made(entries: _Entries, node: Expression, spots: Sequence[_Spot]) -> Expression | None:
    """Return the entry of an array, None where letters or axes run out.

    What somebody has written down need not have axes that fit; it is then printed as it stands.
    """
    try:
        return entries.of(node, list(spots))
    except (LookupError, ValueError, StopIteration):
        return None


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
        if is_elementwise(node):
            parts = [self.of(part, self._behind(part, spots)) for part in operands(node)]
            return rebuild(node, parts)
        match node:
            case Transpose(value):
                return self.of(value, spots[::-1])
            case Subscript(value, items) if all(map(is_plain, items)):
                return self.of(value, self._before(value, items, spots))
            case Call():
                return self._called(node, spots)
        return self._leaf(self._labelled(node, spots))

    def _called(self, node: Call, spots: list[_Spot]) -> Expression:
        """Return the entry of a call that is not made entry by entry."""
        match node:
            case Call(arguments=(inner, *_)) if axes := reduced_axes(self.layout, node):
                return self._reduced(node, inner, axes, spots)
            case Call(function=name, arguments=(inner,)) if name in RUNNING:
                return self._running(node, inner, spots)
            case Call(function=name, arguments=(inner,)) if name in NORMALISED:
                return self._normalised(node, inner, spots)
            case Call("transpose", (inner, axes)) if order := order_of(axes):
                return self.of(inner, [spots[order.index(k)] for k in range(len(order))])
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
        labels = "".join(own.values())
        if node.function == "norm":
            whole = norm_of(node, made, lambda part, sign: self._total(part, sign, labels))
            return self._leaf(self._labelled(node, spots)) if whole is None else whole
        return self._total(
            made, {"sum": "+", "prod": "*"}.get(node.function, node.function), labels
        )

    def _total(self, made: Expression, sign: str, labels: str) -> Expression:
        """Return a sum, a product, or what `sign` names over letters."""
        self.layout.settle(made)
        piece, notation = self.layout.piece(made), self.layout.notation
        if sign in ("+", "*"):
            return self._leaf(notation.total(piece, sign, labels))
        return self._leaf(self._named(sign, labels, piece))

    def _named(self, function: str, labels: str, piece: Piece) -> Piece:
        """Return a function along letters of one entry: max over j of an entry."""
        notation = self.layout.notation
        word = self.layout.style.templates.get(function) or notation.word(function)
        name = notation.lowered(Piece(word), [labels]).text
        return Piece(f"{name} {notation.inside(piece, RUN).text}", APPLIED, word=True)

    def _running(self, node: Call, inner: Expression, spots: list[_Spot]) -> Expression:
        """Return the sum of the entries up to this one along an axis."""
        rank = self.layout.ndim(inner)
        axis = 0 if rank == 1 else place_of(node, rank)
        if axis is None:
            return self._leaf(self._labelled(node, spots))
        letter, last = next(self.letters), spots[axis]
        made = self.of(inner, [*spots[:axis], letter, *spots[axis + 1 :]])
        self.layout.settle(made)
        if isinstance(last, str):
            self.used.add(last)
        limit = last if isinstance(last, str) else self.layout.shifted(last)
        sign = RUNNING[node.function]
        notation = self.layout.notation
        return self._leaf(notation.total(self.layout.piece(made), sign, letter, upto=limit))

    def _normalised(self, node: Call, inner: Expression, spots: list[_Spot]) -> Expression:
        """Return an entry of the softmax along an axis."""
        axis = place_of(node, self.layout.ndim(inner))
        letter = None if axis is None else spots[axis]
        if not isinstance(letter, str):
            return self._leaf(self._labelled(node, spots))
        made = self.of(inner, spots)
        self.layout.settle(made)
        return self._leaf(self._named(node.function, letter, self.layout.piece(made)))

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
        if needed(self.layout, node):
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
