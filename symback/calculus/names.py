"""Which tensors have names: a step's value, and what differs from it by a plain factor."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple, TypeAlias

from symback.tensor.algebra import content_of, used_axes
from symback.tensor.dims import Shape
from symback.tensor.poly import Atom, Monomial, Poly, Rational, scale

_Key: TypeAlias = tuple[Shape, int, Monomial, Monomial]


class _Entry(NamedTuple):
    """`value` is `named`; for `exact` entries nothing but plus or minus `value` is recognised."""

    value: Poly
    named: Poly
    exact: bool


class Names:
    """Tensors by value: `get(value)` is the name that `value`, or `-value`, was given first.

    A sum of several terms is also recognised without the factor that its terms share.
    """

    def __init__(self) -> None:
        self._entries: dict[_Key, list[_Entry]] = {}

    def add(self, value: Poly, named: Poly) -> None:
        """Note that `value`, which is not zero, has a name."""
        exact = len(value.terms) == 1 or len(used_axes(value)) < len(value.shape)
        self._entries.setdefault(_key(value), []).append(_Entry(value, named, exact))

    def get(self, value: Poly) -> Poly | None:
        """Return the name of a tensor, perhaps with a factor, None if it has none."""
        if not value.terms:
            return None
        entries = self._entries.get(_key(value))
        for entry in entries or ():
            if entry.value is value:
                return entry.named
            times = _multiple(value, entry)
            if times is not None:
                return scale(entry.named, times)
        return None

    def of(self, value: Poly) -> Poly:
        """Return the name of a tensor, or the tensor itself."""
        return self.get(value) or value

    def forget(self, base: Atom) -> None:
        """Drop the name that is the leaf `base`."""
        for key, entries in list(self._entries.items()):
            kept = [entry for entry in entries if not _is(entry.named, base)]
            if kept:
                self._entries[key] = kept
            else:
                del self._entries[key]


def _key(value: Poly) -> _Key:
    """Return what multiples of a tensor have in common: the first term is often a constant."""
    return value.shape, len(value.terms), value.terms[0][0], value.terms[-1][0]


def _is(named: Poly, base: Atom) -> bool:
    return any(f.atom is base for mono, _ in named.terms for f in mono.factors)


def _multiple(value: Poly, entry: _Entry) -> Rational | None:
    """Return what the named tensor is to be multiplied by, None if `value` is something else."""
    terms, others = value.terms, entry.value.terms
    if len(terms) != len(others):
        return None
    times = Fraction(terms[0][1]) / Fraction(others[0][1])
    if times != -1 and (entry.exact or abs(times) != abs(1 / Fraction(content_of(entry.value)))):
        return None
    same = all(
        mono == other and coefficient == times * count
        for (mono, coefficient), (other, count) in zip(terms, others, strict=True)
    )
    return times if same else None
