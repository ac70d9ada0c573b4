"""The functions of the expression language: one table, put together from the family modules.

`table()` and `names()` import neither NumPy nor SymPy nor flint; the callables in the rows do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType

from symback.functions.derived import SLOPES
from symback.functions.domains import NAMES as DOMAINS
from symback.functions.entry import Function, Kind
from symback.functions.samples import fault_of

#: The modules that export `ROWS`, in the order in which the functions are listed.
FAMILIES = (
    "elementwise",
    "trigonometry",
    "activations",
    "special",
    "reductions",
    "linalg",
    "shape",
    "layers",
)

__all__ = ["FAMILIES", "Function", "Kind", "assemble", "entries", "family_rows", "names", "table"]


@cache
def table() -> Mapping[str, Function]:
    """Return every function by its name and by its aliases."""
    return assemble(map(_with_derived_slopes, family_rows()))


def family_rows() -> Iterator[Function]:
    """Yield the rows of the family modules as they are written there."""
    for family in FAMILIES:
        module = f"{__name__}.{family}"
        if find_spec(module) is not None:
            yield from import_module(module).ROWS


def _with_derived_slopes(entry: Function) -> Function:
    """Return the row with SymPy's derivatives where it has none of its own."""
    if None not in entry.slopes:
        return entry
    derived = SLOPES.get(entry.name, {})
    slopes = (own or derived.get(k) for k, own in enumerate(entry.slopes))
    return replace(entry, slopes=tuple(slopes))


def entries() -> tuple[Function, ...]:
    """Return every function once, in the order of the families."""
    return tuple(entry for name, entry in table().items() if name == entry.name)


def names() -> tuple[str, ...]:
    """Return the names that may be called, aliases included, in alphabetical order."""
    return tuple(sorted(table()))


def assemble(rows: Iterable[Function]) -> Mapping[str, Function]:
    """Return the rows by name and alias after checking that each can be tested.

    Raises: ValueError for a row without a way to sample it, without a meaning or a derivative,
    or with a name that is taken.
    """
    result: dict[str, Function] = {}
    for entry in rows:
        if fault := _fault(entry):
            raise ValueError(f"function `{entry.name}` {fault}")
        for name in (entry.name, *entry.aliases):
            if name in result:
                raise ValueError(f"function `{name}` is registered twice")
            result[name] = entry
    return MappingProxyType(result)


def _fault(entry: Function) -> str | None:
    """Say what a row lacks, or None."""
    if not entry.summary or not entry.signature:
        return "has no signature or no summary"
    if entry.arrays and not entry.domain:
        return "has no domain to be sampled from"
    if unknown := set(entry.domain) - DOMAINS:
        return f"is sampled from the unknown domain `{min(unknown)}`"
    if entry.kind is Kind.ELEMENTWISE and len(entry.slopes) != entry.arrays:
        return f"has {len(entry.slopes)} derivatives for {entry.arrays} arguments"
    if entry.kind is Kind.ELEMENTWISE and entry.ball is None:
        return "has no enclosure of its values"
    if None in entry.slopes and entry.sympy is None:
        return "has neither a derivative nor a definition to differentiate"
    return fault_of(entry)
