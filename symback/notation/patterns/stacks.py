"""Vectors given component by component: `stack([d[3], d[4], ...])`."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

from symback.language.tree import Call, Expression
from symback.language.tree import Sequence as ListTree
from symback.notation.patterns.alike import read_alike
from symback.tensor import indices
from symback.tensor.algebra import monomial
from symback.tensor.dims import Dim
from symback.tensor.indices import affine
from symback.tensor.poly import (
    CONDITIONS,
    DELTA,
    GROUP,
    PRIMITIVE,
    Factor,
    Monomial,
    Poly,
    Rational,
    add,
    atom,
    from_atom,
    poly,
    zero,
)

#: Longer vectors are not written out.
MAX_ENTRIES = 12
#: Sums of more terms are not searched for circular shifts.
MAX_TERMS = 8


def stacked(value: Poly, read: Callable[[Poly], Expression]) -> Expression | None:
    """Return a vector of known length whose terms sit at fixed places entry by entry."""
    if not value.shape or not isinstance(value.shape[0], int):
        return None
    if not 2 <= value.shape[0] <= MAX_ENTRIES or not _has_places(value):
        return None
    entries = [entry(value, place) for place in range(value.shape[0])]
    return Call("stack", (ListTree(tuple(read(one) for one in entries)),))


def _has_places(value: Poly) -> bool:
    count = 0
    for mono, _ in value.terms:
        for base, index, _ in mono.factors:
            if base.kind == DELTA:
                terms = affine(index[0]).terms
                count += len(terms) == 1 and terms[0][0] == 0
    return count >= 1


def entry(value: Poly, place: int) -> Poly:
    """Return `value[place]`."""
    rank = len(value.shape)
    parts = []
    mapping: dict[int, indices.Index] = {0: indices.constant(place)}
    mapping.update({axis: axis - 1 for axis in range(1, rank)})
    for mono, times in value.terms:
        bound = {}
        names = dict(mapping)
        for k, size in enumerate(mono.bound):
            names[rank + k] = rank + k
            bound[rank + k] = size
        factors = [
            f._replace(indices=tuple(indices.substitute(i, names) for i in f.indices))
            for f in mono.factors
        ]
        parts.append(monomial(value.shape[1:], factors, times, bound))
    return add(parts) if parts else zero(value.shape[1:])


def rolled(value: Poly) -> Poly:
    """Write the two halves of a circular shift as one `roll`."""
    if not 2 <= len(value.terms) <= MAX_TERMS:
        return value
    for left, right in permutations(value.terms, 2):
        found = _roll(value, left, right)
        if found is not None:
            others = {mono: times for mono, times in value.terms if mono not in (left[0], right[0])}
            return rolled(add([found, poly(value.shape, others)]))
    return value


def _roll(
    value: Poly, left: tuple[Monomial, Rational], right: tuple[Monomial, Rational]
) -> Poly | None:
    """Join x[i - k] and x[i - k + n] into roll(x, k)[i]."""
    if left[1] != right[1] or left[0].bound != right[0].bound:
        return None
    differing = read_alike(f for f in left[0].factors if f not in right[0].factors)
    partner = read_alike(f for f in right[0].factors if f not in left[0].factors)
    if len(differing) != 1 or len(partner) != 1 or differing[0].atom is not partner[0].atom:
        return None
    base, index, exponent = differing[0]
    if base.kind in CONDITIONS or exponent != partner[0].exponent:
        return None
    sizes = [*value.shape, *left[0].bound]
    for axis, (one, other) in enumerate(zip(index, partner[0].indices, strict=True)):
        if one == other:
            continue
        const, terms = affine(one)
        moved = affine(other)
        rest = index[:axis] + index[axis + 1 :] == (
            partner[0].indices[:axis] + partner[0].indices[axis + 1 :]
        )
        if not rest or len(terms) != 1 or terms[0][1] != 1 or moved.terms != terms:
            return None
        label, size = terms[0][0], base.shape[axis]
        if moved.const - const != size or sizes[label] != size or not indices.is_negative(const):
            return None
        shift = -const if isinstance(const, int) and _is_short(-const, size) else -moved.const
        settings = (("axis", None if len(base.shape) == 1 else axis), ("shift", shift))
        whole = base.args[0] if base.kind == GROUP else from_atom(base)
        turned = atom(PRIMITIVE, "roll", base.shape, (whole,), settings)
        spot = (*index[:axis], label, *index[axis + 1 :])
        kept = [f for f in left[0].factors if f in right[0].factors]
        bound = dict(enumerate(left[0].bound, start=len(value.shape)))
        return monomial(value.shape, [Factor(turned, spot, exponent), *kept], left[1], bound)
    return None


def _is_short(shift: int, size: Dim) -> bool:
    """Tell whether a shift is at most half of the axis."""
    return not isinstance(size, int) or 2 * shift <= size
