"""Closed forms entry by entry, and with the names of steps replaced by what they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import product
from math import prod

from symback.errors import InputError
from symback.explain.deriving.requests import Derived, Scope
from symback.explain.solution import Component
from symback.language import size, substitute, walk, write
from symback.language.tokens import MAX_CHARACTERS as MAX_READ
from symback.language.tree import Expression, Name
from symback.notation.rewriting.fractions_of import lowest_terms
from symback.notation.writing.trees import integer, subscripted
from symback.tensor import indices
from symback.tensor.algebra import contract, monomial
from symback.tensor.dims import Dim
from symback.tensor.poly import (
    AT_LEAST,
    DELTA,
    GROUP,
    LEAF,
    Atom,
    Factor,
    Monomial,
    Poly,
    Rational,
    add,
    as_atom,
    poly,
    scale,
    zero,
)

#: Results of at most this many entries have all their components written, too long ones aside.
MAX_COMPONENTS = 64
#: Sums of more entries are not written out.
MAX_TERMS = 8
#: Sums over triangles may have as many entries, if few are left.
MAX_PARTIAL = 64
#: Sums of more terms are not factorised.
MAX_FACTORED = 4
#: Longer closed forms in given names only are left out.
MAX_CHARACTERS = 2_000
#: Nodes that a form of that length can have at most.
MAX_NODES = 1_200


def components_of(
    scope: Scope,
    one: Derived,
    source: Poly,
    tree: Expression,
    asked: tuple[tuple[int, ...], ...],
) -> tuple[Component, ...]:
    """Return the entries of a result that are asked for, all of them where there are few.

    They are those of `source`, equal to its value, of a step's value those of what it is computed
    from; `tree` is the closed form. Entries that are too long are left out.
    """
    if one.kind == "graph":
        return ()
    if one.kind == "value" and not source.shape:
        return (Component((), tree),)
    if one.kind == "value":
        base = as_atom(source)
        source = source if base is None else scope.program.definitions.get(base, source)
    sizes = [known for known in source.shape if isinstance(known, int)]
    small = len(sizes) == len(source.shape) and prod(sizes) <= MAX_COMPONENTS
    places: Iterable[tuple[int, ...]] = product(*map(range, sizes)) if small else asked
    found = (Component(place, _component(scope, source, place, tree)) for place in places)
    return tuple(entry for entry in found if _is_readable(entry.formula))


def _component(scope: Scope, source: Poly, place: tuple[int, ...], tree: Expression) -> Expression:
    """Return one entry of a result, picked from its closed form where it has none of its own."""
    try:
        return component_of(scope, source, place)
    except InputError:
        if not place:
            raise
        return subscripted(tree, [integer(k) for k in place])


def _is_readable(formula: Expression) -> bool:
    """Tell whether a formula is short enough to be read, and to be read back."""
    return size(formula) <= MAX_NODES and len(write(formula)) <= MAX_READ


def component_of(scope: Scope, value: Poly, place: tuple[int, ...]) -> Expression:
    """Return one entry of a tensor in terms of entries."""
    entry = contract((), [(value, tuple(indices.constant(k) for k in place))])
    signals = scope.signals()
    opened = entry
    for _ in range(4):
        further = _opened(opened, scope, signals)
        if further is opened:
            break
        opened = further
    return _as_product(_written_out(opened, scope), scope)


def _as_product(value: Poly, scope: Scope) -> Expression:
    """Return a number's form, as a product where that is as short: p[0]*(1 - p[0])."""
    whole = scope.reader.read(value)
    if not 1 < len(value.terms) <= MAX_FACTORED or any(mono.bound for mono, _ in value.terms):
        return whole
    products = (form for form in lowest_terms(value) if len(form.terms) == 1)
    found = [whole, *map(scope.reader.read, products)]
    least = min(map(size, found))
    return next(tree for tree in reversed(found) if size(tree) == least)


def _written_out(value: Poly, scope: Scope) -> Poly:
    """Write short sums over entries term by term: d0*x0 + d1*x1 for d @ x."""
    terms = sum(_length(mono) for mono, _ in value.terms)
    partial = any(f.atom.kind == AT_LEAST for mono, _ in value.terms for f in mono.factors)
    most = MAX_PARTIAL if partial else MAX_TERMS
    if terms > most or not any(mono.bound for mono, _ in value.terms):
        return value
    parts = []
    for mono, times in value.terms:
        outer = [f for f in mono.factors if mono.bound and not any(map(_is_bound, f.indices))]
        inner = [f for f in mono.factors if f not in outer]
        sizes = [range(size) for size in mono.bound if isinstance(size, int)]
        entries = []
        for place in product(*sizes):
            names: dict[int, indices.Index] = {
                k: indices.constant(spot) for k, spot in enumerate(place)
            }
            factors = [_picked(f._replace(indices=_at(f.indices, names)), scope) for f in inner]
            entries.append(monomial((), factors, 1, {}))
        whole = add(entries) if entries else zero(())
        parts.append(scale(contract((), [(whole, ())], {}, outer) if outer else whole, times))
    found = add(parts)
    return found if len(found.terms) <= MAX_TERMS else value


def _is_bound(index: indices.Index) -> bool:
    return any(True for _ in indices.labels(index))


def _at(index: indices.Indices, names: Mapping[int, indices.Index]) -> indices.Indices:
    return tuple(indices.substitute(i, names) for i in index)


def _length(mono: Monomial) -> int:
    """Return the number of terms that a sum has when it is written out."""
    count = 1
    for length in mono.bound:
        count *= length if isinstance(length, int) else MAX_PARTIAL + 1
    plain = all(f.atom.kind in (LEAF, AT_LEAST) or _lists_entries(f.atom) for f in mono.factors)
    return count if plain or not mono.bound else MAX_PARTIAL + 1


def _lists_entries(base: Atom) -> bool:
    """Tell whether a sum puts together a vector entry by entry: [x[2], x[0], x[1]]."""
    return base.kind == GROUP and all(
        any(f.atom.kind == DELTA for f in mono.factors) for mono, _ in base.args[0].terms
    )


def _picked(factor: Factor, scope: Scope) -> Factor:
    """Replace an entry of a rearranged vector by the entry that it is."""
    definition = scope.program.definitions.get(factor.atom)
    if factor.atom.kind == GROUP:
        definition = factor.atom.args[0]
    if definition is None or not factor.indices:
        return factor
    entry = contract((), [(definition, factor.indices)])
    if len(entry.terms) != 1:
        return factor
    (factors, bound), times = entry.terms[0]
    if times != 1 or bound or len(factors) != 1 or factors[0].atom.kind != LEAF:
        return factor
    return factors[0]._replace(exponent=factor.exponent) if factors[0].exponent == 1 else factor


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
    alone = len(mono.factors) == 1 and times == 1 and not mono.bound
    for place, factor in enumerate(mono.factors):
        definition = _simple_definition(factor.atom, scope, signals)
        if factor.atom.kind == GROUP and (alone or _has_triangles(factor.atom)):
            definition = factor.atom.args[0]
        if definition is None or factor.exponent != 1:
            continue
        rank = len(owner.shape)
        bound: dict[int, Dim] = {rank + k: one for k, one in enumerate(mono.bound)}
        rest: list[Factor] = [f for k, f in enumerate(mono.factors) if k != place]
        parts = [definition]
        if factor.atom.kind == GROUP:
            parts = [poly(definition.shape, {one: own}) for one, own in definition.terms]
        found = add(contract(owner.shape, [(p, factor.indices)], bound, rest) for p in parts)
        return scale(found, times) if found.terms else zero(owner.shape)
    return None


def _has_triangles(base: Atom) -> bool:
    """Tell whether a sum has terms for some entries only: for one entry these are shorter sums."""
    return any(f.atom.kind == AT_LEAST for mono, _ in base.args[0].terms for f in mono.factors)


def _simple_definition(base: Atom, scope: Scope, signals: set[str]) -> Poly | None:
    if base.kind != LEAF or base.name not in signals:
        return None
    definition = scope.program.definitions.get(base)
    if definition is None or any(mono.bound for mono, _ in definition.terms):
        return None
    return definition


def expand(tree: Expression, known: Mapping[str, Expression | None]) -> Expression | None:
    """Return a closed form in given names only, None beyond MAX_CHARACTERS.

    `known` has the expanded form of every step, None for one that is too long itself.
    """
    counts = Counter(node.id for node in walk(tree) if isinstance(node, Name) and node.id in known)
    nodes = size(tree)
    for name, times in counts.items():
        inner = known[name]
        if inner is None:
            return None
        nodes += times * (size(inner) - 1)
    if nodes > MAX_NODES:
        return None
    replacements = {name: inner for name in counts if (inner := known[name]) is not None}
    whole = substitute(tree, replacements) if replacements else tree
    return whole if len(write(whole)) <= MAX_CHARACTERS else None
