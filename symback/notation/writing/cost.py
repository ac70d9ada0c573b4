"""How long a formula is when what occurs several times in it is written once."""

from __future__ import annotations

from typing import NamedTuple

from symback.language import size
from symback.language.equal import EqualParts, may_be_named
from symback.language.tree import Expression

#: A part of fewer nodes is not worth a name.
MIN_SHARED = 4
#: Longer formulas are not searched for repeated parts.
MAX_FORMULA = 400
#: In shorter formulas a repeated part is a reason to choose between forms, not to go on with one.
MIN_FORMULA = 24


class Length(NamedTuple):
    """How long a formula is, in nodes."""

    rough: int
    """What a search goes by: repeated parts count once in long formulas alone."""
    shared: int
    """With the parts worth it written once and named."""
    whole: int
    """With everything written out."""

    @property
    def fine(self) -> tuple[int, int]:
        """What the shortest of the forms that were found is chosen by."""
        return self.shared, self.whole


def length_of(tree: Expression) -> Length:
    """Return how long a formula is."""
    whole, shared = size(tree), shared_size(tree)
    return Length(whole if whole < MIN_FORMULA else shared, shared, whole)


def shortest(candidates: list[Expression]) -> Expression:
    """Return the first of the shortest formulas."""
    return candidates[0] if len(candidates) == 1 else min(candidates, key=size)


def shared_size(tree: Expression) -> int:
    """Return the number of nodes when the parts worth it are written once and named."""
    whole = size(tree)
    if whole > MAX_FORMULA:
        return whole
    parts = EqualParts()
    root = parts.add(tree)
    return whole - _saved(parts, parts.uses([root], ()))


def _saved(parts: EqualParts, uses: list[int]) -> int:
    """Return how many nodes names for repeated parts save, the largest parts first."""
    saved = 0
    inside = [0] * len(uses)
    sizes = parts.sizes({})
    repeated = [k for k, times in enumerate(uses) if times > 1 and may_be_named(parts.nodes[k])]
    for k in sorted(repeated, key=lambda k: -sizes[k]):
        times, length = uses[k] - inside[k], sizes[k]
        if times > 1 and length >= MIN_SHARED:
            saved += max(0, (times - 1) * (length - 1) - 1)
            for part, count in enumerate(parts.uses([k], ())):
                inside[part] += count * (times - 1)
    return saved
