"""Pieces of a product: a tree with the label of each of its axes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple, Protocol, TypeGuard

from symback.language import size
from symback.language.tree import (
    Binary,
    Call,
    Compare,
    Expression,
    Literal,
    Name,
    Number,
    Subscript,
)
from symback.language.tree import Sequence as ListTree
from symback.notation.writing import trees
from symback.notation.writing.bounds import inside
from symback.notation.writing.cost import shortest
from symback.tensor.dims import Dim
from symback.tensor.modes import GUARDED
from symback.tensor.poly import Poly, Rational


class NoNotation(Exception):
    """A product has no notation of this kind; another way must be tried."""


class Read(Protocol):
    """Reads tensors as trees; `inner` may leave axes out along which a tensor is constant."""

    def __call__(self, value: Poly) -> Expression:
        """Return a tree with the tensor's shape."""
        ...

    def inner(self, value: Poly) -> Expression:
        """Return a tree that broadcasts to the tensor's shape."""
        ...


class Whole(NamedTuple):
    """An array and the label of each of its axes, None for one of length 1."""

    tree: Expression
    axes: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """`tree ** exponent` with one label per axis; a symmetric one may be read either way.

    `parts` are the factors of an elementwise product of vectors, kept until it is summed. Where
    entry 0 of axes of length 1 is picked, `whole` is the array with these axes; `turned` is the
    transpose of a matrix product, as its factors give it.
    """

    tree: Expression
    labels: tuple[int, ...]
    exponent: Rational = 1
    symmetric: bool = False
    parts: tuple[Piece, ...] = ()
    whole: Whole | None = None
    turned: Expression | None = None

    def powered(self) -> Expression:
        """Return the tree with its exponent's size; the sign says on which side it stands."""
        exponent = -self.exponent if self.exponent < 0 else self.exponent
        return trees.raised(self.tree, exponent)

    def oriented(self, *order: int) -> Expression:
        """Return the tree with its axes in this order of labels."""
        tree = self.powered()
        if self.exponent < 0:
            tree = trees.quotient(trees.ONE, tree)
        if self.labels == order or self.symmetric:
            return tree
        if len(order) == 2:
            outside = trees.transposed(tree)
            if self.turned is None or self.exponent != 1 or size(outside) < size(self.turned):
                return outside
            return self.turned
        axes = tuple(trees.integer(self.labels.index(label)) for label in order)
        return Call("transpose", (tree, ListTree(axes, "(")))


def multiplied(pieces: Iterable[Piece]) -> Expression:
    """Return the product of trees that are already aligned, the inverted ones below."""
    ordered = sorted(pieces, key=_reading_order)
    conditions: list[Expression] = []
    norms = GUARDED.get()
    if norms is not None:
        conditions = [tree for piece in ordered if (tree := _condition(piece, norms)) is not None]
        ordered = [piece for piece in ordered if not _is_truth(piece)]
    ordered = _bounds_joined(_roots_joined(_powers_joined(ordered)))
    candidates = [ordered]
    for change in (_exponentials_above, _exponentials_joined):
        turned = change(ordered)
        if turned != ordered:
            candidates.insert(0, turned)
    tree = shortest([_quotient(form) for form in candidates])
    if not conditions:
        return tree
    condition = trees.product(inside(conditions))
    if tree == trees.ONE:
        return condition
    return Call("where", (condition, tree, trees.ZERO))


def _quotient(pieces: list[Piece]) -> Expression:
    top = trees.product([piece.powered() for piece in pieces if piece.exponent > 0])
    bottom = trees.product([piece.powered() for piece in pieces if piece.exponent < 0])
    return trees.quotient(top, bottom)


def _exponentials_above(pieces: list[Piece]) -> list[Piece]:
    """Write 1/exp(u) as exp(-u)."""
    return [
        Piece(_exponential([piece]), piece.labels) if _is_exponential(piece, -1) else piece
        for piece in pieces
    ]


def _exponentials_joined(pieces: list[Piece]) -> list[Piece]:
    """Write exp(u)/exp(v) as exp(u - v)."""
    found = [piece for piece in pieces if _is_exponential(piece, 1, -1)]
    if len(found) < 2:
        return pieces
    rest = [piece for piece in pieces if not any(piece is one for one in found)]
    return [*rest, Piece(_exponential(found), found[0].labels)]


def _is_exponential(piece: Piece, *exponents: int) -> bool:
    match piece.tree:
        case Call("exp", (_,)):
            return piece.exponent in exponents
        case _:
            return False


def _exponential(pieces: list[Piece]) -> Expression:
    """Return the product of exponentials as one."""
    arguments = [
        (piece.exponent, piece.tree.arguments[0])
        for piece in pieces
        if isinstance(piece.tree, Call)
    ]
    ((first, whole), *others) = arguments
    if not others:
        return Call("exp", (trees.negated(whole) if first < 0 else whole,))
    return Call("exp", (trees.total(arguments),))


def _powers_joined(pieces: list[Piece]) -> list[Piece]:
    """Write the product trace(A)*trace(A) of scalars as trace(A)**2."""
    result: list[Piece] = []
    places: dict[tuple[Expression, bool], int] = {}
    for piece in pieces:
        place = len(result)
        if not piece.labels:
            place = places.setdefault((piece.tree, piece.exponent > 0), place)
        if place == len(result):
            result.append(piece)
        else:
            exponent = result[place].exponent + piece.exponent
            result[place] = replace(result[place], exponent=exponent)
    return result


def _roots_joined(pieces: list[Piece]) -> list[Piece]:
    """Write sqrt(2)*sqrt(pi) as sqrt(2*pi)."""
    result = list(pieces)
    for exponent in (Fraction(1, 2), Fraction(-1, 2)):
        roots = [piece for piece in result if not piece.labels and piece.exponent == exponent]
        plain = [piece for piece in roots if isinstance(piece.tree, Number | Name)]
        if len(plain) > 1:
            whole = trees.product([piece.tree for piece in plain])
            result = [piece for piece in result if not any(piece is p for p in plain)]
            result.append(Piece(whole, (), exponent))
    return result


def _bounds_joined(pieces: list[Piece]) -> list[Piece]:
    """Write (x < 1)*(x > -1) as abs(x) < 1."""
    truths = [piece.tree for piece in pieces if _is_truth(piece)]
    joined = inside(truths)
    if len(joined) == len(truths):
        return pieces
    rest = [piece for piece in pieces if not _is_truth(piece)]
    return [*rest, *(Piece(tree, ()) for tree in joined)]


def _is_truth(piece: Piece) -> bool:
    match piece.tree:
        case Compare():
            return piece.exponent > 0
        case _:
            return False


def _condition(piece: Piece, norms: frozenset[str]) -> Expression | None:
    """Return the condition under which a product with this factor is not 0."""
    if _is_truth(piece):
        return piece.tree
    match piece.tree:
        case Name(name):
            is_norm = name in norms
        case tree:
            is_norm = isinstance(tree, Call) and tree.function == "norm"
    return Compare("!=", piece.tree, trees.ZERO) if is_norm and piece.exponent < 0 else None


def _reading_order(piece: Piece) -> tuple[int, int]:
    """Numbers and contractions before names, sums before functions; else as they come."""
    match piece.tree:
        case Number():
            return (0, 0)
        case Binary("@", _, _):
            return (1, 0)
        case Call(function, _):
            return (3 if function != "heaviside" else 5, 0)
        case Compare():
            return (5, 0)
        case Binary("+" | "-", left, _):
            return (1 if isinstance(left, Subscript) else 4, 0)
        case _:
            return (2, 0)


def aligned(piece: Piece, rank: int, sizes: Mapping[int, Dim]) -> Piece:
    """Return a piece, its labels rising, as broadcasting wants it among `rank` free axes."""
    order = tuple(sorted(piece.labels))
    exponent = piece.exponent
    if _broadcasts(piece.whole, rank, sizes):
        return Piece(piece.whole.tree, order, exponent)
    tree = replace(piece, exponent=1).oriented(*order)
    if not order:
        return Piece(tree, (), exponent)
    items: list[Expression] = []
    for axis in range(order[0], rank):
        items.append(trees.ALL if axis in order else trees.NONE)
    while items and items[-1] == trees.ALL:
        items.pop()
    if items:
        tree = _kept(tree, items, order[0]) or Subscript(tree, tuple(items))
    whole = Piece(tree, order, exponent)
    if not any(part.whole for part in piece.parts):
        return whole
    apart = multiplied([aligned(part, rank, sizes) for part in piece.parts])
    return Piece(apart, order) if size(apart) < size(tree) else whole


def _broadcasts(whole: Whole | None, rank: int, sizes: Mapping[int, Dim]) -> TypeGuard[Whole]:
    """Tell whether an array with axes of length 1 fits the last of `rank` axes as it is."""
    if whole is None or len(whole.axes) > rank:
        return False
    first = rank - len(whole.axes)
    if any(own not in (None, first + k) for k, own in enumerate(whole.axes)):
        return False
    return whole.axes[0] is not None or sizes[first] != 1


def _kept(tree: Expression, items: list[Expression], lead: int) -> Expression | None:
    """Return a reduction that keeps its axes, where only these are put back.

    A number beside it needs no axis. Up to `lead` axes may be kept in front of the first.
    """
    match tree:
        case Call(function, arguments, (("axis", axis),)) if function in REDUCTIONS:
            axes = trees.whole_numbers(axis)
            first = next((k for k, one in enumerate(axes) if one != k), len(axes))
            put_back = [k + first for k, item in enumerate(items) if item == trees.NONE]
            if axes[first:] == put_back and first <= lead:
                return Call(function, arguments, (("axis", axis), ("keepdims", Literal(True))))
        case Binary(op, left, Number() as number) if op != "@":
            kept = _kept(left, items, lead)
            return None if kept is None else Binary(op, kept, number)
        case Binary("+" | "*" as op, Number() as number, right):
            kept = _kept(right, items, lead)
            return None if kept is None else Binary(op, number, kept)
    return None


#: Functions that take `axis` and `keepdims`.
REDUCTIONS = frozenset({"sum", "mean", "var", "std", "norm", "logsumexp", "max", "min", "prod"})


def half(value: Rational) -> Rational:
    """Return half of an exponent."""
    return Fraction(value) / 2
