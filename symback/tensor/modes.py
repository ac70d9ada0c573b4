"""How careful derivations are where a factor has no value."""

from __future__ import annotations

from contextvars import ContextVar

#: Set, to the names of steps that are norms, while products are written so that they have a value
#: where a factor has none: what a condition excludes is left out by `where`, x/norm(x) is 0 at 0.
GUARDED: ContextVar[frozenset[str] | None] = ContextVar("guarded", default=None)
