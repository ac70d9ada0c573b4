"""What has been computed for one sheet and holds for every other sheet of the same problem."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Generic, TypeVar

import numpy as np

from symback.functions.values.arrays import Array

Value = TypeVar("Value")
#: Results kept; the oldest go first.
MAX_KEPT = 4_000
#: Values of more entries in all are not made part of a key.
MAX_ENTRIES = 256


class Memory(Generic[Value]):
    """Results by what they were computed from."""

    def __init__(self, most: int = MAX_KEPT) -> None:
        self.most = most
        self._kept: dict[Hashable, Value] = {}

    def get(self, key: Hashable | None, compute: Callable[[], Value]) -> Value:
        """Return the result kept for a key, computed when first asked for; None is no key."""
        if key is None:
            return compute()
        if key in self._kept:
            return self._kept[key]
        if len(self._kept) >= self.most:
            self._kept.pop(next(iter(self._kept)))
        value = compute()
        self._kept[key] = value
        return value


def key_of(values: Mapping[str, Array]) -> Hashable | None:
    """Return arrays by name as a key; None where they are too large for one."""
    if sum(np.size(x) for x in values.values()) > MAX_ENTRIES:
        return None
    return tuple((name, np.shape(x), np.asarray(x).tobytes()) for name, x in sorted(values.items()))
