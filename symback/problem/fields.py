"""Checking the mappings of the format against the table of keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from symback.problem.faults import Faults
from symback.problem.keys import SECTIONS
from symback.problem.nodes import Entries, Node, Scalar, is_broken


def read_fields(node: Node, section: str, faults: Faults) -> dict[str, Node] | None:
    """Return the values of a mapping by key; None, with the fault noted, if it is no mapping.

    Unknown and missing keys are noted, and the known ones returned.
    """
    where, keys = SECTIONS[section]
    if is_broken(node):
        return None
    if not isinstance(node, Entries):
        hint = "write `key: value` lines: " + ", ".join(key.name for key in keys)
        faults.add("E111", f"{where[0].lower()}{where[1:]} is a mapping", node.place(), hint)
        return None
    known = [key.name for key in keys]
    found: dict[str, Node] = {}
    empty = None
    for key, value in without_rests(node.entries):
        if key.text in known:
            found[key.text] = value
            empty = key.text if _is_empty(value) else None
        else:
            note_unknown_key(key, known, faults, empty)
    missing = [key for key in keys if key.required and key.name not in found]
    for absent in missing:
        hint = f"add `{absent.name}: {absent.example}`"
        faults.add("E112", f"the key `{absent.name}` is missing", node.place(), hint)
    return found


def _is_empty(node: Node) -> bool:
    """Whether nothing is written behind a key."""
    return isinstance(node, Scalar) and node.style == "plain" and not node.text


def was_cut(node: Scalar) -> bool:
    """Whether YAML took a comma, or a comment sign, inside brackets for its own."""
    if node.style != "plain" or not node.flow:
        return False
    return any(node.text.count(a) != node.text.count(b) for a, b in ("()", "[]"))


def without_rests(entries: Iterable[tuple[Scalar, Node]]) -> Iterator[tuple[Scalar, Node]]:
    """Yield the entries of a mapping but for those that are the rest of a value that was cut.

    YAML reads `{L: sum(x, 0)}` as the keys `L`, with the value `sum(x`, and `0)`, without any.
    """
    still_open = 0
    for key, value in entries:
        if still_open > 0 and _is_empty(value):
            still_open += _opened(key)
        else:
            still_open = _opened(value) if isinstance(value, Scalar) and was_cut(value) else 0
            yield key, value


def _opened(node: Scalar) -> int:
    """Return how many more brackets are opened than closed in a text."""
    return sum(map(node.text.count, "([")) - sum(map(node.text.count, ")]"))


def note_unknown_key(key: Scalar, known: Iterable[str], faults: Faults, empty: str | None) -> None:
    """Note a key that the format does not have, with the nearest one that it has.

    `empty` is the key before it, if nothing belongs to that.
    """
    names = list(known)
    if any(bracket in key.text for bracket in "()[]"):
        hint = "an expression with brackets inside a YAML list or mapping: quote it"
        message = f"YAML reads `{shown(key.text)}` as a key"
        faults.add("E114", message, key.place(), hint)
        return
    hint = faults.near(key.text, names) or "the keys here are " + ", ".join(names)
    if empty is not None:
        hint = f"indent it by two spaces to put it under `{empty}`"
    faults.add("E110", f"there is no key `{shown(key.text)}`", key.place(), hint)


def shown(text: str) -> str:
    """Return a text short enough for a message."""
    return text if len(text) <= 60 else text[:59] + "…"
