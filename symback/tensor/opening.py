"""Sums opened at indices, term by term, and those whose total over an axis is zero."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import count
from weakref import WeakKeyDictionary

from symback.tensor import indices
from symback.tensor.dims import Dim, Shape
from symback.tensor.indices import Indices
from symback.tensor.monomial import canonical
from symback.tensor.placing import renamed
from symback.tensor.poly import (
    GROUP,
    Atom,
    Factor,
    Monomial,
    Poly,
    Rational,
    poly,
    rational,
)

#: The axes over which a group's total is zero, for the groups asked about so far.
_BALANCED: WeakKeyDictionary[Atom, dict[int, bool]] = WeakKeyDictionary()


def product_of(
    factors: Iterable[Factor], times: Rational, free: Shape, bound: dict[int, Dim]
) -> tuple[Monomial, Rational] | None:
    """Return a product's canonical monomial and its coefficient; None where it is zero.

    That is also where a factor such as x - mean(x) is summed by itself.
    """
    found = canonical(factors, times, free, bound)
    return None if found is None or _vanishes(found[0], len(free)) else found


def _vanishes(mono: Monomial, rank: int) -> bool:
    if not mono.bound:
        return False
    groups = [f for f in mono.factors if f.atom.kind == GROUP and f.exponent == 1]
    if not groups:
        return False
    uses = Counter(label for f in mono.factors for i in f.indices for label in indices.labels(i))
    return any(
        isinstance(label, int)
        and label >= rank
        and uses[label] == 1
        and mono.bound[label - rank] == f.atom.shape[axis]
        and _is_balanced(f.atom, axis)
        for f in groups
        for axis, label in enumerate(f.indices)
    )


def _is_balanced(base: Atom, axis: int) -> bool:
    """Tell whether the total of a group over an axis is zero."""
    known = _BALANCED.setdefault(base, {})
    found = known.get(axis)
    if found is None:
        shape = (*base.shape[:axis], *base.shape[axis + 1 :])
        last = len(shape)
        spot = tuple(last if k == axis else k - (k > axis) for k in range(len(base.shape)))
        bound: dict[int, Dim] = {last: base.shape[axis]}
        total = opened(shape, (base.args[0], spot), 1, bound, count(last + 1))
        found = known[axis] = not total.terms
    return found


def opened(
    shape: Shape,
    part: tuple[Poly, Indices],
    times: Rational,
    bound: dict[int, Dim],
    fresh: Iterator[int],
) -> Poly:
    """Return the terms of a sum at the given indices, each canonical, without grouping them."""
    total: dict[Monomial, Rational] = {}
    value, index = part
    for mono, coefficient in value.terms:
        sizes = dict(bound)
        factors = list(renamed(mono, value, index, fresh, sizes, shape))
        found = product_of(factors, rational(coefficient * times), shape, sizes)
        if found is not None:
            total[found[0]] = rational(total.get(found[0], 0) + found[1])
    return poly(shape, total)
