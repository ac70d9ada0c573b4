"""Entries read at their flat position, i + 4*j - 6*k: the axes of a reshaped array.

The labels of a run, whose strides are those of its entries row after row, stand for the same flat
position as block labels and the place within a block. Where a run is replaced by its blocks, what
was read at the flat position is read block by block, and what was read at the run is reshaped.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

from symback.functions.forms.entries import reshape
from symback.language.tree import Call, Expression
from symback.notation.patterns.flat import Split, splits
from symback.notation.writing import trees
from symback.notation.writing.pieces import Read
from symback.tensor import indices
from symback.tensor.algebra import contract, monomial
from symback.tensor.dims import Dim, Shape
from symback.tensor.indices import Index, affine
from symback.tensor.monomial import canonical
from symback.tensor.poly import (
    CONDITIONS,
    GROUP,
    Factor,
    Monomial,
    Poly,
    add,
    atom,
    delta,
    from_atom,
    poly,
    scale,
)

#: How often one result is reshaped.
MAX_RUNS = 4


def regrouped(value: Poly) -> Poly:
    """Return an equal tensor in which summed labels do not stand in flat positions.

    The sum over m, l of g[m, l]*t[j, 3*m + l - 6*j] is that of reshape(g)[j, n]*t[j, n] over n.
    """
    alone = len(value.terms) == 1
    parts = [_without_flat(poly(value.shape, {mono: times}), alone) for mono, times in value.terms]
    if all(part.terms == (term,) for part, term in zip(parts, value.terms, strict=True)):
        return value
    return add(parts)


def _without_flat(value: Poly, alone: bool) -> Poly:
    for _ in range(MAX_RUNS):
        if len(value.terms) != 1:
            return value
        changed = _regrouped_once(value, alone)
        if changed is None or changed is value:
            return value
        value = changed
    return value


def _regrouped_once(value: Poly, alone: bool) -> Poly | None:
    ((mono, times),) = value.terms
    rank = len(value.shape)
    sizes: dict[int, Dim] = dict(enumerate((*value.shape, *mono.bound)))
    bound = {label: size for label, size in sizes.items() if label >= rank}
    for place, split in splits(mono, sizes):
        summed = min(split.blocks) >= rank
        free = all(label < rank for label in split.run)
        if summed and not (free and alone and _is_all(mono, place)):
            factors = _reshaped_there(mono, place, split, sizes)
            if factors is not None:
                return _without_labels(value, factors, split.blocks)
        if all(label >= rank for label in split.run):
            factors = _in_blocks(mono, split, (*split.blocks, len(sizes)), sizes)
            if factors is not None:
                left = {label: size for label, size in bound.items() if label not in split.run}
                return monomial(value.shape, factors, times, left | {len(sizes): split.rest})
        if summed and not free:
            factors = _product_there(mono, split, sizes)
            if factors is not None:
                return _without_labels(value, factors, split.blocks)
    return None


def _is_all(mono: Monomial, factor: Factor) -> bool:
    """Tell whether nothing else has an index: what is left is one array, reshaped."""
    return all(not f.indices or f is factor for f in mono.factors)


def _labels(factor: Factor) -> set[int]:
    return {label for i in factor.indices for label in indices.labels(i)}


def _without_labels(value: Poly, factors: list[Factor], gone: tuple[int, ...]) -> Poly | None:
    """Return a product with other factors, which are not summed over the labels `gone`."""
    ((mono, times),) = value.terms
    rank = len(value.shape)
    left = {rank + k: size for k, size in enumerate(mono.bound) if rank + k not in gone}
    found = canonical(factors, times, value.shape, left)
    return None if found is None else poly(value.shape, {found[0]: found[1]})


def _product_there(mono: Monomial, split: Split, sizes: Mapping[int, Dim]) -> list[Factor] | None:
    """Read y[m, 4*i + j - 6*m]*s[m], m summed over, as reshape(y*s[:, None])[i, j]."""
    inside = [f for f in mono.factors if _labels(f) & set(split.blocks)]
    outer = sorted(set().union(*map(_labels, inside)) - {*split.run, *split.blocks})
    labels = (*outer, *split.blocks, len(sizes))
    factors = _in_blocks(Monomial(tuple(inside), ()), split, labels[len(outer) :], sizes)
    if factors is None or any(f.atom.kind in CONDITIONS for f in factors):
        return None
    names: dict[int, Index] = {label: axis for axis, label in enumerate(labels)}
    moved = [f._replace(indices=indices.substituted(f.indices, names)) for f in factors]
    lengths = tuple(sizes[label] for label in labels[:-1])
    product = contract((*lengths, split.rest), [], {}, moved)
    spot = (*outer, *split.run)
    whole = reshape(product, tuple(sizes[label] for label in spot))
    rest = [f for f in mono.factors if f not in inside]
    return [*rest, Factor(atom(GROUP, shape=whole.shape, args=(whole,)), spot, 1)]


def blocked(value: Poly, read: Read) -> Expression | None:
    """Return what is read block by block as an array with axes for these, reshaped.

    Where z is an axis of the result, x[z - n*i] stands at block i, place z - n*i.
    """
    whole = value
    for _ in range(MAX_RUNS):
        inner = _blocked_once(whole)
        if inner is None:
            break
        whole = inner
    if whole is value:
        return None
    return Call("reshape", (read(whole), trees.shape_tuple(value.shape)))


def _blocked_once(value: Poly) -> Poly | None:
    """Return a tensor with axes for the blocks of a run of axes, None where none is blocked."""
    rank = len(value.shape)
    for mono, _ in value.terms:
        sizes: dict[int, Dim] = dict(enumerate((*value.shape, *mono.bound)))
        for _, split in splits(mono, sizes):
            first, last = split.run[0], split.run[-1]
            if split.run != tuple(range(first, last + 1)) or last >= rank:
                continue
            lengths = (*(sizes[label] for label in split.blocks), split.rest)
            found = _all_in_blocks(value, split.run, lengths)
            if found is not None:
                return found
    return None


def _all_in_blocks(value: Poly, run: tuple[int, ...], lengths: Shape) -> Poly | None:
    shape = (*value.shape[: run[0]], *lengths, *value.shape[run[-1] + 1 :])
    parts = []
    for mono, times in value.terms:
        part = _term_in_blocks(value.shape, mono, run, lengths, shape)
        if part is None:
            return None
        parts.append(scale(part, times))
    return add(parts)


def _term_in_blocks(
    old: Shape, mono: Monomial, run: tuple[int, ...], lengths: Shape, shape: Shape
) -> Poly | None:
    """Return a product with the axes `lengths` in place of those of `run`."""
    sizes: dict[int, Dim] = dict(enumerate((*old, *mono.bound)))
    new = count(len(sizes))
    blocks = tuple(next(new) for _ in lengths[:-1])
    for _, split in splits(mono, sizes):
        own = tuple(sizes[label] for label in split.blocks)
        if split.run == run and (*own, split.rest) == lengths:
            blocks = split.blocks
            break
    places = (*blocks, next(new))
    sizes.update(zip(places, lengths, strict=True))
    factors = _in_blocks(mono, Split(run, blocks, lengths[-1]), places, sizes)
    if factors is None:
        return None
    kept = [*range(run[0]), *places, *range(run[-1] + 1, len(old))]
    fresh = count(len(shape))
    names: dict[int, Index] = {}
    same: list[Factor] = []
    for axis, label in enumerate(kept):
        if names.setdefault(label, axis) != axis:  # a block that is numbered by another axis
            same.append(delta(indices.difference(names[label], axis)))
    bound: dict[int, Dim] = {}
    for label in range(len(old), len(old) + len(mono.bound)):
        if label not in names:
            names[label] = spot = next(fresh)
            bound[spot] = sizes[label]
    moved = [f._replace(indices=indices.substituted(f.indices, names)) for f in factors]
    return contract(shape, [], bound, [*moved, *same])


def _reshaped_there(
    mono: Monomial, factor: Factor, split: Split, sizes: Mapping[int, Dim]
) -> list[Factor] | None:
    """Read g[m, 4*i + j - 6*m], m summed over, as reshape(g)[i, j]: None if m stands elsewhere."""
    base, at, _ = factor
    rest = [f for f in mono.factors if f is not factor]
    first = next((k for k, i in enumerate(at) if i == split.blocks[0]), len(at))
    end = first + len(split.blocks)
    if base.kind in CONDITIONS or at[first:end] != split.blocks or isinstance(at[end], int):
        return None
    beside = [*at[:first], *at[end + 1 :], *(i for f in rest for i in f.indices)]
    if {label for i in beside for label in indices.labels(i)} & set(split.blocks):
        return None
    return [*rest, _reshaped(factor, first, end + 1, split.run, sizes)]


def _reshaped(
    factor: Factor, first: int, end: int, labels: tuple[int, ...], sizes: Mapping[int, Dim]
) -> Factor:
    """Return a factor whose axes from `first` to `end` are reshaped to those of `labels`."""
    base, at, exponent = factor
    lengths = tuple(sizes[label] for label in labels)
    whole = reshape(from_atom(base), (*base.shape[:first], *lengths, *base.shape[end:]))
    same = atom(GROUP, shape=whole.shape, args=(whole,))
    return Factor(same, (*at[:first], *labels, *at[end:]), exponent)


def _in_blocks(
    mono: Monomial, split: Split, places: tuple[int, ...], sizes: Mapping[int, Dim]
) -> list[Factor] | None:
    """Return factors with `places` instead of the labels of a run, None where one needs these."""
    sizes = {**sizes, places[-1]: split.rest}
    steps: dict[int, Dim] = {}
    stride: Dim = 1
    for label in reversed(places):
        steps[label] = stride
        stride = stride * sizes[label]
    strides: dict[int, Dim] = {}
    stride = 1
    for label in reversed(split.run):
        strides[label] = stride
        stride = stride * sizes[label]
    found = []
    for factor in mono.factors:
        moved = _moved(factor, split.run, strides, places, steps, sizes)
        if moved is None:
            return None
        found.append(moved)
    return found


def _moved(
    factor: Factor,
    run: tuple[int, ...],
    strides: Mapping[int, Dim],
    places: tuple[int, ...],
    steps: Mapping[int, Dim],
    sizes: Mapping[int, Dim],
) -> Factor | None:
    mentioned = [{*indices.labels(i)} & {*run} for i in factor.indices]
    if not any(mentioned):
        return factor
    if len(run) > 1 or factor.indices.count(run[0]) == 1:
        first = next((k for k, i in enumerate(factor.indices) if i == run[0]), len(factor.indices))
        end = first + len(run)
        beside = any(mentioned[:first]) or any(mentioned[end:])
        if factor.indices[first:end] == run and not beside and factor.atom.kind not in CONDITIONS:
            lengths = tuple(sizes[label] for label in run)
            if factor.atom.shape[first:end] == lengths:
                return _reshaped(factor, first, end, places, sizes)
            return None
    moved = []
    for position in factor.indices:
        const, terms = affine(position)
        left = dict(terms)
        times = left.pop(run[-1], 0)
        if any(left.pop(label, 0) != times * strides[label] for label in run[:-1]):
            return None
        for label, step in steps.items():
            left[label] = left.get(label, 0) + times * step
        moved.append(indices.combine(const, left))
    return factor._replace(indices=tuple(moved))
