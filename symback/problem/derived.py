"""Reading names of derivatives: `dL_dz2`, `d2L_dA_dB`, `dF_along_v`, `d2L_dw_dw_v`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Derived:
    """One reading of a derivative's name; `along` is the tangent or vector of a jvp or hvp."""

    of: str
    wrt: tuple[str, ...]
    along: str | None = None


def readings(
    name: str, known: Collection[str], unnamed: Collection[str] = ()
) -> tuple[Derived, ...]:
    """Return every way to read `name` as a derivative among `known` names.

    `unnamed` are what an expression that has no name may be called, as in `dL_dx` of a vjp.
    """
    if not name.startswith("d") or "_" not in name:
        return ()
    found = [*_along(name, known, unnamed), *_first(name, known, unnamed)]
    if name.startswith("d2"):
        found.extend(_second(name, known, unnamed))
    return tuple(dict.fromkeys(found))


def _first(name: str, known: Collection[str], unnamed: Collection[str]) -> list[Derived]:
    return [
        Derived(of, (wrt,))
        for of, wrt in _splits(name[1:], "_d")
        if (of in known or of in unnamed) and wrt in known
    ]


def _second(name: str, known: Collection[str], unnamed: Collection[str]) -> list[Derived]:
    found = []
    for of, rest in _splits(name[2:], "_d"):
        if of not in known and of not in unnamed:
            continue
        for first, second in _splits(rest, "_d"):
            if first not in known:
                continue
            if second in known:
                found.append(Derived(of, (first, second)))
            if second.startswith(f"{first}_") and len(second) > len(first) + 1:
                found.append(Derived(of, (first, first), second[len(first) + 1 :]))
    return found


def _along(name: str, known: Collection[str], unnamed: Collection[str]) -> list[Derived]:
    return [
        Derived(of, (), along)
        for of, along in _splits(name[1:], "_along_")
        if (of in known or of in unnamed) and along
    ]


def _splits(text: str, mark: str) -> list[tuple[str, str]]:
    """Return `text` cut in two at every occurrence of `mark`."""
    cuts = []
    start = text.find(mark)
    while start >= 0:
        cuts.append((text[:start], text[start + len(mark) :]))
        start = text.find(mark, start + 1)
    return cuts
