"""Iverson conditions on indices: solved for bound labels, decided, or kept where they matter."""

from __future__ import annotations

from collections.abc import Iterable

from symback.tensor import indices
from symback.tensor.dims import Dim, NamedDim, Shape
from symback.tensor.indices import Affine, Index, Indices, affine
from symback.tensor.poly import (
    AT_LEAST,
    CONDITIONS,
    DELTA,
    ONES,
    Atom,
    Factor,
    Rational,
    atom,
    rational,
)

Bound = dict[int, Dim]


def certainly_within(index: Index, size: Dim, free: Shape, bound: Bound) -> bool:
    """Tell whether an index can never leave [0, size)."""
    low, high = extent(index, free, bound)
    return not_negative(low) and not_negative(size - 1 - high)


def _range(label: int, free: Shape, bound: Bound) -> Dim:
    return free[label] if label < len(free) else bound[label]


def extent(index: Index, free: Shape, bound: Bound) -> tuple[Dim, Dim]:
    """Return the least and greatest value of an index over the ranges of its labels."""
    low = high = affine(index).const
    for label, times in affine(index).terms:
        last = _range(label, free, bound) - 1
        if indices.is_negative(times):
            low = low + times * last
        else:
            high = high + times * last
    return low, high


def not_negative(value: Dim) -> bool:
    """Tell whether a length is certainly at least 0; named lengths count as large."""
    if not isinstance(value, NamedDim):
        return value >= 0
    return all(count > 0 for names, count in value.terms if names)


def settle(
    factors: Iterable[Factor], coefficient: Rational, free: Shape, bound: Bound
) -> tuple[list[Factor], Rational, Bound] | None:
    """Solve the conditions of one product; None where one of them is never met."""
    bound = dict(bound)
    factors = _without_single_labels(list(factors), bound)
    kept = merge_settled(_single_entries(factors, free, bound), free, bound)
    while True:
        step = _solve_one(kept, free, bound)
        if step is None:
            break
        if not step:
            return None
        kept = merge_settled(step, free, bound)
    kept = merge_settled(_in_blocks(kept, free, bound), free, bound)
    kept = merge_settled(_forwards(kept, bound), free, bound)
    tightened = _tighten(kept, free, bound)
    if tightened is None:
        return None
    tightened = _without_single_labels(tightened, bound)
    final = _decide(merge_settled(tightened, free, bound), free, bound)
    return None if final is None else (final, rational(coefficient), bound)


def _single_entries(factors: Iterable[Factor], free: Shape, bound: Bound) -> Iterable[Factor]:
    """On an axis of length 1, turn the index into the condition that it is 0."""
    for base, index, exponent in factors:
        if base.kind == ONES and base.params[0] == 1:
            yield Factor(atom(DELTA), index, 1)
            continue
        if base.kind in CONDITIONS or 1 not in base.shape:
            yield Factor(base, index, exponent)
            continue
        kept = list(index)
        for axis, (position, size) in enumerate(zip(index, base.shape, strict=True)):
            if size != 1 or position == (0, ()):
                continue
            if isinstance(position, Affine) or _range(position, free, bound) != 1:
                kept[axis] = indices.constant(0)
                yield Factor(atom(DELTA), (position,), 1)
        yield Factor(base, tuple(kept), exponent)


def merge_settled(factors: Iterable[Factor], free: Shape, bound: Bound) -> list[Factor]:
    """Add the exponents of equal bases, leaving [0 <= index < size] where a factor cancels that may be out of range."""
    total: dict[tuple[Atom, Indices], Rational] = {}
    for base, index, exponent in factors:
        old = total.get((base, index), 0)
        total[base, index] = 1 if base.kind in CONDITIONS else rational(old + exponent)
    merged = []
    for (base, index), exponent in total.items():
        if exponent:
            merged.append(Factor(base, index, exponent))
            continue
        for position, size in zip(index, base.shape, strict=True):
            if not certainly_within(position, size, free, bound):
                merged.append(Factor(ones(size), (position,), 1))
    return merged


def ones(size: Dim) -> Atom:
    """Return the condition [0 <= index < size]."""
    return atom(ONES, params=(size,))


def _solve_one(factors: list[Factor], free: Shape, bound: Bound) -> list[Factor] | None:
    """Use one equation; an empty list means that it cannot hold, None that none is left to use."""
    for place, (base, index, _) in enumerate(factors):
        if base.kind != DELTA:
            continue
        equation = affine(index[0])
        rest = [*factors[:place], *factors[place + 1 :]]
        if not equation.terms:
            return [*rest, _true()] if equation.const == 0 else []
        label = _solvable(equation, free, bound)
        if label is None:
            continue
        if label not in bound and free[label] == 1 and len(equation.terms) == 1:
            return [*rest, _true()] if equation.const == 0 else []
        solution = _solution(equation, label)
        if label in bound:
            size = bound.pop(label)
            rest = _replace(rest, label, solution)
            if not certainly_within(solution, size, free, bound):
                rest.append(Factor(atom(ONES, params=(size,)), (solution,), 1))
            return rest or [_true()]
        if not certainly_within(solution, free[label], free, bound):
            size = free[label]
            if not affine(solution).terms and not isinstance(size, NamedDim):
                return []
        if any(label in indices.labels(i) for _, more, _ in rest for i in more):
            replaced = _replace(rest, label, solution)
            return [*replaced[:place], factors[place], *replaced[place:]]
    return None


def _true() -> Factor:
    return Factor(atom(ONES, params=(1,)), (indices.constant(0),), 1)


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


def _replace(factors: Iterable[Factor], label: int, solution: Index) -> list[Factor]:
    mapping = {label: solution}
    return [
        Factor(base, tuple(indices.substitute(i, mapping) for i in index), exponent)
        for base, index, exponent in factors
    ]


def _without_single_labels(factors: list[Factor], bound: Bound) -> list[Factor]:
    """Put 0 for every summed label that has no other value."""
    for label in [label for label, size in bound.items() if size == 1]:
        del bound[label]
        factors = _replace(factors, label, indices.constant(0))
    return factors


def _forwards(factors: list[Factor], bound: Bound) -> list[Factor]:
    """Count a summed label forwards where it is only read backwards, as x[n - 1 - k]."""
    for label, size in bound.items():
        backwards = False
        for base, index, _ in factors:
            if base.kind in CONDITIONS:
                continue
            for position in index:
                if label in indices.labels(position):
                    if position != indices.combine(size - 1, {label: -1}):
                        break
                    backwards = True
            else:
                continue
            break
        else:
            if backwards:
                factors = _replace(factors, label, indices.combine(size - 1, {label: -1}))
    return factors


def _in_blocks(factors: list[Factor], free: Shape, bound: Bound) -> list[Factor]:
    """Sum over positions inside a block: z - n*i with 0 <= z - n*i < n becomes a label of its own.

    Then z' + n*i - n*j can only be within an axis of length n if i = j.
    """
    for base, index, _ in factors:
        sizes = base.params if base.kind == ONES else base.shape
        for position, size in zip(index, sizes, strict=False):
            if isinstance(position, int) or position.const != 0 or len(position.terms) != 2:
                continue
            for (label, once), (other, times) in (position.terms, position.terms[::-1]):
                if label not in bound or once != 1 or other == label or times != -size:
                    continue
                blocks = _range(other, free, bound)
                if bound[label] != size * blocks:
                    continue
                bound[label] = size
                whole = indices.combine(0, {label: 1, other: size})
                return _in_blocks(
                    _carried(_replace(factors, label, whole), free, bound), free, bound
                )
    return factors


def _carried(factors: list[Factor], free: Shape, bound: Bound) -> list[Factor]:
    """Turn a + n*i - n*j on an axis of length n, with 0 <= a < n, into a and [i = j]."""
    result: list[Factor] = []
    for base, index, exponent in factors:
        kept = list(index)
        for axis, (position, size) in enumerate(zip(index, base.shape, strict=False)):
            if isinstance(position, int) or position.const != 0 or len(position.terms) != 3:
                continue
            inner = [label for label, times in position.terms if times == 1]
            up = [label for label, times in position.terms if times == size]
            down = [label for label, times in position.terms if times == -size]
            if len(inner) == len(up) == len(down) == 1 and _range(inner[0], free, bound) == size:
                kept[axis] = inner[0]
                equation = indices.combine(0, {up[0]: 1, down[0]: -1})
                result.append(Factor(atom(DELTA), (equation,), 1))
        result.append(Factor(base, tuple(kept), exponent))
    solved: list[Factor] | None = result
    while solved is not None:
        result = solved
        solved = _solve_one(result, free, bound)
    return result


def _tighten(factors: list[Factor], free: Shape, bound: Bound) -> list[Factor] | None:
    """Start each bound label at the first value at which no factor vanishes."""
    for label in list(bound):
        low: Dim = 0
        high: Dim = bound[label]
        for lower, upper in _intervals(factors, label):
            if lower is not None and not_negative(lower - low):
                low = lower
            if upper is not None and not_negative(high - upper):
                high = upper
        if high != bound[label] or low != 0:
            if not_negative(low - high):
                return None
            bound[label] = high - low
            if low != 0:
                factors = _replace(factors, label, indices.shift(label, low))
    return factors


def _intervals(factors: Iterable[Factor], label: int) -> Iterable[tuple[Dim | None, Dim | None]]:
    """Yield the half-open ranges outside which a factor with only this label is zero."""
    for base, index, _ in factors:
        sizes = base.params if base.kind == ONES else base.shape
        for place, position in enumerate(index):
            const, terms = affine(position)
            if len(terms) != 1 or terms[0][0] != label or terms[0][1] not in (1, -1):
                continue
            sign = terms[0][1]
            if base.kind == AT_LEAST:
                yield (-const, None) if sign == 1 else (None, const + 1)
            elif base.kind != DELTA:
                size = sizes[place]
                yield (-const, size - const) if sign == 1 else (const - size + 1, const + 1)


def _decide(factors: list[Factor], free: Shape, bound: Bound) -> list[Factor] | None:
    """Drop conditions that always hold, and find factors that are never within their axes."""
    known = {
        (position, size)
        for base, index, _ in factors
        if base.kind not in CONDITIONS
        for position, size in zip(index, base.shape, strict=True)
    }
    kept = []
    for factor in factors:
        base, index, _ = factor
        if base.kind == ONES:
            size = base.params[0]
            if (index[0], size) in known or certainly_within(index[0], size, free, bound):
                continue
            if _never_within(index[0], size, free, bound):
                return None
        elif base.kind == AT_LEAST:
            low, high = extent(index[0], free, bound)
            if not_negative(low):
                continue
            if not_negative(-1 - high):
                return None
        elif base.kind == DELTA:
            factor = _oriented(factor)
        elif any(_never_within(i, n, free, bound) for i, n in zip(index, base.shape, strict=True)):
            return None
        kept.append(factor)
    return kept


def _never_within(index: Index, size: Dim, free: Shape, bound: Bound) -> bool:
    if isinstance(index, int):
        return False
    low, high = extent(index, free, bound)
    return not_negative(low - size) or not_negative(-1 - high)


def _oriented(factor: Factor) -> Factor:
    """Write an equation with a positive first coefficient."""
    equation = affine(factor.indices[0])
    if equation.terms and indices.is_negative(equation.terms[0][1]):
        return Factor(factor.atom, (indices.negated(equation),), 1)
    return factor
