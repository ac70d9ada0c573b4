"""Formulas that float64 takes for right and numbers of more digits prove wrong: `x + 1e-9`."""

from __future__ import annotations

from typing import Any

import numpy as np
from flint import arb, fmpq

from symback.check.answers.literals import (
    half_unit,
    numbers_in,
    significant,
    stands_for,
    with_numbers,
)
from symback.check.answers.narrow import Sides, asked, known_names, sides_of
from symback.check.derivation.truth import Quantity, TrueValues
from symback.check.formulas.context import Point
from symback.functions.values.arrays import Array
from symback.language import names, operands, rebuild
from symback.language.tree import Binary, Call, Expression, Name, Negate, Number

#: Relative to the entries compared, differences that count; and where facts hold in float64 only.
LEAST, LEAST_OF_FLOATS = 2.0**-110, 1e-12
#: Facts about float64 values that rounding breaks.
ROUGH_FACTS = frozenset(("simplex", "unit-norm", "orthogonal"))
#: Derivations of more lines are judged in float64 alone.
MOST_LINES = 150
#: Numbers as small as this, and those as near to 1, do not show in float64 as they should.
TINY = 1e-6
#: Decimals of so many digits are taken to be rounded.
LONG = 8
#: Functions of positive values, which people keep from 0 by a tiny number.
GUARDED = frozenset(("log", "log2", "log10", "sqrt", "rsqrt"))


def little_off(truth: TrueValues, quantity: Quantity, tree: Expression) -> str:
    """Say by how little a formula is off that is right in float64; empty if it is not, or unknown.

    Its names are those of the problem. Long decimals may be rounded by half a unit of the last
    digit, and tiny numbers that keep a divisor from 0 are left out.
    """
    key = ("little", id(quantity.chain), quantity.name, quantity.items, tree)
    return truth.narrow.get(key, lambda: _found(truth, quantity, without_guards(tree)))


def _found(truth: TrueValues, quantity: Quantity, tree: Expression) -> str:
    context, drawn, target = asked(truth, quantity)
    if not names(tree) <= known_names(truth, context):
        return ""
    if len(quantity.chain.main.lines) > MOST_LINES:
        return ""
    facts = {fact for one in context.variables.values() for fact in one.facts}
    least = LEAST_OF_FLOATS if facts & ROUGH_FACTS else LEAST
    decimals: dict[str, Array] = {}

    def named(number: Number) -> Expression:
        if significant(number) < LONG or not half_unit(number):
            return number
        name = f"#{len(decimals)}"
        decimals[name] = np.array(arb(float(number.value), half_unit(number)), dtype=object)
        return Name(name)

    tree = with_numbers(tree, named)
    for point in drawn:
        with_decimals = Point(point.sizes, {**point.given, **decimals}, point.mode, point.values)
        sides = None if point.large else sides_of(context, tree, target, with_decimals)
        if sides is not None:
            return _difference(sides, least, truth.problem.index_base)
    return ""


def _difference(sides: Sides, least: float, base: int) -> str:
    """Say which entry is proved to be off, and how much."""
    for place in np.ndindex(sides.exact[0].shape):
        entries: list[Any] = [side[place] for side in sides.exact]
        if all(isinstance(entry, fmpq) for entry in entries) and entries[0] == entries[1]:
            continue
        got, true = map(arb, entries)
        off = (got - true).abs_lower()
        if off > (got.abs_upper() + true.abs_upper()) * arb(least):
            entry = f"entry [{','.join(str(k + base) for k in place)}]" if place else "it"
            return f"{entry} is off by {float(off):.1g} where it should be {float(true):.4g}"
    return ""


def without_guards(tree: Expression, guarded: bool = False) -> Expression:
    """Return a formula without the tiny numbers that keep divisors and logarithms from 0."""
    if guarded and isinstance(tree, Binary) and tree.op == "+":
        for kept, added in ((tree.left, tree.right), (tree.right, tree.left)):
            if isinstance(added, Number) and 0 < added.value < TINY and names(kept):
                return without_guards(kept, True)
    parts = operands(tree)
    if not parts:
        return tree
    return rebuild(
        tree, [without_guards(p, k) for p, k in zip(parts, _guarded(tree, guarded), strict=True)]
    )


def _guarded(tree: Expression, guarded: bool) -> tuple[bool, ...]:
    """Tell of each operand whether a tiny number added to it keeps something from 0."""
    match tree:
        case Binary(op="/"):
            return (guarded, True)
        case Binary(op="**", right=right):
            return (isinstance(right, Negate), False)
        case Binary():
            return (guarded, guarded)
        case Call(function):
            return (function in GUARDED,) * len(operands(tree))
    return (False,) * len(operands(tree))


def has_invisible_numbers(tree: Expression, truth: TrueValues) -> bool:
    """Tell whether a formula has numbers that hardly show in float64: no guards, nor given."""
    known = truth.around.known.values()
    return bool(kind_of_invisible(tree)) and not any(
        stands_for(n, x).any() for n in numbers_in(tree) if n.value != 1 for x in known
    )


def kind_of_invisible(tree: Expression) -> str:
    """Return what kind of mistake a number is that hardly shows: a term or factor; else nothing."""
    found = [float(number.value) for number in numbers_in(without_guards(tree))]
    if any(0 < value < TINY for value in found):
        return "extra_term"
    return "factor" if any(0 < abs(value - 1) < TINY for value in found) else ""
