"""Lengths of axes: integers, or polynomials in named dimensions such as `n - 1` and `m*n`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias, Union

_Monomial: TypeAlias = tuple[str, ...]


class NamedDim:
    """A polynomial with integer coefficients in named dimensions, never a plain integer.

    Build with `dim("n")` and arithmetic; a result without names is an `int`.
    """

    __slots__ = ("_hash", "terms")

    def __init__(self, terms: Mapping[_Monomial, int]) -> None:
        self.terms: tuple[tuple[_Monomial, int], ...] = tuple(
            sorted(terms.items(), key=lambda term: (-len(term[0]), term[0]))
        )
        self._hash = hash(self.terms)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, NamedDim) and self.terms == other.terms)

    def __repr__(self) -> str:
        text = ""
        for names, count in self.terms:
            factors = [*names] if abs(count) == 1 and names else [str(abs(count)), *names]
            sign = "-" if count < 0 else "+"
            text += (f" {sign} " if text else "-" * (count < 0)) + "*".join(factors)
        return text

    def __add__(self, other: Dim) -> Dim:
        total = dict(self.terms)
        for names, count in _terms(other):
            total[names] = total.get(names, 0) + count
        return _dim(total)

    __radd__ = __add__

    def __neg__(self) -> Dim:
        return _dim({names: -count for names, count in self.terms})

    def __sub__(self, other: Dim) -> Dim:
        return self + (-other)

    def __rsub__(self, other: Dim) -> Dim:
        return -self + other

    def __mul__(self, other: Dim) -> Dim:
        total: dict[_Monomial, int] = {}
        for names, count in self.terms:
            for more, times in _terms(other):
                key = tuple(sorted(names + more))
                total[key] = total.get(key, 0) + count * times
        return _dim(total)

    __rmul__ = __mul__

    def at(self, sizes: Mapping[str, int]) -> int | None:
        """Return the length for given sizes of the names, None where one is not known."""
        total = 0
        for names, count in self.terms:
            for name in names:
                if name not in sizes:
                    return None
                count *= sizes[name]
            total += count
        return total


Dim: TypeAlias = Union[int, NamedDim]  # noqa: UP007 - the alias refers to itself through operators
Shape: TypeAlias = tuple[Dim, ...]


def _terms(value: Dim) -> tuple[tuple[_Monomial, int], ...]:
    return value.terms if isinstance(value, NamedDim) else (((), value),)


def _dim(terms: Mapping[_Monomial, int]) -> Dim:
    kept = {names: count for names, count in terms.items() if count}
    if not kept:
        return 0
    if len(kept) == 1 and () in kept:
        return kept[()]
    return NamedDim(kept)


def dim(name: str) -> NamedDim:
    """Return the dimension called `name`."""
    return NamedDim({(name,): 1})


def show(shape: Shape) -> str:
    """Return a shape as people write it: `(3, n)`, `()` for a scalar."""
    return "(" + ", ".join(str(size) for size in shape) + ("," if len(shape) == 1 else "") + ")"


def quotient(whole: Dim, part: Dim) -> Dim | None:
    """Divide lengths exactly, `6*n` by `2*n`; None where that leaves no length."""
    if part == 0:
        return None
    own_terms, part_terms = (
        size.terms if isinstance(size, NamedDim) else (((), size),) for size in (whole, part)
    )
    if len(part_terms) > 1:
        return 1 if whole == part else None
    ((names, parts),) = part_terms
    total: Dim = 0
    for own, count in own_terms:
        left = list(own)
        for name in names:
            if name not in left:
                return None
            left.remove(name)
        if count % parts:
            return None
        size: Dim = count // parts
        for name in left:
            size = dim(name) * size
        total = size + total
    return total
