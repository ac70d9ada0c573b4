"""Sums in the direction and on the scale in which the user wrote them: x - mean(x)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import islice
from math import isqrt

from symback.language.tree import Call, Expression
from symback.notation.writing import trees
from symback.tensor.algebra import content_of, contract, group, without_unused
from symback.tensor.indices import labels
from symback.tensor.poly import GROUP, Factor, Monomial, Poly, Rational, atom, scale

#: The label that a total is summed over, greater than those of the axes.
SUMMED = 9


class Spelling:
    """What the user has written so far: sums and their trees; `spelled` may grow."""

    def __init__(self, spelled: Mapping[Poly, Expression]) -> None:
        self.spelled = spelled
        self._scaled: dict[Poly, tuple[Poly, Rational]] = {}
        self._totals: dict[Poly, tuple[Expression, Rational]] = {}
        self._learnt = 0

    def tree(self, value: Poly) -> Expression | None:
        """Return a sum, or its negative, as the user wrote it."""
        if value in self.spelled:
            return self.spelled[value]
        turned = self.spelled.get(scale(value, -1)) if len(value.terms) > 1 else None
        return None if turned is None else trees.negated(turned)

    def total(self, value: Poly) -> Expression | None:
        """Return n*m - sum(X) as minus the total of X - m, if that is what the user wrote."""
        if len(value.terms) < 2:
            return None
        self._learn()
        content = content_of(value)
        found = self._totals.get(scale(value, 1 / Fraction(content)))
        if found is None:
            return None
        tree, own = found
        times = Fraction(content) / Fraction(own)
        return trees.scaled(abs(times), trees.negated(tree) if times < 0 else tree)

    def knows(self, value: Poly) -> bool:
        """Tell whether the user wrote a sum, its negative or a multiple of it."""
        self._learn()
        return value in self._scaled or self.tree(value) is not None

    def respelled(self, mono: Monomial, times: Rational) -> tuple[Monomial, Fraction]:
        """Write sums inside a product in the user's direction and scale: x - mean(x)."""
        value = Fraction(times)
        if not any(f.atom.kind == GROUP for f in mono.factors):
            return mono, value
        self._learn()
        factors = []
        for factor in mono.factors:
            base, index, exponent = factor
            known = self._scaled.get(base.args[0]) if base.kind == GROUP else None
            content = None if known is None else _raised(Fraction(known[1]), exponent)
            if known is not None and content is not None:
                whole, _ = known
                value /= content
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
                self._learn_totals(whole)
        self._learnt = len(self.spelled)

    def _learn_totals(self, whole: Poly) -> None:
        """Take note of a sum's totals along the axes that some of its terms do not have."""
        rank = len(whole.shape)
        for axis in range(rank) if rank <= 2 else ():
            have = [_has(mono, axis) for mono, _ in whole.terms]
            if all(have) or not any(have):
                continue
            kept = [label for label in range(rank) if label != axis]
            place = {label: new for new, label in enumerate(kept)}
            spot = tuple(place.get(label, SUMMED) for label in range(rank))
            shape = tuple(whole.shape[label] for label in kept)
            value = contract(shape, [(whole, spot)], {SUMMED: whole.shape[axis]})
            if len(value.terms) > 1:
                content = content_of(value)
                along = (("axis", trees.integer(axis)),) if kept else ()
                tree = Call("sum", (self.spelled[whole],), along)
                self._totals.setdefault(scale(value, 1 / Fraction(content)), (tree, content))


def _has(mono: Monomial, axis: int) -> bool:
    return any(axis in labels(i) for f in mono.factors for i in f.indices)


def _raised(value: Fraction, exponent: Rational) -> Fraction | None:
    """Return a rational power of a number if it is rational, None for other exponents."""
    if isinstance(exponent, int):
        return value**exponent
    top, bottom = isqrt(abs(value.numerator)), isqrt(value.denominator)
    whole = exponent.denominator == 2 and Fraction(top**2, bottom**2) == value
    return Fraction(top, bottom) ** exponent.numerator if whole else None
