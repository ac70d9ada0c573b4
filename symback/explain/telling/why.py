"""One quantity explained, from what is differentiated back to it: factors, shapes, numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from symback.errors import Diagnostic, InputError
from symback.explain.solution import Result, Solution
from symback.explain.solve import solve
from symback.explain.telling.scene import Scene, WhyStep
from symback.explain.telling.statement import Statement, Story
from symback.explain.telling.story import story_of
from symback.functions import table
from symback.functions.entry import Function
from symback.language import names
from symback.language.tree import Name
from symback.problem.faults import did_you_mean
from symback.problem.model import Formula, Problem, Request

_SECOND = ("hessian", "hvp")


@dataclass(frozen=True, slots=True)
class Why:
    """The explanation of the last of its steps.

    `route` is one way from what is differentiated back to the variable, `routes` their number.
    """

    story: Story
    steps: tuple[WhyStep, ...]
    route: tuple[str, ...]
    routes: int


def why(
    problem: Problem,
    name: str,
    functions: Mapping[str, Function] | None = None,
    solution: Solution | None = None,
) -> Why:
    """Explain one quantity of a problem: a derivative, a variable's gradient or a step.

    `solution` is that of the problem, if it is known.
    Raises: InputError E615 where the problem has none of that name; the errors of `solve`.
    """
    rules = functions if functions is not None else table()
    solution = solution or solve(problem, rules)
    story = story_of(solution)
    target = _find(story, name)
    second = _second(solution, target)
    if second is not None:
        solution = solve(_with_first(problem, second), rules)
        story = story_of(solution)
        target = _find(story, name)
    if target is None:
        solution = solve(_asked(problem, solution, name), rules)
        story = story_of(solution)
        target = _find(story, name)
    if target is None:
        raise _unknown(problem, story, name)
    first = f"d{second.of}_d{second.wrt[0]}" if second is not None else None
    chain = _needed(story, target, first)
    scene = Scene(solution, rules, story)
    steps = tuple(scene.step(one, chain) for one in chain)
    route, count = _route(solution, target)
    return Why(story, steps, route, count)


def _find(story: Story, name: str) -> Statement | None:
    """Return the line of a derivative, by its name, its short name or its variable."""
    aliases = {alias: full for full, alias in story.aliases.items()}
    wanted = aliases.get(name, name)
    for one in story.backward:
        if one.name == wanted:
            return one
    for one in story.forward:
        if one.name == wanted:
            return one
    for one in story.backward:
        if one.kind == "result" and one.wrt == wanted:
            return one
    return None


def _asked(problem: Problem, solution: Solution, name: str) -> Problem:
    """Return the problem with a gradient of that name asked for, if there can be one."""
    scalars = [line.name for line in solution.forward if not line.shape]
    known = {line.name for line in (*solution.given, *solution.forward)}
    if name in known and scalars:
        return _with_gradient(problem, scalars[-1], name)
    for of in reversed(scalars):
        wrt = name.removeprefix(f"d{of}_d")
        if wrt != name and wrt in known:
            return _with_gradient(problem, of, wrt)
    raise _unknown(problem, story_of(solution), name)


def _with_gradient(problem: Problem, of: str, wrt: str) -> Problem:
    targets = (Formula(of, Name(of)),)
    return replace(problem, find=(Request("gradient", targets, (Formula(wrt, Name(wrt)),)),))


def _with_first(problem: Problem, second: Result) -> Problem:
    """Return the problem with the gradient asked for that a second derivative comes from."""
    first = _with_gradient(problem, second.of, second.wrt[0]).find
    return replace(problem, find=(*first, second.request) if second.request else first)


def _second(solution: Solution, target: Statement | None) -> Result | None:
    """Return the second derivative of a step that a line is, if it is one."""
    for result in solution.results:
        if target is not None and (result.name, result.part) == (target.name, target.part):
            steps = solution.problem.define
            return result if result.kind in _SECOND and result.of in steps else None
    return None


def _unknown(problem: Problem, story: Story, name: str) -> InputError:
    known = [one.name for one in (*story.backward, *story.forward)]
    hint = did_you_mean(name, known) or "its quantities are " + ", ".join(known[:12])
    return InputError(Diagnostic("E615", f"`{problem.file}` has no quantity `{name}`", hint))


def _needed(story: Story, target: Statement, first: str | None = None) -> list[Statement]:
    """Return the lines that a line rests on, and it, in the order of the story."""
    if target.kind == "step":
        return [target]
    lines = [one for one in story.backward if one.part == target.part or not story.split]
    by_name = {one.name: one for one in reversed(lines)}
    wanted: set[str] = set()
    stack = [target.name]
    if first is not None:
        stack.append(first)
    while stack:
        name = stack.pop()
        if name in by_name and name not in wanted:
            wanted.add(name)
            formula = by_name[name].formula
            stack.extend(names(formula) if formula is not None else ())
    start = [one for one in lines if one.kind == "given"]
    rest = [by_name[name] for name in by_name if name in wanted and by_name[name] not in start]
    order = {id(one): k for k, one in enumerate(lines)}
    return [*start, *sorted(rest, key=lambda one: order[id(one)])]


def _route(solution: Solution, target: Statement) -> tuple[tuple[str, ...], int]:
    """Return a shortest way from what is differentiated back to the variable, and how many."""
    uses = {line.name: names(line.formula) for line in solution.forward}
    if target.wrt is None or target.of is None:
        return (), 0
    roots = [target.of] if target.of in uses else [r.of for r in solution.results if r.of in uses]
    if not roots:
        return (), 0
    counts = _counts(target.wrt, uses)
    came_from: dict[str, str] = {}
    queue = [roots[0]]
    for name in queue:
        for operand in sorted(uses.get(name, ())):
            if operand not in came_from and counts.get(operand):
                came_from[operand] = name
                queue.append(operand)
    route = [target.wrt]
    while route[-1] in came_from:
        route.append(came_from[route[-1]])
    found = tuple(reversed(route)) if route[-1] == roots[0] else ()
    return found, counts.get(roots[0], 0)


def _counts(wrt: str, uses: Mapping[str, frozenset[str]]) -> dict[str, int]:
    """Return from each name the number of ways to a variable."""
    counts = {wrt: 1}
    for root in uses:
        stack = [root]
        while stack:
            name = stack[-1]
            operands = uses.get(name, frozenset()) if name not in counts else frozenset()
            missing = operands - counts.keys()
            stack.extend(missing)
            if not missing:
                stack.pop()
                counts.setdefault(name, sum(counts[one] for one in operands))
    return counts
