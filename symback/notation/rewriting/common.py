"""Common factors taken out of a sum: X'(p - y) for X'p - X'y, in matrix products too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations

from symback.tensor import indices
from symback.tensor.algebra import contract, monomial
from symback.tensor.dims import Dim
from symback.tensor.poly import CONDITIONS, DELTA, Atom, Factor, Monomial, Poly, Rational, add, poly

MAX_TERMS = 12


def common_factors(value: Poly) -> Iterator[Poly]:
    """Yield equal tensors in which two or more terms share the factors that they have in common."""
    terms = value.terms
    if not 2 <= len(terms) <= MAX_TERMS:
        return
    counts: Counter[Atom] = Counter()
    for mono, _ in terms:
        counts.update({f.atom for f in mono.factors})
    shared = [base for base, times in counts.items() if times > 1]
    for base in sorted(shared, key=lambda base: (-counts[base], base.digest)):
        having = [term for term in terms if any(f.atom is base for f in term[0].factors)]
        rest = [term for term in terms if term not in having]
        found = _taken_out(value, base, having)
        if found is None and len(having) > 2:
            yield from _pairs(value, base, having, rest)
        elif found is not None:
            yield add([found, *(poly(value.shape, dict([term])) for term in rest)])


def common_powers(value: Poly) -> Iterator[Poly]:
    """Yield a sum over the least power of each factor that all its terms are divided by.

    Terms in 1/sqrt(v) and 1/v**1.5 share 1/sqrt(v), and what else they have in common.
    """
    rank = len(value.shape)
    powers = [
        {
            (f.atom, f.indices): f.exponent
            for f in mono.factors
            if f.atom.kind not in CONDITIONS and all(label < rank for label in _labels([f]))
        }
        for mono, _ in value.terms
    ]
    shared: dict[tuple[Atom, indices.Indices], Rational] = {}
    for key in powers[0] if len(powers) > 1 else ():
        exponents = [own.get(key, 0) for own in powers]
        if all(e < 0 for e in exponents) or set(exponents) == {1}:
            shared[key] = max(exponents)
    if all(own[key] == least for key, least in shared.items() for own in powers):
        return  # or the terms have these factors in common as they are
    parts = []
    for mono, times in value.terms:
        rest = [
            f._replace(exponent=f.exponent - shared.get((f.atom, f.indices), 0))
            for f in mono.factors
        ]
        bound = {rank + k: size for k, size in enumerate(mono.bound)}
        parts.append(monomial(value.shape, [f for f in rest if f.exponent], times, bound))
    outside = [Factor(base, index, exponent) for (base, index), exponent in shared.items()]
    yield contract(value.shape, [(add(parts), tuple(range(rank)))], {}, outside)


def _pairs(
    value: Poly,
    base: Atom,
    having: list[tuple[Monomial, Rational]],
    rest: list[tuple[Monomial, Rational]],
) -> Iterator[Poly]:
    for pair in combinations(having, 2):
        found = _taken_out(value, base, list(pair))
        if found is not None:
            others = [term for term in having if term not in pair]
            yield add([found, *(poly(value.shape, dict([term])) for term in (*rest, *others))])


def _taken_out(value: Poly, base: Atom, terms: list[tuple[Monomial, Rational]]) -> Poly | None:
    """Take everything that the terms share, beginning with a factor of `base`, out of their sum."""
    rank = len(value.shape)
    first, _ = terms[0]
    for seed in (f for f in first.factors if f.atom is base):
        matches = [_match(seed, mono, rank) for mono, _ in terms]
        if any(match is None for match in matches):
            continue
        renamed = [
            _renamed(mono, match, rank, k)
            for k, ((mono, _), match) in enumerate(zip(terms, matches, strict=True))
            if match is not None
        ]
        shared = set(renamed[0][0]).intersection(*(factors for factors, _ in renamed[1:]))
        found = _combined(value, terms, renamed, shared)
        if found is None and seed in shared:
            found = _combined(value, terms, renamed, _joined(seed, shared))
        if found is not None:
            return found
    return None


def _joined(seed: Factor, factors: set[Factor]) -> set[Factor]:
    """Return the factors that labels join to `seed`."""
    found, labels = {seed}, _labels([seed])
    for _ in factors:
        found |= {f for f in factors if _labels([f]) & labels}
        labels |= _labels(found)
    return found


def _match(seed: Factor, mono: Monomial, rank: int) -> tuple[Factor, dict[int, int]] | None:
    """Find a factor of `mono` that becomes `seed` when bound labels are renamed."""
    for factor in mono.factors:
        if factor.atom is not seed.atom or factor.exponent != seed.exponent:
            continue
        names: dict[int, int] = {}
        for mine, theirs in zip(factor.indices, seed.indices, strict=True):
            if not isinstance(mine, int) or not isinstance(theirs, int):
                own = [label for label in indices.labels(mine) if label >= rank]
                if mine != theirs or any(names.setdefault(one, one) != one for one in own):
                    break
                continue
            if (mine < rank or theirs < rank) and mine != theirs:
                break
            if names.setdefault(mine, theirs) != theirs:
                break
        else:
            if len(set(names.values())) == len(names):
                return factor, names
    return None


def _renamed(
    mono: Monomial, match: tuple[Factor, dict[int, int]], rank: int, k: int
) -> tuple[list[Factor], dict[int, Dim]]:
    """Return the factors with labels as in the shared factor, others made distinct."""
    _, names = match
    mapping: dict[int, indices.Index] = {}
    bound: dict[int, Dim] = {}
    for n, size in enumerate(mono.bound):
        label = names.get(rank + n, 1000 * (k + 1) + n)
        mapping[rank + n] = label
        bound[label] = size
    factors = [
        Factor(f.atom, tuple(indices.substitute(i, mapping) for i in f.indices), f.exponent)
        for f in mono.factors
    ]
    return factors, bound


def _combined(
    value: Poly,
    terms: list[tuple[Monomial, Rational]],
    renamed: list[tuple[list[Factor], dict[int, Dim]]],
    shared: set[Factor],
) -> Poly | None:
    rank = len(value.shape)
    outer_labels = _labels(shared)
    outer_bounds = [{k: n for k, n in bound.items() if k in outer_labels} for _, bound in renamed]
    if any(bound != outer_bounds[0] for bound in outer_bounds):
        return None
    rests = [[f for f in factors if f not in shared] for factors, _ in renamed]
    touched = [_labels(rest) for rest in rests]
    kept = set(range(rank)) | outer_labels
    interface = sorted(set().union(*touched) & kept)
    sizes: dict[int, Dim] = {**dict(enumerate(value.shape)), **outer_bounds[0]}
    place: dict[int, indices.Index] = {label: n for n, label in enumerate(interface)}
    shape = tuple(sizes[label] for label in interface)
    parts = []
    for (_, times), (_, bound), rest in zip(terms, renamed, rests, strict=True):
        inner_bound = {k: s for k, s in bound.items() if k not in outer_labels}
        moved = [
            Factor(f.atom, tuple(indices.substitute(i, place) for i in f.indices), f.exponent)
            for f in rest
        ]
        parts.append(monomial(shape, moved, times, inner_bound))
    inside = add(parts)
    if len(shape) > 2:
        return None
    if outer_labels & set(interface) and not _is_one_matrix(inside):
        return None
    return contract(
        value.shape, [(inside, tuple(interface))], outer_bounds[0], sorted_factors(shared)
    )


def _is_one_matrix(value: Poly) -> bool:
    """Tell whether no term is an outer product of two vectors, or a vector beside a diagonal."""
    if len(value.shape) < 2:
        return True
    touched = [{0, 1} & _labels(mono.factors) for mono, _ in value.terms]
    diagonal = any(f.atom.kind == DELTA for mono, _ in value.terms for f in mono.factors)
    if diagonal and any(len(axes) == 1 for axes in touched):
        return False
    whole = [mono for (mono, _), axes in zip(value.terms, touched, strict=True) if len(axes) == 2]
    return all(_is_connected(mono) for mono in whole)


def _is_connected(mono: Monomial) -> bool:
    reached = {0}
    for _ in mono.factors:
        for factor in mono.factors:
            own = _labels([factor])
            if own & reached:
                reached |= own
    return 1 in reached


def _labels(factors: Iterable[Factor]) -> set[int]:
    return {label for f in factors for i in f.indices for label in indices.labels(i)}


def sorted_factors(factors: set[Factor]) -> list[Factor]:
    """Return factors in an order that does not depend on the run."""
    return sorted(factors, key=lambda f: (f.atom.digest, tuple(map(indices.sort_key, f.indices))))
