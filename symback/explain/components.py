"""Closed forms entry by entry, and with the names of steps replaced by what they are."""

from __future__ import annotations

from collections.abc import Mapping

from symback.explain.requests import Scope
from symback.language import names, size, substitute, write
from symback.language.tree import Expression
from symback.tensor import indices
from symback.tensor.algebra import contract
from symback.tensor.dims import Dim
from symback.tensor.poly import LEAF, Atom, Factor, Monomial, Poly, Rational, add, scale, zero

#: Longer closed forms in given names only are left out.
MAX_CHARACTERS = 2_000
#: Nodes that a form of that length can have at most.
MAX_NODES = 1_200


def component_of(scope: Scope, value: Poly, place: tuple[int, ...]) -> Expression:
    """Return one entry of a tensor in terms of entries."""
    entry = contract((), [(value, tuple(indices.constant(k) for k in place))])
    signals = {step.name for _, made in scope.derivations for step in made.steps}
    opened = entry
    for _ in range(4):
        further = _opened(opened, scope, signals)
        if further is opened:
            break
        opened = further
    return scope.reader.read(opened)


def _opened(value: Poly, scope: Scope, signals: set[str]) -> Poly:
    """Replace entries of named cotangents that are products of entries by these products."""
    parts = []
    changed = False
    for mono, times in value.terms:
        found = _opened_term(value, mono, times, scope, signals)
        changed = changed or found is not None
        parts.append(found if found is not None else _term(value, mono, times))
    return add(parts) if changed else value


def _term(owner: Poly, mono: Monomial, times: Rational) -> Poly:
    rank = len(owner.shape)
    bound: dict[int, Dim] = {rank + k: one for k, one in enumerate(mono.bound)}
    return scale(contract(owner.shape, [], bound, mono.factors), times)


def _opened_term(
    owner: Poly, mono: Monomial, times: Rational, scope: Scope, signals: set[str]
) -> Poly | None:
    for place, factor in enumerate(mono.factors):
        definition = _simple_definition(factor.atom, scope, signals)
        if definition is None or factor.exponent != 1:
            continue
        rank = len(owner.shape)
        bound: dict[int, Dim] = {rank + k: one for k, one in enumerate(mono.bound)}
        rest: list[Factor] = [f for k, f in enumerate(mono.factors) if k != place]
        found = contract(owner.shape, [(definition, factor.indices)], bound, rest)
        return scale(found, times) if found.terms else zero(owner.shape)
    return None


def _simple_definition(base: Atom, scope: Scope, signals: set[str]) -> Poly | None:
    if base.kind != LEAF or base.name not in signals:
        return None
    definition = scope.program.definitions.get(base)
    if definition is None or any(mono.bound for mono, _ in definition.terms):
        return None
    return definition


def expand(tree: Expression, definitions: Mapping[str, Expression]) -> Expression | None:
    """Return a closed form in given names only, None beyond MAX_CHARACTERS."""
    for _ in range(len(definitions) + 1):
        used = names(tree) & definitions.keys()
        if not used:
            return tree if len(write(tree)) <= MAX_CHARACTERS else None
        tree = substitute(tree, {name: definitions[name] for name in used})
        if size(tree) > MAX_NODES:
            return None
    return None
