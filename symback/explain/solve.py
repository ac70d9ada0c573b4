"""Solving a problem: derive, name what is used twice, write closed forms, evaluate."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import chain

from symback.calculus.program import Program
from symback.errors import Diagnostic, InputError, SymbackError
from symback.explain.deriving.agreement import agreed
from symback.explain.deriving.cancelling import program_without
from symback.explain.deriving.expected import components_expected
from symback.explain.deriving.graph import placed, program_of, spelled
from symback.explain.deriving.requests import Derived, Scope
from symback.explain.deriving.sizes import curable, sizes_note, with_sizes
from symback.explain.deriving.verbs import derive
from symback.explain.evaluating.components import MAX_NODES, components_of, expand
from symback.explain.evaluating.limiting import with_limits
from symback.explain.evaluating.values import Quantities
from symback.explain.naming.sharing import share
from symback.explain.solution import Component, Line, Result, Solution
from symback.functions.entry import Function
from symback.functions.values.entries import Undefined
from symback.language import names, size, substitute
from symback.language.tree import Expression, Name
from symback.notation.derivation import Derivation, Step
from symback.numeric.value import Value
from symback.problem.model import Formula, Problem, Request
from symback.tensor.modes import GUARDED
from symback.tensor.poly import GROUP, Poly

#: Trees of as many nodes as an expression may have are compared and hashed recursively.
DEPTH = 12_000


@dataclass(slots=True)
class _Work:
    """What is collected while the requests of one problem are solved."""

    scope: Scope
    lines: list[Line] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)


def solve(problem: Problem, functions: Mapping[str, Function]) -> Solution:
    """Derive and evaluate everything that a problem asks for.

    Where a value is undefined only because of how its closed form is written, as at a kink or
    behind a branch, forms are derived that follow the convention there; what is left has the value
    of its limit where the derivative exists. Where there is no form in
    named dimensions, the sizes that the problem gives are put in, and a note says so.
    Raises: InputError with every fault that was found, LimitError where a bound was reached.
    """
    sys.setrecursionlimit(max(sys.getrecursionlimit(), DEPTH))
    problem = agreed(problem, functions)
    try:
        solution, quantities = _solve(problem, functions)
    except InputError as error:
        if not curable(error, problem):
            raise
        found = solve(with_sizes(problem), functions)
        return replace(found, notes=(sizes_note(problem), *found.notes))
    if _undefined(solution) or any(note.code == "kink" for note in solution.notes):
        token = GUARDED.set(_norms(program_of(problem, functions)))
        try:
            careful, followed = _solve(problem, functions, guarded=True)
        finally:
            GUARDED.reset(token)
        if _undefined(careful) < _undefined(solution) or _numbers(careful) != _numbers(solution):
            solution, quantities = careful, followed
    return with_limits(solution, quantities) if _undefined(solution) else solution


def _numbers(solution: Solution) -> list[object]:
    """Return the values of all results."""
    return [result.value and result.value.floats() for result in solution.results]


def _norms(program: Program) -> frozenset[str]:
    """Return the names of the steps that are roots of sums of squares."""
    found = set()
    for base, value in program.definitions.items():
        if len(value.terms) == 1:
            factors = value.terms[0][0].factors
            if any(f.atom.kind == GROUP and f.exponent == Fraction(1, 2) for f in factors):
                found.add(base.name)
    return frozenset(found)


def _undefined(solution: Solution) -> int:
    """Return how many entries of the results have no value."""
    return sum(
        isinstance(entry, Undefined)
        for result in solution.results
        if result.value is not None
        for entry in result.value.entries.flat
    )


def _solve(
    problem: Problem, functions: Mapping[str, Function], guarded: bool = False
) -> tuple[Solution, Quantities]:
    program = program_without(problem, functions, guarded)
    scope = Scope(problem, program)
    quantities = Quantities(problem, program)
    forward = _forward(problem, program)
    for line in forward:
        quantities.define(line.name, line.formula)
    work = _Work(scope)
    faults: list[Diagnostic] = []
    for request in problem.find:
        try:
            _answer(work, request, quantities)
        except SymbackError as error:
            item = _item(problem, request)
            found = [placed(diagnostic, item) for diagnostic in error.diagnostics]
            if not isinstance(error, InputError):
                raise type(error)(found) from error
            faults.extend(found)
    if faults:
        raise InputError(faults)
    return _evaluated(problem, work, forward, quantities), quantities


def _item(problem: Problem, request: Request) -> Request | Formula:
    """Return where faults of a request are shown: the last step where there is no `find`."""
    if request.node is not None or not problem.define:
        return request
    return list(problem.define.values())[-1].formula


def _forward(problem: Problem, program: Program) -> list[Line]:
    return [
        Line(name, tree, program.tensors[name].shape, note=problem.define[name].note)
        for name, tree in spelled(problem, program).items()
    ]


def _answer(work: _Work, request: Request, quantities: Quantities) -> None:
    scope = work.scope
    start = len(scope.derivations)
    derived = list(derive(scope, request))
    reader = scope.reader
    parts = {name: scope.program.leaves[name] for name in scope.program.parts}
    steps = [Step(name, scope.program.definitions[base]) for name, base in parts.items()]
    steps += [step for _, d in scope.derivations[start:] for step in d.steps]
    trees = [_tree(reader, one, quantities) for one in derived]
    named = {one.name: k for k, one in enumerate(derived)}
    used = _used(trees, steps, reader)
    scope.reader = Derivation(scope.program)
    for step in steps:
        if step.name not in used and step.name not in parts:
            scope.program.forget(step.name)
    kept = [step for step in steps if step.name in used]
    forms = [(step.name, reader.reader.defined(step.value)) for step in kept]
    lengths = [size(tree) for tree in trees]
    shared, trees, step_trees = share(scope.program, trees, forms)
    answers = {name for name, k in named.items() if trees[k] == Name(name)}
    lines = [Line(name, tree, shape, part=request.part) for name, tree, shape in shared]
    lines += [
        Line(step.name, tree, step.value.shape, part=request.part, of=step.of)
        for step, tree in zip(kept, step_trees, strict=True)
    ]
    for line in _in_order(lines):
        quantities.define(line.name, line.formula)
        if line.name in answers:
            trees[named[line.name]] = line.formula
        else:
            work.lines.append(line)
    constant = {name: part for name, part, _ in shared if names(part) <= scope.program.dims.keys()}
    common = {name for name, _, _ in shared} - constant.keys()
    for one, tree, nodes in zip(derived, trees, lengths, strict=True):
        sources = [one.value] if nodes <= MAX_NODES else [scope.elaborate(tree)]
        if nodes <= MAX_NODES and not common.isdisjoint(names(tree)):
            with suppress(SymbackError):
                sources.append(scope.elaborate(substitute(tree, constant)))
        work.results.append(_result(work, one, tree, sources, quantities))


def _in_order(lines: list[Line]) -> list[Line]:
    """Put each line after the lines that it uses, otherwise as they come."""
    by_name = {line.name: line for line in lines}
    order: dict[str, Line] = {}
    for first in lines:
        stack = [first]
        while stack:
            line = stack[-1]
            if line.name in order:
                stack.pop()
                continue
            used = sorted(names(line.formula) & by_name.keys() - order.keys() - {line.name})
            if used:
                stack.extend(by_name[name] for name in used)
            else:
                order[line.name] = stack.pop()
    return list(order.values())


def _used(trees: list[Expression], steps: list[Step], reader: Derivation) -> set[str]:
    """Return the names of steps that the results rest on."""
    used = {name for tree in trees for name in names(tree)}
    for step in reversed(steps):
        if step.name in used:
            used |= names(reader.reader.defined(step.value))
    return used


def _tree(reader: Derivation, one: Derived, quantities: Quantities) -> Expression:
    if one.kind in ("value", "graph"):
        return quantities.definitions.get(one.name, one.target.formula)
    tree = reader.read(one.value)
    return reader.reader.defined(one.value) if tree == Name(one.name) else tree


def _result(
    work: _Work, one: Derived, tree: Expression, sources: list[Poly], quantities: Quantities
) -> Result:
    """Return a result; its components are the shortest entries of `sources`, which are all equal.

    Those in names of parts are often short; parts that are constants are written out in them.
    """
    asked = components_expected(one)
    key = quantities.define_result(one, tree)
    return Result(
        kind=one.kind,
        of=one.target.name,
        target=one.target.formula,
        wrt=one.wrt,
        name=one.name,
        shape=one.value.shape,
        closed_form=tree,
        expanded=expand(tree, quantities.expanded),
        components=_shortest(
            [components_of(work.scope, one, source, tree, asked) for source in sources]
        ),
        part=one.request.part,
        asked=asked,
        request=one.request,
        key=key,
    )


def _shortest(found: list[tuple[Component, ...]]) -> tuple[Component, ...]:
    """Return each entry in its shortest form, row by row."""
    best: dict[tuple[int, ...], Component] = {}
    for one in chain.from_iterable(found):
        known = best.get(one.index)
        if known is None or size(one.formula) < size(known.formula):
            best[one.index] = one
    return tuple(best[index] for index in sorted(best))


def _evaluated(
    problem: Problem, work: _Work, forward: list[Line], quantities: Quantities
) -> Solution:
    values = _values(problem, quantities)
    ranks = {name: len(value.shape) for name, value in work.scope.program.tensors.items()}
    ranks.update({line.name: len(line.shape) for line in work.lines})
    ranks.update({result.name: len(result.shape) for result in work.results})
    given = [
        Line(name, Name(name), work.scope.program.tensors[name].shape, values.get(name))
        for name in problem.given
    ]
    return Solution(
        problem=problem,
        given=tuple(given),
        forward=tuple(_with_value(line, values) for line in forward),
        backward=tuple(_with_value(line, values) for line in work.lines),
        results=tuple(_valued(result, values) for result in work.results),
        notes=tuple(quantities.notes(values)),
        ranks=ranks,
    )


def _values(problem: Problem, quantities: Quantities) -> dict[str, Value]:
    """Evaluate everything; a fault is shown at the step where it occurs, or at the last one."""
    try:
        return quantities.evaluate()
    except SymbackError as error:
        notes = getattr(error, "__notes__", ())
        step = next((problem.define[name] for name in notes if name in problem.define), None)
        item = step or next(iter(list(problem.define.values())[::-1]), None)
        if item is None:
            raise
        faults = [one if step else replace(one, span=None) for one in error.diagnostics]
        raise type(error)(placed(one, item) for one in faults) from error


def _with_value(line: Line, values: Mapping[str, Value]) -> Line:
    return replace(line, value=values.get(line.name))


def _valued(result: Result, values: Mapping[str, Value]) -> Result:
    return replace(result, value=values.get(result.key))
