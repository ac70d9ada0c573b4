"""A derivation as a list of lines, forward and backward, each of which can be altered by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from symback.language import names
from symback.language.tree import Expression


@dataclass(frozen=True, slots=True)
class Edge:
    """One use of a value: the operation `op` computes `user` from `inputs`; `place` is which."""

    user: str
    operand: str
    op: Expression
    inputs: tuple[str, ...]
    place: int
    cotangent: str
    """The name of the cotangent of `user`."""


@dataclass(frozen=True, slots=True)
class Part:
    """One summand of a line: for a cotangent, what came along one edge of the graph."""

    tree: Expression
    edge: Edge | None = None


@dataclass(frozen=True)
class Line:
    """One quantity as the sum of its parts; `of` is the step whose cotangent it is."""

    name: str
    parts: tuple[Part, ...]
    of: str | None = None

    @cached_property
    def uses(self) -> frozenset[str]:
        """The names in its parts."""
        return frozenset().union(*(names(part.tree) for part in self.parts))


@dataclass
class Script:
    """The lines of one derivation in the order of computation."""

    lines: tuple[Line, ...]
    level: str = "steps"
    rows: tuple[str, str] | None = None
    """The name of the seed and of what is differentiated, where the script makes one row of a
    Jacobian."""
    index: Mapping[str, int] = field(init=False)
    _leading: dict[tuple[str, frozenset[str]], tuple[Line, ...]] = field(default_factory=dict)
    _relevant: dict[tuple[str, frozenset[str]], frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.index = {line.name: k for k, line in enumerate(self.lines)}

    def leading_to(self, target: str, cut: Iterable[str] = ()) -> tuple[Line, ...]:
        """Return the lines that `target` rests on, itself last; those in `cut` are known."""
        key = (target, frozenset(cut) - {target})
        if key not in self._leading:
            self._leading[key] = tuple(self._walk(*key))
        return self._leading[key]

    def relevant(self, target: str, known: Iterable[str]) -> frozenset[str]:
        """Return those of the known names that `target` rests on with no other one between."""
        key = (target, frozenset(known))
        if key not in self._relevant:
            used = (line.uses & key[1] for line in self.leading_to(*key))
            self._relevant[key] = frozenset().union(*used) - {target}
        return self._relevant[key]

    def _walk(self, target: str, stop: frozenset[str]) -> Iterator[Line]:
        wanted = {target}
        chosen = []
        for line in reversed(self.lines[: self.index[target] + 1]):
            if line.name in wanted and line.name not in stop:
                wanted |= line.uses
                chosen.append(line)
        return reversed(chosen)


def in_order(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return lines with each after those that it uses, else in the order given."""
    waiting = {line.name: line for line in lines}
    found: dict[str, Line] = {}
    opened: set[str] = set()
    stack = list(waiting.values())[::-1]
    while stack:
        line = stack[-1]
        before = [waiting[n] for n in sorted(line.uses & waiting.keys() - found.keys() - opened)]
        opened.add(line.name)
        if line.name in found or not before:
            stack.pop()
            found.setdefault(line.name, line)
        else:
            stack.extend(reversed(before))
    return tuple(found.values())
