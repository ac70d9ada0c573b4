"""What the lines of an explanation are made of: each factor with its shape, value and role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import prod
from typing import Literal

from symback.calculus.elaborate import Elaborator
from symback.errors import SymbackError
from symback.explain.deriving.graph import program_of
from symback.explain.solution import Solution
from symback.explain.telling.statement import Statement, Story
from symback.functions.entry import Function
from symback.language import names, walk
from symback.language.tree import Binary, Call, Compare, Expression, Name, Negate, Number, Transpose
from symback.notation.derivation import Derivation
from symback.numeric import solve_values
from symback.numeric.value import Value
from symback.tensor.dims import Dim, Shape
from symback.tensor.poly import leaf, number

#: `back`: a matrix that the signal goes back through; `summed`: one whose rows are summed over;
#: `count` and `square`: a number that comes from a mean, or from a square.
Role = Literal[
    "signal", "quantity", "slope", "back", "summed", "turned", "row", "part", "count", "square"
]


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


class Scene:
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
            case Number():
                return self._coefficient(found)
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

    def _coefficient(self, found: Factor) -> Factor:
        """Say where a number comes from: from a mean over so many entries, or from a square."""
        assert isinstance(found.formula, Number)
        number = found.formula.value
        for step, formula in self.forward.items():
            for node in walk(formula):
                match node:
                    case Call("mean", (argument,), ()) if number.numerator == 1:
                        lengths = self._shape(argument) or ()
                        if (
                            all(isinstance(one, int) for one in lengths)
                            and prod(one for one in lengths if isinstance(one, int))
                            == number.denominator
                        ):
                            return replace(found, role="count", step=step)
                    case Binary("**", _, Number(power)) if power == number == 2:
                        return replace(found, role="square", step=step)
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
                if wrt is not None and wrt in names(sides[left]) and self._is_matrix(wrt):
                    return replace(found, role="summed", step=step)
                first, last = found.shape
                lengths = (first, last) if left else (last, first)
                return replace(found, role="back", step=step, lengths=lengths)
        return replace(found, role="turned")

    def _is_matrix(self, name: str) -> bool:
        return name in self.tensors and len(self.tensors[name].shape) > 1

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
                under = Binary("/", _ONE, right)
                number = Number(1 / right.value) if isinstance(right, Number) else under
                stack += [(left, row), (number, False)]
            case Call("outer", (left, right)):
                stack += [(right, True), (left, False)]
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
