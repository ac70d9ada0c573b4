"""Subscripts that count from 1, turned into the 0-based, half-open ones that trees have."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from symback.errors import Diagnostic, InputError, Span
from symback.language import fold, rebuild
from symback.language.tree import (
    Binary,
    Expression,
    Literal,
    Negate,
    Number,
    Sequence,
    Slice,
    Subscript,
)


def from_one(tree: Expression) -> Expression:
    """Return `tree` with every subscript counted from 0 instead of from 1.

    Slices lose the stop that they included; negative subscripts count from the end in both.
    Raises: InputError E236 for an index 0.
    """

    def combine(node: Expression, parts: list[Expression]) -> Expression:
        if isinstance(node, Subscript):
            return replace(node, value=parts[0], items=tuple(_shift(item) for item in parts[1:]))
        return rebuild(node, parts) if parts else node

    return fold(tree, combine)


def _shift(item: Expression) -> Expression:
    if isinstance(item, Slice):
        return _shift_slice(item)
    if isinstance(item, Sequence):
        return replace(item, items=tuple(_shift(entry) for entry in item.items))
    if isinstance(item, Literal):
        return item
    return _less_one(item)


def _less_one(index: Expression) -> Expression:
    """Return the 0-based index of a 1-based one."""
    if isinstance(index, Negate) and isinstance(index.operand, Number):
        return index
    if not isinstance(index, Number):
        return Binary("-", index, Number(Fraction(1), "1"), index.span)
    if index.value == 0:
        hint = "the first entry is `[1]`; `index_base: 0` makes it `[0]`"
        raise InputError(Diagnostic("E236", "subscripts count from 1 here", hint, index.span))
    return _number(index.value - 1, index.span)


def _shift_slice(item: Slice) -> Slice:
    start = None if item.start is None else _less_one(item.start)
    if item.stop is None:
        return replace(item, start=start)
    if isinstance(item.step, Negate):
        return replace(item, start=start, stop=_stop_backwards(item.stop))
    return replace(item, start=start, stop=_stop_forwards(item.stop))


def _stop_forwards(stop: Expression) -> Expression | None:
    """A stop that is included: the same number as the 0-based stop that is not."""
    if isinstance(stop, Negate) and isinstance(stop.operand, Number):
        left = stop.operand.value - 1
        return Negate(_number(left, stop.operand.span), stop.span) if left else None
    _less_one(stop)
    return stop


def _stop_backwards(stop: Expression) -> Expression | None:
    """An included stop of a slice that runs backwards: one entry further down."""
    if isinstance(stop, Negate) and isinstance(stop.operand, Number):
        return Negate(_number(stop.operand.value + 1, stop.operand.span), stop.span)
    first = _less_one(stop)
    if isinstance(first, Number):
        return _number(first.value - 1, stop.span) if first.value else None
    return Binary("-", first, Number(Fraction(1), "1"), stop.span)


def _number(value: Fraction, span: Span | None) -> Number:
    return Number(value, str(value), span)
