"""Expectations against a solution: every `expect` of every entry of `find`, one outcome each."""

from __future__ import annotations

from collections.abc import Mapping

from symback.check.answer import Answer
from symback.check.compared import compared
from symback.check.formulas.meaning import Meaning, own_name
from symback.check.numbers import PRECISION
from symback.check.outcome import Outcome
from symback.errors import Diagnostic, InputError, SymbackError
from symback.explain.solution import Result, Solution
from symback.functions import table
from symback.functions.entry import Function
from symback.language.tree import Expression, Name, Slice, Subscript
from symback.problem.model import Expectation, Request


def check(solution: Solution, functions: Mapping[str, Function] | None = None) -> list[Outcome]:
    """Compare every expectation of a problem with its solution, in the order of the file.

    Numbers pass to the digits written or within the entry's `tolerance`, formulas by equivalence.
    What cannot be compared (no such result, a formula without meaning) does not pass.
    """
    meaning = Meaning(solution, functions or table())
    return [
        _outcome(meaning, request, expectation)
        for request in solution.problem.find
        for expectation in request.expect
    ]


def _outcome(meaning: Meaning, request: Request, expectation: Expectation) -> Outcome:
    part = expectation.part or request.part
    try:
        answer = _answer(meaning, request, expectation)
        return compared(meaning, request, expectation, answer)
    except SymbackError as error:
        name = expectation.key.text if expectation.key is not None else request.verb
        reason = error.diagnostics[0].message
        return Outcome(name, False, "", "", part, None, reason, expectation.place)


def _answer(meaning: Meaning, request: Request, expectation: Expectation) -> Answer:
    """Return what an expectation is about.

    Raises: InputError E501 where the entry has no such result or several.
    """
    solution = meaning.solution
    key = expectation.key
    results = [result for result in solution.results if result.request is request]
    if key is None:
        if len(results) == 1:
            return _whole(results[0])
        known = ", ".join(f"`{result.name}`" for result in results) or "none"
        raise _fault(f"this entry has several results, {known}", "name them in `expect`")
    if expectation.part is not None:
        results = [result for result in solution.results if result.part == expectation.part]
    for result in results:
        if key.text in (result.name, *_labels(result)):
            return _whole(result)
    found = _named(meaning, results, key.tree, request)
    if found is not None:
        return found
    known = ", ".join(f"`{result.name}`" for result in results) or "none"
    raise _fault(f"`{key.text}` is not a result here", f"the results are {known}")


def _labels(result: Result) -> tuple[str, ...]:
    """Return what a result may be called beside its name: its variable, if there is one."""
    return (result.wrt[0],) if len(set(result.wrt)) == 1 else ()


def _named(
    meaning: Meaning, results: list[Result], tree: Expression, request: Request
) -> Answer | None:
    """Return the component of a result, or a step or error signal by its name."""
    base, items = (tree.value, tree.items) if isinstance(tree, Subscript) else (tree, ())
    if not isinstance(base, Name):
        return None
    for result in results:
        if base.id in (result.name, *_labels(result)):
            return _part(_whole(result), items)
    solution = meaning.solution
    lines = [line for line in solution.backward if line.part == request.part]
    for line in (*lines, *solution.backward, *solution.forward):
        if line.name == base.id:
            value = line.value.entries if line.value is not None else None
            return _part(Answer(line.name, Name(line.name), line.shape, value), items)
    return _derived(meaning, base.id, items, request)


def _derived(
    meaning: Meaning, name: str, items: tuple[Expression, ...], request: Request
) -> Answer | None:
    """Return an error signal that the solution leaves out, with its value if there is one."""
    context = meaning.resolve(request, Name(name))
    if name not in context.definitions:
        return None
    point = next(iter(context.points()))
    value = context.value(Name(name), point, PRECISION) if point.mode == "given" else None
    return _part(Answer(name, Name(name), context.program.tensors[name].shape, value), items)


def _whole(result: Result) -> Answer:
    value = result.value.entries if result.value is not None else None
    return Answer(result.name, own_name(result), result.shape, value)


def _part(answer: Answer, items: tuple[Expression, ...]) -> Answer:
    """Return the component or slice of a quantity; a component of a Jacobian may be partial."""
    if not items:
        return answer
    missing = len(answer.shape) - len(items)
    whole = (Slice(),) * max(0, missing)
    return answer.at((*whole, *items))


def _fault(message: str, hint: str) -> InputError:
    return InputError(Diagnostic("E501", message, hint))
