"""Right values put into the text of a problem file, everything else left as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace

from symback.check.outcome import Correction
from symback.errors import SymbackError
from symback.language import fold, parse, rebuild, write
from symback.language.tree import Expression, Negate, Number, Sequence, Slice, Subscript
from symback.problem.indices import from_one
from symback.problem.nodes import Scalar

#: Expressions that YAML reads as they are, in a list or mapping in brackets too.
_PLAIN = re.compile(
    r"(?:-(?=[0-9.]))?[A-Za-z0-9_(.][A-Za-z0-9_ +*/().@]*(?:-[A-Za-z0-9_ +*/().@]+)*"
)


def corrected(text: str, corrections: Iterable[Correction]) -> str:
    """Return `text` with the corrections made, the last one first."""
    for one in sorted(corrections, key=lambda one: one.start, reverse=True):
        text = text[: one.start] + one.text + text[one.end :]
    return text


def correction(node: Scalar, text: str) -> Correction:
    """Return what puts `text` in the place of a scalar, in the style that it is written in."""
    raw = node.source.text[node.start : node.end]
    match node.style:
        case "|" | ">":
            body = raw.index("\n") + 1
            first = body + len(raw[body:]) - len(raw[body:].lstrip())
            return Correction(node.start + first, node.start + len(raw.rstrip()), text)
        case '"':
            text = json.dumps(text, ensure_ascii=False)
        case "'":
            text = _quoted(text)
        case _ if not _is_plain(text):
            text = _quoted(text)
    return Correction(node.start, node.end, text)


def _is_plain(text: str) -> bool:
    return bool(_PLAIN.fullmatch(text)) and " #" not in text


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def as_text(tree: Expression, base: int) -> str | None:
    """Return a formula as it is written, subscripts counted from `base`; None if that fails."""
    text = write(to_one(tree) if base == 1 else tree)
    try:
        read = from_one(parse(text)) if base == 1 else parse(text)
    except SymbackError:
        return None
    return text if write(read) == write(tree) else None


def to_one(tree: Expression) -> Expression:
    """Return `tree` with subscripts counted from 1 and stops included: undoes `from_one`."""

    def combine(node: Expression, parts: list[Expression]) -> Expression:
        if isinstance(node, Subscript):
            return replace(node, value=parts[0], items=tuple(map(_shift, parts[1:])))
        return rebuild(node, parts) if parts else node

    return fold(tree, combine)


def _shift(item: Expression) -> Expression:
    match item:
        case Number(value):
            return Number(value + 1)
        case Slice(start=start, stop=stop):
            first = None if start is None else _shift(start)
            return replace(item, start=first, stop=_stop(stop))
        case Sequence(items=items):
            return replace(item, items=tuple(map(_shift, items)))
        case _:
            return item


def _stop(stop: Expression | None) -> Expression | None:
    """Return the included stop of a half-open slice that runs forwards."""
    match stop:
        case Negate(Number(value)):
            return Negate(Number(value + 1))
        case _:
            return stop
