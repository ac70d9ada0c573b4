"""Trees as one graph in which equal parts are one node: each is looked at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from symback.language.tree import (
    Binary,
    Call,
    Compare,
    Expression,
    Literal,
    Name,
    Negate,
    Number,
    Sequence,
    Slice,
)
from symback.language.walks import fold, operands, rebuild, size


def may_be_named(node: Expression) -> bool:
    """Tell whether a part of a formula may get a name: no slice, no list, no numbers, no name."""
    match node:
        case Call(_, (Sequence(items),)):
            return not all(isinstance(item, Number | Negate) for item in items)
        case _:
            return not isinstance(node, Slice | Sequence | Number | Name | Negate | Literal)


class EqualParts:
    """Numbers the parts of trees: equal parts have one number, operands lower ones than users.

    `nodes` has a tree for each number, `below` the numbers of its operands, `own` the nodes that
    it counts for itself.
    """

    def __init__(self) -> None:
        self.nodes: list[Expression] = []
        self.below: list[tuple[int, ...]] = []
        self.own: list[int] = []
        self._numbers: dict[object, int] = {}

    def add(self, tree: Expression) -> int:
        """Return the number of a tree; its parts get theirs."""
        return fold(tree, self._number)

    def _number(self, node: Expression, parts: list[int]) -> int:
        key = (type(node), _label(node), tuple(parts))
        number = self._numbers.setdefault(key, len(self.nodes))
        if number == len(self.nodes):
            self.nodes.append(node)
            self.below.append(tuple(parts))
            self.own.append(size(node) - sum(map(size, operands(node))))
        return number

    def sizes(self, names: Mapping[int, str]) -> list[int]:
        """Return the size of every part where those in `names` are written by name in it."""
        found: list[int] = []
        for own, below in zip(self.own, self.below, strict=True):
            found.append(own + sum(1 if part in names else found[part] for part in below))
        return found

    def uses(self, roots: Iterable[int], names: Iterable[int]) -> list[int]:
        """Return how often every part is written: in `roots`, and once below each of `names`."""
        counts = [0] * len(self.nodes)
        for root in roots:
            counts[root] += 1
        named = frozenset(names)
        for number in range(len(counts) - 1, -1, -1):
            times = 1 if number in named else counts[number]
            if times:
                for part in self.below[number]:
                    counts[part] += times
        return counts

    def within(self, roots: Iterable[int], names: Mapping[int, str]) -> Iterator[int]:
        """Yield each part of `roots` once, users first, without what names stand for."""
        seen: set[int] = set()
        for root in roots:
            stack = [root]
            while stack:
                number = stack.pop()
                if number not in seen:
                    seen.add(number)
                    yield number
                    stack.extend(part for part in self.below[number] if part not in names)

    def tree(self, number: int, names: Mapping[int, str]) -> Expression:
        """Return a part as a tree in which those in `names` below it are written by name."""
        made: dict[int, Expression] = {}
        stack = [number]
        while stack:
            at = stack[-1]
            waiting = [p for p in self.below[at] if p not in made and p not in names]
            if waiting and at not in made:
                stack.extend(waiting)
                continue
            stack.pop()
            if at not in made:
                made[at] = self._rebuilt(at, made, names)
        return made[number]

    def _rebuilt(
        self, number: int, made: Mapping[int, Expression], names: Mapping[int, str]
    ) -> Expression:
        node = self.nodes[number]
        parts = [Name(names[p]) if p in names else made[p] for p in self.below[number]]
        old = operands(node)
        same = all(new is part for new, part in zip(parts, old, strict=True))
        return node if same else rebuild(node, parts)


def _label(node: Expression) -> object:
    """Return what tells a node from others of its type with the same operands."""
    match node:
        case Name(id):
            return id
        case Number(value) | Literal(value):
            return value
        case Binary(op) | Compare(op):
            return op
        case Call(function, _, keywords):
            return (function, tuple(name for name, _ in keywords))
        case Sequence(_, bracket):
            return bracket
        case Slice(start, stop, step):
            return (start is None, stop is None, step is None)
        case _:
            return None
