"""Parts that closed forms have in common get a name, so that they are written once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from symback.calculus.elaborate import Elaborator
from symback.calculus.program import Program
from symback.errors import SymbackError
from symback.explain.naming.letters import letters
from symback.language import names
from symback.language.equal import EqualParts, may_be_named
from symback.language.tree import (
    Binary,
    Call,
    Expression,
    Name,
    Number,
    Transpose,
)
from symback.tensor.dims import Shape
from symback.tensor.poly import leaf

#: A part is named if that saves at least this many nodes, and has at least MIN_SIZE of them.
MIN_SAVING = 3
MIN_SIZE = 4
MAX_SHARED = 6
#: Forms of more nodes than this in all may have more shared parts.
LONG = 300
MAX_SHARED_LONG = 400
#: A formula of more nodes than this has parts of it named, though they occur once.
MAX_NODES = 300

#: Letters that people use for what a function returns, a difference of arrays and a Gram matrix.
USUAL = {
    "softmax": "pq", "sigmoid": "pq", "tanh": "h", "relu": "h", "cos": "c", "sin": "s",
    "mean": "m", "diag": "d", "triu": "u", "-": "r", "@": "g",
}  # fmt: skip

Shared = tuple[str, Expression, Shape]


def share(
    program: Program, trees: list[Expression], steps: list[tuple[str, Expression]]
) -> tuple[list[Shared], list[Expression], list[Expression]]:
    """Name the parts that occur several times in `trees` and `steps`; return all three anew.

    A part that a step is equal to gets that step's name; a formula that is still too long to be
    read is cut into parts.
    """
    work = _Sharing(program, trees, steps)
    work.name_repeated()
    work.cut_long()
    return work.shared(), *work.rewritten()


@dataclass(slots=True)
class _Sharing:
    """Forms as one graph, and the names given to parts of it.

    `names` has the names by the numbers of the parts, those of the steps among them; `shapes`
    those of the parts that are named here; `refused` parts that no shape is found for.
    """

    program: Program
    trees: list[Expression]
    steps: list[tuple[str, Expression]]
    graph: EqualParts = field(default_factory=EqualParts)
    names: dict[int, str] = field(default_factory=dict)
    shapes: dict[int, Shape] = field(default_factory=dict)
    refused: set[int] = field(default_factory=set)
    _roots: list[int] = field(default_factory=list)
    _letters: dict[int, Iterator[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Note the steps that are long enough: of two equal ones the second is the first."""
        self._roots = [self.graph.add(tree) for tree in self.trees]
        formulas = [self.graph.add(tree) for _, tree in self.steps]
        self._roots += formulas
        sizes = self.graph.sizes({})
        for (name, _), root in zip(self.steps, formulas, strict=True):
            if sizes[root] >= MIN_SIZE:
                self.names.setdefault(root, name)

    def name_repeated(self) -> None:
        """Name what occurs several times, that which saves most first."""
        sizes = self.graph.sizes(self.names)
        most = MAX_SHARED_LONG if sum(sizes[root] for root in self._roots) > LONG else MAX_SHARED
        while len(self.shapes) < most:
            best = self._best()
            if best is None:
                break
            self._give_name(best)

    def _best(self) -> int | None:
        sizes = self.graph.sizes(self.names)
        uses = self.graph.uses(self._written(), self.names)
        gains = {
            k: gain
            for k, (nodes, times) in enumerate(zip(sizes, uses, strict=True))
            if times > 1 and nodes >= MIN_SIZE
            if (gain := (times - 1) * (nodes - 1) - 1) >= MIN_SAVING and self._may_be_named(k)
        }
        most = max(gains.values(), default=None)
        equal = {k for k, gain in gains.items() if gain == most}
        if len(equal) > 1:
            return next(k for k in self.graph.within(self._formulas(), self.names) if k in equal)
        return next(iter(equal), None)

    def _may_be_named(self, number: int) -> bool:
        known = number in self.names or number in self.refused
        return not known and may_be_named(self.graph.nodes[number])

    def _written(self) -> list[int]:
        """Return the roots that are written where they stand: not the formulas of names."""
        owned = set(self.names)
        return [root for root in self._roots if root not in owned]

    def _formulas(self) -> list[int]:
        return [*self._roots, *self.shapes]

    def _give_name(self, number: int) -> None:
        tree = self.graph.tree(number, self.names)
        program = self.program
        elaborate = Elaborator(program.functions, program.tensors, program.dims)
        try:
            shape = elaborate(tree).shape
        except SymbackError:
            self.refused.add(number)
            return
        name = self._name(tree, len(shape))
        self.names[number] = name
        self.shapes[number] = shape
        program.tensors[name] = leaf(name, shape)

    def _name(self, tree: Expression, rank: int) -> str:
        usual = USUAL.get(_head(tree, rank), "") if rank < 3 else ""
        others = self._letters.setdefault(rank, letters(rank))
        taken = {*self.program.tensors, *self.program.dims}
        wished = usual.upper() if rank == 2 else usual
        return next(name for name in chain(wished, others) if name not in taken)

    def cut_long(self) -> None:
        """Name parts of formulas that are too long, from the leaves up."""
        sizes = self.graph.sizes(self.names)
        for root in self._formulas():
            while sizes[root] > MAX_NODES:
                part = self._to_cut(root, sizes)
                if part is None:
                    break
                self._give_name(part)
                sizes = self.graph.sizes(self.names)

    def _to_cut(self, root: int, sizes: list[int]) -> int | None:
        """Return the first part on the way to the largest operands that is short enough."""
        number = root
        while sizes[number] > MAX_NODES or not self._may_be_named(number):
            below = [part for part in self.graph.below[number] if part not in self.names]
            if not below:
                return None
            number = max(below, key=sizes.__getitem__)
        return number if sizes[number] >= MIN_SIZE else None

    def shared(self) -> list[Shared]:
        """Return what was named, each part after the parts that it uses itself."""
        found = {
            self.names[number]: (self.graph.tree(number, self.names), shape)
            for number, shape in self.shapes.items()
        }
        trees = {name: tree for name, (tree, _) in found.items()}
        return [(name, *found[name]) for name in _in_order(trees)]

    def rewritten(self) -> tuple[list[Expression], list[Expression]]:
        """Return the trees and the steps' formulas with the names put in."""
        forms = [self._rewritten(k, root) for k, root in enumerate(self._roots)]
        return forms[: len(self.trees)], forms[len(self.trees) :]

    def _rewritten(self, place: int, root: int) -> Expression:
        count = len(self.trees)
        own = self.steps[place - count][0] if place >= count else None
        name = self.names.get(root)
        return Name(name) if name not in (None, own) else self.graph.tree(root, self.names)


def _head(tree: Expression, rank: int) -> str:
    """Return the function of a tree, `-` for a difference of arrays, `@` for a Gram matrix."""
    match tree:
        case Call(function):
            return function
        case Binary("-", left) if rank and not isinstance(left, Number):
            return "-"
        case Binary("@", Transpose(left), right) | Binary("@", left, Transpose(right)) if (
            left == right
        ):
            return "@"
        case _:
            return ""


def _in_order(found: dict[str, Expression]) -> list[str]:
    """Put each part after the parts that it uses itself."""
    used = {name: names(tree) & found.keys() for name, tree in found.items()}
    order: dict[str, None] = {}
    while len(order) < len(found):
        for name in found:
            if name not in order and used[name] <= order.keys():
                order[name] = None
    return list(order)
