"""Iverson conditions on indices: solved for bound labels, decided, or kept where they matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from symback.tensor import indices
from symback.tensor.dims import Dim, Shape
from symback.tensor.equations import lowest_terms, solve_one
from symback.tensor.indices import Affine, Index, Indices, affine
from symback.tensor.labels import (
    forwards,
    in_blocks,
    tighten,
    without_single_axes,
    without_single_labels,
)
from symback.tensor.poly import (
    AT_LEAST,
    CONDITIONS,
    DELTA,
    GROUP,
    ONES,
    Atom,
    Factor,
    Monomial,
    Rational,
    delta,
    rational,
    within,
)
from symback.tensor.ranges import Bound, certainly_within, extent, not_negative, outside, range_of


def settle(
    factors: Iterable[Factor], free: Shape, bound: Bound
) -> tuple[list[Factor], Bound] | None:
    """Solve the conditions of one product; None where one of them is never met."""
    bound = dict(bound)
    factors = without_single_axes(without_single_labels(list(factors), bound), free)
    kept = merge_settled(_single_entries(factors, free, bound), free, bound)
    while True:
        step = solve_one(kept, free, bound)
        if step is None:
            break
        if not step:
            return None
        kept = merge_settled(step, free, bound)
    kept = merge_settled(in_blocks(kept, free, bound), free, bound)
    kept = merge_settled(forwards(kept, bound), free, bound)
    tightened = tighten(kept, free, bound)
    if tightened is None:
        return None
    tightened = without_single_labels(tightened, bound)
    final = _decide(merge_settled(tightened, free, bound), free, bound)
    return None if final is None else (final, bound)


def _single_entries(factors: Iterable[Factor], free: Shape, bound: Bound) -> Iterable[Factor]:
    """On an axis of length 1, turn the index into the condition that it is 0."""
    for base, index, exponent in factors:
        if base.kind == ONES and base.params[0] == 1:
            yield delta(index[0])
            continue
        if base.kind in CONDITIONS or 1 not in base.shape:
            yield Factor(base, index, exponent)
            continue
        kept = list(index)
        for axis, (position, size) in enumerate(zip(index, base.shape, strict=True)):
            if size != 1 or position == (0, ()):
                continue
            if isinstance(position, Affine) or range_of(position, free, bound) != 1:
                kept[axis] = indices.constant(0)
                yield delta(position)
        yield Factor(base, tuple(kept), exponent)


def merge_settled(factors: Iterable[Factor], free: Shape, bound: Bound) -> list[Factor]:
    """Add the exponents of equal bases.

    Where a factor cancels that may be out of range, [0 <= index < size] is left of it.
    """
    total: dict[tuple[Atom, Indices], Rational] = {}
    for base, index, exponent in factors:
        old = total.get((base, index), 0)
        total[base, index] = 1 if base.kind in CONDITIONS else rational(old + exponent)
    merged = []
    for (base, index), exponent in total.items():
        if exponent:
            merged.append(Factor(base, index, exponent))
            continue
        for position, size in outside(Factor(base, index, exponent), free, bound):
            merged.append(within(position, size))
    return merged


def _decide(factors: list[Factor], free: Shape, bound: Bound) -> list[Factor] | None:
    """Drop conditions that always hold, and find factors that are never within their axes."""
    known = {
        (position, size)
        for base, index, _ in factors
        if base.kind not in CONDITIONS
        for position, size in zip(index, base.shape, strict=True)
    }
    kept = []
    held: Factor | Literal[True] | None
    for factor in factors:
        base, index, _ = factor
        if base.kind == DELTA:
            held = _equation(factor, free, bound)
        elif base.kind == AT_LEAST:
            held = _inequality(factor, free, bound)
        elif base.kind == ONES and (
            (index[0], base.params[0]) in known
            or certainly_within(index[0], base.params[0], free, bound)
        ):
            held = True
        else:
            sizes = base.params if base.kind == ONES else base.shape
            held = None if _outside(index, sizes, free, bound) or _is_empty(factor) else factor
        if held is None:
            return None
        if held is not True:
            kept.append(held)
    return _without_implied(kept)


def _without_implied(factors: list[Factor]) -> list[Factor]:
    """Drop inequalities that follow from others: [i >= k] beside [i >= k + 1]."""
    strictest: dict[tuple[tuple[int, Dim], ...], Dim] = {}
    for base, index, _ in factors:
        if base.kind == AT_LEAST:
            const, terms = affine(index[0])
            if not_negative(strictest.get(terms, const) - const):
                strictest[terms] = const
    return [
        f
        for f in factors
        if f.atom.kind != AT_LEAST or not _follows(affine(f.indices[0]), strictest)
    ]


def _follows(index: Affine, strictest: Mapping[tuple[tuple[int, Dim], ...], Dim]) -> bool:
    least = strictest[index.terms]
    return least != index.const and not_negative(index.const - least)


def _equation(factor: Factor, free: Shape, bound: Bound) -> Factor | Literal[True] | None:
    """Return an equation in lowest terms, True where it always holds, None where it never does."""
    equation = lowest_terms(affine(factor.indices[0]))
    if equation is None:
        return None
    if not equation.terms and equation.const == 0:
        return True
    low, high = extent(equation, free, bound)
    if not_negative(low - 1) or not_negative(-1 - high):
        return None
    return Factor(factor.atom, (_oriented(equation),), 1)


def _inequality(factor: Factor, free: Shape, bound: Bound) -> Factor | Literal[True] | None:
    low, high = extent(factor.indices[0], free, bound)
    if not_negative(low):
        return True
    return None if not_negative(-1 - high) else factor


def _outside(index: Iterable[Index], sizes: Iterable[Dim], free: Shape, bound: Bound) -> bool:
    """Tell whether a place is never within the axes that it is read at."""
    return any(_never_within(i, n, free, bound) for i, n in zip(index, sizes, strict=True))


def _is_empty(factor: Factor) -> bool:
    """Tell whether a sum has no terms at the places that it is read at."""
    base, index, exponent = factor
    if base.kind != GROUP or exponent < 0:
        return False
    names = {axis: i for axis, i in enumerate(index) if isinstance(i, Affine) and not i.terms}
    return bool(names) and all(
        settle(_at(mono, names), base.shape, dict(enumerate(mono.bound, len(base.shape)))) is None
        for mono, _ in base.args[0].terms
    )


def _at(mono: Monomial, names: Mapping[int, Index]) -> list[Factor]:
    """Return the factors of a product with places put in for some of its labels."""
    return [
        Factor(base, indices.substituted(index, names), exponent)
        for base, index, exponent in mono.factors
    ]


def _never_within(index: Index, size: Dim, free: Shape, bound: Bound) -> bool:
    if isinstance(index, int):
        return False
    low, high = extent(index, free, bound)
    return not_negative(low - size) or not_negative(-1 - high)


def _oriented(equation: Affine) -> Index:
    """Write an equation with a positive first coefficient."""
    if equation.terms and indices.is_negative(equation.terms[0][1]):
        return indices.negated(equation)
    return indices.combine(equation.const, dict(equation.terms))
