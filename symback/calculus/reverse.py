"""The reverse pass: cotangents of every step, by one rule for sums and one per function.

A cotangent has the axes of the seed first and the axes of its node last; for a gradient the seed
is 1 and has no axes of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import count
from typing import TypeAlias

from symback.calculus.program import Program, operands, ordered
from symback.calculus.rules import pulled, slope
from symback.tensor import indices
from symback.tensor.algebra import contract
from symback.tensor.dims import Dim, Shape
from symback.tensor.indices import Index
from symback.tensor.poly import (
    FUNCTION,
    GROUP,
    LEAF,
    Atom,
    Factor,
    Monomial,
    Poly,
    Rational,
    add,
    as_atom,
    delta,
    rational,
    scale,
    zero,
)

Node: TypeAlias = Atom | Poly
#: Given a step's leaf or a function's argument, its cotangent and how often that will be used,
#: return what to go on with.
Naming: TypeAlias = Callable[[Atom | Poly, Poly, int], Poly]


def unnamed(node: Node, cotangent: Poly, uses: int) -> Poly:
    """Go on with the cotangent itself."""
    return cotangent


def pull_back(
    program: Program,
    output: Poly,
    seed: Poly,
    wrt: Mapping[Atom, object],
    naming: Naming = unnamed,
) -> dict[Atom, Poly]:
    """Return the cotangent of each leaf in `wrt`, in the order of `wrt`.

    Shapes: `seed` has the axes of the result first and those of `output` last; each cotangent has
    the same first axes and those of its leaf last. Leaves that `output` does not depend on get 0.
    """
    definitions = program.definitions
    order = ordered([output], definitions)
    active = _active(order, definitions, wrt)
    extra = seed.shape[: len(seed.shape) - len(output.shape)]
    parts: dict[Node, list[Poly]] = {output: [seed]}
    found: dict[Atom, Poly] = {}
    for node in reversed(order):
        if node not in active or node not in parts:
            continue
        cotangent = add(parts.pop(node))
        if isinstance(node, Atom) and node.kind == LEAF:
            uses = _uses(definitions.get(node), active) + (node in wrt)
            cotangent = naming(node, cotangent, uses)
            if node in wrt:
                found[node] = cotangent
            known = _by_known_gradient(program, node, cotangent, wrt)
            if known is not None:
                parts.setdefault(known[0], []).append(known[1])
                continue
        elif isinstance(node, Poly) and node is not output and as_atom(node) is None:
            cotangent = naming(node, cotangent, _uses(node, active))
        for operand, part in _contributions(program, node, cotangent, active):
            parts.setdefault(operand, []).append(part)
    return {base: found.get(base, zero((*extra, *base.shape))) for base in wrt}


def _by_known_gradient(
    program: Program, node: Atom, cotangent: Poly, wrt: Mapping[Atom, object]
) -> tuple[Atom, Poly] | None:
    """Pass a step by whose derivative in the only variable has a name; return that one's part."""
    if len(wrt) != 1:
        return None
    (variable,) = wrt
    derivative = program.derivatives.get((node, variable))
    if derivative is None:
        return None
    lead = len(cotangent.shape) - len(node.shape)
    shape = (*cotangent.shape[:lead], *variable.shape)
    own = range(len(shape), len(shape) + len(node.shape))
    spots = (*range(lead), *own), (*own, *range(lead, len(shape)))
    bound = dict(zip(own, node.shape, strict=True))
    return variable, contract(shape, [(cotangent, spots[0]), (derivative, spots[1])], bound)


def _active(
    order: list[Node], definitions: Mapping[Atom, Poly], wrt: Mapping[Atom, object]
) -> set[Node]:
    active: set[Node] = set(wrt)
    for node in order:
        if node not in active and any(o in active for o in operands(node, definitions)):
            active.add(node)
    return active


def _uses(definition: Poly | None, active: set[Node]) -> int:
    if definition is None:
        return 0
    return sum(f.atom in active for mono, _ in definition.terms for f in mono.factors)


def _contributions(
    program: Program, node: Node, cotangent: Poly, active: set[Node]
) -> Iterator[tuple[Node, Poly]]:
    if isinstance(node, Poly):
        yield from _through_sum(node, cotangent, active)
    elif node in program.definitions:
        yield program.definitions[node], cotangent
    elif node.kind == GROUP:
        yield node.args[0], cotangent
    else:
        for k, argument in enumerate(node.args):
            if argument in active and node.kind == FUNCTION:
                yield argument, _times(cotangent, slope(program, node, k))
            elif argument in active:
                yield argument, pulled(program, node, k, cotangent, active)


def _times(cotangent: Poly, slope_: Poly) -> Poly:
    """Multiply a cotangent by a slope that has the node's own axes."""
    lead = len(cotangent.shape) - len(slope_.shape)
    axes = tuple(range(len(cotangent.shape)))
    return contract(cotangent.shape, [(cotangent, axes), (slope_, axes[lead:])])


def _through_sum(node: Poly, cotangent: Poly, active: set[Node]) -> Iterator[tuple[Node, Poly]]:
    """The one rule of index form: each factor gets the cotangent times the rest of its term."""
    lone = as_atom(node)
    if lone is not None:
        yield lone, cotangent
        return
    for mono, times in node.terms:
        for place, factor in enumerate(mono.factors):
            if factor.atom in active:
                yield factor.atom, _to_factor(node.shape, mono, times, place, cotangent)


def _to_factor(shape: Shape, mono: Monomial, times: Rational, place: int, cotangent: Poly) -> Poly:
    base, own, exponent = mono.factors[place]
    lead = len(cotangent.shape) - len(shape)
    extra = cotangent.shape[:lead]
    target = (*extra, *base.shape)
    sizes = [*shape, *mono.bound]
    fresh = count(len(target))
    mapping: dict[int, Index] = {}
    equations: list[tuple[Index, Index]] = []
    for axis, index in enumerate(own):
        if isinstance(index, int) and index not in mapping and sizes[index] == base.shape[axis]:
            mapping[index] = lead + axis
        else:
            equations.append((lead + axis, index))
    bound: dict[int, Dim] = {}
    for label, size in enumerate(sizes):
        if label not in mapping:
            new = next(fresh)
            mapping[label] = new
            bound[new] = size
    factors = [
        Factor(f.atom, tuple(indices.substitute(i, mapping) for i in f.indices), f.exponent)
        for k, f in enumerate(mono.factors)
        if k != place
    ]
    if exponent != 1:
        here = tuple(indices.substitute(i, mapping) for i in own)
        factors.append(Factor(base, here, exponent - 1))
    for axis_label, place_index in equations:
        difference = indices.difference(axis_label, indices.substitute(place_index, mapping))
        factors.append(delta(difference))
    at = (*range(lead), *(mapping[label] for label in range(len(shape))))
    found = contract(target, [(cotangent, at)], bound, factors)
    return scale(found, rational(times * exponent))
