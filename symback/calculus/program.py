"""A graph of named steps: what is given, what each step is, and which tensors have names."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from symback.calculus.names import Names
from symback.functions.entry import Function
from symback.language.tree import Expression
from symback.tensor.algebra import contract, transpose
from symback.tensor.dims import Shape
from symback.tensor.indices import labels
from symback.tensor.poly import GROUP, LEAF, PRIMITIVE, Atom, Poly, as_atom, from_atom, leaf


@dataclass(slots=True)
class Program:
    """Named tensors in the order of definition.

    `tensors` maps every name to its tensor, `leaves` to its atom; `definitions` maps the leaf of
    each step, and of each named cotangent, to what it is equal to; a leaf without definition is
    given. `known` maps tensors back to the names they have, `spelled` the sums that occur in
    definitions to how they were written; `derivatives` are those of steps that have names;
    `signals` are the leaves of named cotangents, also of those taken back; `parts` are the names
    of steps that formulas nested deep have been cut into.
    With `guarded`, rules are used that follow the conventions at kinks.
    """

    functions: Mapping[str, Function]
    dims: dict[str, int | None] = field(default_factory=dict)
    leaves: dict[str, Atom] = field(default_factory=dict)
    tensors: dict[str, Poly] = field(default_factory=dict)
    definitions: dict[Atom, Poly] = field(default_factory=dict)
    known: Names = field(default_factory=Names)
    guarded: bool = False
    derivatives: dict[tuple[Atom, Atom], Poly] = field(default_factory=dict)
    spelled: dict[Poly, Expression] = field(default_factory=dict)
    signals: set[Atom] = field(default_factory=set)
    parts: list[str] = field(default_factory=list)
    slopes: dict[tuple[Atom, int], Poly] = field(default_factory=dict)
    templates: dict[Hashable, tuple[Poly, tuple[Atom, ...]]] = field(default_factory=dict)

    def give(self, name: str, shape: Shape, facts: Iterable[str] = ()) -> Poly:
        """Add a given value and return it."""
        value = self.tensors[name] = leaf(name, shape, facts)
        self.leaves[name] = self._atom(value)
        return value

    def define(self, name: str, value: Poly, facts: Iterable[str] = ()) -> Poly:
        """Add a step equal to `value`, of which `facts` are known, and return it as a name."""
        named = self.tensors[name] = leaf(
            name, value.shape, _facts(value, self.definitions).union(facts)
        )
        base = self._atom(named)
        self.leaves[name] = base
        self.definitions[base] = value
        if _worth_naming(value):
            self.known.add(value, named)
        return named

    def alone(self, name: str) -> Program:
        """Return the program of one step, in which what the others are is not known."""
        base = self.leaves[name]
        value, known = self.definitions[base], Names()
        if _worth_naming(value):
            known.add(value, self.tensors[name])
        return replace(self, definitions={base: value}, known=known, slopes={}, derivatives={})

    def open(self, name: str) -> None:
        """Let other tensors be made of what a step is, not of its name."""
        base = self.leaves[name]
        self.tensors[name] = self.definitions[base]
        self.known.forget(base)

    def forget(self, name: str) -> None:
        """Take a name back that no result uses; tensors are then read without it."""
        base = self.leaves.pop(name)
        self.tensors.pop(name)
        del self.definitions[base]
        self.known.forget(base)

    @staticmethod
    def _atom(value: Poly) -> Atom:
        base = as_atom(value)
        assert base is not None
        return base


def _worth_naming(value: Poly) -> bool:
    """Tell whether a definition is more than a number or another name."""
    base = as_atom(value)
    if base is not None:
        return base.kind != LEAF
    return any(mono.factors for mono, _ in value.terms)


def _facts(value: Poly, definitions: Mapping[Atom, Poly]) -> frozenset[str]:
    base = as_atom(value)
    if base is not None and base.kind == LEAF:
        return base.facts
    square = len(value.shape) == 2 and value.shape[0] == value.shape[1]
    tests = {
        "symmetric": square and transpose(value, (1, 0)) is value,
        "sums-to-one": _sums_to_one(value, definitions),
    }
    return frozenset(fact for fact, holds in tests.items() if holds)


def _sums_to_one(value: Poly, definitions: Mapping[Atom, Poly]) -> bool:
    """Tell whether a tensor is a softmax, or something divided by its total, on the last axis."""
    rank, base = len(value.shape), as_atom(value)
    if base is not None and base.kind == PRIMITIVE:
        return base.name == "softmax" and dict(base.params)["axis"] == rank - 1
    if not rank or len(value.terms) != 1:
        return False
    ((mono, _),) = value.terms
    rows = tuple(range(rank - 1))
    below = [
        f
        for f in mono.factors
        if f.exponent == -1 and all(k in rows for i in f.indices for k in labels(i))
    ]
    if not below:
        return False
    total = contract(value.shape[:-1], [(value, (*rows, rank))], {rank: value.shape[-1]})
    for base, index, _ in below:
        whole = base.args[0] if base.kind == GROUP else definitions.get(base)
        if whole is not None:
            above = contract(total.shape, [(total, rows), (from_atom(base), index)])
            if above is contract(total.shape, [(whole, index)]):
                return True
    return False


def operands(node: Atom | Poly, definitions: Mapping[Atom, Poly]) -> Iterator[Atom | Poly]:
    """Yield what a node is computed from: atoms of a sum, arguments of an atom."""
    if isinstance(node, Poly):
        seen: set[Atom] = set()
        for mono, _ in node.terms:
            for base, _, _ in mono.factors:
                if base not in seen and (base.args or base.kind in (LEAF, GROUP)):
                    seen.add(base)
                    yield base
    elif node.kind == LEAF:
        if node in definitions:
            yield definitions[node]
    else:
        yield from node.args


def ordered(roots: Iterable[Atom | Poly], definitions: Mapping[Atom, Poly]) -> list[Atom | Poly]:
    """Return everything that `roots` are computed from, operands before users."""
    order: list[Atom | Poly] = []
    seen: set[Atom | Poly] = set()
    stack: list[tuple[Atom | Poly, Iterator[Atom | Poly]]] = []
    for root in roots:
        if root in seen:
            continue
        seen.add(root)
        stack.append((root, operands(root, definitions)))
        while stack:
            node, rest = stack[-1]
            for operand in rest:
                if operand not in seen:
                    seen.add(operand)
                    stack.append((operand, operands(operand, definitions)))
                    break
            else:
                stack.pop()
                order.append(node)
    return order
