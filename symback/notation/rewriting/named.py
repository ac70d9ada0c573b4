"""The user's own names recognised in results: a product that a step is equal to is that step."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from symback.tensor import indices
from symback.tensor.algebra import group, monomial, scalars_out
from symback.tensor.dims import Dim, Shape
from symback.tensor.indices import Index, Indices
from symback.tensor.modes import GUARDED
from symback.tensor.poly import (
    CONDITIONS,
    DIM,
    LEAF,
    Atom,
    Factor,
    Monomial,
    Poly,
    Rational,
    add,
    poly,
    rational,
)
from symback.tensor.ranges import Bound, certainly_within

#: Where an axis of length 1 is read.
FIRST = indices.constant(0)

#: Partial matches looked at before a pattern is given up.
MAX_STATES = 200


class Pattern(NamedTuple):
    """A step that is one product: `name[free labels]` equals `coefficient * product`."""

    name: Atom
    product: Monomial
    coefficient: Rational


def pattern_of(name: Atom, value: Poly) -> Pattern | None:
    """Return the pattern by which a step is recognised, None if it has none."""
    if len(value.terms) > 1:
        inner, scalars = scalars_out(value)
        base, content, axes = group(inner)
        if any(axis not in axes and length != 1 for axis, length in enumerate(value.shape)):
            return None
        return Pattern(name, Monomial((Factor(base, axes, 1), *scalars), ()), content)
    if not value.terms:
        return None
    mono, times = value.terms[0]
    wide = [f for f in mono.factors if f.atom.kind != DIM]
    if any(f.atom.kind in CONDITIONS for f in mono.factors) or not wide:
        return None
    (first, *others) = mono.factors
    if not others and first.atom.kind == LEAF and first.exponent == 1 and not mono.bound:
        return None
    used = {label for f in mono.factors for i in f.indices for label in indices.labels(i)}
    if any(axis not in used and length != 1 for axis, length in enumerate(value.shape)):
        return None
    return Pattern(name, mono, times)


def with_names(value: Poly, patterns: dict[Atom, list[Pattern]]) -> Iterator[Poly]:
    """Yield equal tensors in which a product has been replaced by the step that it is."""
    for place, (mono, times) in enumerate(value.terms):
        for base in dict.fromkeys(f.atom for f in mono.factors):
            for pattern in patterns.get(base, ()):
                found = _replaced(value, mono, times, pattern)
                if found is not None:
                    others = [t for k, t in enumerate(value.terms) if k != place]
                    yield add([found, poly(value.shape, dict(others))])


def with_name_throughout(value: Poly, patterns: dict[Atom, list[Pattern]]) -> Iterator[Poly]:
    """Yield equal tensors in which one step has been put for its product in two terms or more."""
    if len(value.terms) < 2:
        return
    atoms = dict.fromkeys(f.atom for mono, _ in value.terms for f in mono.factors)
    for pattern in [one for base in atoms for one in patterns.get(base, ())]:
        found = [_replaced(value, mono, times, pattern) for mono, times in value.terms]
        if sum(part is not None for part in found) > 1:
            own = [poly(value.shape, {mono: times}) for mono, times in value.terms]
            yield add([part or kept for part, kept in zip(found, own, strict=True)])


def _replaced(value: Poly, mono: Monomial, times: Rational, pattern: Pattern) -> Poly | None:
    rank = len(value.shape)
    sizes: dict[int, Dim] = {rank + k: size for k, size in enumerate(mono.bound)}
    if len(pattern.product.factors) == 1:
        found = _power(mono, pattern)
        if found is not None and _stays_within(pattern, found[0].indices, value.shape, sizes):
            return monomial(value.shape, found, times, sizes)
    matched = _matched(mono, pattern, rank)
    if matched is None:
        return None
    used, mapping, left = matched
    free = len(pattern.name.shape)
    mapping = {**{k: FIRST for k, size in enumerate(pattern.name.shape) if size == 1}, **mapping}
    if len(mapping) < free + len(pattern.product.bound):
        return None
    gone = {mapping[free + k] for k in range(len(pattern.product.bound))}
    rest = [*(f for k, f in enumerate(mono.factors) if k not in used), *left]
    still = {label for f in rest for i in f.indices for label in indices.labels(i)}
    at = tuple(mapping[label] for label in range(free))
    still |= {label for i in at for label in indices.labels(i)}
    if gone & still or not all(isinstance(label, int) and label >= rank for label in gone):
        return None
    if len(gone) != len(pattern.product.bound):
        return None
    for k, size in enumerate(pattern.product.bound):
        label = mapping[free + k]
        if not isinstance(label, int) or sizes[label] != size:
            return None
    if not _stays_within(pattern, at, value.shape, sizes):
        return None
    kept = {label: size for label, size in sizes.items() if label not in gone}
    coefficient = rational(Fraction(times) / Fraction(pattern.coefficient))
    return monomial(value.shape, [Factor(pattern.name, at, 1), *rest], coefficient, kept)


def _stays_within(pattern: Pattern, at: Indices, free: Shape, bound: Bound) -> bool:
    """Tell whether a step read at `at` is 0 only where its product is: it may be a part of it."""
    spots = [
        spot for f in pattern.product.factors for spot in zip(f.indices, f.atom.shape, strict=True)
    ]
    return all(
        (axis, size) in spots or certainly_within(position, size, free, bound)
        for axis, (position, size) in enumerate(zip(at, pattern.name.shape, strict=True))
    )


def _power(mono: Monomial, pattern: Pattern) -> list[Factor] | None:
    """Read another power of the same base as a power of the step: x**(-5/2) of y = x**(-1/2)."""
    (own,) = pattern.product.factors
    if pattern.coefficient != 1 or pattern.product.bound or own.exponent == 1:
        return None
    wide = tuple(k for k, size in enumerate(pattern.name.shape) if size != 1)
    if own.indices != wide:
        return None
    for place, factor in enumerate(mono.factors):
        if factor.atom is not own.atom or factor.exponent == own.exponent:
            continue
        times = Fraction(factor.exponent) / own.exponent
        whole = times.denominator == 1
        if whole or not isinstance(own.exponent, int):
            rest = [f for k, f in enumerate(mono.factors) if k != place]
            places = dict(zip(wide, factor.indices, strict=True))
            at = tuple(places.get(k, FIRST) for k in range(len(pattern.name.shape)))
            return [Factor(pattern.name, at, rational(times)), *rest]
    return None


class _State(NamedTuple):
    """A partial match: how many of the pattern's factors, by which ones, what is left of these."""

    matched: int
    used: frozenset[int]
    mapping: dict[int, Index]
    left: tuple[Factor, ...]


def _matched(
    mono: Monomial, pattern: Pattern, rank: int
) -> tuple[frozenset[int], dict[int, Index], tuple[Factor, ...]] | None:
    """Find factors of `mono` that are the pattern's, with one renaming of its labels.

    A higher power contains a lower one: what is left of it is returned too.
    """
    if len(mono.factors) < len(pattern.product.factors):
        return None
    states = [_State(0, frozenset(), {}, ())]
    for _ in range(MAX_STATES):
        if not states:
            return None
        count, used, mapping, left = states.pop()
        if count == len(pattern.product.factors):
            return used, mapping, left
        wanted = pattern.product.factors[count]
        for place, factor in enumerate(mono.factors):
            if place in used or factor.atom is not wanted.atom:
                continue
            rest = _left_over(factor, wanted)
            extended = None if rest is None else _extended(mapping, wanted, factor)
            if extended is not None and rest is not None:
                states.append(_State(count + 1, used | {place}, extended, (*left, *rest)))
    return None


def _left_over(factor: Factor, wanted: Factor) -> tuple[Factor, ...] | None:
    """Return what remains of a power without the wanted one, None if it has too little.

    1/norm(x) is norm(x)/(x @ x), but not where the norm may be 0.
    """
    if factor.exponent == wanted.exponent:
        return ()
    difference = rational(Fraction(factor.exponent) - wanted.exponent)
    careful = isinstance(wanted.exponent, int) or GUARDED.get() is not None
    if difference * wanted.exponent < 0 and careful:
        return None
    if not isinstance(difference, int) and isinstance(wanted.exponent, int):
        return None
    return (Factor(factor.atom, factor.indices, difference),)


def _extended(mapping: dict[int, Index], wanted: Factor, factor: Factor) -> dict[int, Index] | None:
    if any(map(_are_other_entries, wanted.indices, factor.indices)):
        return None
    result = dict(mapping)
    for pattern_index, index in zip(wanted.indices, factor.indices, strict=True):
        if not isinstance(pattern_index, int):
            if indices.substitute(pattern_index, result) != index:
                return None
        elif result.setdefault(pattern_index, index) != index:
            return None
    return result


def _are_other_entries(wanted: Index, index: Index) -> bool:
    """Tell whether two different places on an axis are picked."""
    if isinstance(wanted, int) or isinstance(index, int):
        return False
    return not wanted.terms and not index.terms and wanted != index
