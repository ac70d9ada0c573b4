"""The canonical form of one monomial: conditions solved, equal factors merged, labels in order."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import permutations
from typing import Any

from symback.tensor import indices
from symback.tensor.conditions import settle
from symback.tensor.dims import Dim, NamedDim, Shape
from symback.tensor.indices import Affine, Index, Indices
from symback.tensor.poly import (
    CONDITIONS,
    DIM,
    Atom,
    Factor,
    Monomial,
    Rational,
    atom,
    factor_key,
    rational,
)

#: How many orders of indistinguishable bound labels are tried for the smallest one.
MAX_ORDERS = 120
#: Products whose canonical form is remembered: the forms tried for one result share most of theirs.
MAX_KNOWN = 16_384


def canonical(
    factors: Iterable[Factor], coefficient: Rational, free: Shape, bound: dict[int, Dim]
) -> tuple[Monomial, Rational] | None:
    """Return the canonical monomial and its coefficient; None where it is zero.

    `free` gives the lengths of labels 0, 1, ...; `bound` those of the labels summed over, which
    may have any other numbers.
    """
    found = _canonical(tuple(factors), free, tuple(bound.items()))
    return None if found is None else (found[0], rational(coefficient * found[1]))


@lru_cache(maxsize=MAX_KNOWN)
def _canonical(
    factors: tuple[Factor, ...], free: Shape, lengths: tuple[tuple[int, Dim], ...]
) -> tuple[Monomial, Rational] | None:
    """Return the canonical monomial of a product, and what it is to be multiplied by."""
    bound = dict(lengths)
    coefficient: Rational = 1
    merged = _merge(factors)
    if merged is None or _needs_settling(merged, free, bound):
        settled = settle(factors, free, bound)
        if settled is None:
            return None
        kept, bound = settled
        again = _merge(kept)
        merged = again if again is not None else kept
    if bound:
        merged, coefficient, bound = _drop_unused(merged, coefficient, bound)
    if not bound:
        if len(merged) > 1:
            merged.sort(key=factor_key)
        return Monomial(tuple(merged), ()), coefficient
    return _label(merged, len(free), bound), coefficient


def _merge(factors: Iterable[Factor]) -> list[Factor] | None:
    """Add the exponents of equal bases; None where a dropped factor could leave a condition."""
    total: dict[tuple[Atom, Indices], Rational] = {}
    for base, index, exponent in factors:
        key = (base, index)
        if key in total:
            total[key] = 1 if base.kind in CONDITIONS else rational(total[key] + exponent)
        else:
            total[key] = exponent
    merged = []
    for (base, index), exponent in total.items():
        if exponent:
            merged.append(Factor(base, index, exponent))
        elif base.shape:
            return None
    return merged


def _needs_settling(factors: Sequence[Factor], free: Shape, bound: dict[int, Dim]) -> bool:
    if 1 in bound.values():
        return True
    for base, index, _ in factors:
        if base.kind in CONDITIONS:
            return True
        for position, size in zip(index, base.shape, strict=True):
            if isinstance(position, Affine):
                return True
            length = free[position] if position < len(free) else bound[position]
            if length != size:
                return True
    return False


def length_factors(size: Dim) -> tuple[list[Factor], Rational]:
    """Return a length as factors and a rational: `2*n` is ([n], 2)."""
    if not isinstance(size, NamedDim):
        return [], size
    if len(size.terms) > 1:
        return [Factor(atom(DIM, params=(size,)), (), 1)], 1
    names, count = size.terms[0]
    return [Factor(atom(DIM, params=(NamedDim({(name,): 1}),)), (), 1) for name in names], count


def inverted(factors: Iterable[Factor]) -> Iterator[Factor]:
    """Yield the factors of the reciprocal."""
    for base, index, exponent in factors:
        yield Factor(base, index, -exponent)


def independent(
    factors: Iterable[Factor], bound: Container[int]
) -> list[tuple[set[int], list[Factor]]]:
    """Split a product into parts that share no label of `bound`: (a @ x)*(b @ x) into two.

    Each part comes with the labels of `bound` that it has.
    """
    parts: list[tuple[set[int], list[Factor]]] = []
    for factor in factors:
        own = {k for i in factor.indices for k in indices.labels(i) if k in bound}
        joined = [part for part in parts if part[0] & own]
        parts = [part for part in parts if not part[0] & own]
        whole = [f for _, members in joined for f in members]
        parts.append((own.union(*(found for found, _ in joined)), [*whole, factor]))
    return parts


def _drop_unused(
    factors: list[Factor], coefficient: Rational, bound: dict[int, Dim]
) -> tuple[list[Factor], Rational, dict[int, Dim]]:
    used: set[int] = set()
    for _, index, _ in factors:
        for i in index:
            if i.__class__ is int:
                used.add(i)
            else:
                used.update(indices.labels(i))
    if used.issuperset(bound):
        return factors, coefficient, bound
    for label, size in bound.items():
        if label not in used:
            more, times = length_factors(size)
            factors = [*factors, *more]
            coefficient = rational(coefficient * times)
    kept = {label: size for label, size in bound.items() if label in used}
    merged = _merge(factors)
    return (factors if merged is None else merged), coefficient, kept


def _label(factors: list[Factor], rank: int, bound: dict[int, Dim]) -> Monomial:
    """Number the bound labels from `rank` on in an order that depends on structure alone."""
    if len(bound) == 1:
        (old, size), *_ = bound.items()
        if old != rank:
            factors = _rename(factors, {old: rank})
        if len(factors) > 1:
            factors.sort(key=factor_key)
        return Monomial(tuple(factors), (size,))
    groups = _order(factors, rank, bound)
    best: tuple[list[tuple[Any, ...]], list[Factor], list[int]] | None = None
    for count, choice in enumerate(_choices(groups)):
        if count >= MAX_ORDERS:
            break
        order = [label for group in choice for label in group]
        renamed = _rename(factors, {old: rank + new for new, old in enumerate(order)})
        renamed.sort(key=factor_key)
        key = [factor_key(factor) for factor in renamed]
        if best is None or key < best[0]:
            best = (key, renamed, order)
    assert best is not None
    return Monomial(tuple(best[1]), tuple(bound[label] for label in best[2]))


def _choices(groups: list[list[int]]) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Yield all orders of the members of each group, one after the other: there may be millions."""
    if not groups:
        yield ()
        return
    for first in permutations(groups[0]):
        for rest in _choices(groups[1:]):
            yield (first, *rest)


def _order(factors: Sequence[Factor], rank: int, bound: dict[int, Dim]) -> list[list[int]]:
    """Partition the bound labels by what they touch, refined until it no longer splits."""
    colour: dict[int, object] = {label: repr(size) for label, size in bound.items()}
    classes = 0
    for _ in range(len(bound) + 1):
        seen: dict[int, list[object]] = {label: [] for label in bound}
        for base, index, exponent in factors:
            shown = tuple(_coloured(i, rank, colour) for i in index)
            for place, i in enumerate(index):
                for label in indices.labels(i):
                    if label in seen:
                        seen[label].append((base.digest, str(exponent), place, shown))
        signature = {
            label: (colour[label], tuple(sorted(map(repr, seen[label])))) for label in bound
        }
        ranks = {value: str(k) for k, value in enumerate(sorted(set(signature.values()), key=repr))}
        colour = {label: ranks[signature[label]] for label in bound}
        if len(ranks) == classes:
            break
        classes = len(ranks)
    groups: dict[object, list[int]] = {}
    for label in sorted(bound, key=lambda label: (len(str(colour[label])), str(colour[label]))):
        groups.setdefault(colour[label], []).append(label)
    return list(groups.values())


def _coloured(index: Index, rank: int, colour: dict[int, object]) -> object:
    if isinstance(index, int):
        return index if index < rank else f"c{colour[index]}"
    shown = ((i if i < rank else f"c{colour[i]}", repr(times)) for i, times in index.terms)
    return (repr(index.const), tuple(sorted(map(repr, shown))))


def _rename(factors: Iterable[Factor], names: dict[int, Index]) -> list[Factor]:
    return [
        Factor(base, indices.substituted(index, names), exponent)
        for base, index, exponent in factors
    ]
