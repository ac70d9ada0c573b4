"""Entries picked out of sums and functions, moved into these; axes that nothing is left of."""

from __future__ import annotations

from symback.tensor import indices
from symback.tensor.algebra import contract, monomial, restrict, used_axes
from symback.tensor.dims import Shape
from symback.tensor.poly import FUNCTION, GROUP, Atom, Factor, Monomial, Poly, add, atom, poly, zero


def narrowed(factor: Factor) -> Factor:
    """Move picked entries into the arguments of a function: f(x)[0] is f(x[0]).

    Axes of stacks of matrices are put in order there too.
    """
    base, index, exponent = factor
    if base.kind not in (GROUP, FUNCTION):
        return factor
    kept = [axis for axis, position in enumerate(index) if indices.has_labels(position)]
    plain = len(set(index)) == len(index) and all(isinstance(i, int) for i in index)
    if len(index) > 2 and plain and not _is_reshaped(base):
        kept.sort(key=lambda axis: indices.sort_key(index[axis]))
    if kept == list(range(len(index))) and 1 not in base.shape:
        return factor
    place = {axis: new for new, axis in enumerate(kept)}
    spot = tuple(place.get(axis, position) for axis, position in enumerate(index))
    shape = tuple(base.shape[axis] for axis in kept)
    args = tuple(collapsed(contract(shape, [(arg, spot)])) for arg in base.args)
    used = sorted({axis for arg in args for axis in used_axes(arg)})
    if len(used) < len(shape):
        args = tuple(restrict(arg, tuple(used)) for arg in args)
    elif kept == list(range(len(index))):
        return factor
    inner = atom(base.kind, base.name, tuple(shape[axis] for axis in used), args, base.params)
    return Factor(inner, tuple(index[kept[axis]] for axis in used), exponent)


def _is_reshaped(base: Atom) -> bool:
    """Tell whether an atom is read at flat positions, i + 4*j - 6*k: its axes keep their order."""
    return base.kind == GROUP and any(
        isinstance(position, indices.Affine) and len(position.terms) > 2
        for mono, _ in base.args[0].terms
        for factor in mono.factors
        for position in factor.indices
    )


def collapsed(value: Poly) -> Poly:
    """Leave out axes that picked entries do not have, and picked entries that are 0.

    x - x[0] is 0 on an axis of length 1, and onehot(1, n)[0]*y has neither a value nor axes.
    """
    parts = []
    changed = False
    for mono, times in value.terms:
        factors = []
        for factor in mono.factors:
            inner = narrowed(factor) if _may_collapse(factor) else factor
            fewer = len(_labels(inner)) < len(_labels(factor))
            changed = changed or fewer
            factors.append(inner if fewer else factor)
        bound = {len(value.shape) + k: size for k, size in enumerate(mono.bound)}
        if not any(_is_zero(f) for f in factors):
            parts.append(monomial(value.shape, factors, times, bound))
    if not changed:
        return value
    return add(parts) if parts else zero(value.shape)


def without_leading(shape: Shape, mono: Monomial) -> tuple[Shape, Monomial]:
    """Leave out the first axes if a product is constant along them: a tree may lack these."""
    value = poly(shape, {mono: 1})
    used = used_axes(value)
    if not used or used[0] == 0:
        return shape, mono
    kept = tuple(range(used[0], len(shape)))
    (term, times), *others = restrict(value, kept).terms
    return (shape, mono) if others or times != 1 else (shape[used[0] :], term)


def _may_collapse(factor: Factor) -> bool:
    picked = not all(map(indices.has_labels, factor.indices))
    return picked or 1 in factor.atom.shape


def _labels(factor: Factor) -> set[int]:
    return {label for position in factor.indices for label in indices.labels(position)}


def _is_zero(factor: Factor) -> bool:
    base = factor.atom
    return base.kind == GROUP and not base.args[0].terms and factor.exponent > 0
