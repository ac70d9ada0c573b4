"""Derivatives of a program as finished tensors: which error signals get a name, and how short."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice

from symback.calculus.program import Program, ordered
from symback.calculus.reverse import pull_back
from symback.errors import InputError
from symback.language.tree import Expression
from symback.notation.reader import Reader
from symback.notation.rewriting.facts import is_symmetric_value
from symback.notation.rewriting.named import Pattern, pattern_of
from symback.notation.rewriting.simplify import Simplifier
from symback.tensor import indices
from symback.tensor.algebra import contract
from symback.tensor.dims import Shape
from symback.tensor.poly import (
    CONDITIONS,
    CONSTANT,
    DIM,
    GROUP,
    LEAF,
    NUMBER,
    Atom,
    Poly,
    as_atom,
    delta,
    from_atom,
    number,
    scale,
)

#: A cotangent at least this long gets a name if it is used twice or more.
WORTH_A_NAME = 3
#: Atoms of tensors that do not depend on anything.
CONSTANTS = CONDITIONS | {CONSTANT, DIM, NUMBER}
#: A cotangent longer than this gets a name if it is used at all.
TOO_LONG = 14
#: The same for the cotangent of an elementwise step, which melts into the next one otherwise.
FAR_TOO_LONG = 30


@dataclass(slots=True)
class Step:
    """A name that closed forms use: a cotangent or a shared part, and what it is equal to."""

    name: str
    value: Poly
    of: str | None = None


@dataclass(slots=True)
class Derivation:
    """Derives with names: `steps` collects the cotangents that were named, in order of use."""

    program: Program
    reader: Reader = field(init=False)
    steps: list[Step] = field(default_factory=list)
    patterns: dict[Atom, list[Pattern]] = field(default_factory=dict)
    arguments: dict[Poly, str] = field(default_factory=dict)
    _simplifiers: dict[frozenset[Atom], Simplifier] = field(default_factory=dict)
    _learnt: int = 0

    def __post_init__(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Forget what was read: names have been taken back."""
        program = self.program
        self.patterns.clear()
        self.arguments.clear()
        self._simplifiers.clear()
        self._learnt = 0
        self.reader = Reader(
            program.functions,
            program.known,
            program.spelled,
            program.definitions,
            program.leaves,
            program.signals,
        )

    def read(self, value: Poly) -> Expression:
        """Return the notation of a tensor."""
        return self.reader(value)

    def shortest(self, value: Poly, held: frozenset[Atom] = frozenset()) -> Poly:
        """Return the equal tensor with the shortest notation found.

        It will be differentiated again by the leaves `held`: facts about these may not be used.
        """
        self._learn()
        found = self._simplifiers.get(held)
        if found is None:
            found = Simplifier(self.reader.length, self.patterns, held, self.program.definitions)
            self._simplifiers[held] = found
        return found(value)

    def _learn(self) -> None:
        """Take note of the steps that have been defined since."""
        definitions = self.program.definitions
        for base in islice(definitions, self._learnt, None):
            pattern = pattern_of(base, definitions[base])
            whole = as_atom(definitions[base])
            if whole is not None and len(whole.args) == 1:
                self.arguments.setdefault(whole.args[0], base.name)
            if pattern is not None:
                self.patterns.setdefault(pattern.product.factors[0].atom, []).append(pattern)
                for factor in pattern.product.factors:
                    if factor.atom.kind == GROUP:  # not multiplied out where it may be the step
                        self.patterns.setdefault(factor.atom, [])
        self._learnt = len(definitions)

    def pull_back(
        self,
        output: Poly,
        seed: Poly,
        wrt: Iterable[Atom],
        signal: Callable[[str], str] | None = None,
        held: frozenset[Atom] = frozenset(),
    ) -> dict[Atom, Poly]:
        """Return the cotangents of `wrt` in their shortest forms.

        `signal` gives the name of a step's cotangent, `z2` -> `dL_dz2`; without it none is named.
        """
        targets = dict.fromkeys(wrt)

        def name(node: Atom | Poly, cotangent: Poly, uses: int) -> Poly:
            if isinstance(node, Poly):
                return self._of_argument(node, cotangent, uses, signal is not None)
            cotangent = self.shortest(cotangent, held)
            if signal is None or node not in self.program.definitions:
                return cotangent
            if node is as_atom(output) or not self._deserves_name(node, cotangent, uses):
                return cotangent
            return self._named(signal(node.name), cotangent, node.name)

        return pull_back(self.program, output, seed, targets, name)

    def pull_back_known(self, output: Poly, seed: Poly, wrt: Iterable[Atom]) -> dict[Atom, Poly]:
        """Return the cotangents of those leaves by which there is a derivative.

        There is none by the orders of Bessel functions, or by the exponent of a matrix.
        """
        leaves = list(wrt)
        try:
            return self.pull_back(output, seed, leaves)
        except InputError:
            found: dict[Atom, Poly] = {}
            for base in leaves:
                with suppress(InputError):
                    found |= self.pull_back(output, seed, [base])
            return found

    def _of_argument(self, argument: Poly, cotangent: Poly, uses: int, named: bool) -> Poly:
        """Name the cotangent of W@x + b in a step such as sigmoid(W@x + b), if that pays."""
        if not named or uses < 2 or not is_linear(argument) or self.program.known.get(argument):
            return cotangent
        self._learn()
        owner = self.arguments.get(argument)
        if owner is None and not _multiplies(argument):
            return cotangent
        spelled = self.program.spelled
        turned = scale(argument, -1) in spelled and argument not in spelled
        cotangent = self.shortest(scale(cotangent, -1) if turned else cotangent)
        name = "delta" if owner is None else f"delta_{owner}"
        taken = name in self.program.leaves or name in self.program.dims
        if not taken and self.reader.cost(cotangent) >= WORTH_A_NAME:
            cotangent = self._named(name, cotangent)
        return scale(cotangent, -1) if turned else cotangent

    def _deserves_name(self, step: Atom, cotangent: Poly, uses: int) -> bool:
        base = as_atom(cotangent)
        if (base is not None and base.kind == LEAF) or _is_constant(cotangent):
            return False
        length = self.reader.cost(cotangent)
        if uses >= 2:
            return length >= WORTH_A_NAME
        linear = is_linear(self.program.definitions[step])
        return length > (TOO_LONG if linear else FAR_TOO_LONG)

    def named(self, name: str, value: Poly) -> Poly:
        """Give a gradient a name, so that it is recognised in what is derived from it."""
        base = self.program.leaves.get(name)
        if not name.isidentifier() or as_atom(value) is not None or not value.terms:
            return value
        if base is not None:
            same = self.program.definitions.get(base) is value
            return from_atom(base) if same else value
        return self._named(name, value, settled=False)

    def _named(self, name: str, value: Poly, of: str | None = None, settled: bool = True) -> Poly:
        """Define a step; with `settled`, it is not differentiated again and facts may be used."""
        if name in self.program.leaves:
            return from_atom(self.program.leaves[name])
        self.steps.append(Step(name, value, of))
        facts = ("symmetric",) if settled and is_symmetric_value(value) else ()
        named = self.program.define(name, value, facts)
        self.program.signals.add(self.program.leaves[name])
        return named

    def jacobian(self, output: Poly, wrt: Iterable[Atom]) -> dict[Atom, Poly]:
        """Return the Jacobians, of shape output.shape + leaf.shape."""
        return self.pull_back(output, unit_seed(output.shape), wrt)


def unit_seed(shape: Shape) -> Poly:
    """Return the identity of shape `shape + shape`."""
    rank = len(shape)
    conditions = [delta(indices.difference(axis, rank + axis)) for axis in range(rank)]
    return contract((*shape, *shape), [], {}, conditions) if rank else number(1)


def _is_constant(value: Poly) -> bool:
    """Tell whether a tensor is made of numbers alone, such as 0 or 2*eye(n)."""
    return all(f.atom.kind in CONSTANTS for mono, _ in value.terms for f in mono.factors)


def _multiplies(value: Poly) -> bool:
    """Tell whether an array has a matrix product among its terms, as `W @ x + b`."""
    return bool(value.shape) and any(
        mono.bound and sum(bool(f.indices) for f in mono.factors) > 1 for mono, _ in value.terms
    )


def is_linear(value: Poly) -> bool:
    """Tell whether a definition is a sum of products, not a function of one thing."""
    base = as_atom(value)
    if base is not None:
        return base.kind == LEAF
    return any(mono.bound for mono, _ in value.terms)


def uses_of(roots: Iterable[Poly], definitions: Mapping[Atom, Poly]) -> set[Atom]:
    """Return the leaves that tensors rest on, directly or through definitions."""
    return {
        node for node in ordered(roots, definitions) if isinstance(node, Atom) and node.kind == LEAF
    }


__all__ = ["Derivation", "Step", "is_linear", "unit_seed", "uses_of"]
