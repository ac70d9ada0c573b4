"""Sums whose terms fill different stretches of an axis, as `concat` of what fills them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cmp_to_key
from itertools import pairwise
from typing import TypeAlias

from symback.language.tree import Call, Expression
from symback.language.tree import Sequence as ListTree
from symback.notation.patterns.slices import padded
from symback.notation.writing import trees
from symback.tensor import indices
from symback.tensor.algebra import contract, restrict, used_axes
from symback.tensor.dims import Dim
from symback.tensor.elementwise import function
from symback.tensor.indices import Affine, Index, Indices, affine
from symback.tensor.poly import (
    AT_LEAST,
    DELTA,
    FUNCTION,
    GROUP,
    ONES,
    Atom,
    Factor,
    Monomial,
    Poly,
    Rational,
    add,
    poly,
    scale,
)
from symback.tensor.powers import power
from symback.tensor.ranges import not_negative

#: Where a term can be other than zero along an axis: from the first place up to the second.
Stretch: TypeAlias = tuple[Dim, Dim]


class _Unknown(Exception):
    """It depends on the values of lengths which of two places comes first."""


def joined(value: Poly, read: Callable[[Poly], Expression]) -> Expression | None:
    """Return `concat([a, b], axis)` or `pad(a, ...)`; None where no stretch of an axis is zero.

    Each part is read by itself, at places of its own: `pad(a*b, (0, n))` rather than
    `pad(a, (0, n))*pad(b, (0, n))`. Axes in front of all that the terms mention are left out.
    """
    used = used_axes(value)
    if not used or not _is_shifted(value):
        return None
    value = restrict(value, tuple(range(used[0], len(value.shape))))
    for axis, size in enumerate(value.shape):
        try:
            parts = _parts(value, axis, size)
        except _Unknown:
            continue
        if parts is not None:
            return _side_by_side(value, axis, parts, read)
    return None


def _is_shifted(value: Poly) -> bool:
    """Tell whether some factor is read elsewhere than at a label, or only up to some place."""
    return any(
        f.atom.kind == ONES or any(i.__class__ is Affine for i in f.indices)
        for mono, _ in value.terms
        for f in mono.factors
    )


def _parts(value: Poly, axis: int, size: Dim) -> dict[Stretch, Poly] | None:
    """Return the terms on each stretch, in order; None where one is the whole axis or two meet."""
    found: dict[Stretch, dict[Monomial, Rational]] = {}
    for mono, times in value.terms:
        stretch = _stretch(mono, axis, size)
        if stretch in (None, (0, size)):
            return None
        found.setdefault(stretch, {})[mono] = times
    order = sorted(found, key=cmp_to_key(_compare))
    if not all(_comes_first(one[1], other[0]) for one, other in pairwise(order)):
        return None
    return {
        stretch: _within(poly(value.shape, found[stretch]), axis, *stretch) for stretch in order
    }


def _compare(one: Stretch, other: Stretch) -> int:
    return -1 if _comes_first(one[0], other[0]) else 1


def _comes_first(one: Dim, other: Dim) -> bool:
    """Tell whether a place does not come after another. Raises _Unknown."""
    if not_negative(other - one):
        return True
    if not_negative(one - other):
        return False
    raise _Unknown


def _stretch(mono: Monomial, axis: int, size: Dim) -> Stretch | None:
    """Return where the factors of a product are read within their own axes; None at one place."""
    start: Dim = 0
    stop: Dim = size
    for base, index, _ in mono.factors:
        for position, length in _spots(base, index):
            const, terms = affine(position)
            if terms != ((axis, 1),):
                continue
            if base.kind == DELTA:
                return None
            start = start if _comes_first(-const, start) else -const
            if length is not None:
                stop = stop if _comes_first(stop, length - const) else length - const
    return (start, stop) if _comes_first(start, stop) else None


def _spots(base: Atom, index: Indices) -> Iterator[tuple[Index, Dim | None]]:
    """Yield the positions at which an atom is read, each with the length that it must be within."""
    if base.kind in (DELTA, AT_LEAST):
        yield index[0], None
    else:
        yield from zip(index, base.params if base.kind == ONES else base.shape, strict=True)


def _within(value: Poly, axis: int, start: Dim, stop: Dim) -> Poly:
    """Return the part of a tensor from `start` up to `stop` along an axis."""
    shape = (*value.shape[:axis], stop - start, *value.shape[axis + 1 :])
    parts = []
    for mono, times in value.terms:
        bound = {len(shape) + k: size for k, size in enumerate(mono.bound)}
        inner, rest = list[tuple[Poly, Indices]](), list[Factor]()
        for factor in mono.factors:
            index = indices.substituted(factor.indices, {axis: indices.shift(axis, start)})
            part = _inside(factor, index, axis, stop - start)
            if part is None:
                rest.append(factor._replace(indices=index))
            else:
                inner.append((part, tuple(axis if axis in indices.labels(i) else i for i in index)))
        parts.append(scale(contract(shape, inner, bound, rest), times))
    return add(parts)


def _inside(factor: Factor, index: Indices, axis: int, size: Dim) -> Poly | None:
    """Return a sum or a function that is read on a stretch as that of the stretches."""
    base = factor.atom
    if base.kind not in (GROUP, FUNCTION):
        return None
    places = [k for k, position in enumerate(index) if axis in indices.labels(position)]
    if len(places) != 1:
        return None
    (place,) = places
    const, terms = affine(index[place])
    if terms != ((axis, 1),) or base.shape[place] == size:
        return None
    args = [_within(arg, place, const, const + size) for arg in base.args]
    return power(args[0] if base.kind == GROUP else function(base.name, args), factor.exponent)


def _side_by_side(
    value: Poly, axis: int, parts: dict[Stretch, Poly], read: Callable[[Poly], Expression]
) -> Expression:
    """Write parts behind each other along an axis, with zeros in the gaps."""
    found: list[Expression] = []
    place = first = next(iter(parts))[0]
    for (start, stop), part in parts.items():
        if place != start:
            gap = (*value.shape[:axis], start - place, *value.shape[axis + 1 :])
            found.append(Call("zeros", tuple(map(trees.length, gap))))
        found.append(read(part))
        place = stop
    padding: list[tuple[Dim, Dim]] = [(0, 0)] * len(value.shape)
    padding[axis] = (first, value.shape[axis] - place)
    keywords = (("axis", trees.integer(axis)),) if axis else ()
    whole = Call("concat", (ListTree(tuple(found)),), keywords) if len(found) > 1 else found[0]
    return padded(whole, padding)
