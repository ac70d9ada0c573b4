"""Formulas that agree at all points, and differ in a narrow gap between borders of branches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from symback.check.derivation.comparing import close, shaped
from symback.check.derivation.passes import Line, in_order
from symback.check.derivation.points import likely_facts, varied
from symback.check.derivation.truth import Chain, Quantity, TrueValues
from symback.check.formulas.borders import between_borders
from symback.check.formulas.context import Context, Point
from symback.check.formulas.equivalence import differ
from symback.check.formulas.sampling import Variable
from symback.errors import SymbackError
from symback.functions.domains import Undecided
from symback.functions.values.arrays import Array
from symback.language import names
from symback.language.tree import Binary, Expression, Name, Subscript
from symback.numeric import EXACT, FLOAT64

#: Bits of the values that are compared.
BITS = 200
#: How near to the border of a branch answers are compared, as part of a way across it: not so
#: near that tiny numbers show, which people add lest they divide by 0.
BESIDE = 2.0**-10
#: An entry, what an answer is there, and what is right; AGREEING if nothing is wrong.
Difference = tuple[tuple[int, ...], float, float]
AGREEING: Difference = ((), 0.0, 0.0)
#: An answer that is not defined at some points must be right at so many others.
FEWEST_POINTS = 2
#: A point of more entries is not written out.
MAX_SHOWN = 6


def narrow_gap(truth: TrueValues, quantity: Quantity, tree: Expression) -> str:
    """Say where a formula is wrong that is right at the random points; empty if nowhere.

    Its names are those of the problem. What has no value, or is not known, accuses nobody.
    """
    key = (id(quantity.chain), quantity.name, quantity.items, tree)
    return truth.narrow.get(key, lambda: _found(truth, quantity, tree))


def right_exactly(truth: TrueValues, quantity: Quantity, tree: Expression) -> bool:
    """Tell whether a formula is right at all random points with numbers of enough digits.

    In float64 it may not be, where large numbers cancel.
    """
    key = (id(quantity.chain), quantity.name, quantity.items, tree)
    return truth.exact.get(key, lambda: _is_right(truth, quantity, tree))


def _is_right(truth: TrueValues, quantity: Quantity, tree: Expression) -> bool:
    context, drawn, target = asked(truth, quantity)
    if not names(tree) <= known_names(truth, context) or any(point.large for point in drawn):
        return False
    agreeing = 0
    for point in drawn:
        found = _difference(context, tree, target, point)
        if found is not None and found is not AGREEING:
            return False
        agreeing += found is AGREEING
    return agreeing >= min(FEWEST_POINTS, len(drawn)) > 0


def asked(truth: TrueValues, quantity: Quantity) -> tuple[Context, list[Point], Expression]:
    """Return what names mean, exact points, and the formula of a quantity."""
    chain = quantity.chain
    context, drawn = truth.contexts.get(id(chain), lambda: _context(truth, chain))
    target: Expression = Name(quantity.name)
    return context, drawn, Subscript(target, quantity.items) if quantity.items else target


def known_names(truth: TrueValues, context: Context) -> set[str]:
    """Return the names that formulas may have."""
    return {*context.definitions, *context.variables, *truth.program.dims, "pi"}


def _found(truth: TrueValues, quantity: Quantity, tree: Expression) -> str:
    context, drawn, target = asked(truth, quantity)
    if not names(tree) <= known_names(truth, context):
        return ""
    for point in between_borders([tree, target], context, drawn, BESIDE):
        if _difference(context, tree, target, point.rough) in (None, AGREEING):
            continue
        found = _difference(context, tree, target, point)
        if found is not None and found is not AGREEING:
            return _said(found, point, truth.problem.index_base)
    return ""


@dataclass(frozen=True, slots=True)
class Sides:
    """An answer and what is right at a point, in one shape: exactly, and in float64."""

    exact: tuple[Array, Array]
    got: Array
    true: Array


def sides_of(context: Context, tree: Expression, target: Expression, point: Point) -> Sides | None:
    """Return the values of both sides at a point, None where one has no value."""
    try:
        left, right = (context.value(one, point, BITS) for one in (tree, target))
    except (SymbackError, Undecided):
        return None
    true = FLOAT64.lift(right)
    got = shaped(FLOAT64.lift(left), true.shape)
    if got is None or not (np.isfinite(got).all() and np.isfinite(true).all()):
        return None
    if left.size == true.size:
        left = left.reshape(true.shape)
    exact = (np.broadcast_to(left, true.shape), np.broadcast_to(right, true.shape))
    return Sides(exact, got, true)


def _difference(
    context: Context, tree: Expression, target: Expression, point: Point
) -> Difference | None:
    """Return an entry in which an answer is wrong at a point, what it is there, and the truth.

    AGREEING if there is none, None where a side has no value.
    """
    sides = sides_of(context, tree, target, point)
    if sides is None:
        return None
    for wrong in np.argwhere(~close(sides.got, sides.true)):
        place = tuple(int(k) for k in wrong)
        if point.large or differ(sides.exact[0][place], sides.exact[1][place]):
            return place, float(sides.got[place]), float(sides.true[place])
    return AGREEING


def _said(found: Difference, point: Point, base: int) -> str:
    place, got, true = found
    entry = f"entry [{','.join(str(k + base) for k in place)}]" if place else "it"
    return f"{_where(point)}{entry} is {got:.4g}, not {true:.4g}"


def _where(point: Point) -> str:
    """Return the values at a point, if they are few, to begin a sentence with."""
    if sum(x.size for x in point.given.values()) > MAX_SHOWN:
        return ""
    values = {name: np.array2string(FLOAT64.lift(x), precision=4, separator=", ")
              for name, x in point.given.items()}  # fmt: skip
    return "at " + ", ".join(f"{name} = {value}" for name, value in values.items()) + " "


def _context(truth: TrueValues, chain: Chain) -> tuple[Context, list[Point]]:
    """Return what the names of a problem mean, those of one chain before others, and points."""
    lines = {line.name: line for line in chain.main.lines}
    for other in truth.chains:
        for line in other.main.lines:
            lines.setdefault(line.name, line)
    definitions = {line.name: _sum(line) for line in in_order(lines.values())}
    drawn = [_exactly(point.values, truth) for point in truth.all_points()]
    return Context(truth.program, _variables(truth), definitions), drawn


def _variables(truth: TrueValues) -> dict[str, Variable]:
    """Return the given names with what is assumed of them, and what values look like."""
    free = varied(truth.problem)
    values = truth.given.values if truth.given is not None else {}
    return {
        name: Variable(
            truth.program.tensors[name].shape,
            likely_facts(one.facts, None if name in free else values.get(name)),
        )
        for name, one in truth.problem.given.items()
    }


def _sum(line: Line) -> Expression:
    """Return a line as one formula."""
    total = line.parts[0].tree
    for part in line.parts[1:]:
        total = Binary("+", total, part.tree)
    return total


def _exactly(values: dict[str, Array], truth: TrueValues) -> Point:
    """Return a point of float64 values as one of the rationals that these are."""
    sizes = {name: int(values[name]) for name in truth.program.dims}
    given = {name: EXACT.lift(values[name]) for name in truth.problem.given}
    return Point(sizes, given, "random")
