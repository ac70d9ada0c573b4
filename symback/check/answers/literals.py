"""What the numbers in a formula may stand for: entries of known values, and constants rounded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import product

import numpy as np

from symback.functions.values.arrays import Array
from symback.language import operands, parse, rebuild, walk
from symback.language.tree import (
    Binary,
    Call,
    Expression,
    Literal,
    Name,
    Negate,
    Number,
    Sequence,
    Slice,
    Subscript,
)

#: Constants that people write as decimals.
CONSTANTS = {
    "pi": np.pi, "exp(1)": np.e, "log(2)": np.log(2), "log(10)": np.log(10), "sqrt(2)": 2**0.5,
    "sqrt(3)": 3**0.5, "sqrt(5)": 5**0.5, "1/log(2)": 1 / np.log(2), "1/log(10)": 1 / np.log(10),
    "1/sqrt(2)": 0.5**0.5, "sqrt(2*pi)": (2 * np.pi) ** 0.5, "1/sqrt(2*pi)": (2 * np.pi) ** -0.5,
    "sqrt(2/pi)": (2 / np.pi) ** 0.5, "1/pi": 1 / np.pi,
}  # fmt: skip
#: Numbers that formulas have by themselves.
PLAIN = frozenset(map(Fraction, ("0", "1", "2", "3", "1/2", "1/3", "1/4", "4")))
#: A decimal of fewer significant digits is not taken for a rounded number.
LEAST_DIGITS = 3
#: Fractions with larger denominators are not taken for what was rounded.
LARGEST_DENOMINATOR = 64
#: Meanings tried for one number, and for all numbers of a formula together.
MOST_MEANINGS, MOST_READINGS = 8, 1_500
#: A formula with more numbers than this is not read in other ways.
MOST_NUMBERS = 10
#: Functions that return one of their arguments: numbers among these are values, no settings.
CHOOSING = frozenset(("where", "maximum", "minimum"))
#: Relative difference up to which a number is the exact value.
EXACT = 1e-12


def half_unit(number: Number) -> float:
    """Return half a unit of the last digit of a decimal; 0 for what is not rounded."""
    mantissa, _, exponent = number.text.lower().partition("e")
    if "." not in mantissa:
        return 0.0
    return float(0.5 * 10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2])))


def significant(number: Number) -> int:
    """Return how many significant digits a number was written with."""
    mantissa = number.text.lower().partition("e")[0]
    return len(mantissa.replace(".", "").lstrip("0"))


def settings(node: Expression) -> list[bool]:
    """Tell of each operand whether it is a subscript, an axis or an exponent, no value."""
    parts = operands(node)
    match node:
        case Subscript():
            return [k > 0 for k in range(len(parts))]
        case Call(function=function, arguments=arguments):
            first = len(arguments) if function in CHOOSING else 1
            return [
                k >= len(arguments) or (k >= first and isinstance(part, Number | Negate))
                for k, part in enumerate(parts)
            ]
        case Binary(op="**", right=Number() | Negate(operand=Number())):
            return [False, True]
        case Slice() | Literal():
            return [True] * len(parts)
    return [False] * len(parts)


def numbers_in(tree: Expression) -> list[Number]:
    """Return the numbers of a formula that stand for values, in reading order."""
    if isinstance(tree, Number):
        return [tree]
    found: list[Number] = []
    for part, setting in zip(operands(tree), settings(tree), strict=True):
        if not setting:
            found += numbers_in(part)
    return found


def parameters(tree: Expression) -> Iterator[Expression]:
    """Yield the exponents in a formula, and what functions have besides their first argument."""
    for node in walk(tree):
        match node:
            case Binary(op="**", right=exponent):
                yield exponent
            case Call(arguments=arguments):
                yield from arguments[1:]


def is_written_out(node: Expression) -> bool:
    """Tell whether a part of a formula is a unit vector, or a list with numbers in it."""
    match node:
        case Sequence(items):
            return any(isinstance(item, Number) for item in items)
    return isinstance(node, Call) and node.function == "onehot"


def with_numbers(tree: Expression, change: Callable[[Number], Expression]) -> Expression:
    """Return a formula with its numbers replaced, called for in reading order."""
    if isinstance(tree, Number):
        return change(tree)
    parts = operands(tree)
    if not parts:
        return tree
    pairs = zip(parts, settings(tree), strict=True)
    return rebuild(tree, [p if setting else with_numbers(p, change) for p, setting in pairs])


def moved(tree: Expression, place: int, by: float) -> Expression:
    """Return a formula with one of its numbers, counted in reading order, made larger."""
    following = iter(range(len(numbers_in(tree))))

    def change(number: Number) -> Number:
        return Number(number.value + Fraction(by)) if next(following) == place else number

    return with_numbers(tree, change)


def readings(tree: Expression, values: Mapping[str, Array]) -> Iterator[tuple[Expression, bool]]:
    """Yield what a formula says if its numbers stand for entries of values, or are rounded.

    With each formula comes whether a number in it was rounded; as written it is not yielded.
    """
    numbers = numbers_in(tree)
    if not 0 < len(numbers) <= MOST_NUMBERS:
        return
    meanings = [list(_meanings(number, values))[:MOST_MEANINGS] for number in numbers]
    while np.prod([len(one) for one in meanings]) > MOST_READINGS:
        max(meanings, key=len).pop()
    for chosen in product(*meanings):
        if any(meaning is not None for meaning, _ in chosen):
            following = iter(chosen)

            def change(number: Number, following: Iterator[Meaning] = following) -> Expression:
                meaning = next(following)[0]
                return number if meaning is None else meaning

            yield with_numbers(tree, change), any(rounded for _, rounded in chosen)


#: What a number stands for, None for itself, and whether it was rounded.
Meaning = tuple[Expression | None, bool]


def _meanings(number: Number, values: Mapping[str, Array]) -> Iterator[Meaning]:
    value = float(number.value)
    yield None, False
    yield from _constants(number, value)
    for name, known in values.items():
        entries = np.asarray(known, dtype=float)
        exact = np.abs(np.abs(entries) - value) <= EXACT * value
        for place in np.argwhere(stands_for(number, entries)):
            items = tuple(Number(Fraction(int(k))) for k in place)
            entry = Subscript(Name(name), items) if items else Name(name)
            negative = entries[tuple(place)] < 0
            yield Negate(entry) if negative else entry, not exact[tuple(place)]


def stands_for(number: Number, values: Array) -> Array:
    """Tell of each entry whether a number may be its size, as it is or rounded."""
    value = float(number.value)
    return np.asarray(np.abs(np.abs(values) - value) <= EXACT * value + _off(number))


def _off(number: Number) -> float:
    rounded = significant(number) >= LEAST_DIGITS
    return half_unit(number) * (1 + 1e-9) if rounded else 0.0


def _constants(number: Number, value: float) -> Iterator[Meaning]:
    off = _off(number)
    if not off:
        return
    nice = Fraction(value).limit_denominator(LARGEST_DENOMINATOR)
    if nice != number.value and abs(float(nice) - value) <= off and significant(number) > 2:
        yield replace(number, value=nice, text=str(nice)), True
    for name, constant in CONSTANTS.items():
        if abs(constant - value) <= off:
            yield parse(name), True
