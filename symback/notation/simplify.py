"""The shortest of several equal forms of a finished result; every change must make it shorter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

from symback.notation.common import common_factors
from symback.notation.facts import with_facts
from symback.notation.fractions_of import flattened, lowest_terms
from symback.notation.named import Pattern, with_names
from symback.tensor import indices
from symback.tensor.algebra import contract, renamed
from symback.tensor.dims import Dim
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

#: Products of sums are multiplied out up to this many terms.
MAX_SPREAD = 40

#: Atoms without entries: whether they stand above or below does not matter.
SCALARS = frozenset({CONSTANT, NUMBER, DIM})

Cost = Callable[[Poly], int]
Patterns = dict[Atom, list[Pattern]]


def shortest(value: Poly, cost: Cost, patterns: Patterns | None = None) -> Poly:
    """Return the equal tensor with the shortest notation that the transformations reach.

    `patterns` are the products that have names, by one of their atoms.
    """
    value = with_facts(value)
    patterns = patterns or {}
    if _is_plain(value, patterns):
        return value
    best, size = value, cost(value)
    for _ in range(4):
        improved = False
        for candidate in _candidates(best, cost, patterns):
            other = cost(candidate)
            if other < size:
                best, size, improved = candidate, other, True
        if not improved:
            break
    return best


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


def _candidates(value: Poly, cost: Cost, patterns: Patterns) -> Iterator[Poly]:
    named = _with_all_names(value, cost, patterns)
    if named is not value:
        yield named
    for form in lowest_terms(value):
        yield with_facts(flattened(form))
    yield from _by_parts(value, cost)
    spread = multiplied_out(value)
    if spread is not None and spread is not value:
        spread = _with_all_names(with_facts(spread), cost, patterns)
        yield spread
        for form in lowest_terms(spread):
            yield with_facts(flattened(form))
        yield from common_factors(spread)
    yield from common_factors(value)


def _with_all_names(value: Poly, cost: Cost, patterns: Patterns) -> Poly:
    """Put names of steps for the products that they are, as long as that makes it shorter."""
    size = None
    while True:
        for candidate in with_names(value, patterns):
            size = cost(value) if size is None else size
            other = cost(candidate)
            if other < size:
                value, size = candidate, other
                break
        else:
            return value


def _by_parts(value: Poly, cost: Cost) -> Iterator[Poly]:
    """Simplify what stands at the same labels inside each product."""
    parts, changed = [], False
    for mono, times in value.terms:
        part = poly(value.shape, {mono: times})
        better = _part(part, mono, times, cost)
        changed = changed or better is not part
        parts.append(better)
    if changed:
        yield with_facts(add(parts))


def _part(part: Poly, mono: Monomial, times: Rational, cost: Cost) -> Poly:
    groups = [f for f in mono.factors if f.atom.kind == GROUP]
    whole = tuple(range(len(part.shape)))
    for inner in groups:
        labels = {label for i in inner.indices for label in indices.labels(i)}
        if not mono.bound and inner.indices == whole and len(part.terms) == 1 and not labels:
            continue
        better = _gathered(part, mono, times, labels, cost)
        if better is not None:
            return better
    return part


def _gathered(
    part: Poly, mono: Monomial, times: Rational, labels: set[int], cost: Cost
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
    better = shortest(inner, cost)
    if better is inner:
        return None
    bound = {label: size for label, size in sizes.items() if label >= rank}
    return scale(contract(part.shape, [(better, tuple(order))], bound, rest), times)


def _within(factor: Factor, labels: set[int]) -> bool:
    own = {label for i in factor.indices for label in indices.labels(i)}
    return bool(own) and own <= labels


def multiplied_out(value: Poly) -> Poly | None:
    """Return the tensor with the products of sums multiplied out, None where that is too long."""
    done: list[Poly] = []
    pending = [poly(value.shape, {mono: times}) for mono, times in value.terms]
    steps = count()
    while pending:
        current = pending.pop()
        if next(steps) > 4 * MAX_SPREAD or len(done) + len(pending) > MAX_SPREAD:
            return None
        ((mono, times),) = current.terms or (((None), 0),)
        if mono is None:
            continue
        place = next((k for k, f in enumerate(mono.factors) if _spreads(f)), None)
        if place is None:
            done.append(current)
        else:
            opened = _opened(current, mono, times, place)
            pending.extend(poly(value.shape, {m: c}) for m, c in opened.terms)
    return add(done) if done else None


def _spreads(factor: Factor) -> bool:
    return factor.atom.kind == GROUP and factor.exponent in (1, 2) and (
        len(factor.atom.args[0].terms) <= 6
    )


def _opened(owner: Poly, mono: Monomial, times: Rational, place: int) -> Poly:
    rank = len(owner.shape)
    inner = mono.factors[place]
    whole = inner.atom.args[0]
    parts = []
    for term, coefficient in whole.terms:
        bound: dict[int, Dim] = {rank + k: size for k, size in enumerate(mono.bound)}
        fresh = count(rank + len(mono.bound))
        factors = list(renamed(term, whole, inner.indices, fresh, bound))
        rest = [f for k, f in enumerate(mono.factors) if k != place]
        if inner.exponent == 2:
            rest.append(Factor(inner.atom, inner.indices, 1))
        found = contract(owner.shape, [], bound, [*factors, *rest])
        parts.append(scale(found, coefficient * times))
    return add(parts)
