"""One expectation against one quantity: entry by entry, or as a formula."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from typing import Any

from symback.check.context import Context
from symback.check.equivalence import Truth, Verdict, Witness, equivalent
from symback.check.meaning import Meaning
from symback.check.numbers import Comparison, compare, digits_written, written
from symback.check.outcome import Correction, Outcome
from symback.errors import Diagnostic, InputError
from symback.functions.values_arrays import Array
from symback.functions.values_entries import Undefined
from symback.language import write
from symback.language.tree import Expression, Name, Number, Sequence, Subscript
from symback.numeric import EXACT, evaluate, format_number
from symback.problem.model import Expectation, Request, Value
from symback.problem.nodes import Items, Node, Scalar
from symback.tensor.dims import Shape, show

#: Numbers that were not in the file before are written with so many digits, or as many as were.
LEAST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Answer:
    """A quantity of a solution: what it is called, its formula, shape, and value if it has one."""

    name: str
    tree: Expression
    shape: Shape
    value: Array | None

    def at(self, items: tuple[Expression, ...]) -> Answer:
        """Return a component or slice of it."""
        value = None
        if self.value is not None:
            tree = Subscript(Name("value"), items)
            value = evaluate(tree, {"value": self.value}, {}, EXACT)
        shape = value.shape if value is not None else ()
        return replace(self, tree=Subscript(self.tree, items), shape=shape, value=value)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry as expected: where it is, its tree, and the node that it was written in."""

    place: tuple[int, ...]
    tree: Expression
    node: Node | None


def compared(
    meaning: Meaning, request: Request, expectation: Expectation, answer: Answer
) -> Outcome:
    """Return the outcome of one expectation.

    Raises: InputError E502 where shapes differ, and for a formula without meaning.
    """
    base = meaning.solution.problem.index_base
    label = expectation.key.text if expectation.key is not None else answer.name
    if expectation.key is not None and not label.startswith("d"):
        label = answer.name + label[label.index("[") :] if "[" in label else answer.name
    outcome = Outcome(
        label, True, "", "", expectation.part or request.part, place=expectation.place
    )
    value = expectation.value
    if not isinstance(value, tuple) and written(value) is None:
        return _formula(meaning, request, outcome, value, answer, expectation.node)
    if answer.value is None:
        return _formula(meaning, request, outcome, _tree(value), answer, expectation.node)
    if _shape(value) != answer.value.shape:
        wanted, got = show(_shape(value)), show(answer.value.shape)
        message = f"the shape is {got}, not {wanted}"
        raise InputError(Diagnostic("E502", message))
    entries = list(_entries(value, expectation.node))
    return _numbers(meaning, request, outcome, entries, answer, base)


def _tree(value: Value) -> Expression:
    return Sequence(tuple(map(_tree, value))) if isinstance(value, tuple) else value


def _shape(value: Value) -> tuple[int, ...]:
    shape: tuple[int, ...] = ()
    while isinstance(value, tuple):
        shape += (len(value),)
        value = value[0] if value else Number(Fraction(0))
    return shape


def _entries(value: Value, node: Node | None, place: tuple[int, ...] = ()) -> Iterator[_Entry]:
    if not isinstance(value, tuple):
        yield _Entry(place, value, node)
        return
    nodes: tuple[Node | None, ...] = (None,) * len(value)
    if isinstance(node, Items) and len(node.items) == len(value):
        nodes = node.items
    for k, (one, inner) in enumerate(zip(value, nodes, strict=True)):
        yield from _entries(one, inner, (*place, k))


def _numbers(
    meaning: Meaning,
    request: Request,
    outcome: Outcome,
    entries: list[_Entry],
    answer: Answer,
    base: int,
) -> Outcome:
    """Compare entry by entry; the worst one is shown, all wrong ones are corrected."""
    assert answer.value is not None
    worst: tuple[float, _Entry, Comparison] | None = None
    failed = 0
    corrections = []
    for entry in entries:
        got = answer.value[entry.place]
        found = _entry(meaning, request, entry, answer)
        if found.passed:
            continue
        failed += 1
        if isinstance(entry.node, Scalar) and not isinstance(got, Undefined):
            corrections.append(Correction(entry.node, digits(entry.tree, got)))
        size = float("inf") if found.difference is None else abs(found.difference)
        if worst is None or size > worst[0]:
            worst = size, entry, found
    if worst is None:
        first = entries[0]
        outcome = replace(outcome, entries=len(entries))
        return replace(
            outcome, expected=write(first.tree), got=digits(first.tree, answer.value[first.place])
        )
    _, entry, found = worst
    got = answer.value[entry.place]
    place = entry.node.place() if entry.node is not None else outcome.place
    return replace(
        outcome,
        name=outcome.name + subscript(entry.place, base),
        passed=False,
        expected=write(entry.tree),
        got=digits(entry.tree, got),
        difference=found.difference,
        reason=got.reason if isinstance(got, Undefined) else "",
        place=place,
        failed_entries=failed,
        entries=len(entries),
        corrections=tuple(corrections),
    )


def _entry(meaning: Meaning, request: Request, entry: _Entry, answer: Answer) -> Comparison:
    assert answer.value is not None
    number = written(entry.tree)
    if number is not None:
        return compare(number, answer.value[entry.place], request.tolerance)
    items = tuple(Number(Fraction(k)) for k in entry.place)
    truth = Subscript(answer.tree, items) if items else answer.tree
    context = meaning.resolve(entry.tree, request)
    return Comparison(bool(equivalent(entry.tree, truth, context)), None)


def subscript(place: tuple[int, ...], base: int) -> str:
    """Return the text of a place as the file counts: `[1,2]`, nothing for a scalar."""
    return "[" + ",".join(str(k + base) for k in place) + "]" if place else ""


def digits(tree: Expression, got: Any) -> str:
    """Return a value with as many digits as a number was written with, and at least six."""
    number = written(tree)
    count = max(LEAST_DIGITS, digits_written(number) if number is not None else 0)
    return str(format_number(got, count))


def _formula(
    meaning: Meaning,
    request: Request,
    outcome: Outcome,
    tree: Expression,
    answer: Answer,
    node: Node | None,
) -> Outcome:
    """Compare with the closed form; with a tolerance, the values there are."""
    context = meaning.resolve(tree, request)
    shown = replace(outcome, expected=write(tree), got=write(answer.tree))
    if request.tolerance is not None and answer.value is not None:
        return _by_value(context, request, shown, tree, answer)
    verdict = equivalent(tree, answer.tree, context)
    if verdict:
        return shown
    return replace(shown, passed=False, failed_entries=1, reason=explained(verdict))


def _by_value(
    context: Context, request: Request, outcome: Outcome, tree: Expression, answer: Answer
) -> Outcome:
    assert answer.value is not None
    given = {name: one.value for name, one in context.variables.items() if one.value is not None}
    point = next(iter(context.points()))
    found = context.value(tree, point, 200) if point.mode == "given" else None
    if found is None or given.keys() != context.variables.keys():
        raise InputError(Diagnostic("E503", "a tolerance needs values to compare"))
    if found.shape != answer.value.shape:
        message = f"the shape is {show(answer.value.shape)}, not {show(found.shape)}"
        raise InputError(Diagnostic("E502", message))
    for place in product(*(range(size) for size in found.shape)):
        number = Number(Fraction(str(format_number(found[place], 40))))
        one = compare(number, answer.value[place], request.tolerance)
        if not one.passed:
            return replace(outcome, passed=False, difference=one.difference, failed_entries=1)
    return outcome


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
    where = f" entry {list(witness.place)}" if witness.place else ""
    left, right = float(witness.left), float(witness.right)
    return f"at {point}{where} is {left:.6g}, not {right:.6g}".replace("  ", " ")


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(_plain, value)) + "]"
    return f"{float(value):g}"
