"""The shortest of several equal forms of a finished result; every change must make it shorter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from operator import itemgetter

from symback.notation.rewriting.common import common_factors, common_powers
from symback.notation.rewriting.facts import with_facts
from symback.notation.rewriting.flattening import flattened
from symback.notation.rewriting.fractions_of import lowest_terms
from symback.notation.rewriting.named import Pattern, with_name_throughout, with_names
from symback.notation.rewriting.spread import multiplied_out
from symback.notation.rewriting.vanishing import Definitions, without_vanishing
from symback.notation.writing.cost import Length
from symback.tensor import indices
from symback.tensor.algebra import contract
from symback.tensor.poly import (
    CONSTANT,
    DIM,
    GROUP,
    NUMBER,
    Atom,
    Factor,
    Monomial,
    Poly,
    Rational,
    add,
    poly,
    scale,
)
from symback.tensor.ramps import smooth

#: Forms looked at for one result before the best so far is taken.
MAX_CANDIDATES = 250
#: Factors in the forms looked at for one result: four times what the longest published one takes.
MAX_FACTORS = 24_000
#: Names put into one result, one after the other.
MAX_NAMES = 30
#: Names that may make a result longer, before another makes it shorter.
MAX_DETOURS = 1

#: Atoms without entries: whether they stand above or below does not matter.
SCALARS = frozenset({CONSTANT, NUMBER, DIM})

Patterns = dict[Atom, list[Pattern]]


class Simplifier:
    """Finds the equal tensor with the shortest notation that the transformations reach.

    `patterns` are the products that have names, by one of their atoms; they may grow. The
    leaves `held` will be differentiated by: known facts about them may not be used yet.
    """

    def __init__(
        self,
        length: Callable[[Poly], Length],
        patterns: Patterns,
        held: frozenset[Atom],
        definitions: Definitions | None = None,
    ) -> None:
        self._held = held
        self._definitions: Definitions = {} if definitions is None else definitions
        self.length = length
        self.patterns = patterns
        self._found: dict[Poly, Poly] = {}
        self._depth = 0
        self._left = MAX_CANDIDATES
        self._unread = MAX_FACTORS
        self._factors: dict[Poly, int] = {}

    def __call__(self, value: Poly) -> Poly:
        """Return the shortest form; the same tensor where no candidate is shorter."""
        found = self._found.get(value)
        if found is None:
            if not self._depth:
                self._left, self._unread = MAX_CANDIDATES, MAX_FACTORS
            self._depth += 1
            found = self._search(value)
            self._depth -= 1
            self._found[value] = found
        return found

    def forget(self) -> None:
        """Drop what was found: new names may make other forms shorter."""
        self._found.clear()

    def _measured(self, value: Poly) -> Length:
        self._unread -= self._factors_of(value)
        return self.length(value)

    def _factors_of(self, value: Poly) -> int:
        """Return how many factors a tensor is written with, those inside of others too."""
        found = self._factors.get(value)
        if found is None:
            found = self._factors[value] = sum(
                1 + (self._factors_of(f.atom.args[0]) if f.atom.kind == GROUP else 0)
                for mono, _ in value.terms
                for f in mono.factors
            )
        return found

    def _facts(self, value: Poly) -> Poly:
        return with_facts(value, self._held)

    def _search(self, value: Poly) -> Poly:
        best = self._facts(smooth(value))
        if _is_plain(best, self.patterns):
            return best
        length = self._measured(best)
        equal, least = best, length
        for _ in range(4):
            improved = False
            for candidate in self._candidates(best):
                self._left -= 1
                if self._left < 0 or self._unread < 0:
                    return equal
                other = self._measured(candidate)
                if other.rough < length.rough:
                    best, length, improved = candidate, other, True
                if other.fine < least.fine:
                    equal, least = candidate, other
            if not improved:
                break
        return equal

    def _candidates(self, value: Poly) -> Iterator[Poly]:
        fewer = without_vanishing(value, self._definitions)
        if fewer is not None:
            fewer = self._facts(fewer)
            yield from map(self._with_all_names, common_powers(fewer))
            for form in dict.fromkeys(self._named(fewer)):
                yield from self._with_lowest_terms(form)
        named = self._with_all_names(value)
        if named is not value:
            yield named
        yield from map(self._with_all_names, common_powers(value))
        for form in lowest_terms(value):
            yield self._facts(flattened(form))
        yield from self._by_parts(value)
        around = multiplied_out(value, self.patterns)
        spread = multiplied_out(value)
        if around is not None and around is not spread:
            yield self._with_all_names(self._facts(around))
        if spread is not None and spread is not value:
            spread = self._with_all_names(self._facts(spread))
            yield from self._with_lowest_terms(spread)
            yield from common_factors(spread)
        yield from common_factors(value)

    def _with_lowest_terms(self, value: Poly) -> Iterator[Poly]:
        yield value
        for form in lowest_terms(value):
            yield self._facts(flattened(form))

    def _with_all_names(self, value: Poly) -> Poly:
        return self._named(value)[0]

    def _named(self, value: Poly) -> tuple[Poly, Poly]:
        """Put names of steps for the products that they are: the shortest form, and the last.

        The first of several names may gain nothing by itself.
        """
        best, current = value, value
        lowest = length = 0
        detours = MAX_DETOURS
        for _ in range(MAX_NAMES):
            found: list[tuple[int, Poly]] = []
            for candidate in chain(
                with_name_throughout(current, self.patterns), with_names(current, self.patterns)
            ):
                if not length:
                    length = lowest = self._measured(value).rough
                found.append((self._measured(candidate).rough, candidate))
                if found[-1][0] <= length or self._unread < 0:
                    break
            if not found or (found[-1][0] > length and not detours):
                break
            detours -= found[-1][0] > length
            length, current = min(found, key=itemgetter(0))
            if length < lowest:
                best, lowest = current, length
        return best, current

    def _by_parts(self, value: Poly) -> Iterator[Poly]:
        """Simplify what stands at the same labels inside each product."""
        parts, changed = [], False
        for mono, times in value.terms:
            part = poly(value.shape, {mono: times})
            better = self._part(part, mono, times)
            changed = changed or better is not part
            parts.append(better)
        if changed:
            yield self._facts(add(parts))

    def _part(self, part: Poly, mono: Monomial, times: Rational) -> Poly:
        groups = [f for f in mono.factors if f.atom.kind == GROUP]
        whole = tuple(range(len(part.shape)))
        for inner in groups:
            labels = {label for i in inner.indices for label in indices.labels(i)}
            if not mono.bound and inner.indices == whole and len(part.terms) == 1 and not labels:
                continue
            better = self._gathered(part, mono, times, labels)
            if better is not None:
                return better
        return part

    def _gathered(
        self, part: Poly, mono: Monomial, times: Rational, labels: set[int]
    ) -> Poly | None:
        """Simplify the factors whose labels are all among `labels` as a tensor of their own."""
        inside = [f for f in mono.factors if _within(f, labels)]
        rest = [f for f in mono.factors if not _within(f, labels)]
        if not rest:
            return None
        rank = len(part.shape)
        sizes = dict(enumerate((*part.shape, *mono.bound)))
        order = sorted(labels)
        place = {label: k for k, label in enumerate(order)}
        shape = tuple(sizes[label] for label in order)
        moved = [
            Factor(f.atom, tuple(indices.substitute(i, place) for i in f.indices), f.exponent)
            for f in inside
        ]
        inner = contract(shape, [], {}, moved)
        better = self(inner)
        if better is inner:
            return None
        bound = {label: size for label, size in sizes.items() if label >= rank}
        return scale(contract(part.shape, [(better, tuple(order))], bound, rest), times)


def _is_plain(value: Poly, patterns: Patterns) -> bool:
    """Tell whether there is nothing to gain: no quotient to cancel, nothing shared, no known name.

    It is what most cotangents of a deep network are, and keeps their cost small.
    """
    if any(f.atom in patterns for mono, _ in value.terms for f in mono.factors):
        return False
    sums = len(value.terms) > 1
    below = False
    pending = [value]
    while pending:
        current = pending.pop()
        if len(current.terms) > 1 and _shares_atoms(current):
            return False
        for mono, _ in current.terms:
            for base, _, exponent in mono.factors:
                below = below or (exponent < 0 and base.kind not in SCALARS)
                if base.kind == GROUP:
                    sums = True
                    pending.append(base.args[0])
        if sums and below:
            return False
    return True


def _shares_atoms(value: Poly) -> bool:
    """Tell whether two terms have an atom in common."""
    seen: set[Atom] = set()
    for mono, _ in value.terms:
        own = {f.atom for f in mono.factors if f.atom.kind not in SCALARS}
        if own & seen:
            return True
        seen |= own
    return False


def _within(factor: Factor, labels: set[int]) -> bool:
    own = {label for i in factor.indices for label in indices.labels(i)}
    return bool(own) and own <= labels
