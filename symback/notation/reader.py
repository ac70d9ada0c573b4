"""The reader: from canonical sums to the notation of a textbook, as a syntax tree."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import gcd, lcm

from symback.functions.entry import Function
from symback.language import size
from symback.language.tree import Call, Expression, Number
from symback.notation import trees
from symback.notation.cost import shared_size
from symback.notation.convolutions import convolution
from symback.notation.factors import piece_of
from symback.notation.masks import Masks, split_conditions
from symback.notation.pieces import NoNotation, Piece, multiplied
from symback.notation.products import assembled, contracted, einsum_of
from symback.notation.stacks import stacked
from symback.notation.unrolled import unrolled
from symback.tensor import indices
from symback.tensor.dims import Dim, Shape
from symback.tensor.poly import CONDITIONS, LEAF, Monomial, Poly, Rational, as_atom, poly


class Reader:
    """Reads tensors as trees; `known` maps tensors to the names that they have."""

    def __init__(
        self, functions: Mapping[str, Function], known: Mapping[Poly, Poly] | None = None
    ) -> None:
        self.functions = functions
        self.known = known if known is not None else {}
        self._read: dict[Poly, Expression] = {}

    def __call__(self, value: Poly) -> Expression:
        """Return a tree that has the shape and the value of the tensor."""
        return self._covering(value, self.inner(value))

    def defined(self, value: Poly) -> Expression:
        """Return what a named tensor is equal to, not its name."""
        return self._covering(value, self._sum(value))

    def inner(self, value: Poly) -> Expression:
        """Return a tree that may lack axes along which the tensor is constant."""
        found = self._read.get(value)
        if found is None:
            named = self.known.get(value, value)
            base = as_atom(named)
            if base is not None and base.kind == LEAF:
                found = piece_of(named.terms[0][0].factors[0], _sizes(named), {}, self).tree
            else:
                found = self._sum(named)
            self._read[value] = found
        return found

    def cost(self, value: Poly) -> int:
        """Return the number of nodes of the tensor's notation."""
        return shared_size(self(value))

    def _sum(self, value: Poly) -> Expression:
        if not value.terms:
            return Number(Fraction(0))
        content = _content(value)
        candidates = [self._plain_sum(value, Fraction(1)), self._plain_sum(value, content)]
        other = stacked(value, self)
        if other is not None:
            candidates.append(other)
        return min(candidates, key=size)

    def _plain_sum(self, value: Poly, content: Fraction) -> Expression:
        terms = [
            (Fraction(times) / content, self._product(value.shape, mono))
            for mono, times in value.terms
        ]
        terms.sort(key=lambda term: _term_order(term[1]))
        tree = trees.total((_small(times), term) for times, term in terms)
        if content == 1:
            return tree
        scaled = trees.scaled(abs(content), tree)
        return trees.negated(scaled) if content < 0 else scaled

    def _product(self, shape: Shape, mono: Monomial) -> Expression:
        """Return one monomial, without its coefficient."""
        sizes: dict[int, Dim] = dict(enumerate((*shape, *mono.bound)))
        rank = len(shape)
        convolved = convolution(mono, shape, self.functions, self)
        if convolved is not None:
            return convolved
        try:
            masks = split_conditions(mono, sizes)
            pieces = [
                piece_of(factor, sizes, self.functions, self)
                for factor in mono.factors
                if factor.atom.kind not in CONDITIONS
            ]
            pieces.extend(masks.pieces)
            return self._notation(pieces, masks, rank, sizes)
        except NoNotation:
            return unrolled(poly(shape, {mono: 1}), self)

    def _notation(
        self, pieces: list[Piece], masks: Masks, rank: int, sizes: Mapping[int, Dim]
    ) -> Expression:
        bound = [label for label in sizes if label >= rank]
        everything = [*pieces, *masks.as_pieces(sizes)]
        candidates: list[Expression] = []
        if rank <= 2:
            try:
                left = contracted(masks.running_sums(pieces, sizes), masks.open(bound))
                candidates.append(masks.applied(assembled, left, rank, sizes))
            except NoNotation:
                pass
        elif not bound:
            candidates.append(assembled(everything, rank, sizes))
        if not candidates or rank > 2:
            candidates.append(einsum_of(everything, rank, sizes))
        return min(candidates, key=size)

    def _covering(self, value: Poly, tree: Expression) -> Expression:
        """Spread a tree over the axes along which the tensor is constant."""
        missing = [axis for axis in range(len(value.shape)) if axis not in _axes(value)]
        if not missing:
            return tree
        if not value.terms:
            return Call("zeros", tuple(trees.length(one) for one in value.shape))
        if value.shape == (1,):
            return trees.as_vector(tree)
        ones = Call("ones", tuple(trees.length(one) for one in value.shape))
        if len(missing) == len(value.shape):
            return multiplied([Piece(tree, ()), Piece(ones, ())])
        rank = len(value.shape)
        if rank == 2 and missing == [1] and len(value.terms) == 1:
            (mono, times) = value.terms[0]
            row = poly(value.shape[:1], {mono: times}) if not mono.bound else None
            if row is not None:
                length = Call("ones", (trees.length(value.shape[1]),))
                return Call("outer", (self(row), length))
        if rank == 2 and missing == [0] and len(value.terms) == 1:
            length = Call("ones", (trees.length(value.shape[0]),))
            return Call("outer", (length, tree))
        return multiplied([Piece(tree, ()), Piece(ones, ())])


def _sizes(value: Poly) -> dict[int, Dim]:
    return dict(enumerate(value.shape))


def _axes(value: Poly) -> set[int]:
    return {
        label
        for mono, _ in value.terms
        for f in mono.factors
        for i in f.indices
        for label in indices.labels(i)
    }


def _small(value: Fraction) -> Rational:
    return value.numerator if value.denominator == 1 else value


def _content(value: Poly) -> Fraction:
    coefficients = [Fraction(times) for _, times in value.terms]
    top = gcd(*(c.numerator for c in coefficients))
    bottom = lcm(*(c.denominator for c in coefficients))
    return Fraction(top, bottom) * (-1 if all(c < 0 for c in coefficients) else 1)


def _term_order(tree: Expression) -> int:
    """Put plain numbers behind and long terms before short ones of the same kind."""
    return 1 if isinstance(tree, Number) else 0
