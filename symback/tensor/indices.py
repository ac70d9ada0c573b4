"""Index expressions: a label, or an affine combination of labels such as `i + 1` or `2*i + k`.

Labels are integers. Within a `Poly` the free labels are 0, 1, ... in the order of its axes; labels
from the rank upwards are bound (summed). A factor whose index leaves its axis makes its term zero:
slices, padding, concatenation and convolutions need no other conditions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

from symback.tensor.dims import Dim, NamedDim


class Affine(NamedTuple):
    """`const + sum(coefficient * label)`; `terms` is sorted by label, without coefficients 0."""

    const: Dim
    terms: tuple[tuple[int, Dim], ...]


#: A plain label is an `int`; anything else (constants too) is an `Affine`.
Index: TypeAlias = int | Affine
Indices: TypeAlias = tuple[Index, ...]


def affine(index: Index) -> Affine:
    """Return any index as an `Affine`."""
    return Affine(0, ((index, 1),)) if isinstance(index, int) else index


def constant(value: Dim) -> Affine:
    """Return the index that is always `value`."""
    return Affine(value, ())


def combine(const: Dim, terms: Mapping[int, Dim]) -> Index:
    """Return `const + sum(terms)`, as a plain label where it is one."""
    kept = tuple(sorted((label, times) for label, times in terms.items() if times != 0))
    if len(kept) == 1 and const == 0 and kept[0][1] == 1:
        return kept[0][0]
    return Affine(const, kept)


def labels(index: Index) -> Iterator[int]:
    """Yield the labels that an index mentions."""
    if isinstance(index, int):
        yield index
    else:
        for label, _ in index.terms:
            yield label


def has_labels(index: Index) -> bool:
    """Tell whether an index mentions a label: it is not one place."""
    return isinstance(index, int) or bool(index.terms)


def substitute(index: Index, mapping: Mapping[int, Index]) -> Index:
    """Replace labels by indices; labels that `mapping` lacks stay."""
    if isinstance(index, int):
        return mapping.get(index, index)
    const, total = index.const, dict[int, Dim]()
    for label, times in index.terms:
        inner = affine(mapping.get(label, label))
        const = const + times * inner.const
        for other, count in inner.terms:
            total[other] = total.get(other, 0) + times * count
    return combine(const, total)


def substituted(index: Indices, mapping: Mapping[int, Index]) -> Indices:
    """Replace labels in each index of a factor."""
    return tuple(
        [mapping.get(i, i) if i.__class__ is int else substitute(i, mapping) for i in index]
    )


def shift(index: Index, amount: Dim) -> Index:
    """Return `index + amount`."""
    const, terms = affine(index)
    return combine(const + amount, dict(terms))


def difference(left: Index, right: Index) -> Index:
    """Return `left - right`."""
    a, b = affine(left), affine(right)
    total = dict(a.terms)
    for label, times in b.terms:
        total[label] = total.get(label, 0) - times
    return combine(a.const - b.const, total)


def negated(index: Index) -> Index:
    """Return `-index`."""
    const, terms = affine(index)
    return combine(-const, {label: -times for label, times in terms})


def sort_key(index: Index) -> tuple[int, str]:
    """Order indices independently of how they came to be: plain labels first."""
    if isinstance(index, int):
        return (index, "")
    return (1 << 30, f"{index.const!r}{index.terms!r}")


def is_negative(value: Dim) -> bool:
    """Tell whether a length is certainly below zero; named lengths count as large."""
    if isinstance(value, NamedDim):
        return value.terms[0][1] < 0
    return value < 0
