"""The reader: from canonical sums to the notation of a textbook, as a syntax tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import islice
from math import gcd, lcm
from typing import overload

from symback.functions.entry import Function
from symback.language import size
from symback.language.tree import Binary, Call, Expression, Number
from symback.notation import trees
from symback.notation.convolutions import convolution, flattened, kronecker
from symback.notation.cost import shared_size
from symback.notation.crosses import crossed
from symback.notation.factors import piece_of
from symback.notation.masks import Masks, split_conditions
from symback.notation.pieces import NoNotation, Piece, multiplied
from symback.notation.products import assembled, contracted, einsum_of
from symback.notation.stacks import rolled, stacked
from symback.notation.unrolled import last_resort
from symback.tensor import indices
from symback.tensor.algebra import group, restrict, without_unused
from symback.tensor.dims import Dim, Shape
from symback.tensor.poly import (
    CONDITIONS,
    DIM,
    GROUP,
    LEAF,
    Atom,
    Factor,
    Monomial,
    Poly,
    Rational,
    as_atom,
    as_number,
    atom,
    poly,
    scale,
)


class Reader:
    """Reads tensors as trees; `known` maps tensors to the names that they have,
    `spelled` sums to the trees in which the user wrote them."""

    def __init__(
        self,
        functions: Mapping[str, Function],
        known: Mapping[Poly, Poly] | None = None,
        spelled: Mapping[Poly, Expression] | None = None,
        definitions: Mapping[Atom, Poly] | None = None,
    ) -> None:
        self.functions = functions
        self.definitions = definitions if definitions is not None else {}
        self.spelled = spelled if spelled is not None else {}
        self.known = known if known is not None else {}
        self._read: dict[Poly, Expression] = {}
        self._scaled: dict[Poly, tuple[Poly, Rational]] = {}
        self._learnt = 0

    def __call__(self, value: Poly) -> Expression:
        """Return a tree that has the shape and the value of the tensor."""
        return self._covering(value, self.inner(value))

    def defined(self, value: Poly) -> Expression:
        """Return what a named tensor is equal to, not its name."""
        base = as_atom(value)
        if base is not None and base.kind == LEAF and base in self.definitions:
            value = self.definitions[base]
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
                written = self._spelled(value)
                if written is not None and size(written) <= size(found):
                    found = written
            self._read[value] = found
        return found

    def _spelled(self, value: Poly) -> Expression | None:
        """Return a sum, or its negative, as the user wrote it."""
        if value in self.spelled:
            return self.spelled[value]
        turned = self.spelled.get(scale(value, -1)) if len(value.terms) > 1 else None
        return None if turned is None else trees.negated(turned)

    def cost(self, value: Poly) -> int:
        """Return the number of nodes of the tensor's notation."""
        return shared_size(self(value))

    def _sum(self, value: Poly) -> Expression:
        constant = as_number(value)
        if constant is not None:
            return trees.constant(constant)
        opposite = self._complement(value)
        if opposite is not None:
            return opposite
        value = rolled(value)
        candidates = [self._plain_sum(value)]
        candidates.extend(self._with_scalars_out(value))
        for other in (stacked(value, self), crossed(value, self)):
            if other is not None:
                candidates.append(other)
        return min(candidates, key=size)

    def _plain_sum(self, value: Poly) -> Expression:
        """Read term by term, with sums or with means, and the common number in front or not."""
        monomials = [self._respelled(mono, times) for mono, times in value.terms]
        plain = [(times, self._product(value.shape, mono)) for mono, times in monomials]
        averaged = [
            self._averaged(value.shape, mono, times) or plain[k]
            for k, (mono, times) in enumerate(monomials)
        ]
        candidates: list[Expression] = []
        for terms in (plain, averaged) if averaged != plain else (plain,):
            terms.sort(key=lambda term: _term_order(term[1]))
            contents = {Fraction(1), _content([times for times, _ in terms])}
            candidates.extend(_with_content(terms, content) for content in sorted(contents))
        return min(candidates, key=size)

    def _complement(self, value: Poly) -> Expression | None:
        """Read 1 - sigmoid(-u) as sigmoid(u)."""
        if len(value.terms) != 2:
            return None
        (one, first), (other, second) = value.terms
        if one.factors:
            (one, first), (other, second) = (other, second), (one, first)
        if one.factors or first != 1 or second != -1 or other.bound or len(other.factors) != 1:
            return None
        base, index, exponent = other.factors[0]
        if base.name != "sigmoid" or exponent != 1 or index != tuple(range(len(value.shape))):
            return None
        argument = scale(base.args[0], -1)
        shorter = size(self.inner(argument)) < size(self.inner(base.args[0]))
        return Call("sigmoid", (self.inner(argument),)) if shorter else None

    def _with_scalars_out(self, value: Poly) -> Iterator[Expression]:
        """Read a sum with the scalars that all its terms share in front: (y - t)/n."""
        if len(value.terms) < 2:
            return
        shared = {f for f in value.terms[0][0].factors if not f.indices}
        for mono, _ in value.terms[1:]:
            shared &= set(mono.factors)
        shared = {f for f in shared if f.atom.kind not in CONDITIONS}
        if not shared:
            return
        scalars = [f for f in value.terms[0][0].factors if f in shared]
        rest = {
            Monomial(tuple(f for f in mono.factors if f not in shared), mono.bound): times
            for mono, times in value.terms
        }
        inner = Piece(self._plain_sum(poly(value.shape, rest)), ())
        outer = [piece_of(f, {}, self.functions, self) for f in scalars]
        yield multiplied([inner, *outer])

    def _averaged(
        self, shape: Shape, mono: Monomial, times: Fraction
    ) -> tuple[Fraction, Expression] | None:
        """Read a sum divided by the number of its terms as a mean, None where that is not one."""
        for k, length in enumerate(mono.bound):
            label = len(shape) + k
            if isinstance(length, int):
                if length > 1 and times.denominator % length == 0:
                    tree = self._product(shape, mono, mean=label)
                    if tree is not None:
                        return times * length, tree
                continue
            factors = _without_length(mono.factors, length)
            if factors is not None:
                tree = self._product(shape, Monomial(factors, mono.bound), mean=label)
                if tree is not None:
                    return times, tree
        return None

    @overload
    def _product(self, shape: Shape, mono: Monomial) -> Expression: ...

    @overload
    def _product(self, shape: Shape, mono: Monomial, mean: int) -> Expression | None: ...

    def _product(self, shape: Shape, mono: Monomial, mean: int | None = None) -> Expression | None:
        """Return one monomial, without its coefficient; with `mean`, averaged over that label."""
        sizes: dict[int, Dim] = dict(enumerate((*shape, *mono.bound)))
        rank = len(shape)
        if mean is None:
            for recogniser in (convolution, kronecker, flattened):
                found = recogniser(mono, shape, self.functions, self)
                if found is not None:
                    return found
        try:
            masks = split_conditions(mono, sizes)
            pieces = [
                piece_of(factor, sizes, self.functions, self)
                for factor in mono.factors
                if factor.atom.kind not in CONDITIONS
            ]
            pieces = masks.cut(pieces, sizes)
            return self._notation(pieces, masks, rank, sizes, mean)
        except NoNotation:
            if mean is not None:
                return None
            return last_resort(poly(shape, {mono: 1}), self.functions, self)

    def _respelled(self, mono: Monomial, times: Rational) -> tuple[Monomial, Fraction]:
        """Write sums inside a product in the user's direction and scale: x - mean(x)."""
        value = Fraction(times)
        if not any(f.atom.kind == GROUP for f in mono.factors):
            return mono, value
        self._learn()
        factors = []
        for factor in mono.factors:
            base, index, exponent = factor
            known = self._scaled.get(base.args[0]) if base.kind == GROUP else None
            if known is not None and isinstance(exponent, int):
                whole, content = known
                value /= Fraction(content) ** exponent
                base = atom(GROUP, shape=base.shape, args=(whole,))
            factors.append(Factor(base, index, exponent))
        return Monomial(tuple(factors), mono.bound), value

    def _learn(self) -> None:
        """Take note of the sums that the user has written since."""
        for whole in list(islice(self.spelled, self._learnt, None)):
            if len(whole.terms) > 1:
                base, content, _ = group(whole)
                spelled, _ = without_unused(whole)
                self._scaled.setdefault(base.args[0], (spelled, content))
        self._learnt = len(self.spelled)

    def _notation(
        self,
        pieces: list[Piece],
        masks: Masks,
        rank: int,
        sizes: Mapping[int, Dim],
        mean: int | None,
    ) -> Expression:
        if mean is not None:
            bound = [label for label in sizes if label >= rank]
            left = contracted(masks.running_sums(pieces, sizes), masks.open(bound), mean)
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
        rank = len(value.shape)
        present = [axis for axis in range(rank) if axis not in missing]
        if all(value.shape[axis] == 1 for axis in missing) and (present or rank == 1):
            leading = [axis for axis in missing if axis < min(present, default=rank)]
            return trees.with_axes(tree, leading, rank) if leading else tree
        if rank == 2 and len(missing) == 1 and len(value.terms) == 1:
            kept = 1 - missing[0]
            length = Call("ones", (trees.length(value.shape[missing[0]]),))
            vector = self(restrict(value, (kept,)))
            return Call("outer", (vector, length) if kept == 0 else (length, vector))
        ones = Call("ones", tuple(trees.length(one) for one in value.shape))
        if isinstance(tree, Binary) and tree.op == "/":
            return trees.quotient(trees.product([tree.left, ones]), tree.right)
        return trees.product([tree, ones])


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


def _content(coefficients: list[Fraction]) -> Fraction:
    top = gcd(*(c.numerator for c in coefficients))
    bottom = lcm(*(c.denominator for c in coefficients))
    return Fraction(top, bottom) * (-1 if all(c < 0 for c in coefficients) else 1)


def _with_content(terms: list[tuple[Fraction, Expression]], content: Fraction) -> Expression:
    tree = trees.total((_small(times / content), term) for times, term in terms)
    if content == 1:
        return tree
    scaled = trees.scaled(abs(content), tree)
    return trees.negated(scaled) if content < 0 else scaled


def _without_length(factors: tuple[Factor, ...], length: Dim) -> tuple[Factor, ...] | None:
    """Take one division by a length out of a product."""
    for place, (base, index, exponent) in enumerate(factors):
        if base.kind == DIM and base.params == (length,) and exponent < 0:
            rest = (*factors[:place], *factors[place + 1 :])
            return rest if exponent == -1 else (*rest, Factor(base, index, exponent + 1))
    return None


def _term_order(tree: Expression) -> int:
    """Put plain numbers behind and long terms before short ones of the same kind."""
    return 1 if isinstance(tree, Number) else 0
