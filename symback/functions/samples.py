"""Samples of functions: the calls with which they are tested, each array with its shape."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from symback.functions.entry import Function, Kind

#: An array in a sample, `A{2,3}`; braces are no part of the expression language.
_ARRAY = re.compile(r"\b([A-Za-z]\w*){([\d, ]*)}")
#: Shapes of the arguments of elementwise functions, which are broadcast against each other.
_BROADCAST = ("2,1", "3", "")


@dataclass(frozen=True, slots=True)
class Sample:
    """One way to call a function: `solve(A, b)`, and what its names are."""

    call: str
    shapes: Mapping[str, tuple[int, ...]]
    domains: Mapping[str, str]
    """Keys of `functions.domains`; names beyond a row's last domain have that one."""


def samples_of(entry: Function) -> tuple[Sample, ...]:
    """Return the samples of a row: those that it lists, and one for each elementwise function."""
    texts = entry.samples
    if entry.kind is Kind.ELEMENTWISE:
        texts = (_broadcasting(entry), *texts)
    return tuple(_read(text, entry) for text in texts)


def fault_of(entry: Function) -> str | None:
    """Say why a row cannot be tested by its samples, or return None."""
    if entry.kind is not Kind.ELEMENTWISE and not entry.samples:
        return "has no samples"
    for text in entry.samples:
        if not text.startswith(f"{entry.name}("):
            return f"has a sample that does not call it: `{text}`"
        if entry.arrays and not _ARRAY.search(text):
            return f"has a sample without an array: `{text}`"
    return None


def _broadcasting(entry: Function) -> str:
    names = [item.partition("=")[0].strip() for item in entry.signature.split(",")]
    arrays = zip(names, _BROADCAST, strict=False)
    return f"{entry.name}({', '.join(f'{name}{{{shape}}}' for name, shape in arrays)})"


def _read(text: str, entry: Function) -> Sample:
    shapes = {
        name: tuple(int(size) for size in sizes.split(",") if size.strip())
        for name, sizes in _ARRAY.findall(text)
    }
    last = len(entry.domain) - 1
    domains = {name: entry.domain[min(k, last)] for k, name in enumerate(shapes)}
    return Sample(_ARRAY.sub(r"\1", text), shapes, domains)
