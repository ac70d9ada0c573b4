"""What is true of a problem: the value of every quantity a sheet can be about, at every point."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

from symback.calculus.program import Program
from symback.check.derivation.memory import Memory
from symback.check.derivation.passes import Line, Part, Script, in_order
from symback.check.derivation.points import (
    Neighbourhood,
    consistent,
    given_point,
    random_points,
    varied,
)
from symback.check.derivation.running import Functions, Point
from symback.check.derivation.scripts import Scripts, complete
from symback.check.derivation.unfolding import DEEP, unfold
from symback.check.formulas.context import Context
from symback.check.formulas.context import Point as Drawn
from symback.errors import SymbackError
from symback.explain.deriving.graph import program_of, spelled
from symback.explain.solution import Line as SolutionLine
from symback.explain.solution import Result, Solution
from symback.explain.solve import solve
from symback.functions.values.arrays import Array
from symback.language import names, parse, substitute, walk
from symback.language.tree import Call, Expression, Name
from symback.notation.derivation import Derivation
from symback.problem.derived import readings
from symback.problem.model import Problem, Request
from symback.problem.names import UNNAMED
from symback.tensor.poly import number


@dataclass
class Chain:
    """The scripts that end in derivatives of one thing, the one used for implied values first."""

    scripts: tuple[Script, ...]
    part: str | None = None
    scalar: str | None = None

    @property
    def main(self) -> Script:
        """The script operation by operation, or the only one there is."""
        return self.scripts[0]

    def has(self, name: str) -> bool:
        """Tell whether the quantity is a line of it."""
        return name in self.main.index


@dataclass(frozen=True, slots=True)
class Quantity:
    """A line of a chain, or some entries of it."""

    name: str
    chain: Chain
    items: tuple[Expression, ...] | None = None

    def __hash__(self) -> int:
        return hash(self.name)


@dataclass
class TrueValues:
    """The derivations of one problem, made once for all sheets."""

    problem: Problem
    functions: Functions
    program: Program = field(init=False)
    solution: Solution = field(init=False)
    chains: list[Chain] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    given: Point | None = None
    around: Neighbourhood = field(init=False)
    held: Memory[dict[str, Array] | None] = field(default_factory=lambda: Memory(500))
    sides: Memory[list[Array]] = field(default_factory=Memory)
    implied: Memory[Array | None] = field(default_factory=Memory)
    slips: Memory[tuple[list[int], Array]] = field(default_factory=Memory)
    terms: Memory[list[Any]] = field(default_factory=lambda: Memory(200))
    """Terms of lines, and slips in them, with their values."""
    rounded: Memory[list[tuple[str, Array]]] = field(default_factory=Memory)
    exact: Memory[bool] = field(default_factory=Memory)
    narrow: Memory[str] = field(default_factory=Memory)
    contexts: Memory[tuple[Context, list[Drawn]]] = field(default_factory=Memory)

    def __post_init__(self) -> None:
        self.program = program_of(self.problem, self.functions)
        self.solution = solve(self.problem, self.functions)
        for request in self.problem.find:
            for chain in self._requested(request):
                self.chains.append(chain)
        self.chains.extend(self._results())
        if not self.chains:
            self.chains.append(self._forward_only())
        groups = [[s for s in c.scripts if s.rows is None] for c in self.chains]
        self.points = random_points(self.problem, self.program, groups, self.functions)
        self.given = given_point(self.problem, self.program)
        self.around = Neighbourhood.of(self.problem, self.program, self.points, self.given)
        for chain in self.chains:
            chain.scripts = tuple(
                script
                for script in chain.scripts
                if consistent(self.points, chain.main, script, self.functions)
            )

    def all_points(self) -> list[Point]:
        """Return the random points, and the values given last."""
        return [*self.points, *([self.given] if self.given is not None else [])]

    def _requested(self, request: Request) -> Iterator[Chain]:
        found = [r for r in self.solution.results if r.request is request]
        if request.verb not in ("gradient", "vjp"):
            return
        seed = request.cotangent.tree if request.cotangent is not None else None
        for of, one in {result.of: result for result in found}.items():
            scalar = one.name[1 : -len("_d" + one.wrt[0])]
            scripts = Scripts(self.problem, self.functions, of, scalar, seed, one.target)
            yield self._chain(scripts, request.part)

    def _chain(self, scripts: Scripts, part: str | None) -> Chain:
        """Return the scripts from the finest to the coarsest."""
        found = [scripts.by_operations(), scripts.by_steps()]
        if _is_deep(found[0]):
            found.append(scripts.by_operations(deep=True))
        closed = scripts.closed()
        named = self._solved(part, scripts)
        found += [script for script in (named, closed) if script is not None]
        return Chain(tuple(complete(found, varied(self.problem))), part, scripts.scalar)

    def _solved(self, part: str | None, scripts: Scripts) -> Script | None:
        """Return the solution as shown: signals with names, and closed forms in them."""
        forward = [Line(name, (Part(tree),)) for name, tree in scripts.forward]
        prefix = f"d{scripts.scalar}_d"
        shared = self.shared(part)
        lines = []
        for line in self._backward(part):
            if line.name not in shared:
                of = line.of if line.name.startswith(prefix) else None
                lines.append(Line(line.name, (Part(substitute(line.formula, shared)),), of))
        for result in self.solution.results:
            if result.part == part and result.kind in ("gradient", "vjp"):
                of = result.wrt[0] if result.name.startswith(prefix) else None
                if result.name not in {line.name for line in lines}:
                    tree = substitute(result.closed_form, shared)
                    lines.append(Line(result.name, (Part(tree),), of))
        return Script((*forward, *in_order(lines)), "solution")

    def _backward(self, part: str | None) -> list[SolutionLine]:
        """Return the lines of the backward pass of a part, and those of others that it uses."""
        lines = self.solution.backward
        own = [line for line in lines if line.part == part]
        known = {line.name for line in own}
        results = [r for r in self.solution.results if r.part == part]
        used = [line.formula for line in own] + [result.closed_form for result in results]
        needed = set().union(*(names(tree) for tree in used)) - known
        chosen = []
        for line in reversed(lines):
            if line.part == part or (line.name in needed and line.name not in known):
                chosen.append(line)
                needed |= names(line.formula) - known
                known.add(line.name)
        return chosen[::-1]

    def shared(self, part: str | None) -> dict[str, Expression]:
        """Return what the names stand for that the solution gave to common parts."""
        found: dict[str, Expression] = {}
        for line in self._backward(part):
            is_signal = line.of is not None and line.name.endswith(f"_d{line.of}")
            if not is_signal:
                found[line.name] = substitute(line.formula, found)
        return found

    def _results(self) -> Iterator[Chain]:
        """Yield a script for the results of each part that are no gradients."""
        parts = dict.fromkeys(result.part for result in self.solution.results)
        steps = spelled(self.problem, self.program).items()
        fine = [Line(n, (Part(t),)) for n, t in unfold(steps, self.program)]
        coarse = [Line(n, (Part(t),)) for n, t in steps]
        for part, forward in product(parts, (fine, coarse)):
            lines = {line.name: line for line in forward}
            shared = self.shared(part)
            for line in self._backward(part):
                if line.name not in shared:
                    tree = substitute(line.formula, shared)
                    lines.setdefault(line.name, Line(line.name, (Part(tree),)))
            others = [r for r in self.solution.results if r.part == part]
            others = [r for r in others if r.kind not in ("gradient", "vjp", "graph")]
            for result in others:
                tree = substitute(result.closed_form, shared)
                lines.setdefault(result.name, Line(result.name, (Part(tree),)))
            script = Script(in_order(lines.values()), "solution")
            if forward is fine:
                finest = script
            elif others:
                rows = [found for r in others if (found := self._rows(r)) is not None]
                yield Chain((finest, script, *rows), part)

    def _rows(self, result: Result) -> Script | None:
        """Return a script that makes a Jacobian or Hessian row by row."""
        if result.kind not in ("jacobian", "hessian") or "[" in result.name:
            return None
        of, target = result.of, None
        if result.kind == "hessian":
            program = program_of(self.problem, self.functions)
            derivation = Derivation(program)
            base = program.leaves[result.wrt[0]]
            if of not in program.tensors:
                return None
            found = derivation.pull_back(program.tensors[of], number(1), [base])[base]
            of, target = f"{of}#gradient", derivation.read(derivation.shortest(found))
        elif of not in self.program.tensors:
            return None
        name = result.wrt[-1]
        scripts = Scripts(self.problem, self.functions, of, of, Name("#seed"), target)
        script = scripts.by_operations()
        lines = [replace(line, name=result.name) if line.of == name else line
                 for line in script.lines]  # fmt: skip
        if result.name not in {line.name for line in lines}:
            return None
        return Script(tuple(lines), "rows", ("#seed", of))

    def _forward_only(self) -> Chain:
        steps = spelled(self.problem, self.program).items()
        return Chain((Script(tuple(Line(n, (Part(t),)) for n, t in steps), "steps"),))

    def find(self, name: str, part: str | None = None) -> Quantity | None:
        """Return the quantity of that name, first among those of a part; None if there is none."""
        ranked = sorted(self.chains, key=lambda chain: part is None or chain.part != part)
        for chain in ranked:
            if chain.has(name):
                return Quantity(name, chain)
        return self._on_demand(name, part)

    def _on_demand(self, name: str, part: str | None) -> Quantity | None:
        for reading in readings(name, self.program.tensors, UNNAMED):
            if reading.along is not None or reading.of not in self.program.tensors:
                continue
            try:
                chain = self._derived(reading.of, reading.wrt, name)
            except SymbackError:
                continue
            if chain is not None and chain.has(name):
                self.chains.append(chain)
                return Quantity(name, chain)
        return None

    def _derived(self, of: str, wrt: tuple[str, ...], name: str) -> Chain | None:
        shape = self.program.tensors[of].shape
        if len(wrt) == 1 and not shape:
            chain = self._chain(Scripts(self.problem, self.functions, of, of), None)
            if not chain.has(name) and wrt[0] in self.program.tensors:
                zero = Line(name, (Part(parse(f"0*{wrt[0]}")),), wrt[0])
                script = Script((*chain.main.lines, zero), "operations")
                return Chain((script,), None, of)
            return chain
        program = program_of(self.problem, self.functions)
        derivation = Derivation(program)
        value = program.tensors[of]
        for step in wrt:
            base = program.leaves[step]
            value = derivation.shortest(derivation.jacobian(value, [base])[base])
        forward = [Line(n, (Part(t),)) for n, t in spelled(self.problem, program).items()]
        line = Line(name, (Part(derivation.read(value)),))
        return Chain((Script((*forward, line), "solution"),), None)

    def value(self, quantity: Quantity, point: Point) -> object:
        """Return the true value of a whole line at a point."""
        return point.environment(quantity.chain.main, self.functions).get(quantity.name)

    def names(self) -> Mapping[str, Chain]:
        """Return every name that formulas may use, with the chain that has it."""
        found: dict[str, Chain] = {}
        for chain in self.chains:
            for name in chain.main.index:
                if "#" not in name:
                    found.setdefault(name, chain)
        return found


def _is_deep(script: Script) -> bool:
    """Tell whether a script has functions that can be opened further."""
    return any(
        isinstance(node, Call) and node.function in DEEP
        for line in script.lines
        for part in line.parts
        for node in walk(part.tree)
    )
