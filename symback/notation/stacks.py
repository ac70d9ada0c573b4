"""Vectors given component by component: `stack([d[3], d[4], ...])`."""

from __future__ import annotations

from collections.abc import Callable


from symback.language.tree import Call, Expression
from symback.language.tree import Sequence as ListTree
from symback.tensor import indices
from symback.tensor.algebra import monomial
from symback.tensor.indices import affine
from symback.tensor.poly import DELTA, Poly, add, zero

#: Longer vectors are not written out.
MAX_ENTRIES = 12


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


