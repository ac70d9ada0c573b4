"""Products of Cholesky factors: L@L.T is the matrix itself, inv(L).T@inv(L) its inverse."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from symback.tensor import indices
from symback.tensor.algebra import contract, transpose
from symback.tensor.dims import Dim
from symback.tensor.indices import Index
from symback.tensor.poly import (
    FUNCTION,
    GROUP,
    LEAF,
    PRIMITIVE,
    Atom,
    Factor,
    Monomial,
    Poly,
    add,
    as_atom,
    atom,
    from_atom,
    scale,
)


def without_cholesky(value: Poly) -> Poly:
    """Return an equal tensor without the Cholesky factors that cancel in its terms."""
    if not any(_factor_of(f.atom) for mono, _ in value.terms for f in mono.factors):
        return value
    terms = [scale(_settled(value, mono), times) for mono, times in value.terms]
    return add(terms)


def _settled(value: Poly, mono: Monomial) -> Poly:
    rank = len(value.shape)
    bound = {rank + k: size for k, size in enumerate(mono.bound)}
    for place, factor in enumerate(mono.factors):
        others = [f for k, f in enumerate(mono.factors) if k != place]
        found = _logarithm(factor, others, bound)
        if found is None:
            found = _product(factor, mono.factors[place + 1 :], others, bound)
        if found is not None:
            made, at, label, rest = found
            del bound[label]
            return without_cholesky(contract(value.shape, [(made, at)], bound, rest))
        if factor.atom.kind == GROUP and factor.exponent == 2 and _factor_of(factor.atom):
            inner, at = factor.atom.args[0], factor.indices
            opened = contract(value.shape, [(inner, at), (inner, at)], bound, others)
            apart = all(other != mono for other, _ in opened.terms)
            shorter = without_cholesky(opened) if apart else opened
            if shorter is not opened:
                return shorter
    return contract(value.shape, [], bound, list(mono.factors))


_Found = tuple[Poly, tuple[Index, ...], int, list[Factor]]


def _product(
    one: Factor, later: tuple[Factor, ...], others: list[Factor], bound: Mapping[int, Dim]
) -> _Found | None:
    """Find what a factor L[i, k] makes of a factor L[j, k], or inv(L)[k, i] of inv(L)[k, j]."""
    matrix = _factor_of(one.atom)
    if matrix is None or one.atom.kind != PRIMITIVE or one.exponent != 1:
        return None
    inverse = one.atom.name == "inv"
    summed, free = (0, 1) if inverse else (1, 0)
    for other in later:
        same = other.atom is one.atom and other.exponent == 1
        if not same or one.indices[summed] != other.indices[summed]:
            continue
        rest = [f for f in others if f is not other]
        ends = one.indices[free], other.indices[free]
        label = _alone(one.indices[summed], ends, rest, bound)
        if label is not None:
            made = symmetric(matrix)
            if inverse:
                made = from_atom(atom(PRIMITIVE, "inv", made.shape, (made,)))
            return made, ends, label, rest
    return None


def _logarithm(one: Factor, others: list[Factor], bound: Mapping[int, Dim]) -> _Found | None:
    """Find the sum of the logarithms of the diagonal, which is half that of the determinant."""
    if one.atom.kind != FUNCTION or one.atom.name != "log" or one.exponent != 1:
        return None
    (argument,) = one.atom.args
    if len(argument.terms) != 1 or len(argument.shape) != 1 or len(one.indices) != 1:
        return None
    ((factors, inner), times) = argument.terms[0]
    matrix = _factor_of(factors[0].atom) if len(factors) == 1 and not inner else None
    if matrix is None or times != 1 or factors[0] != Factor(factors[0].atom, (0, 0), 1):
        return None
    label = _alone(one.indices[0], (), others, bound)
    if label is None or factors[0].atom.name != "cholesky":
        return None
    whole = from_atom(atom(PRIMITIVE, "logdet", (), (symmetric(matrix),)))
    return scale(whole, Fraction(1, 2)), (), label, others


def _alone(
    index: Index, ends: tuple[Index, ...], rest: list[Factor], bound: Mapping[int, Dim]
) -> int | None:
    """Return an index that is a label summed over, and stands nowhere else."""
    if not isinstance(index, int) or index not in bound:
        return None
    elsewhere = [*ends, *(i for f in rest for i in f.indices)]
    return None if any(index in indices.labels(i) for i in elsewhere) else index


def _factor_of(base: Atom) -> Poly | None:
    """Return the matrix whose Cholesky factor an atom is, or the inverse of, or is made of."""
    if base.kind == PRIMITIVE and base.name == "cholesky" and len(base.shape) == 2:
        return base.args[0]
    if base.kind == GROUP:
        inside = [f.atom for mono, _ in base.args[0].terms for f in mono.factors]
        return next((found for found in map(_factor_of, inside) if found is not None), None)
    if (base.kind == PRIMITIVE and base.name == "inv") or base.name == "log":
        (argument,) = base.args
        inner = argument.terms[0][0].factors if len(argument.terms) == 1 else ()
        if len(inner) == 1 and inner[0].atom.name == "cholesky":
            return _factor_of(inner[0].atom)
    return None


def symmetric(matrix: Poly) -> Poly:
    """Return the symmetric part of a matrix."""
    turned, base = transpose(matrix, (1, 0)), as_atom(matrix)
    if turned is matrix or (base and base.kind == LEAF and "symmetric" in base.facts):
        return matrix
    return scale(add([matrix, turned]), Fraction(1, 2))
