"""A formula with names again where a person put values in: what is wrong with it shows better."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from symback.check.answers.digits import exchanged, miscopied
from symback.check.answers.literals import LEAST_DIGITS, PLAIN, settings, stands_for
from symback.functions.values.arrays import Array
from symback.language import operands, rebuild, replaced
from symback.language.tree import (
    Binary,
    Call,
    Expression,
    Name,
    Negate,
    Number,
    Sequence,
    Slice,
    Subscript,
)

#: Larger arrays are not searched for a row, a column or an entry.
MAX_ENTRIES = 64


@dataclass(frozen=True, slots=True)
class _Literal:
    """A number or nested lists of numbers: its entries in order, each with its sign."""

    shape: tuple[int, ...]
    entries: tuple[tuple[Number, bool], ...]

    @property
    def number(self) -> Fraction | None:
        """The size of a number, None for a list."""
        return None if self.shape else self.entries[0][0].value

    def stands_for(self, values: Array, turned: bool = False) -> bool:
        """Tell whether it may be an array of its shape, exactly or rounded; or its negative."""
        return all(
            value == 0 == number.value
            or bool(stands_for(number, np.asarray(value)) and (value < 0) == (negative != turned))
            for (number, negative), value in zip(self.entries, values.flat, strict=True)
        )

    def slip(self, values: Array) -> tuple[str, str] | None:
        """Return the one number that is miscopied, as written and as it should be, if one is."""
        off = [
            (number, float(value))
            for (number, negative), value in zip(self.entries, values.flat, strict=True)
            if not (value == 0 == number.value)
            and not (stands_for(number, np.asarray(value)) and (value < 0) == negative)
        ]
        if len(off) != 1 or "." not in off[0][0].text:
            return None
        number, value = off[0]
        right = f"{abs(value):.{len(number.text.partition('.')[2])}f}"
        least = len(right.replace(".", "").strip("0")) >= LEAST_DIGITS
        slips = miscopied(right) if least else exchanged(right)
        return (number.text, right) if number.text in slips else None


def with_names(
    tree: Expression, known: Mapping[str, Array], plain: bool = False
) -> Expression | None:
    """Return a formula with names for the numbers that stand for known values.

    `known` holds values of quantities, the likeliest first. None where no number does, and for
    what is a number or a list of numbers alone: that is a result, no formula. Numbers like 2, that
    formulas have by themselves, are named if `plain`, where a quantity has that value.
    """
    if _literal(tree) is not None:
        return None
    found = _named(tree, known, plain)
    return None if found == tree else found


def _named(tree: Expression, known: Mapping[str, Array], plain: bool) -> Expression:
    literal = _literal(tree)
    if literal is not None:
        if literal.number in PLAIN:
            scalars = {name: value for name, value in known.items() if plain and not value.ndim}
            known = scalars if literal.number and literal.number > 1 else {}
        return next(_meanings(literal, known), tree)
    parts = (p if k else _named(p, known, plain) for p, k in zip(*_operands(tree), strict=True))
    return rebuild(tree, list(parts))


def misread(
    tree: Expression, known: Mapping[str, Array]
) -> Iterator[tuple[Expression, str, str, str]]:
    """Yield a formula with a name for what may be a known value with a slip in its digits.

    With it come the name, the number as it is written, and as it should be.
    """
    if _literal(tree) is not None:
        return
    whole = _named(tree, known, plain=False)
    for node, literal in _left(whole):
        for meaning, name, values in _candidates(literal, known):
            slip = literal.slip(values)
            if slip is not None:
                yield replaced(whole, node, meaning), name, *slip


def _left(tree: Expression) -> Iterator[tuple[Expression, _Literal]]:
    """Yield the numbers and lists of numbers in a formula that may be misread values."""
    literal = _literal(tree)
    if literal is not None:
        if literal.number is None or literal.entries[0][0].text.strip("0.").replace(".", ""):
            yield tree, literal
        return
    for part, setting in zip(*_operands(tree), strict=True):
        if not setting:
            yield from _left(part)


def _candidates(
    literal: _Literal, known: Mapping[str, Array]
) -> Iterator[tuple[Expression, str, Array]]:
    """Yield the quantities, and their parts, that have the shape of a literal."""
    for name, whole in known.items():
        if whole.shape == literal.shape:
            yield Name(name), name, whole
        elif whole.ndim > len(literal.shape) and whole.size <= MAX_ENTRIES:
            for items, part in _parts(whole, len(literal.shape)):
                if part.shape == literal.shape:
                    yield Subscript(Name(name), items), name, part


def _operands(tree: Expression) -> tuple[tuple[Expression, ...], list[bool]]:
    """Return the operands of a node, and of each whether it is a setting; exponents are none."""
    parts = operands(tree)
    match tree:
        case Binary():
            return parts, [False] * len(parts)
        case Call(arguments=arguments):
            return parts, [k >= len(arguments) or _is_whole(part) for k, part in enumerate(parts)]
        case Sequence(bracket="("):
            return parts, [True] * len(parts)
    return parts, settings(tree)


def _is_whole(node: Expression) -> bool:
    return isinstance(node, Number) and node.value.denominator == 1


def _literal(tree: Expression) -> _Literal | None:
    match tree:
        case Number():
            return _Literal((), ((tree, False),))
        case Negate(operand=Number() as number):
            return _Literal((), ((number, True),))
        case Sequence(items=items, bracket="[") if items:
            parts = [part for item in items if (part := _literal(item)) is not None]
            if len(parts) == len(items) and len({part.shape for part in parts}) == 1:
                entries = tuple(entry for part in parts for entry in part.entries)
                return _Literal((len(items), *parts[0].shape), entries)
    return None


def _meanings(literal: _Literal, known: Mapping[str, Array]) -> Iterator[Expression]:
    """Yield the quantities, their rows, columns and entries that a literal may be, whole first."""
    found = sorted(_candidates(literal, known), key=lambda one: not isinstance(one[0], Name))
    for turned in (False, True):
        for meaning, _, values in found:
            if literal.stands_for(values, turned):
                yield Negate(meaning) if turned else meaning


def _parts(whole: Array, axes: int) -> Iterator[tuple[tuple[Expression, ...], Array]]:
    """Yield the parts of an array with so many axes: at fixed first places, and columns."""
    for place in np.ndindex(whole.shape[: whole.ndim - axes]):
        yield tuple(Number(Fraction(k)) for k in place), whole[place]
    if axes == 1 and whole.ndim == 2:
        for k in range(whole.shape[1]):
            yield (Slice(), Number(Fraction(k))), whole[:, k]
