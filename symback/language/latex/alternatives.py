"""Formulas that can be read in several ways, of which only one may give what is wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from symback.errors import InputError
from symback.language.printer import write
from symback.language.tree import Expression

#: How each ambiguous thing met so far is read.
Taken = Mapping[str, str]
#: A reading or why there is none, and what was met that is ambiguous, with the ways to read it.
Attempt = tuple[Expression | InputError, Mapping[str, tuple[str, ...]]]

#: As many readings of a formula are tried.
MAX_READINGS = 200


@dataclass(frozen=True, slots=True)
class Kind:
    """Something ambiguous: the ways to read it.

    Where only one way fits it is meant, even in a wrong answer, unless this is `bold`: then a
    reading counts only if it is what is asked for. The `usual` way is meant where no other is.
    """

    ways: tuple[str, ...] = ()
    bold: bool = False
    usual: str = ""


READINGS = {
    "reach": Kind(("near", "far")),
    "bars": Kind(("norm", "entries")),
    "product": Kind(("entries", "matrix")),
    "transpose": Kind(("left", "right", "entries")),
    "pair": Kind(("binomial", "vector")),
    "prime": Kind(("transpose",), bold=True),
    "comma": Kind(("decimals", "thousands"), bold=True),
    "mixed": Kind(("sum", "product"), bold=True),
    "exponent": Kind(("decimal",), bold=True),
    "euler": Kind(("constant", "name"), bold=True),
    "inverse": Kind(("arc", "reciprocal"), bold=True),
    "base": Kind(("ten", "two", "e"), bold=True),
    "variance": Kind(("all", "sample"), bold=True),
    "norm": Kind(("entries", "spectral"), bold=True),
    "step": Kind(("step",), bold=True),
    "capital": Kind(("entry",), bold=True),
    "row": Kind(("row", "column"), bold=True),
    "mean": Kind(("mean", "gradient"), bold=True),
    "power": Kind(("matrix", "entries"), bold=True, usual="matrix"),
    "length": Kind(bold=True),
    "size": Kind(),
}


def meant(
    read: Callable[[Taken], Attempt],
    fits: Callable[[Expression], bool] | None,
    right: Callable[[Expression], bool],
) -> Expression:
    """Return what a formula means: of several readings the one that fits, or the right one.

    Raises: InputError, that of the reading where nothing is supposed, if several are left or none.
    """
    first, asked = read({})
    plain = not isinstance(first, InputError)
    if not asked or fits is None or (plain and right(_tree(first))):
        return _tree(first)
    found = {write(tree): (tree, taken) for tree, taken in _readings(read) if fits(tree)}
    asked_for = [tree for tree, _ in found.values() if right(tree)]
    sure = [tree for tree, taken in found.values() if _is_sure(taken)]
    if asked_for:
        return asked_for[0]
    return sure[0] if len(sure) == 1 and not plain else _tree(first)


def _tree(found: Expression | InputError) -> Expression:
    if isinstance(found, InputError):
        raise found
    return found


def _is_sure(taken: Taken) -> bool:
    """Tell whether nothing bold was supposed but what is usual."""
    return all(not READINGS[_kind(key)].bold or READINGS[_kind(key)].usual == way
               for key, way in taken.items())  # fmt: skip


def _kind(key: str) -> str:
    """Return the kind of something ambiguous: `size` for `size 1`."""
    return key.partition(" ")[0]


def _readings(read: Callable[[Taken], Attempt]) -> Iterator[tuple[Expression, Taken]]:
    """Yield all readings, each with all that was supposed for it."""
    waiting: list[Taken] = [{}]
    for _ in range(MAX_READINGS):
        if not waiting:
            return
        taken = waiting.pop()
        found, asked = read(taken)
        key = next((key for key in asked if key not in taken), None)
        if key is not None:
            waiting += [{**taken, key: way} for way in asked[key]]
        elif not isinstance(found, InputError):
            yield found, taken
