"""Scripts of one problem: the same derivation operation by operation, step by step, and closed."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from symback.calculus.elaborate import Elaborator
from symback.calculus.program import Program
from symback.check.derivation.passes import Edge, Line, Part, Script
from symback.check.derivation.unfolding import unfold
from symback.errors import SymbackError
from symback.explain.deriving.graph import program_of, spelled
from symback.explain.deriving.structures import tied
from symback.functions.entry import Function
from symback.language import operands, rebuild, substitute
from symback.language.tree import Expression, Name, Number
from symback.notation.derivation import Derivation
from symback.problem.model import Problem
from symback.tensor.dims import Shape
from symback.tensor.poly import leaf, number

Step = tuple[str, Expression]
#: Closed forms of more lines than this are not derived for every step at once.
MAX_STEPS = 60


class Scripts:
    """Makes the scripts for the derivatives of one quantity `of`, called `scalar`.

    `seed` is the cotangent of `of`; None stands for 1, the gradient of a scalar.
    """

    def __init__(
        self,
        problem: Problem,
        functions: Mapping[str, Function],
        of: str,
        scalar: str,
        seed: Expression | None = None,
        target: Expression | None = None,
    ) -> None:
        self.problem = problem
        self.functions = functions
        self.of = of
        self.scalar = scalar
        self.seed = seed
        self.program = program_of(problem, functions)
        self.forward = list(spelled(problem, self.program).items())
        if of not in self.program.tensors and target is not None:
            elaborate = Elaborator(functions, self.program.tensors, self.program.dims)
            self.program.define(of, elaborate(target))
            self.forward.append((of, target))

    def cotangent(self, name: str) -> str:
        """Return what the cotangent of a step is called."""
        return f"d{self.scalar}_d{name}"

    def by_steps(self) -> Script:
        """Return the script with one local derivative for each use of a name in a step."""
        return self._reversed(self.forward, "steps")

    def by_operations(self, deep: bool = False) -> Script:
        """Return the script with one local derivative for each operation in a formula."""
        return self._reversed(list(unfold(self.forward, self.program, deep)), "operations")

    def _reversed(self, steps: list[Step], level: str) -> Script:
        shapes = self._shapes(steps)
        arrived: dict[str, list[Part]] = {}
        start = self.seed
        if start is None:
            start = Number(Fraction(1))
        arrived[self.of] = [Part(start)]
        lines = [Line(name, (Part(tree),)) for name, tree in steps]
        backward = []
        for name, tree in reversed(steps):
            if name not in arrived:
                continue
            line = Line(self.cotangent(name), tuple(arrived[name]), name)
            backward.append(line)
            for operand, part in self._parts(name, tree, shapes):
                arrived.setdefault(operand, []).append(part)
        for name in self.problem.given:
            if name in arrived:
                backward.append(Line(self.cotangent(name), tuple(arrived[name]), name))
        return Script((*lines, *self._tied(backward)), level)

    def _tied(self, lines: Iterable[Line]) -> Iterable[Line]:
        """Put a line behind each gradient by a value whose entries move together."""
        for line in lines:
            given = self.problem.given.get(line.of or "")
            if given is None or given.structure is None:
                yield line
                continue
            free = f"{line.name}#free"
            shape = self.program.tensors[given.name].shape
            value = tied(leaf(free, shape), given.structure)
            yield Line(free, line.parts)
            yield Line(line.name, (Part(Derivation(self.program).read(value)),), line.of)

    def _shapes(self, steps: Iterable[Step]) -> dict[str, Shape]:
        tensors = dict(self.program.tensors)
        elaborate = Elaborator(self.functions, tensors, self.program.dims)
        for name, tree in steps:
            if name not in tensors:
                tensors[name] = leaf(name, elaborate(tree).shape)
        return {name: value.shape for name, value in tensors.items()}

    def _parts(
        self, user: str, tree: Expression, shapes: Mapping[str, Shape]
    ) -> Iterable[tuple[str, Part]]:
        """Yield what one step contributes to the cotangent of each value it uses."""
        op, inputs = numbered(tree, shapes)
        local = Program(self.functions, self.program.dims)
        for k, name in enumerate(inputs):
            local.give(f"@{k}", shapes[name])
        if not inputs:
            return
        value = Elaborator(self.functions, local.tensors, local.dims, local.known)(op)
        out = local.define(user, value)
        seed = local.give(self.cotangent(user), value.shape)
        derivation = Derivation(local)
        leaves = [local.leaves[f"@{k}"] for k in range(len(inputs))]
        found = derivation.pull_back_known(out, seed, leaves)
        back: dict[str, Expression] = {f"@{k}": Name(name) for k, name in enumerate(inputs)}
        for k, name in enumerate(inputs):
            if leaves[k] in found and found[leaves[k]].terms:
                slope = derivation.read(derivation.shortest(found[leaves[k]]))
                edge = Edge(user, name, tree, inputs, k, self.cotangent(user))
                yield name, Part(substitute(slope, back), edge)

    def closed(self) -> Script | None:
        """Return the script whose cotangents are closed forms in the steps of the forward pass."""
        if len(self.problem.define) > MAX_STEPS:
            return None
        program = self.program
        derivation = Derivation(program)
        elaborate = Elaborator(self.functions, program.tensors, program.dims, program.known)
        seed = number(1) if self.seed is None else elaborate(self.seed)
        wanted = [n for n in (*reversed([n for n, _ in self.forward]), *self.problem.given)]
        leaves = [program.leaves[name] for name in wanted]
        try:
            found = derivation.pull_back_known(program.tensors[self.of], seed, leaves)
            lines = [
                Line(
                    self.cotangent(name),
                    (Part(derivation.read(derivation.shortest(found[base]))),),
                    name,
                )
                for name, base in zip(wanted, leaves, strict=True)
                if base in found and found[base].terms
            ]
        except SymbackError:
            return None
        first = [Line(name, (Part(tree),)) for name, tree in self.forward]
        return Script((*first, *self._tied(lines)), "closed")


def complete(scripts: Sequence[Script], asked: Container[str | None]) -> Iterator[Script]:
    """Leave out scripts without a gradient that another has, where one operation has no formula."""
    ends = [{line.name for line in script.lines if line.of in asked} for script in scripts]
    finer = [own for script, own in zip(scripts, ends, strict=True) if script.level != "solution"]
    for script, own in zip(scripts, ends, strict=True):
        if script.level == "solution" or all(own >= other for other in finer):
            yield script


def numbered(tree: Expression, known: Iterable[str]) -> tuple[Expression, tuple[str, ...]]:
    """Give every occurrence of a known name a name of its own, `@0`, `@1`: separate paths."""
    found: list[str] = []
    taken = set(known)

    def combine(node: Expression, parts: list[Expression]) -> Expression:
        if isinstance(node, Name) and node.id in taken:
            found.append(node.id)
            return Name(f"@{len(found) - 1}")
        return rebuild(node, parts) if parts else node

    return _unshared(tree, combine), tuple(found)


def _unshared(
    tree: Expression, combine: Callable[[Expression, list[Expression]], Expression]
) -> Expression:
    """Fold without sharing: a part that occurs twice is visited twice."""
    parts = [_unshared(part, combine) for part in operands(tree)]
    return combine(tree, parts)
