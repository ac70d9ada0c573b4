"""Products of arrays with more than two axes: what is summed together is one factor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from symback.language import size
from symback.language.tree import Binary, Call, Expression
from symback.notation.writing import trees
from symback.notation.writing.moments import mean
from symback.notation.writing.pieces import NoNotation, Piece, aligned, multiplied
from symback.notation.writing.products import assembled, einsum_of, merged
from symback.tensor.dims import Dim

#: By how many nodes sums and matrix products may be longer than `einsum`, which says less.
LENIENCY = 1


def stacked_product(pieces: list[Piece], rank: int, sizes: Mapping[int, Dim]) -> Expression:
    """Return a product summed over the labels from `rank` on, part by part where that is short.

    Parts are joined by summed labels: result[i, j, k]*sum(g*y, axis=2)[i, j] has two.
    """
    pieces = merged(pieces, set())
    whole = einsum_of(pieces, rank, sizes)
    try:
        closed = [_closed(part, rank, sizes) for part in _parts(pieces, rank)]
        apart = assembled(merged(closed, set()), rank, sizes)
    except NoNotation:
        return whole
    pointwise = any(len(set(piece.labels)) == rank for piece in pieces)
    summed = any(label >= rank for piece in pieces for label in piece.labels)
    more = LENIENCY if pointwise or summed else 0
    return apart if size(apart) <= size(whole) + more else whole


def stacked_mean(
    pieces: list[Piece], rank: int, sizes: Mapping[int, Dim], labels: frozenset[int]
) -> Expression:
    """Return a product averaged over its summed labels; NoNotation where that has no words."""
    parts = []
    for part in _parts(pieces, rank):
        summed = {k for piece in part for k in piece.labels if k >= rank}
        total = _total(part, summed, sizes, "mean") if summed else part[0]
        if total is None or summed - labels:
            raise NoNotation
        parts.append(total)
    return assembled(parts, rank, sizes)


def _parts(pieces: list[Piece], rank: int) -> Iterator[list[Piece]]:
    left = list(pieces)
    while left:
        part = [left.pop(0)]
        for piece in part:
            labels = {label for label in piece.labels if label >= rank}
            part.extend(other for other in left if labels & set(other.labels))
            left = [other for other in left if not labels & set(other.labels)]
        yield part


def _closed(part: list[Piece], rank: int, sizes: Mapping[int, Dim]) -> Piece:
    """Sum a product over its summed labels."""
    labels = {label for piece in part for label in piece.labels}
    summed = {label for label in labels if label >= rank}
    if not summed:
        return part[0]
    free = tuple(sorted(labels - summed))
    place = {label: k for k, label in enumerate((*free, *sorted(summed)))}
    moved = [_moved(piece, place) for piece in part]
    lengths = {k: sizes[label] for label, k in place.items()}
    spelled = Piece(einsum_of(moved, len(free), lengths), free)
    others = [_total(part, summed, sizes), _matrices(part, summed)]
    shortest = min(
        (p for p in others if p is not None), key=lambda p: size(p.tree), default=spelled
    )
    return shortest if size(shortest.tree) <= size(spelled.tree) + LENIENCY else spelled


def _moved(piece: Piece, place: Mapping[int, int]) -> Piece:
    labels = tuple(place[label] for label in piece.labels)
    return Piece(piece.tree, labels, piece.exponent, piece.symmetric)


def _total(
    part: list[Piece], summed: set[int], sizes: Mapping[int, Dim], function: str = "sum"
) -> Piece | None:
    """Return `sum(a*b)`, with its axes unless all are summed.

    None where the factors do not broadcast as they are.
    """
    base = max((piece.labels for piece in part), key=len)
    place = {label: k for k, label in enumerate(base)}
    if any(label not in place for piece in part for label in piece.labels):
        return None
    moved = [_moved(piece, place) for piece in part]
    if any(list(piece.labels) != sorted(piece.labels) for piece in moved):
        return None
    lengths = {k: sizes[label] for label, k in place.items()}
    tree = multiplied([aligned(piece, len(base), lengths) for piece in moved])
    axis = trees.axes_tree([place[label] for label in base if label in summed])
    left = tuple(label for label in base if label not in summed)
    if function == "mean":
        return Piece(mean(tree, axis if left else None), left)
    return Piece(Call(function, (tree,), (("axis", axis),) if left else ()), left)


def _matrices(part: list[Piece], summed: set[int]) -> Piece | None:
    """Return `a @ b` for two factors, stacks of matrices among them, None for others."""
    if len(part) != 2 or len(summed) != 1 or any(piece.exponent != 1 for piece in part):
        return None
    (label,) = summed
    for left, right in (part, part[::-1]):
        a, b = _turned(left, label, -1), _turned(right, label, -2)
        if a is None or b is None:
            continue
        (*stack, i, _), (*other, _, j) = a.labels, b.labels
        if stack == other or not stack or not other:
            labels = (*(stack or other), i, j)
            if list(labels) == sorted(set(labels)):
                return Piece(Binary("@", a.tree, b.tree), labels)
    return None


def _turned(piece: Piece, label: int, axis: int) -> Piece | None:
    """Return a matrix, or a stack of them, with a label at the axis -1 or -2."""
    if len(piece.labels) < 2:
        return None
    if piece.labels[axis] == label:
        return piece
    if len(piece.labels) == 2:
        return Piece(piece.oriented(*piece.labels[::-1]), piece.labels[::-1])
    return None
