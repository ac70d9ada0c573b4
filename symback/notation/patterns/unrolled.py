"""The last resorts: conditions written out as tensors of zeros and ones, or slice after slice."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from itertools import count

from symback.functions.entry import Function
from symback.language import size
from symback.language.tree import Binary, Call, Compare, Expression, Negate, Subscript
from symback.language.tree import Sequence as ListTree
from symback.notation.patterns.factors import tree_of
from symback.notation.patterns.slices import placed
from symback.notation.patterns.stacks import entry
from symback.notation.writing import trees
from symback.notation.writing.cost import shortest
from symback.notation.writing.pieces import NoNotation, Piece, Read
from symback.notation.writing.products import einsum_of
from symback.tensor import indices
from symback.tensor.algebra import monomial, used_axes
from symback.tensor.dims import Dim
from symback.tensor.indices import Affine, Index, affine
from symback.tensor.poly import CONDITIONS, DELTA, ONES, Factor, Monomial, Poly, add, poly

#: Sums and stacks longer than this are not written out.
MAX_TERMS = 64
#: Products inside of one that is written out, and inside of these, that are written out as well.
MAX_INSIDE = 20
#: How many times as long as another form the terms of a sum may be: together they may get shorter.
MAX_TIMES = 2
_MIRRORED = {"==": "==", ">=": "<="}


class LastResort:
    """Writes products for which matrix notation has no words, in the shorter of two ways."""

    def __init__(self, functions: Mapping[str, Function]) -> None:
        self.functions = functions
        self._inside = False
        self._left = 0

    def __call__(self, value: Poly, read: Read) -> Expression:
        """Return the notation of one product.

        Where it is written out, so may its parts be, and theirs: of these there may be millions.
        """
        candidates = [with_conditions(value, self.functions, read)]
        outermost = not self._inside
        if outermost:
            self._inside, self._left = True, MAX_INSIDE
        self._left -= 1
        try:
            if self._left >= 0:
                candidates.append(unrolled(value, read, size(candidates[0])))
        except NoNotation:
            pass
        finally:
            self._inside = not outermost
        return shortest(candidates)


def with_conditions(value: Poly, functions: Mapping[str, Function], read: Read) -> Expression:
    """Write a product as an `einsum` in which [t = i + k] is a tensor of comparisons."""
    (mono, _) = value.terms[0]
    rank = len(value.shape)
    sizes: dict[int, Dim] = dict(enumerate((*value.shape, *mono.bound)))
    fresh = count(len(sizes))
    pieces: list[Piece] = []
    for factor in mono.factors:
        if factor.atom.kind in CONDITIONS:
            pieces.append(_truth(factor, sizes, fresh))
        else:
            pieces.extend(_opened(factor, sizes, fresh, functions, read))
    return einsum_of(pieces, rank, sizes)


def _opened(
    factor: Factor,
    sizes: dict[int, Dim],
    fresh: count[int],
    functions: Mapping[str, Function],
    read: Read,
) -> list[Piece]:
    """Give each axis read at a combination of labels a label of its own, and a condition."""
    base, index, exponent = factor
    spots: list[Index] = []
    truths: list[Piece] = []
    for position, length in zip(index, base.shape, strict=True):
        terms = affine(position).terms
        if not terms or (isinstance(position, int) and sizes[position] == length):
            spots.append(position)
            continue
        label = next(fresh)
        sizes[label] = length
        spots.append(label)
        truths.append(_comparison("==", label, affine(position), sizes))
    piece = placed(tree_of(base, functions, read), base.shape, tuple(spots), sizes)
    return [Piece(piece.tree, piece.labels, exponent), *truths]


def _truth(factor: Factor, sizes: dict[int, Dim], fresh: count[int]) -> Piece:
    """Write a condition on labels as a tensor of zeros and ones."""
    const, terms = affine(factor.indices[0])
    if factor.atom.kind == ONES:
        label = next(fresh)
        sizes[label] = factor.atom.params[0]
        return _comparison("==", label, affine(factor.indices[0]), sizes)
    op = "==" if factor.atom.kind == DELTA else ">="
    if not terms:
        return Piece(Compare(op, trees.length(const), trees.constant(0)), ())
    plain = [(label, times) for label, times in terms if times in (1, -1)]
    label, times = (plain or terms)[0]
    sign = -1 if indices.is_negative(times) else 1
    other = Affine(-const * sign, tuple((k, -c * sign) for k, c in terms if k != label))
    return _comparison(op if sign == 1 else _MIRRORED[op], label, other, sizes, times * sign)


def _comparison(
    op: str, label: int, other: Affine, sizes: Mapping[int, Dim], times: Dim = 1
) -> Piece:
    """Return [times * label op other], the label's axis first and those of `other` behind it."""
    behind = [k for k, _ in other.terms]
    left = _multiple(times, _range(sizes[label], len(behind)))
    right: Expression | None = None
    for place, (k, factor) in enumerate(other.terms):
        term = _multiple(factor, _range(sizes[k], len(behind) - 1 - place))
        right = term if right is None else Binary("+", right, term)
    if other.const != 0 or right is None:
        shift = trees.length(other.const)
        right = shift if right is None else Binary("+", right, shift)
    return Piece(Compare(op, left, right), (label, *behind))


def _multiple(times: Dim, tree: Expression) -> Expression:
    if times == 1:
        return tree
    if times == -1:
        return Negate(tree)
    negative = indices.is_negative(times)
    factor = Negate(trees.length(-times)) if negative else trees.length(times)
    return Binary("*", factor, tree)


def _range(length: Dim, after: int) -> Expression:
    tree = Call("arange", (trees.length(length),))
    return Subscript(tree, (trees.ALL, *[trees.NONE] * after)) if after else tree


def unrolled(value: Poly, read: Read, longest: int) -> Expression:
    """Write a product as a stack of its slices, or as a long sum.

    Raises: NoNotation as soon as the parts are seen to be longer than `longest` together: each
    may be written out in its turn, and there would be millions.
    """
    (mono, _) = value.terms[0]
    if mono.bound:
        return _summed(value, mono, read, longest)
    if value.shape and isinstance(value.shape[0], int) and value.shape[0] <= MAX_TERMS:
        entries = [entry(value, place) for place in range(value.shape[0])]
        if not any(one.terms for one in entries):
            return _zeros(value)
        if len(entries) == 1:
            if 0 not in used_axes(value):  # the reader adds such axes of length 1 in front
                return read.inner(entries[0])
            return trees.with_axes(read(entries[0]), [0], len(value.shape))
        return Call("stack", (ListTree(tuple(_short(map(read, entries), longest))),))
    raise NoNotation


def _short(parts: Iterable[Expression], longest: int) -> Iterator[Expression]:
    """Yield trees as long as they are not too long together."""
    for part in parts:
        longest -= size(part)
        if longest < 0:
            raise NoNotation
        yield part


def _summed(value: Poly, mono: Monomial, read: Read, longest: int) -> Expression:
    rank = len(value.shape)
    choices = [(size, k) for k, size in enumerate(mono.bound) if isinstance(size, int)]
    if not choices:
        raise NoNotation
    length, k = min(choices)
    if length > MAX_TERMS:
        raise NoNotation
    parts = []
    for place in range(length):
        names: dict[int, indices.Index] = {rank + k: indices.constant(place)}
        bound: dict[int, Dim] = {rank + n: s for n, s in enumerate(mono.bound) if n != k}
        factors = [
            f._replace(indices=tuple(indices.substitute(i, names) for i in f.indices))
            for f in mono.factors
        ]
        parts.append(monomial(value.shape, factors, 1, bound))
    whole = add(parts)
    if len(whole.terms) > 1:
        terms = (read.inner(poly(value.shape, {mono: times})) for mono, times in whole.terms)
        deque(_short(terms, MAX_TIMES * longest), maxlen=0)
    return read.inner(whole) if whole.terms else _zeros(value)


def _zeros(value: Poly) -> Expression:
    """Return the zeros that a product, written out, turns out to be.

    The reader adds leading axes of length 1 along which it is constant.
    """
    first = min(used_axes(value), default=len(value.shape))
    lengths = tuple(map(trees.length, value.shape[first:]))
    return Call("zeros", lengths) if lengths else trees.constant(0)
