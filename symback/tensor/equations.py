"""Equations between labels, [i + 1 = k]: solved for a summed label, or used in other factors."""

from __future__ import annotations

from collections.abc import Iterable
from math import gcd

from symback.tensor import indices
from symback.tensor.dims import NamedDim, Shape
from symback.tensor.indices import Affine, Index, affine
from symback.tensor.poly import DELTA, Factor, delta, within
from symback.tensor.ranges import Bound, certainly_within, not_negative


def solve_one(factors: list[Factor], free: Shape, bound: Bound) -> list[Factor] | None:
    """Use one equation; an empty list means that it cannot hold, None that none is left to use."""
    for place, (base, _, _) in enumerate(factors):
        found = _used(factors, place, free, bound) if base.kind == DELTA else None
        if found is not None:
            return found
    return None


def _used(factors: list[Factor], place: int, free: Shape, bound: Bound) -> list[Factor] | None:
    """Use the equation at a place; None where there is nothing to solve it for."""
    equation = lowest_terms(affine(factors[place].indices[0]))
    rest = [*factors[:place], *factors[place + 1 :]]
    if equation is None or not equation.terms:
        return [*rest, _true()] if equation == (0, ()) else []
    if _adds_up_to_zero(equation):
        return [*rest, *(delta(label) for label, _ in equation.terms)]
    label = _solvable(equation, free, bound)
    if label is None:
        return None
    if label not in bound and free[label] == 1 and len(equation.terms) == 1:
        return [*rest, _true()] if equation.const == 0 else []
    solution = _solution(equation, label)
    if label in bound:
        return _summed(rest, label, solution, free, bound)
    if not certainly_within(solution, free[label], free, bound):
        size = free[label]
        if not affine(solution).terms and not isinstance(size, NamedDim):
            return []
    if any(label in indices.labels(i) for _, more, _ in rest for i in more):
        replaced = replace_label(rest, label, solution)
        return [*replaced[:place], factors[place], *replaced[place:]]
    return None


def _adds_up_to_zero(equation: Affine) -> bool:
    """Tell whether multiples of two labels or more add up to 0: as they count from 0, all are."""
    counts = [times for _, times in equation.terms]
    if equation.const != 0 or len(counts) < 2:
        return False
    return any(all(not_negative(sign * times - 1) for times in counts) for sign in (1, -1))


def lowest_terms(equation: Affine) -> Affine | None:
    """Divide an equation by what its coefficients share; None where no integers satisfy it."""
    counts = [times for _, times in equation.terms if not isinstance(times, NamedDim)]
    if not counts or len(counts) < len(equation.terms) or isinstance(equation.const, NamedDim):
        return equation
    shared = gcd(*counts)
    if equation.const % shared:
        return None
    labels = (label for label, _ in equation.terms)
    terms = zip(labels, (count // shared for count in counts), strict=True)
    return Affine(equation.const // shared, tuple(terms))


def _summed(
    rest: list[Factor], label: int, solution: Index, free: Shape, bound: Bound
) -> list[Factor]:
    """Put the solution for a summed label, which must stay within its range."""
    size = bound.pop(label)
    rest = replace_label(rest, label, solution)
    if not certainly_within(solution, size, free, bound):
        rest.append(within(solution, size))
    return rest or [_true()]


def _true() -> Factor:
    return within(indices.constant(0), 1)


def _solvable(equation: Affine, free: Shape, bound: Bound) -> int | None:
    """Return the label to solve for: a bound one, else the last free one if all are free."""
    ones = [label for label, times in equation.terms if times in (1, -1)]
    for label in ones:
        if label in bound:
            return label
    if ones and all(label < len(free) for label, _ in equation.terms):
        return max(ones)
    return None


def _solution(equation: Affine, label: int) -> Index:
    times = dict(equation.terms)[label]
    others = {other: -count * times for other, count in equation.terms if other != label}
    return indices.combine(-equation.const * times, others)


def replace_label(factors: Iterable[Factor], label: int, solution: Index) -> list[Factor]:
    """Put an index in the place of a label."""
    mapping = {label: solution}
    return [
        Factor(base, tuple(indices.substitute(i, mapping) for i in index), exponent)
        for base, index, exponent in factors
    ]
