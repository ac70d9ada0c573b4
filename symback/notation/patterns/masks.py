"""Conditions in notation: identity matrices, unit vectors, triangles and running sums."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from symback.language.tree import Call, Expression
from symback.notation.patterns.slices import cut, padded
from symback.notation.writing import trees
from symback.notation.writing.pieces import NoNotation, Piece, multiplied
from symback.tensor.dims import Dim

#: A label and the bounds [start, stop) outside which a product is zero.
Window: TypeAlias = tuple[int, Dim, Dim]


@dataclass(slots=True)
class Triangle:
    """[row - column + offset >= 0] for the labels of a matrix."""

    row: int
    column: int
    offset: Dim


@dataclass(slots=True)
class Masks:
    """The conditions of one monomial; `pieces` are those that are factors like any other."""

    pieces: list[Piece] = field(default_factory=list)
    diagonals: list[tuple[int, int]] = field(default_factory=list)
    triangles: list[Triangle] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)
    rank: int = 0

    def cut(self, pieces: list[Piece], sizes: Mapping[int, Dim]) -> list[Piece]:
        """Return all factors: a window [start <= i < stop] as part of one that has the label."""
        found = list(pieces)
        chosen: dict[int, list[Window]] = {}
        for window in self.windows:
            place = _cuttable(pieces, window[0])
            if place is None:
                found.append(_ones(window, sizes))
            else:
                chosen.setdefault(place, []).append(window)
        for place, windows in chosen.items():
            found[place] = _windowed(pieces[place], windows, sizes)
        return [*found, *self.pieces]

    def as_pieces(self, sizes: Mapping[int, Dim]) -> list[Piece]:
        """Return diagonals and triangles as constant matrices."""
        made = [
            Piece(Call("eye", (trees.length(sizes[a]),)), (a, b), symmetric=True)
            for a, b in self.diagonals
        ]
        made.extend(_constant_triangle(triangle, sizes) for triangle in self.triangles)
        return made

    def open(self, bound: Iterable[int]) -> list[int]:
        """Return the summed labels that `running_sums` has not dealt with."""
        gone = {t.column for t in self.triangles if t.row == -1}
        return [label for label in bound if label not in gone]

    def running_sums(self, pieces: list[Piece], sizes: Mapping[int, Dim]) -> list[Piece]:
        """Sum vectors up to a running index; other masks on summed labels become matrices."""
        kept = [t for t in self.triangles if max(t.row, t.column) < self.rank]
        waiting = [t for t in self.triangles if t not in kept]
        while waiting:
            for place, triangle in enumerate(waiting):
                others = [*waiting[:place], *waiting[place + 1 :]]
                done = _running_sum(pieces, triangle, others, sizes, self.rank)
                if done is not None:
                    pieces, summed = done
                    kept.append(Triangle(-1, summed, 0))
                    waiting = others
                    break
            else:
                pieces = _with_triangle(pieces, waiting.pop(0), sizes)
        self.triangles = kept
        return pieces

    def applied(
        self,
        assemble: Callable[[list[Piece], int, Mapping[int, Dim]], Expression],
        pieces: list[Piece],
        rank: int,
        sizes: Mapping[int, Dim],
    ) -> Expression:
        """Assemble a product and put its masks around it: `diag(v)`, `tril(A)`."""
        triangles = [t for t in self.triangles if t.row >= 0]
        for a, b in self.diagonals:
            if rank != 2 or (a, b) != (0, 1):
                raise NoNotation
            vectors = [piece for piece in pieces if piece.labels == (0,)]
            scalars = [piece for piece in pieces if not piece.labels]
            if len(vectors) + len(scalars) < len(pieces):
                raise NoNotation
            length = trees.length(sizes[0])
            inner = Call("diag", (multiplied(vectors),)) if vectors else Call("eye", (length,))
            return multiplied([Piece(inner, ()), *scalars])
        tree = assemble(pieces, rank, sizes)
        for triangle in triangles:
            if rank != 2 or not {label for piece in pieces for label in piece.labels} >= {0, 1}:
                pieces = [*pieces, _constant_triangle(triangle, sizes)]
                tree = assemble(pieces, rank, sizes)
                continue
            tree = _triangle_call(tree, triangle)
        return tree


def _with_triangle(
    pieces: list[Piece], triangle: Triangle, sizes: Mapping[int, Dim]
) -> list[Piece]:
    """Cut a triangle out of a matrix with its labels; it is a factor where there is none."""
    both = {triangle.row, triangle.column}
    for place, piece in enumerate(pieces):
        if set(piece.labels) == both and len(piece.labels) == 2 and piece.exponent == 1:
            upright = piece.labels == (triangle.row, triangle.column)
            places = (0, 1) if upright else (1, 0)
            tree = _triangle_call(piece.powered(), Triangle(*places, triangle.offset))
            return [*pieces[:place], Piece(tree, piece.labels), *pieces[place + 1 :]]
    return [*pieces, _constant_triangle(triangle, sizes)]


def _cuttable(pieces: list[Piece], label: int) -> int | None:
    """Return the place of the smallest piece that a window of `label` can be cut into."""
    fitting = [
        place
        for place, piece in enumerate(pieces)
        if label in piece.labels and piece.exponent == 1 and not piece.parts
    ]
    return min(fitting, key=lambda place: len(pieces[place].labels), default=None)


def _windowed(piece: Piece, windows: list[Window], sizes: Mapping[int, Dim]) -> Piece:
    """Cut windows out of a piece and put zeros in place of the rest."""
    items: list[Expression] = [trees.ALL] * len(piece.labels)
    padding: list[tuple[Dim, Dim]] = [(0, 0)] * len(piece.labels)
    for label, start, stop in windows:
        axis, length = piece.labels.index(label), sizes[label]
        if items[axis] != trees.ALL:
            raise NoNotation
        items[axis], _, _ = cut(start, 1, stop - start, length)
        padding[axis] = (start, length - stop)
    tree = padded(trees.subscripted(piece.tree, items), padding)
    return Piece(tree, piece.labels)


def _ones(window: Window, sizes: Mapping[int, Dim]) -> Piece:
    label, start, stop = window
    tree = Call("ones", (trees.length(stop - start),))
    return Piece(padded(tree, [(start, sizes[label] - stop)]), (label,))


def _triangle_call(tree: Expression, triangle: Triangle) -> Expression:
    lower = triangle.row == 0
    offset = triangle.offset if lower else -triangle.offset
    extra = () if offset == 0 else (trees.length(offset),)
    return Call("tril" if lower else "triu", (tree, *extra))


def _constant_triangle(triangle: Triangle, sizes: Mapping[int, Dim]) -> Piece:
    labels = tuple(sorted((triangle.row, triangle.column)))
    ones = Call("ones", tuple(trees.length(sizes[label]) for label in labels))
    places = (labels.index(triangle.row), labels.index(triangle.column))
    return Piece(_triangle_call(ones, Triangle(*places, triangle.offset)), labels)


def _running_sum(
    pieces: list[Piece],
    triangle: Triangle,
    others: list[Triangle],
    sizes: Mapping[int, Dim],
    rank: int,
) -> tuple[list[Piece], int] | None:
    """Return the pieces with `cumsum` in place of a sum over [k <= i] or [k >= i].

    The label k must be in no other triangle: that one belongs inside the sum.
    """
    held = {label for other in others for label in (other.row, other.column)}
    summed = max(triangle.row, triangle.column)
    for label in (triangle.row, triangle.column):
        if label >= rank and label not in held:
            summed = label
    forward = summed == triangle.column
    free = triangle.row if forward else triangle.column
    if summed in held or triangle.offset != 0 or sizes[summed] != sizes[free]:
        return None
    touching = [piece for piece in pieces if summed in piece.labels]
    if not touching or any(len(piece.labels) > 1 for piece in touching):
        return None
    vector = multiplied(touching)
    if forward:
        tree: Expression = Call("cumsum", (vector,))
    else:
        tree = Call("flip", (Call("cumsum", (Call("flip", (vector,)),)),))
    rest = [piece for piece in pieces if summed not in piece.labels]
    return [*rest, Piece(tree, (free,))], summed
