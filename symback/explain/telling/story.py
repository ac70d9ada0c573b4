"""A solution in the order in which a textbook tells it: forward, backward, what was asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from heapq import heapify, heappop, heappush

from symback.explain.drawing.paths import PathFinder
from symback.explain.solution import Component, Line, Result, Solution
from symback.explain.telling.aliases import aliases_of
from symback.explain.telling.melted import melted_slopes, users_of
from symback.explain.telling.statement import Answer, Kind, Part, Statement, Story
from symback.language import names
from symback.language.tree import Expression, Name
from symback.problem.model import Formula

#: Results of at most this many entries are shown entry by entry.
MAX_SHOWN = 16

_DERIVED = ("gradient", "vjp", "jacobian", "jvp", "hessian", "hvp")


def story_of(solution: Solution) -> Story:
    """Return a solution as a story."""
    aliases = aliases_of(solution)
    backward = _backward(solution, aliases)
    seen: dict[str, Expression | None] = {}
    split = any(seen.setdefault(one.name, one.formula) != one.formula for one in backward)
    kinds = {result.kind for result in solution.results}
    return Story(
        solution=solution,
        forward=_forward(solution),
        backward=backward,
        parts=_parts(solution, backward),
        notes=solution.notes,
        aliases=aliases,
        reverse=bool(kinds & {"gradient", "vjp"}),
        split=split,
    )


def _forward(solution: Solution) -> tuple[Statement, ...]:
    steps = [
        Statement("step", line.name, line.formula, line.shape, line.value, note=line.note)
        for line in solution.forward
    ]
    return (*steps, *_targets(solution))


def _targets(solution: Solution) -> Iterable[Statement]:
    """Yield expressions that are differentiated without being steps: `gradient: sum(x*x)`."""
    seen: set[tuple[str, Expression]] = set()
    for result in solution.results:
        key = (result.of, result.target)
        if result.kind in _DERIVED and not isinstance(result.target, Name) and key not in seen:
            seen.add(key)
            yield Statement("step", *key, (), part=result.part)


def _backward(solution: Solution, aliases: Mapping[str, str]) -> tuple[Statement, ...]:
    """Return signals, shared parts and results, each after what it uses and as early as it can."""
    melted = melted_slopes(solution)
    users = users_of(solution)
    finder = PathFinder(solution)
    statements: list[Statement] = []
    for part, results in _by_request(solution):
        reached = {one.target: _reaching(one.target, solution) for one in results}
        active = frozenset().union(*reached.values())
        own = {one.name: reached[one.target] for one in results}
        lines = _lines_for(solution, part, results)
        pending = [_of_result(result, finder) for result in results]
        found = [*_cotangents(results), *_interleaved([_of_line(one) for one in lines], pending)]
        for one in found:
            step = _wrt(one, solution)
            extra = melted.get(step or "", ()) if one.kind in ("signal", "result") else ()
            extra = tuple(slope for slope in extra if slope.step in own.get(one.name, active))
            through = tuple(u for u in users.get(step, ()) if u in active) if step else ()
            alias = aliases.get(one.name)
            of = _scalar(one)
            statements.append(
                replace(one, alias=alias, melted=extra, through=through, wrt=step, of=of)
            )
    return _without_repetition(statements)


def _reaching(target: Expression, solution: Solution) -> frozenset[str]:
    """Return the steps that what is differentiated depends on."""
    uses = {line.name: names(line.formula) for line in solution.forward}
    active: set[str] = set()
    stack = list(names(target))
    while stack:
        name = stack.pop()
        if name in uses and name not in active:
            active.add(name)
            stack.extend(uses[name])
    return frozenset(active)


def _scalar(one: Statement) -> str | None:
    """Return the name of the scalar whose gradient a line is: `L` in `dL_dz2`."""
    end = f"_d{one.wrt}"
    if one.of is not None and one.verb != "vjp":
        return one.of
    return one.name[1 : -len(end)] if one.wrt and one.name.endswith(end) else None


def _wrt(one: Statement, solution: Solution) -> str | None:
    if one.wrt is None:
        return None
    base = one.wrt.partition("[")[0]
    return base if base in solution.ranks else None


def _by_request(solution: Solution) -> list[tuple[str | None, list[Result]]]:
    groups: dict[int, tuple[str | None, list[Result]]] = {}
    for result in solution.results:
        if result.kind in _DERIVED:
            groups.setdefault(id(result.request), (result.part, []))[1].append(result)
    return list(groups.values())


def _lines_for(solution: Solution, part: str | None, results: list[Result]) -> list[Line]:
    """Return the signals and shared parts that some results rest on."""
    known = {line.name: line for line in solution.backward if line.part == part}
    known = {**{line.name: line for line in solution.backward}, **known}
    wanted: set[str] = set()
    stack = [name for result in results for name in names(result.closed_form)]
    while stack:
        name = stack.pop()
        if name in known and name not in wanted:
            wanted.add(name)
            stack.extend(names(known[name].formula))
    return [line for name, line in known.items() if name in wanted]


def _of_line(line: Line) -> Statement:
    kind: Kind = "signal" if line.of is not None else "shared"
    return Statement(kind, line.name, line.formula, line.shape, line.value, line.part, wrt=line.of)


def _of_result(result: Result, finder: PathFinder) -> Statement:
    wrt = result.wrt[0] if len(result.wrt) == 1 else None
    paths = None
    if result.kind == "gradient" and wrt is not None and not result.shape:
        paths = finder.between(result.of, wrt)
    return Statement(
        "result",
        result.name,
        result.closed_form,
        result.shape,
        result.value,
        result.part,
        verb=result.kind,
        of=result.of,
        wrt=wrt,
        paths=paths,
    )


def _cotangents(results: Sequence[Result]) -> Iterable[Statement]:
    """Yield the cotangents from which vector-Jacobian products start."""
    seen: set[str] = set()
    for result in results:
        request = result.request
        if result.kind != "vjp" or request is None or request.cotangent is None:
            continue
        name = result.name[: -len(result.wrt[0])] + result.of
        if name not in seen:
            seen.add(name)
            formula: Formula = request.cotangent
            yield Statement("given", name, formula.tree, (), part=result.part)


def _interleaved(lines: Sequence[Statement], results: Sequence[Statement]) -> list[Statement]:
    """Put each result after the last signal that it uses; shared parts before their first use."""
    every = [*results, *lines]
    later = {one.name for one in every}
    missing = [(_uses(one) & later) - {one.name} for one in every]
    users: dict[str, list[int]] = {}
    for place, used in enumerate(missing):
        for name in used:
            users.setdefault(name, []).append(place)
    waiting = [len(used) for used in missing]
    due = [place for place, count in enumerate(waiting) if not count]
    heapify(due)
    told: dict[int, Statement] = {}
    stuck = iter(range(len(every)))
    while len(told) < len(every):
        place = heappop(due) if due else next(k for k in stuck if k not in told)
        if place in told:
            continue
        told[place] = every[place]
        for user in users.pop(every[place].name, []):
            waiting[user] -= 1
            if not waiting[user]:
                heappush(due, user)
    return list(told.values())


def _uses(one: Statement) -> frozenset[str]:
    return names(one.formula) if one.formula is not None else frozenset()


def _without_repetition(statements: list[Statement]) -> tuple[Statement, ...]:
    seen: set[tuple[str, Expression | None]] = set()
    kept = []
    for one in statements:
        key = (one.name, one.formula)
        if key not in seen:
            seen.add(key)
            kept.append(one)
    return tuple(kept)


def _parts(solution: Solution, backward: tuple[Statement, ...]) -> tuple[Part, ...]:
    told = {(one.name, one.formula): one for one in backward}
    groups: dict[str | None, list[Result]] = {}
    for result in solution.results:
        groups.setdefault(result.part, []).append(result)
    steps = {line.name: line.formula for line in solution.forward}
    parts = []
    for name, results in groups.items():
        requests = {id(r.request): r.request for r in results if r.request is not None}
        titles = tuple(r.title for r in requests.values() if r.title)
        notes = tuple(r.note for r in requests.values() if r.note)
        answers = tuple(_answer(result, told, steps) for result in results)
        parts.append(Part(name, titles, notes, answers))
    return tuple(parts)


def _answer(
    result: Result,
    told: Mapping[tuple[str, Expression | None], Statement],
    steps: Mapping[str, Expression],
) -> Answer:
    formula = result.closed_form
    if result.kind in ("value", "graph") and formula == Name(result.name):
        formula = steps.get(result.name, formula)
    statement = told.get((result.name, formula)) or Statement(
        "result", result.name, formula, result.shape, result.value, result.part
    )
    return Answer(result, replace(statement, kind="result"), _shown(result))


def _shown(result: Result) -> tuple[Component, ...]:
    """Return the components to be shown: all of a small result, else those asked for."""
    if not result.shape:
        return ()
    if result.kind == "value":
        return ()
    if len(result.components) <= MAX_SHOWN:
        return result.components
    known = {one.index: one for one in result.components}
    return tuple(known[index] for index in result.asked if index in known)
