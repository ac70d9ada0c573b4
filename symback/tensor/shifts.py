"""What is the same along an axis: it drops out of a softmax, and comes out of a logsumexp."""

from __future__ import annotations

from collections.abc import Collection

from symback.tensor import indices
from symback.tensor.poly import Monomial, Poly, poly


def apart(x: Poly, axes: Collection[int]) -> tuple[Poly, Poly]:
    """Split a sum into the terms that vary along some of the axes, and those that do not.

    All terms stay together where none varies.
    """
    varying = [term for term in x.terms if _varies(term[0], axes)]
    if not varying or len(varying) == len(x.terms):
        return x, poly(x.shape, {})
    constant = [term for term in x.terms if term not in varying]
    return poly(x.shape, dict(varying)), poly(x.shape, dict(constant))


def _varies(mono: Monomial, axes: Collection[int]) -> bool:
    return any(k in axes for f in mono.factors for i in f.indices for k in indices.labels(i))
