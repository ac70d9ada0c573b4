"""Formulas that can be read in several ways, of which only one may give what is wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product

from symback.errors import InputError
from symback.language.printer import write
from symback.language.tree import Expression

#: What may be ambiguous, and the ways to read it.
READINGS = {
    "reach": ("near", "far"),
    "bars": ("norm", "entries"),
    "product": ("entries", "matrix"),
    "transpose": ("left", "right", "entries"),
}

Taken = Mapping[str, str]


def only_fitting(
    read: Callable[[Taken], Expression],
    fits: Callable[[Expression], bool],
    right: Callable[[Expression], bool],
) -> Expression | None:
    """Return the only reading of a formula that fits, or the only right one, as a person would.

    None if there are several or none.
    """
    found = {}
    for ways in product(*READINGS.values()):
        try:
            tree = read(dict(zip(READINGS, ways, strict=True)))
        except InputError:
            continue
        if fits(tree):
            found[write(tree)] = tree
    meant = list(found.values())
    if len(meant) > 1:
        meant = [tree for tree in meant if right(tree)]
    return meant[0] if len(meant) == 1 else None
