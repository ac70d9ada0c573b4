"""What names mean in the formulas of a solved problem: its values, steps and error signals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from symback.check.formulas.context import Context
from symback.check.formulas.sampling import Variable
from symback.explain.deriving.requests import Scope
from symback.explain.solution import Line, Result, Solution
from symback.functions.entry import Function
from symback.language import names, substitute
from symback.language.tree import Expression, Name
from symback.notation.derivation import Derivation
from symback.problem.derived import readings
from symback.problem.model import Request
from symback.tensor.poly import number


@dataclass(slots=True)
class Meaning:
    """Contexts for the parts of one solution, each made when first asked for."""

    solution: Solution
    functions: Mapping[str, Function]
    _contexts: dict[str | None, Context] = field(default_factory=dict)

    def context(self, part: str | None = None) -> Context:
        """Return the context of a part: names that several parts define mean that part's."""
        found = self._contexts.get(part)
        if found is None:
            found = self._contexts[part] = self._build(part)
        return found

    def _build(self, part: str | None) -> Context:
        from symback.explain.deriving.graph import program_of

        solution = self.solution
        program = program_of(solution.problem, self.functions)
        context = Context(program, self._variables(), {})
        context.definitions.update((line.name, line.formula) for line in solution.forward)
        self._define(context, {line.name: line.formula for line in lines_of(solution, part)})
        return context

    @staticmethod
    def _define(context: Context, waiting: Mapping[str, Expression]) -> None:
        """Add definitions, each after those that it uses."""
        stack = list(waiting)[::-1]
        while stack:
            name = stack[-1]
            open_ = names(waiting[name]) & waiting.keys() - context.program.tensors.keys() - {name}
            if open_ and name not in context.program.tensors:
                stack.extend(sorted(open_))
                continue
            stack.pop()
            if name not in context.program.tensors:
                context.define(name, waiting[name])

    def _variables(self) -> dict[str, Variable]:
        given = self.solution.problem.given
        variables = {}
        for line in self.solution.given:
            declared = given[line.name]
            value = line.value.entries if line.value is not None else None
            variables[line.name] = Variable(line.shape, declared.facts, value)
        return variables

    def resolve(self, request: Request, *trees: Expression) -> Context:
        """Return a context in which the names of derivatives in formulas are defined as well.

        Names that cannot be read stay as they are; `equivalent` reports them.
        """
        context = self.context(request.part)
        stack = sorted(set().union(*map(names, trees)))
        waiting: dict[str, Expression] = {}
        while stack:
            name = stack[-1]
            if name in context.program.tensors:
                stack.pop()
            elif name in waiting:
                context.define(stack.pop(), waiting[name])
            elif (derived := self._derivative(name, context, request)) is not None:
                waiting[name] = derived
                stack.extend(sorted(names(derived) - {name}))
            else:
                stack.pop()
        return context

    def readable(self, tree: Expression, part: str | None) -> Expression:
        """Return a formula without the names of shared parts, which a problem file cannot use."""
        shared = {
            line.name: line.formula for line in lines_of(self.solution, part) if line.of is None
        }
        for _ in range(len(shared)):
            used = names(tree) & shared.keys()
            if not used:
                break
            tree = substitute(tree, {name: shared[name] for name in used})
        return tree

    def _derivative(self, name: str, context: Context, request: Request) -> Expression | None:
        """Return the closed form of `dL_dz2`: a result, or derived now."""
        for result in self.solution.results:
            if result.name == name and result.part == request.part:
                return result.closed_form
        program = context.program
        for reading in readings(name, program.leaves.keys(), ("L", "F")):
            if reading.along is not None or len(reading.wrt) != 1:
                continue
            base = program.leaves[reading.wrt[0]]
            derivation = Derivation(program)
            if reading.of not in program.leaves:
                return self._pulled(name, context, request)
            target = program.tensors[reading.of]
            if target.shape:
                return derivation.read(derivation.jacobian(target, [base])[base])
            return derivation.read(derivation.pull_back(target, number(1), [base])[base])
        return None

    def _pulled(self, name: str, context: Context, request: Request) -> Expression | None:
        """Return a cotangent of a scalar that has no name of its own."""
        scope = Scope(self.solution.problem, context.program)
        for target in scope.targets(request):
            for base_name, base in context.program.leaves.items():
                if name != f"d{target.scalar}_d{base_name}":
                    continue
                seed = number(1)
                if request.cotangent is not None:
                    seed = scope.direction(request.cotangent, target.value, "cotangent")
                derivation = Derivation(context.program)
                return derivation.read(derivation.pull_back(target.value, seed, [base])[base])
        return None


def lines_of(solution: Solution, part: str | None) -> list[Line]:
    """Return the error signals and shared parts, those of `part` where a name recurs."""
    chosen: dict[str, Line] = {}
    for line in solution.backward:
        if line.name not in chosen or line.part == part:
            chosen[line.name] = line
    return [line for line in solution.backward if chosen[line.name] is line]


def own_name(result: Result) -> Expression:
    """Return the formula that is compared: the result's closed form."""
    return result.closed_form if result.kind != "graph" else Name(result.of)
