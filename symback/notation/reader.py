"""The reader: from canonical sums to the notation of a textbook, as a syntax tree."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from typing import overload

from symback.calculus.names import Names
from symback.functions.entry import Function
from symback.language import size
from symback.language.tree import Expression, Transpose
from symback.notation.order import Order
from symback.notation.patterns.averages import average, averages
from symback.notation.patterns.blocks import flattened, kronecker
from symback.notation.patterns.branches import choices, complement
from symback.notation.patterns.conditions import split_conditions
from symback.notation.patterns.convolutions import convolution
from symback.notation.patterns.covering import covering
from symback.notation.patterns.crosses import crossed
from symback.notation.patterns.factors import piece_of
from symback.notation.patterns.masks import Masks
from symback.notation.patterns.regrouped import blocked, regrouped
from symback.notation.patterns.spaced import spaced
from symback.notation.patterns.stacked_products import stacked_mean, stacked_product
from symback.notation.patterns.stacks import rolled, stacked
from symback.notation.patterns.unrolled import LastResort
from symback.notation.patterns.windows import joined
from symback.notation.rewriting.exponents import with_joined_powers
from symback.notation.rewriting.narrowing import collapsed, without_leading
from symback.notation.spelling import Spelling
from symback.notation.templates import Templates
from symback.notation.writing import trees
from symback.notation.writing.cost import Length, length_of, shared_size, shortest
from symback.notation.writing.moments import mean
from symback.notation.writing.pieces import NoNotation, Piece, multiplied
from symback.notation.writing.products import assembled, contracted
from symback.notation.writing.sums import (
    content,
    shared_scalars,
    with_content,
    without_scalars,
)
from symback.tensor.algebra import transpose, used_axes
from symback.tensor.dims import Dim, Shape
from symback.tensor.poly import (
    CONDITIONS,
    GROUP,
    LEAF,
    Atom,
    Factor,
    Monomial,
    Poly,
    as_atom,
    as_number,
    atom,
    poly,
    scale,
)

#: What a product as a whole may be called.
RECOGNISERS = (kronecker, flattened, spaced, convolution)


class Reader:
    """Reads tensors as trees; `known` maps tensors to the names that they have,
    `spelled` sums to the trees in which the user wrote them."""

    def __init__(
        self,
        functions: Mapping[str, Function],
        known: Names | None = None,
        spelled: Mapping[Poly, Expression] | None = None,
        definitions: Mapping[Atom, Poly] | None = None,
        leaves: Mapping[str, Atom] | None = None,
        signals: Collection[Atom] = (),
    ) -> None:
        self.functions = functions
        self._last_resort = LastResort(functions)
        self.definitions = definitions if definitions is not None else {}
        self.spelling = Spelling(spelled if spelled is not None else {})
        self.known = known or Names()
        self._read: dict[Poly, Expression] = {}
        self._order = Order(self.definitions, leaves if leaves is not None else {}, signals)
        self._templates = Templates(self.known, self.spelling, self._order)

    def __call__(self, value: Poly) -> Expression:
        """Return a tree that has the shape and the value of the tensor."""
        value = self._settled(value)
        return covering(value, self.inner(value), self)

    def defined(self, value: Poly) -> Expression:
        """Return what a named tensor is equal to, not its name."""
        base = as_atom(value)
        if base is not None and base.kind == LEAF and base in self.definitions:
            value = self.definitions[base]
        return covering(value, self._sum(value), self)

    def _settled(self, value: Poly) -> Poly:
        """Return a tensor with the axes that its tree will have, unless it has a name."""
        base = as_atom(self.known.of(value))
        return value if base is not None and base.kind == LEAF else collapsed(value)

    def inner(self, value: Poly) -> Expression:
        """Return a tree that may lack axes along which the tensor is constant."""
        found = self._read.get(value)
        if found is None:
            named = self.known.of(value)
            base = as_atom(named)
            if base is not None and base.kind == LEAF:
                found = piece_of(named.terms[0][0].factors[0], _sizes(named), {}, self).tree
            else:
                found = self._sum(named)
                for written in (self.spelling.tree(value), self.spelling.total(value)):
                    if written is not None and size(written) <= size(found):
                        found = written
            self._read[value] = found
        return found

    def cost(self, value: Poly) -> int:
        """Return the number of nodes of the tensor's notation."""
        return shared_size(self(value))

    def length(self, value: Poly) -> Length:
        """Return how long the tensor's notation is."""
        return length_of(self(value))

    def _sum(self, value: Poly) -> Expression:
        constant = as_number(value)
        if constant is not None:
            return trees.constant(constant)
        opposite = complement(value, self)
        if opposite is not None:
            return opposite
        value = regrouped(rolled(collapsed(value)))
        candidates = [self._plain_sum(value)]
        candidates.extend(self._with_scalars_out(value))
        candidates.extend(choices(value, self))
        candidates.extend(self._with_means_inside(value))
        matrix = len(value.shape) == 2 and used_axes(value) == (0, 1)
        if matrix and trees.transposes(candidates[0]) > 2:
            candidates.append(Transpose(self._plain_sum(transpose(value, (1, 0)))))
        for pattern in (stacked, crossed, joined, blocked):
            other = pattern(value, self)
            if other is not None:
                candidates.append(other)
        return shortest(candidates)

    def _plain_sum(self, value: Poly) -> Expression:
        """Read term by term, with sums or with means, and the common number in front or not."""
        monomials = [self.spelling.respelled(mono, times) for mono, times in value.terms]
        plain = [
            (times, self._templates(value.shape, mono, self._product)) for mono, times in monomials
        ]
        if len(plain) > 1:
            ranks = [self._order.term(m, plain[k][1]) for k, (m, _) in enumerate(monomials)]
            order = sorted(range(len(plain)), key=ranks.__getitem__)
            monomials, plain = [monomials[k] for k in order], [plain[k] for k in order]
        averaged = [
            self._averaged(value.shape, mono, times) or plain[k]
            for k, (mono, times) in enumerate(monomials)
        ]
        candidates: list[Expression] = []
        for terms in (plain, averaged) if averaged != plain else (plain,):
            contents = {Fraction(1), content([times for times, _ in terms])}
            candidates.extend(with_content(terms, content) for content in sorted(contents))
        return shortest(candidates)

    def _with_scalars_out(self, value: Poly) -> Iterator[Expression]:
        """Read a sum with the scalars that all its terms share in front: (y - t)/n."""
        if len(value.terms) < 2:
            return
        scalars = shared_scalars([mono for mono, _ in value.terms])
        if not scalars:
            return
        rest = {
            Monomial(without_scalars(mono.factors, scalars), mono.bound): times
            for mono, times in value.terms
        }
        inner = Piece(self._plain_sum(poly(value.shape, rest)), ())
        outer = [piece_of(f, {}, self.functions, self) for f in scalars]
        yield multiplied([inner, *outer])

    def _with_means_inside(self, value: Poly) -> Iterator[Expression]:
        """Read (3*g - sum(g))/3 times another factor as g - mean(g) times that."""
        if len(value.terms) != 1:
            return
        ((mono, times),) = value.terms
        below = Fraction(times).denominator
        for place, factor in enumerate(mono.factors):
            base = factor.atom
            if base.kind != GROUP or factor.exponent != 1:
                continue
            lengths = {length for term, _ in base.args[0].terms for length in term.bound}
            if below > 1 and any(isinstance(one, int) and below % one == 0 for one in lengths):
                inner = scale(base.args[0], Fraction(1, below))
                whole = Factor(atom(GROUP, shape=base.shape, args=(inner,)), factor.indices, 1)
                factors = (*mono.factors[:place], whole, *mono.factors[place + 1 :])
                tree = self._product(value.shape, Monomial(factors, mono.bound))
                yield with_content([(Fraction(times) * below, tree)], Fraction(1))

    def _averaged(
        self, shape: Shape, mono: Monomial, times: Fraction
    ) -> tuple[Fraction, Expression] | None:
        """Read a sum divided by the number of its terms as a mean, None where that is not one."""
        found = average(len(shape), mono, times)
        if found is not None:
            pieces = [piece_of(f, {}, self.functions, self) for f in found.scalars]
            pieces.append(Piece(mean(self.inner(found.entries)), ()))
            if found.others.factors:
                pieces.append(Piece(self._product(shape, found.others), ()))
            return found.times, multiplied(pieces)
        for labels, divided, product in averages(len(shape), mono, times):
            tree = self._product(shape, product, mean=labels)
            if tree is not None:
                return divided, tree
        return None

    @overload
    def _product(self, shape: Shape, mono: Monomial) -> Expression: ...

    @overload
    def _product(self, shape: Shape, mono: Monomial, mean: frozenset[int]) -> Expression | None: ...

    def _product(
        self, shape: Shape, mono: Monomial, mean: frozenset[int] = frozenset()
    ) -> Expression | None:
        """Return one monomial, without its coefficient; averaged over the labels `mean`."""
        mono = with_joined_powers(mono)
        if not mean:
            shape, mono = without_leading(shape, mono)
        sizes: dict[int, Dim] = dict(enumerate((*shape, *mono.bound)))
        rank = len(shape)
        if not mean:
            found = [recognise(mono, shape, self.functions, self) for recognise in RECOGNISERS]
            whole = [tree for tree in found if tree is not None]
            if whole:
                return shortest(whole)
        try:
            masks = split_conditions(mono, sizes)
            pieces = [
                piece_of(factor, sizes, self.functions, self)
                for factor in self._order.factors(mono.factors)
                if factor.atom.kind not in CONDITIONS
            ]
            pieces = masks.cut(pieces, sizes)
            return self._notation(pieces, masks, rank, sizes, mean)
        except NoNotation:
            if mean:
                return None
            return self._last_resort(poly(shape, {mono: 1}), self)

    def _notation(
        self,
        pieces: list[Piece],
        masks: Masks,
        rank: int,
        sizes: Mapping[int, Dim],
        mean: frozenset[int],
    ) -> Expression:
        if mean:
            bound = [label for label in sizes if label >= rank]
            if any({triangle.row, triangle.column} & mean for triangle in masks.triangles):
                raise NoNotation
            wide = len(mean) > 1 or any(len(piece.labels) > 2 for piece in pieces)
            if wide and not masks.triangles:
                return stacked_mean([*pieces, *masks.as_pieces(sizes)], rank, sizes, mean)
            left = contracted(masks.running_sums(pieces, sizes), masks.open(bound), min(mean))
            return masks.applied(assembled, left, rank, sizes)
        bound = [label for label in sizes if label >= rank]
        everything = [*pieces, *masks.as_pieces(sizes)]
        candidates: list[Expression] = []
        if rank <= 2:
            try:
                left = contracted(masks.running_sums(pieces, sizes), masks.open(bound))
                candidates.append(masks.applied(assembled, left, rank, sizes))
            except NoNotation:
                pass
        if not candidates or rank > 2:
            candidates.append(stacked_product(everything, rank, sizes))
        return shortest(candidates)


def _sizes(value: Poly) -> dict[int, Dim]:
    return dict(enumerate(value.shape))
