"""How long a formula is when what occurs several times in it is written once."""

from __future__ import annotations

from collections import Counter

from symback.language import size, walk
from symback.language.tree import Expression, Name, Negate, Number, Slice
from symback.language.tree import Sequence as ListTree

#: A part of fewer nodes is not worth a name.
MIN_SHARED = 4
#: Shorter formulas are not searched for repeated parts.
MIN_FORMULA = 24
MAX_FORMULA = 400


def shared_size(tree: Expression) -> int:
    """Return the number of nodes when the parts worth it are written once and named."""
    whole = size(tree)
    if not MIN_FORMULA <= whole <= MAX_FORMULA:
        return whole
    counts: Counter[Expression] = Counter(
        node
        for node in walk(tree)
        if not isinstance(node, Slice | ListTree | Number | Name | Negate)
    )
    saved = 0
    inside: Counter[Expression] = Counter()
    for part, times in sorted(counts.items(), key=lambda item: -size(item[0])):
        times -= inside[part]
        nodes = size(part)
        if times > 1 and nodes >= MIN_SHARED:
            saved += max(0, (times - 1) * (nodes - 1) - 1)
            for inner in walk(part):
                inside[inner] += times - 1
    return whole - saved
