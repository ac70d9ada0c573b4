"""Names for parts of formulas that have none."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

NAMES = {0: ("c", "k", "s"), 1: ("u", "r", "v"), 2: ("S", "M", "R")}


def letters(rank: int) -> Iterator[str]:
    """Yield c, k, s, c1, c2, ... for scalars, and others for vectors and matrices."""
    first, *others = NAMES.get(rank, ("T",))
    yield from (first, *others)
    yield from (f"{first}{k}" for k in count(1))
