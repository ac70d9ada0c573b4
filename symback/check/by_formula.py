"""An expectation that is a formula, against the closed form that was derived."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
from flint import ctx

from symback.check.answer import Answer, digits
from symback.check.formulas.context import Context
from symback.check.formulas.equivalence import Truth, Verdict, Witness, equivalent
from symback.check.numbers import (
    PRECISIONS,
    Comparison,
    compare,
    difference,
    is_sharp,
    middle,
    same,
)
from symback.check.outcome import Outcome
from symback.errors import Diagnostic, InputError
from symback.functions.values.arrays import Array
from symback.functions.values.entries import Undefined
from symback.language import names, write
from symback.language.tree import Expression, Number
from symback.numeric import EXACT, evaluate
from symback.problem.model import Request, Tolerance
from symback.tensor.dims import show


def by_formula(
    context: Context, request: Request, outcome: Outcome, tree: Expression, answer: Answer
) -> Outcome:
    """Return the outcome of comparing a formula with an answer.

    A formula without names is compared with the value, and so is any formula where the entry has
    a tolerance; all others must be equivalent to the closed form.
    Raises: InputError E502 where shapes differ, and for a formula without meaning.
    """
    shown = replace(outcome, expected=write(tree), got=write(answer.tree))
    if answer.value is not None and (request.tolerance is not None or names(tree) <= {"pi"}):
        return _by_value(context, request.tolerance, shown, tree, answer.value)
    verdict = equivalent(tree, answer.tree, context)
    if verdict:
        return shown
    return replace(shown, passed=False, failed_entries=1, reason=explained(verdict))


def _by_value(
    context: Context,
    tolerance: Tolerance | None,
    outcome: Outcome,
    tree: Expression,
    value: Array,
) -> Outcome:
    found = _value(context, tree)
    if found.shape != value.shape:
        message = f"the shape is {show(value.shape)}, not {show(found.shape)}"
        raise InputError(Diagnostic("E502", message))
    compared = [
        (place, _entry(found[place], value[place], tolerance)) for place in np.ndindex(found.shape)
    ]
    wrong = [(place, one) for place, one in compared if not one.passed]
    if not wrong:
        return outcome
    place, first = wrong[0]
    return replace(
        outcome,
        passed=False,
        failed_entries=len(wrong),
        entries=len(compared),
        got=digits(tree, value[place], tolerance),
        difference=first.difference,
    )


def _value(context: Context, tree: Expression) -> Array:
    """Return the value of a formula with as much precision as it takes, within bounds."""
    point = next(iter(context.points()))
    for bits in PRECISIONS:
        if point.mode == "given":
            found = context.value(tree, point, bits)
        else:
            with ctx.workprec(bits):
                found = evaluate(tree, {}, context.functions, EXACT)
        if all(is_sharp(entry) for entry in found.flat):
            break
    return found


def _entry(expected: Any, got: Any, tolerance: Tolerance | None) -> Comparison:
    if isinstance(expected, Undefined) or isinstance(got, Undefined):
        return Comparison(False, None)
    if tolerance is None:
        return Comparison(same(expected, got), difference(expected, got))
    return compare(Number(Fraction(middle(expected))), got, tolerance)


def explained(verdict: Verdict) -> str:
    """Return why two formulas are not taken for equal, in one clause."""
    if verdict.witness is None:
        unknown = (
            "it is not known whether they are equal: " if verdict.truth is Truth.UNKNOWN else ""
        )
        return unknown + verdict.reason
    return refutation(verdict.witness)


def refutation(witness: Witness) -> str:
    """Return the point that refutes an equality, sizes and small values first."""
    values = [f"{name} = {size}" for name, size in witness.sizes.items()]
    values += [f"{name} = {_plain(value)}" for name, value in witness.given.items()]
    point = ", ".join(values[:6]) + (", ..." if len(values) > 6 else "")
    if witness.own:
        point = "the given values"
    where = f" entry {list(witness.place)}" if witness.place else ""
    left, right = float(witness.left), float(witness.right)
    return f"at {point}{where} is {left:.6g}, not {right:.6g}".replace("  ", " ")


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(_plain, value)) + "]"
    return f"{float(value):g}"
