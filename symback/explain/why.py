"""One quantity explained, from what is differentiated back to it: factors, shapes, numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from symback.calculus.elaborate import Elaborator
from symback.errors import Diagnostic, InputError, SymbackError
from symback.explain.graph import program_of
from symback.explain.solution import Solution
from symback.explain.solve import solve
from symback.explain.statement import Statement, Story
from symback.explain.story import story_of
from symback.functions import table
from symback.functions.entry import Function
from symback.language import names, walk
from symback.language.tree import Binary, Call, Compare, Expression, Name, Negate, Number, Transpose
from symback.notation.derivation import Derivation
from symback.numeric import solve_values
from symback.numeric.value import Value
from symback.problem.faults import did_you_mean
from symback.problem.model import Formula, Problem, Request
from symback.tensor.dims import Dim, Shape
from symback.tensor.poly import leaf, number

#: `back`: a matrix that the signal goes back through; `summed`: one whose rows are summed over.
Role = Literal["signal", "quantity", "slope", "back", "summed", "turned", "row", "part"]


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of a closed form, with what it does there.

    `step` is the step whose formula is the reason: the one in which a transposed matrix stands
    as it is, or the one with the function of a slope; `earlier` the number of the line that
    explains a signal; `lengths` how many entries a matrix takes to how many, on the way forward.
    """

    formula: Expression
    shape: Shape | None
    value: Value | None
    role: Role
    step: str | None = None
    earlier: int | None = None
    lengths: tuple[Dim, Dim] | None = None


@dataclass(frozen=True, slots=True)
class WhyStep:
    """One line of the explanation; `before` are the cotangents that melted into it, by step."""

    statement: Statement
    factors: tuple[Factor, ...]
    before: tuple[tuple[str, Expression], ...] = ()


@dataclass(frozen=True, slots=True)
class Why:
    """The explanation of the last of its steps.

    `route` is one way from what is differentiated back to the variable, `routes` their number.
    """

    story: Story
    steps: tuple[WhyStep, ...]
    route: tuple[str, ...]
    routes: int


def why(problem: Problem, name: str, functions: Mapping[str, Function] | None = None) -> Why:
    """Explain one quantity of a problem: a derivative, a variable's gradient or a step.

    Raises: InputError E615 where the problem has none of that name; the errors of `solve`.
    """
    rules = functions if functions is not None else table()
    solution = solve(problem, rules)
    story = story_of(solution)
    target = _find(story, name)
    if target is None:
        solution = solve(_asked(problem, solution, name), rules)
        story = story_of(solution)
        target = _find(story, name)
    if target is None:
        raise _unknown(problem, story, name)
    chain = _needed(story, target)
    scene = _Scene(solution, rules, story)
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


def _unknown(problem: Problem, story: Story, name: str) -> InputError:
    known = [one.name for one in (*story.backward, *story.forward)]
    hint = did_you_mean(name, known) or "its quantities are " + ", ".join(known[:12])
    return InputError(Diagnostic("E615", f"`{problem.file}` has no quantity `{name}`", hint))


def _needed(story: Story, target: Statement) -> list[Statement]:
    """Return the lines that a line rests on, and it, in the order of the story."""
    if target.kind == "step":
        return [target]
    lines = [one for one in story.backward if one.part == target.part or not story.split]
    by_name = {one.name: one for one in reversed(lines)}
    wanted: set[str] = set()
    stack = [target.name]
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
    found: dict[str, tuple[str, ...]] = {roots[0]: (roots[0],)}
    counts = _counts(target.wrt, solution)
    queue = [roots[0]]
    for name in queue:
        for operand in sorted(uses.get(name, ())):
            if operand not in found and counts.get(operand):
                found[operand] = (*found[name], operand)
                queue.append(operand)
    return found.get(target.wrt, ()), counts.get(roots[0], 0)


def _counts(wrt: str, solution: Solution) -> dict[str, int]:
    """Return from each name the number of ways to a variable."""
    counts = {wrt: 1}
    waiting = [line for line in solution.forward if line.name != wrt]
    while waiting:
        open_names = {line.name for line in waiting}
        ready = [line for line in waiting if not names(line.formula) & open_names]
        if not ready:
            break
        for line in ready:
            counts[line.name] = sum(counts.get(name, 0) for name in names(line.formula))
        waiting = [line for line in waiting if line not in ready]
    return counts


class _Scene:
    """The tensors and values of a solution, for factors that have no name."""

    def __init__(self, solution: Solution, functions: Mapping[str, Function], story: Story) -> None:
        self.solution = solution
        self.functions = functions
        self.story = story
        self.program = program_of(solution.problem, functions)
        lines = (*solution.given, *solution.forward, *solution.backward)
        self.values = {line.name: line.value for line in lines if line.value is not None}
        self.tensors = dict(self.program.tensors)
        for line in solution.backward:
            self.tensors.setdefault(line.name, leaf(line.name, line.shape))
        for one in story.backward:
            if one.value is not None:
                self.values.setdefault(one.name, one.value)
            if one.kind == "result":
                self.tensors.setdefault(one.name, leaf(one.name, one.shape))
        self.forward = {line.name: line.formula for line in solution.forward}

    def step(self, one: Statement, chain: Sequence[Statement]) -> WhyStep:
        """Return a line with its factors and with what melted into it."""
        earlier = {other.name: k + 1 for k, other in enumerate(chain)}
        factors = []
        if one.formula is not None:
            for formula, row in _factors(one.formula):
                factors.append(self._factor(one, formula, row, earlier))
        return WhyStep(one, tuple(factors), tuple(self._melted(one)))

    def _factor(
        self, one: Statement, formula: Expression, row: bool, earlier: Mapping[str, int]
    ) -> Factor:
        found = Factor(
            formula, self._shape(formula), self._value(formula), "row" if row else "part"
        )
        if row:
            return found
        match formula:
            case Name(id):
                place = earlier.get(id)
                return replace(found, role="quantity" if place is None else "signal", earlier=place)
            case Transpose(Name(id)):
                return self._transposed(found, id, one.wrt)
            case Compare() | Call():
                step = self._activation(formula)
                return found if step is None else replace(found, role="slope", step=step)
            case _:
                return found

    def _transposed(self, found: Factor, name: str, wrt: str | None) -> Factor:
        """Say why a matrix is transposed, from the product in which it stands as it is."""
        for step, formula in self.forward.items():
            for node in walk(formula):
                if not isinstance(node, Binary) or node.op != "@":
                    continue
                sides = (node.left, node.right)
                if Name(name) not in sides or found.shape is None or len(found.shape) != 2:
                    continue
                left = node.left == Name(name)
                if wrt is not None and wrt in names(sides[left]):
                    return replace(found, role="summed", step=step)
                first, last = found.shape
                lengths = (first, last) if left else (last, first)
                return replace(found, role="back", step=step, lengths=lengths)
        return replace(found, role="turned")

    def _activation(self, formula: Expression) -> str | None:
        """Return the step that applies a function to what a slope depends on."""
        used = names(formula)
        for step, tree in self.forward.items():
            match tree:
                case Call(_, (Name(argument),), ()) if argument in used or step in used:
                    return step
                case _:
                    pass
        return None

    def _shape(self, formula: Expression) -> Shape | None:
        elaborate = Elaborator(self.functions, self.tensors, self.program.dims)
        try:
            return elaborate(formula).shape
        except SymbackError:
            return None

    def _value(self, formula: Expression) -> Value | None:
        if isinstance(formula, Name):
            return self.values.get(formula.id)
        sizes = {name: size for name, size in self.program.dims.items() if size is not None}
        known = {name: value.entries for name, value in self.values.items()}
        if not names(formula) <= {*known, *sizes, "pi"}:
            return None
        used = {name: known[name] for name in names(formula) if name in known}
        found = solve_values({**sizes, **used}, [("#", formula)], ["#"], self.functions)
        return found["#"]

    def _melted(self, one: Statement) -> Iterable[tuple[str, Expression]]:
        """Yield the cotangents of the steps whose slopes melted into a line."""
        if one.of is None or one.of not in self.program.leaves:
            return
        output = self.program.tensors[one.of]
        for melted in one.melted:
            base = self.program.leaves.get(melted.step)
            if base is not None and not output.shape:
                derivation = Derivation(self.program)
                found = derivation.pull_back(output, number(1), [base])[base]
                yield melted.step, derivation.read(derivation.shortest(found))


_ONE = Number(Fraction(1))


def _factors(formula: Expression) -> Iterable[tuple[Expression, bool]]:
    """Yield the factors of a product or of the terms of a sum, and which are rows by columns."""
    stack = [(formula, False)]
    while stack:
        node, row = stack.pop()
        match node:
            case Negate(operand):
                stack.append((operand, row))
            case Binary("+" | "-" | "@" | "*", left, right) if not _plain(node):
                stack += [(right, row), (left, row)]
            case Binary("/", left, right) if left != _ONE:
                if not isinstance(right, Number):
                    stack.append((Binary("/", _ONE, right), False))
                stack.append((left, row))
            case Call("outer", (left, right)):
                stack += [(right, True), (left, False)]
            case Number():
                pass
            case _:
                yield node, row


def _plain(node: Expression) -> bool:
    """Tell whether a sum has no products in it, such as y - t: it is a factor by itself."""
    match node:
        case Binary("+" | "-", left, right):
            return _atom(left) and _atom(right)
        case _:
            return False


def _atom(node: Expression) -> bool:
    match node:
        case Name() | Number():
            return True
        case Binary("**", left, Number()):
            return _atom(left)
        case Binary("+" | "-", left, right):
            return _atom(left) and _atom(right)
        case _:
            return False
