"""Products that differ in their names alone are read once: a deep net repeats a few of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from symback.calculus.names import Names
from symback.language import substitute
from symback.language.tree import Expression, Name
from symback.notation.order import Order
from symback.notation.spelling import Spelling
from symback.tensor.dims import Shape
from symback.tensor.indices import Index, has_labels
from symback.tensor.modes import GUARDED
from symback.tensor.poly import (
    CONDITIONS,
    GROUP,
    LEAF,
    Atom,
    Factor,
    Monomial,
    Poly,
    as_atom,
    from_atom,
)

#: Longer sums inside a product are read each time: their outline would be as long as they are.
MAX_TERMS = 6
#: Products of more parts, those within parts counted, are read each time.
MAX_PARTS = 300

Read = Callable[[Shape, Monomial], Expression]


class Templates:
    """Notations by outline: structure, shapes and facts of a product, and the order of its names.

    The notation of a product depends on its names only through their order. Products with
    conditions or with parts that were named or spelled by the user have no outline.
    """

    def __init__(self, known: Names, spelling: Spelling, order: Order) -> None:
        self._known = known
        self._spelling = spelling
        self._order = order
        self._trees: dict[Hashable, tuple[Expression, tuple[str, ...]]] = {}
        self._left = MAX_PARTS

    def __call__(self, shape: Shape, mono: Monomial, read: Read) -> Expression:
        """Return the notation of a product; `read` is asked for what has not been seen."""
        leaves: dict[Atom, int] = {}
        self._left = MAX_PARTS
        parts = None if GUARDED.get() is not None else self._factors(mono.factors, leaves)
        if parts is None:
            return read(shape, mono)
        key = (shape, mono.bound, parts, *self._orders(list(leaves)))
        names = tuple([base.name for base in leaves])
        found = self._trees.get(key)
        if found is None:
            tree = read(shape, mono)
            self._trees[key] = tree, names
            return tree
        tree, before = found
        if before == names:
            return tree
        return substitute(tree, {old: Name(new) for old, new in zip(before, names, strict=True)})

    def _orders(self, leaves: list[Atom]) -> tuple[Hashable, ...]:
        count = range(len(leaves))
        by_place = sorted(count, key=lambda k: self._order.later_first(leaves[k]))
        positions = [self._order.position(base) for base in leaves]
        by_position = sorted(count, key=positions.__getitem__)
        signals = tuple([position < 0 for position in positions])
        by_name = sorted(count, key=lambda k: leaves[k].name)
        kinds = tuple([(base.shape, base.facts) for base in leaves])
        return kinds, tuple(by_place), tuple(by_name), tuple(by_position), signals

    def _factors(self, factors: Sequence[Factor], leaves: dict[Atom, int]) -> Hashable | None:
        """Return the outline of factors; the names met are numbered in `leaves`."""
        parts: list[Any] = []
        self._left -= len(factors)
        if self._left < 0:
            return None
        for base, index, exponent in factors:
            if base.kind in CONDITIONS or not all(map(_is_simple, index)):
                return None
            what: Hashable | None = base
            if base.kind == LEAF:
                what = leaves.setdefault(base, len(leaves))
            elif base.args:
                if not all(map(has_labels, index)):
                    return None  # the entry is picked inside the call, where it may have a name
                what = self._call(base, leaves)
                if what is None:
                    return None
            parts.append((what, index, exponent))
        return tuple(parts)

    def _call(self, base: Atom, leaves: dict[Atom, int]) -> Hashable | None:
        if base.kind != GROUP and self._known.get(from_atom(base)):
            return None
        args = [self._argument(value, leaves) for value in base.args]
        if None in args:
            return None
        return (base.kind, base.name, base.shape, base.params, *args)

    def _argument(self, value: Poly, leaves: dict[Atom, int]) -> Hashable | None:
        named = self._known.get(value)
        if named is not None:
            base = as_atom(named)
            return None if base is None else leaves.setdefault(base, len(leaves))
        if len(value.terms) > MAX_TERMS or self._spelling.knows(value):
            return None
        terms = [
            (self._factors(mono.factors, leaves), mono.bound, times) for mono, times in value.terms
        ]
        return None if any(term[0] is None for term in terms) else (value.shape, *terms)


def _is_simple(index: Index) -> bool:
    """Tell whether an index is a whole axis or one entry."""
    return index.__class__ is int or not has_labels(index)
