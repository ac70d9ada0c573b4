"""Elementwise quotients brought to lowest terms: (-t/y + (1 - t)/(1 - y))*y*(1 - y) is y - t.

Everything that is not a sum, product or power of entries at the same labels is one unknown;
polynomials in these are FLINT's (gcd and factorisation take microseconds).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import count
from math import lcm
from typing import Any

from symback.notation.rewriting.flattening import flattened
from symback.notation.rewriting.spread import multiplied_out
from symback.tensor import indices
from symback.tensor.algebra import group, monomial, multiply
from symback.tensor.dims import Dim
from symback.tensor.indices import Index, Indices, labels
from symback.tensor.modes import GUARDED
from symback.tensor.monomial import independent
from symback.tensor.placing import renamed
from symback.tensor.poly import (
    CONDITIONS,
    DIM,
    GROUP,
    Atom,
    Factor,
    Monomial,
    Poly,
    Rational,
    add,
    number,
    poly,
    rational,
    within,
    zero,
)
from symback.tensor.powers import power
from symback.tensor.ranges import outside

MAX_UNKNOWNS = 24
MAX_TERMS = 300
MAX_DEGREE = 16
#: The same for whole polynomials, whose coefficients grow with their degree.
MAX_TOTAL_DEGREE = 40


class TooLarge(Exception):
    """The polynomials would be too large to be worth it."""


def lowest_terms(value: Poly) -> Iterator[Poly]:
    """Yield equal tensors: quotients in lowest terms, factorised or with the top multiplied out."""
    if not _worthwhile(value):
        return
    try:
        unknowns = _Unknowns(value)
        top, bottom = unknowns.fraction(value)
        common = top.gcd(bottom)
        top, bottom = _divided(top, common), _divided(bottom, common)
        for form in unknowns.forms(top, bottom):
            yield form if unknowns.window is None else multiply(form, unknowns.window)
    except TooLarge:
        return


def _is_conditional(value: Poly) -> bool:
    """Tell whether some terms have conditions and others have none."""
    have = [any(f.atom.kind in CONDITIONS for f in mono.factors) for mono, _ in value.terms]
    return any(have) and not all(have)


def _divided(value: Any, by: Any) -> Any:
    return value if by.is_one() else value / by


def _worthwhile(value: Poly) -> bool:
    groups = [
        f.atom.args[0] for mono, _ in value.terms for f in mono.factors if f.atom.kind == GROUP
    ]
    below = any(f.exponent < 0 for mono, _ in value.terms for f in mono.factors)
    if _is_conditional(value) or (not below and any(map(_is_conditional, groups))):
        return False
    return bool(groups) or len(value.terms) > 1


class _Unknowns:
    """The unknowns of one tensor and the ring of polynomials in them."""

    def __init__(self, value: Poly) -> None:
        from flint import Ordering, fmpq_mpoly_ctx

        self.shape = value.shape
        self.degrees: dict[tuple[Atom, Indices], int] = {}
        self.signs: dict[tuple[Atom, Indices], set[int]] = {}
        self.opaque: set[Atom] = set()
        self.within: frozenset[Factor] = frozenset()
        self.window = self._window(value)
        self._find_opaque(value)
        self._collect(value)
        if len(self.degrees) > MAX_UNKNOWNS:
            raise TooLarge
        self._invert_lengths()
        self.keys = sorted(
            self.degrees, key=lambda k: (k[0].digest, tuple(map(indices.sort_key, k[1])))
        )
        self.place = {key: k for k, key in enumerate(self.keys)}
        names = [f"v{k}" for k in range(max(len(self.keys), 1))]
        self.ring = fmpq_mpoly_ctx.get(names, Ordering.degrevlex)

    def _window(self, value: Poly) -> Poly | None:
        """Return 1 where all terms are within their axes, if some divide by what can leave them.

        Beyond its axis a term is 0 and has no denominator: terms that are read elsewhere have
        none in common with it. Raises TooLarge for these.
        """
        at = tuple(range(len(self.shape)))
        terms = [self._split(value, mono, at) for mono, _ in value.terms]
        if not any(self._divides_beyond(f) for factors in terms for f in factors):
            return None
        windows = [{spot for f in factors for spot in self._beyond(f)} for factors in terms]
        if any(window != windows[0] for window in windows):
            raise TooLarge
        self.within = frozenset(within(i, n) for i, n in windows[0])
        return monomial(self.shape, self.within, 1, {})

    def _divides_beyond(self, factor: Factor) -> bool:
        return factor.exponent < 0 and bool(self._beyond(factor))

    def _beyond(self, factor: Factor) -> list[tuple[Index, Dim]]:
        return outside(factor, self.shape, {})

    def _invert_lengths(self) -> None:
        """A length that everything is divided by is an unknown 1/n, so that it stays below."""
        self.inverted = {
            key for key, signs in self.signs.items() if key[0].kind == DIM and signs == {-1}
        }

    def _find_opaque(self, value: Poly) -> None:
        """A sum under a root is an unknown wherever it occurs."""
        for mono, _ in value.terms:
            for base, _, exponent in mono.factors:
                if base.kind == GROUP:
                    if isinstance(exponent, Fraction):
                        self.opaque.add(base)
                    self._find_opaque(base.args[0])

    def _split(self, owner: Poly, mono: Monomial, at: Indices) -> list[Factor]:
        """Return factors at `at`, sums as one factor; the window keeps all within their axes."""
        fresh = count(len(self.shape) + 1000)
        bound: dict[int, Dim] = {}
        factors = [f for f in renamed(mono, owner, at, fresh, bound) if f not in self.within]
        if not bound:
            return factors
        inner = [f for f in factors if any(k in bound for i in f.indices for k in labels(i))]
        outer = [f for f in factors if f not in inner]
        parts = independent(inner, bound)
        return [*outer, *(self._total(part, {k: bound[k] for k in own}) for own, part in parts)]

    def _total(self, factors: list[Factor], bound: dict[int, Dim]) -> Factor:
        """Return a product with its sum as one factor."""
        whole = monomial(self.shape, factors, 1, bound)
        if len(whole.terms) != 1 or whole.terms[0][1] != 1 or not whole.terms[0][0].bound:
            raise TooLarge
        base, times, kept = group(whole)
        if times != 1:
            raise TooLarge
        return Factor(base, kept, 1)

    def _open(self, factor: Factor) -> Poly | None:
        """Return the sum that a factor is a power of, if it is to be multiplied out."""
        base = factor.atom
        if base.kind != GROUP or base in self.opaque or isinstance(factor.exponent, Fraction):
            return None
        inner = base.args[0]
        return inner if len(inner.terms) > 1 else None

    def _collect(self, value: Poly) -> None:
        stack: list[tuple[Poly, Indices]] = [(value, tuple(range(len(self.shape))))]
        while stack:
            current, at = stack.pop()
            for mono, _ in current.terms:
                for factor in self._split(current, mono, at):
                    if current is not value and self._divides_beyond(factor):
                        raise TooLarge
                    inner = self._open(factor)
                    if inner is not None:
                        stack.append((inner, factor.indices))
                        continue
                    key = (factor.atom, factor.indices)
                    degree = Fraction(factor.exponent).denominator
                    self.degrees[key] = lcm(self.degrees.get(key, 1), degree)
                    self.signs.setdefault(key, set()).add(1 if factor.exponent > 0 else -1)

    def fraction(self, value: Poly) -> tuple[Any, Any]:
        """Return numerator and denominator."""
        return self._sum(value, tuple(range(len(self.shape))))

    def _sum(self, value: Poly, at: Indices) -> tuple[Any, Any]:
        top, bottom = self.ring.from_dict({}), self._one()
        for mono, times in value.terms:
            p, q = self._product(value, mono, times, at)
            if q == bottom:
                top = top + p
            else:
                common = bottom.gcd(q)
                left, right = _divided(q, common), _divided(bottom, common)
                top, bottom = top * left + p * right, bottom * left
            if any(
                len(p) > MAX_TERMS or p.total_degree() > MAX_TOTAL_DEGREE for p in (top, bottom)
            ):
                raise TooLarge
        return top, bottom

    def _one(self) -> Any:
        return self.ring.from_dict({(0,) * max(len(self.keys), 1): 1})

    def _product(
        self, owner: Poly, mono: Monomial, times: Rational, at: Indices
    ) -> tuple[Any, Any]:
        from flint import fmpq

        value = Fraction(times)
        top = self._one() * fmpq(value.numerator, value.denominator)
        bottom = self._one()
        for factor in self._split(owner, mono, at):
            inner = self._open(factor)
            if inner is None:
                key = (factor.atom, factor.indices)
                exponent = int(factor.exponent * self.degrees[key])
                exponent = -exponent if key in self.inverted else exponent
                up, down = self._unknown(key, abs(exponent)), self._one()
            else:
                exponent = int(factor.exponent)
                up, down = self._sum(inner, factor.indices)
                self._check(up, abs(exponent))
                self._check(down, abs(exponent))
                up, down = up ** abs(exponent), down ** abs(exponent)
            if exponent < 0:
                up, down = down, up
            if len(top) * len(up) > MAX_TERMS or len(bottom) * len(down) > MAX_TERMS:
                raise TooLarge
            top, bottom = top * up, bottom * down
        return top, bottom

    @staticmethod
    def _check(value: Any, exponent: int) -> None:
        if exponent > 1 and (len(value) ** min(exponent, 4) > MAX_TERMS or exponent > MAX_DEGREE):
            raise TooLarge

    def _unknown(self, key: tuple[Atom, Indices], exponent: int) -> Any:
        if exponent > MAX_DEGREE:
            raise TooLarge
        powers = [0] * len(self.keys)
        powers[self.place[key]] = exponent
        return self.ring.from_dict({tuple(powers): 1})

    def forms(self, top: Any, bottom: Any) -> Iterator[Poly]:
        """Yield the quotient factorised, with the top multiplied out, and term by term."""
        above = self._factored(top)
        below = self._factored(bottom)
        yield multiply(above, power(below, -1))
        apart = GUARDED.get() is not None  # a norm that may be 0 stays a factor below
        if bottom.total_degree() > 1 and len(bottom) <= 6 and not apart:
            yield multiply(above, power(self.tensor(bottom), -1))
        whole = self.tensor(top)
        yield multiply(whole, power(below, -1))
        spread = multiplied_out(whole) if self.opaque else None
        if spread is not None and spread is not whole:
            yield multiply(spread, power(below, -1))
        yield (
            add(multiply(poly(whole.shape, dict([term])), power(below, -1)) for term in whole.terms)
            if (whole.terms)
            else zero(self.shape)
        )

    def _factored(self, value: Any) -> Poly:
        content, factors = value.factor()
        times = rational(Fraction(int(content.p), int(content.q)))
        parts = [number(times, self.shape)]
        for factor, exponent in factors:
            parts.append(power(self.tensor(factor), int(exponent)))
        return multiply(*parts)

    def tensor(self, value: Any) -> Poly:
        """Return a polynomial as a tensor."""
        parts = [zero(self.shape)]
        for powers, coefficient in value.to_dict().items():
            times = rational(Fraction(int(coefficient.p), int(coefficient.q)))
            factors = []
            for key, exponent in zip(self.keys, powers, strict=False):
                if exponent:
                    base, index = key
                    size = rational(Fraction(int(exponent), self.degrees[key]))
                    size = -size if key in self.inverted else size
                    factors.append(Factor(base, index, 1 if base.kind in CONDITIONS else size))
            parts.append(flattened(monomial(self.shape, factors, times, {})))
        return add(parts)
