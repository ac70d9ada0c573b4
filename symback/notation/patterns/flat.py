"""Flat positions in indices, 4*i + j - 6*k: which labels they are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from symback.tensor import indices
from symback.tensor.dims import Dim
from symback.tensor.poly import ONES, Factor, Monomial


class Split(NamedTuple):
    """The labels of a run and those of its blocks, with the length of the place within a block."""

    run: tuple[int, ...]
    blocks: tuple[int, ...]
    rest: Dim


def splits(mono: Monomial, sizes: Mapping[int, Dim]) -> Iterator[tuple[Factor, Split]]:
    """Yield the factors that are read at a flat position, and what it is made of."""
    for factor in mono.factors:
        lengths = factor.atom.params if factor.atom.kind == ONES else factor.atom.shape
        for position, length in zip(factor.indices, lengths, strict=False):
            if isinstance(position, int) or position.const != 0 or factor.exponent < 0:
                continue
            split = _split(dict(position.terms), length, sizes)
            if split is not None:
                yield factor, split


def _split(terms: dict[int, Dim], rest: Dim, sizes: Mapping[int, Dim]) -> Split | None:
    above = {label: times for label, times in terms.items() if not indices.is_negative(times)}
    below = {label: -1 * times for label, times in terms.items() if label not in above}
    run, whole = _rows(above, 1, sizes)
    blocks, same = _rows(below, rest, sizes)
    if not run or not blocks or whole != same:
        return None
    return Split(run, blocks, rest)


def _rows(
    strides: dict[int, Dim], stride: Dim, sizes: Mapping[int, Dim]
) -> tuple[tuple[int, ...], Dim]:
    """Return labels in the order of their strides, the last counting single entries or `stride`.

    The tuple is empty if the strides are not those of the entries row after row.
    """
    left = dict(strides)
    found: list[int] = []
    while left:
        label = next((k for k, times in left.items() if times == stride), None)
        if label is None:
            return (), stride
        del left[label]
        found.insert(0, label)
        stride = stride * sizes[label]
    return tuple(found), stride
