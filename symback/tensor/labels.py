"""Summed labels counted in the one way that equal sums share: from 0, forwards, block by block."""

from __future__ import annotations

from collections.abc import Iterable

from symback.tensor import indices
from symback.tensor.dims import Dim, Shape
from symback.tensor.equations import replace_label, solve_one
from symback.tensor.indices import Index, affine
from symback.tensor.poly import AT_LEAST, CONDITIONS, DELTA, ONES, Factor, delta
from symback.tensor.ranges import Bound, not_negative, range_of


def without_single_labels(factors: list[Factor], bound: Bound) -> list[Factor]:
    """Put 0 for every summed label that has no other value."""
    for label in [label for label, size in bound.items() if size == 1]:
        del bound[label]
        factors = replace_label(factors, label, indices.constant(0))
    return factors


def without_single_axes(factors: list[Factor], free: Shape) -> list[Factor]:
    """Leave the labels of axes of length 1, which are 0, out of the positions they only shift."""
    single = {label: indices.constant(0) for label, size in enumerate(free) if size == 1}
    if not single:
        return factors
    return [
        Factor(
            base,
            tuple(indices.substitute(i, single) if len(affine(i).terms) > 1 else i for i in index),
            exponent,
        )
        if base.kind not in CONDITIONS
        else Factor(base, index, exponent)
        for base, index, exponent in factors
    ]


def forwards(factors: list[Factor], bound: Bound) -> list[Factor]:
    """Count a summed label forwards where it is only read backwards, as x[n - 1 - k].

    In a triangle it is counted as the other label is: [k <= i], not [k >= n - 1 - i].
    """
    ends = {label: indices.combine(size - 1, {label: -1}) for label, size in bound.items()}
    backwards = {label for label in bound if _is_read_backwards(factors, label, ends[label])}
    joined = _triangles(factors)
    turned = {label for label in backwards if label not in joined}
    seen = {label for label in joined if label not in bound}
    for start in [*sorted(seen), *(label for label in bound if label in joined)]:
        if start in bound and start in seen:
            continue
        group = _turned_together(start, joined, seen)
        others = {label for label in group if not group[label]}
        chosen = {label for label in group if group[label]}
        if start in bound and len(others ^ (backwards & group.keys())) < len(
            chosen ^ (backwards & group.keys())
        ):
            chosen = others
        turned |= chosen
    for label in bound:
        if label in turned:
            factors = replace_label(factors, label, ends[label])
    return factors


def _triangles(factors: list[Factor]) -> dict[int, list[tuple[int, bool]]]:
    """Return for each label in a triangle the other one, and whether they have the same sign."""
    joined: dict[int, list[tuple[int, bool]]] = {}
    for base, index, _ in factors:
        terms = affine(index[0]).terms if base.kind == AT_LEAST else ()
        if len(terms) == 2:
            (a, p), (b, q) = terms
            joined.setdefault(a, []).append((b, p == q))
            joined.setdefault(b, []).append((a, p == q))
    return joined


def _turned_together(
    start: int, joined: dict[int, list[tuple[int, bool]]], seen: set[int]
) -> dict[int, bool]:
    """Return the labels that triangles join to `start`, and which to turn if it stays."""
    group = {start: False}
    stack = [start]
    seen.add(start)
    while stack:
        label = stack.pop()
        for other, same in joined[label]:
            if other not in seen:
                seen.add(other)
                group[other] = group[label] ^ same
                stack.append(other)
    return group


def _is_read_backwards(factors: list[Factor], label: int, turned: Index) -> bool:
    """Tell whether a label is read, and only as the end of an axis less its own value."""
    read = [
        position
        for base, index, _ in factors
        if base.kind not in CONDITIONS
        for position in index
        if label in indices.labels(position)
    ]
    return bool(read) and all(position == turned for position in read)


def in_blocks(factors: list[Factor], free: Shape, bound: Bound) -> list[Factor]:
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
                blocks = range_of(other, free, bound)
                if bound[label] != size * blocks:
                    continue
                bound[label] = size
                whole = indices.combine(0, {label: 1, other: size})
                return in_blocks(
                    _carried(replace_label(factors, label, whole), free, bound), free, bound
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
            if len(inner) == len(up) == len(down) == 1 and range_of(inner[0], free, bound) == size:
                kept[axis] = inner[0]
                equation = indices.combine(0, {up[0]: 1, down[0]: -1})
                result.append(delta(equation))
        result.append(Factor(base, tuple(kept), exponent))
    solved: list[Factor] | None = result
    while solved is not None:
        result = solved
        solved = solve_one(result, free, bound)
    return result


def tighten(factors: list[Factor], free: Shape, bound: Bound) -> list[Factor] | None:
    """Start each bound label at the first value at which no factor vanishes.

    A label in steps as long as an axis leaves that at once: it is 0.
    """
    for label in _too_long_steps(factors):
        factors = replace_label(factors, label, indices.constant(0))
        if label in bound:
            del bound[label]
        else:
            factors = [*factors, delta(label)]
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
                factors = replace_label(factors, label, indices.shift(label, low))
    return factors


def _too_long_steps(factors: Iterable[Factor]) -> set[int]:
    """Return the labels by which an axis is read at 0, and else only outside of it."""
    return {
        position.terms[0][0]
        for base, index, _ in factors
        if base.kind not in CONDITIONS
        for position, size in zip(index, base.shape, strict=True)
        if not isinstance(position, int)
        and position.const == 0
        and len(position.terms) == 1
        and any(not_negative(sign * position.terms[0][1] - size) for sign in (1, -1))
        and size != 1
    }


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
