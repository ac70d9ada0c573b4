"""Functions of diagonal matrices, which act on the entries of the diagonal."""

from __future__ import annotations

from collections.abc import Callable, Container

from symback.functions.forms.primitives import primitive
from symback.tensor import elementwise, indices
from symback.tensor.algebra import contract
from symback.tensor.indices import Index
from symback.tensor.poly import DELTA, Monomial, Poly, delta, number

#: What a matrix function does to each entry of a diagonal.
ENTRYWISE = {"expm": "exp", "cosm": "cos", "sinm": "sin", "cholesky": "sqrt"}


def diagonal(A: Poly) -> Poly | None:
    """Return the diagonal of a matrix with zeros elsewhere, of each of a stack; None for others."""
    rank = len(A.shape)
    ends = {indices.difference(rank - 1, rank - 2), indices.difference(rank - 2, rank - 1)}
    if not A.terms or not all(_vanishes_off(mono, ends) for mono, _ in A.terms):
        return None
    return contract(A.shape[:-1], [(A, (*range(rank - 1), rank - 2))])


def _vanishes_off(mono: Monomial, ends: Container[Index]) -> bool:
    return any(f.atom.kind == DELTA and f.indices[0] in ends for f in mono.factors)


def matrices(entries: Poly) -> Poly:
    """Return the diagonal matrices with the given diagonals, along the last axis."""
    *_, size = entries.shape
    rank = len(entries.shape)
    off = delta(indices.difference(rank, rank - 1))
    return contract((*entries.shape, size), [(entries, tuple(range(rank)))], {}, [off])


def entrywise(A: Poly, change: Callable[[Poly], Poly]) -> Poly | None:
    """Return the diagonal matrix with each entry of the diagonal changed; None for others."""
    entries = diagonal(A)
    return None if entries is None else matrices(change(entries))


def by_name(name: str, A: Poly) -> Poly | None:
    """Return the matrix function `name` of a diagonal matrix; None for others."""
    if name not in ENTRYWISE:
        return None
    return entrywise(A, lambda entries: elementwise.function(ENTRYWISE[name], [entries]))


def product(entries: Poly) -> Poly:
    """Return the product of the entries along the last axis."""
    if entries == number(1, entries.shape):
        return number(1, entries.shape[:-1])
    ndim = len(entries.shape)
    axis = None if ndim == 1 else ndim - 1
    return primitive("prod", entries.shape[:-1], (entries,), axis=axis, keepdims=False, ndim=ndim)
