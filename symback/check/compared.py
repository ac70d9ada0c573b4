"""One expectation against one quantity: entry by entry, or as a formula."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import inf

from symback.check.answer import Answer, digits, subscript
from symback.check.by_formula import by_formula
from symback.check.corrections import as_text, correction
from symback.check.formulas.equivalence import equivalent
from symback.check.formulas.meaning import Meaning
from symback.check.numbers import Comparison, compare, written
from symback.check.outcome import Correction, Outcome
from symback.errors import Diagnostic, InputError
from symback.functions.values.entries import Undefined
from symback.language import names, write
from symback.language.tree import Expression, Number, Subscript
from symback.problem.model import Expectation, Request, Tolerance, Value, tree_of
from symback.problem.nodes import Items, Node, Scalar
from symback.tensor.dims import show

#: Larger arrays that are right are not written out.
MOST_SHOWN = 16


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
        context = meaning.resolve(request, value, answer.tree)
        checked = by_formula(context, request, outcome, value, answer)
        return _formula_corrected(meaning, request, checked, expectation, answer)
    if answer.value is None or _is_stack(value, answer):
        tree = tree_of(value)
        return by_formula(
            meaning.resolve(request, tree, answer.tree), request, outcome, tree, answer
        )
    if _shape(value) != answer.value.shape:
        wanted, got = show(_shape(value)), show(answer.value.shape)
        message = f"the shape is {got}, not {wanted}"
        raise InputError(Diagnostic("E502", message))
    wrong = [
        (entry, found)
        for entry in _entries(value, expectation.node)
        if not (found := _entry(meaning, request, entry, answer)).passed
    ]
    outcome = replace(outcome, entries=answer.value.size)
    if not wrong:
        return _shown(outcome, value, answer)
    tolerance = request.tolerance
    corrections = _corrections(wrong, answer, tolerance) or _whole(expectation, answer, tolerance)
    return replace(_worst(outcome, wrong, answer, request, base), corrections=corrections)


def _shown(outcome: Outcome, value: Value, answer: Answer) -> Outcome:
    """Return the outcome of what holds with both sides as texts, where they are short."""
    assert answer.value is not None
    if answer.value.size > MOST_SHOWN:
        return outcome
    texts = {
        entry.place: digits(entry.tree, answer.value[entry.place])
        for entry in _entries(value, None)
    }
    got = _listed(texts, answer.value.shape)
    return replace(outcome, expected=write(tree_of(value)), got=got)


def _formula_corrected(
    meaning: Meaning, request: Request, outcome: Outcome, expectation: Expectation, answer: Answer
) -> Outcome:
    """Return the outcome with the right text for the scalar that a formula was written in."""
    node, tree = expectation.node, expectation.value
    if outcome.passed or not isinstance(node, Scalar) or isinstance(tree, tuple):
        return outcome
    if answer.value is not None and not answer.value.shape and names(tree) <= {"pi"}:
        text: str | None = digits(tree, answer.value[()], request.tolerance)
    else:
        readable = meaning.readable(answer.tree, outcome.part)
        text = as_text(readable, meaning.solution.problem.index_base)
    if text is None:
        return outcome
    return replace(outcome, corrections=(correction(node, text),))


def _is_stack(value: Value, answer: Answer) -> bool:
    """Tell whether a list holds formulas that are arrays themselves."""
    assert answer.value is not None
    return len(_shape(value)) < answer.value.ndim and any(
        written(entry.tree) is None for entry in _entries(value, None)
    )


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


def _corrections(
    wrong: list[tuple[_Entry, Comparison]], answer: Answer, tolerance: Tolerance | None
) -> tuple[Correction, ...]:
    assert answer.value is not None
    return tuple(
        correction(entry.node, digits(entry.tree, got, tolerance))
        for entry, _ in wrong
        if isinstance(entry.node, Scalar)
        and not isinstance(got := answer.value[entry.place], Undefined)
    )


def _whole(
    expectation: Expectation, answer: Answer, tolerance: Tolerance | None
) -> tuple[Correction, ...]:
    """Return the right list for numbers that stand in one scalar, `'[1, 2]'`."""
    node = expectation.node
    entries = list(_entries(expectation.value, None))
    assert answer.value is not None
    undefined = any(isinstance(entry, Undefined) for entry in answer.value.flat)
    if not isinstance(node, Scalar) or undefined:
        return ()
    if any(written(entry.tree) is None for entry in entries):
        return ()
    texts = {
        entry.place: digits(entry.tree, answer.value[entry.place], tolerance) for entry in entries
    }
    return (correction(node, _listed(texts, answer.value.shape)),)


def _listed(texts: Mapping[tuple[int, ...], str], shape: tuple[int, ...]) -> str:
    """Return texts by their places as a nested list."""
    if () in texts:
        return texts[()]
    inner = (
        {place[1:]: text for place, text in texts.items() if place[0] == k} for k in range(shape[0])
    )
    return "[" + ", ".join(_listed(one, shape[1:]) for one in inner) + "]"


def _worst(
    outcome: Outcome,
    wrong: list[tuple[_Entry, Comparison]],
    answer: Answer,
    request: Request,
    base: int,
) -> Outcome:
    """Return the outcome with the entry that is farthest off."""
    assert answer.value is not None
    entry, found = max(wrong, key=lambda pair: abs(pair[1].difference or inf))
    got = answer.value[entry.place]
    return replace(
        outcome,
        name=outcome.name + subscript(entry.place, base),
        passed=False,
        expected=write(entry.tree),
        got=digits(entry.tree, got, request.tolerance),
        difference=found.difference,
        reason=got.reason if isinstance(got, Undefined) else "",
        place=entry.node.place() if entry.node is not None else outcome.place,
        failed_entries=len(wrong),
    )


def _entry(meaning: Meaning, request: Request, entry: _Entry, answer: Answer) -> Comparison:
    assert answer.value is not None
    number = written(entry.tree)
    if number is not None:
        return compare(number, answer.value[entry.place], request.tolerance)
    items = tuple(Number(Fraction(k)) for k in entry.place)
    truth = Subscript(answer.tree, items) if items else answer.tree
    context = meaning.resolve(request, entry.tree, truth)
    return Comparison(bool(equivalent(entry.tree, truth, context)), None)
