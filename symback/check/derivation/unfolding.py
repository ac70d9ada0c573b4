"""The forward pass operation by operation: every inner part of a formula becomes a step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from symback.calculus.elaborate import Elaborator
from symback.calculus.program import Program
from symback.functions.entry import Kind
from symback.functions.signature import bind
from symback.language import names, operands, parse, rebuild, substitute
from symback.language.tree import (
    Call,
    Expression,
    Literal,
    Name,
    Sequence,
    Slice,
    Subscript,
)

#: Functions with derivatives of their own, as people differentiate them who do not know these.
DEEP = {
    "log_softmax": "log(softmax(x))",
    "logsumexp": "log(sum(exp(x)))",
    "logdet": "log(det(x))",
    "norm": "sqrt(sum(x**2))",
    "silu": "x*sigmoid(x)",
    "gelu": "x*ndtr(x)",
    "softplus": "log(1 + exp(x))",
}
Step = tuple[str, Expression]


def unfold(steps: Iterable[Step], program: Program, deep: bool = False) -> Iterator[Step]:
    """Yield the steps with every operation on its own; inner ones are called `name#1`, `name#2`.

    Functions defined by others are replaced by their definition, and with `deep` those of `DEEP`.
    """
    known = set(program.tensors)
    for name, tree in steps:
        found = _Unfolder(name, known, program, deep)
        root = found.split(tree, root=True)
        yield from found.steps
        yield name, root


class _Unfolder:
    """Splits the formula of one step."""

    def __init__(self, name: str, known: set[str], program: Program, deep: bool) -> None:
        self.name = name
        self.known = known
        self.program = program
        self.deep = deep
        self.steps: list[Step] = []
        self._seen: dict[Expression, Name] = {}

    def split(self, tree: Expression, root: bool = False) -> Expression:
        """Return an operation on names; what it is applied to is added to `steps`."""
        if isinstance(tree, Name) or not names(tree) & self.known:
            return tree
        tree = self._opened(tree)
        whole = rebuild(tree, [self._part(tree, k, part) for k, part in enumerate(operands(tree))])
        return whole if root else self._step(whole)

    def _part(self, owner: Expression, place: int, part: Expression) -> Expression:
        if isinstance(part, Slice | Literal):
            return part
        if isinstance(owner, Subscript) and place:
            return part
        if isinstance(part, Sequence) and isinstance(owner, Call):
            return rebuild(part, [self.split(item) for item in part.items])
        return self.split(part)

    def _step(self, tree: Expression) -> Expression:
        if tree not in self._seen:
            inner = f"{self.name}#{len(self.steps) + 1}"
            self.steps.append((inner, tree))
            self.known.add(inner)
            self._seen[tree] = Name(inner)
        return self._seen[tree]

    def _opened(self, tree: Expression) -> Expression:
        """Replace a function that is defined by others by its definition."""
        if not isinstance(tree, Call) or tree.function not in self.program.functions:
            return tree
        function = self.program.functions[tree.function]
        if self.deep and function.name == "log_softmax":
            return Call("log", (Call("softmax", tree.arguments, tree.keywords),))
        if self.deep and function.name in DEEP and len(tree.arguments) == 1 and not tree.keywords:
            return substitute(parse(DEEP[function.name]), {"x": tree.arguments[0]})
        if function.kind is not Kind.COMPOSITE or function.body is None:
            return tree
        elaborate = Elaborator(self.program.functions, self.program.tensors, self.program.dims)
        return elaborate.definition(function, bind(function, tree))
