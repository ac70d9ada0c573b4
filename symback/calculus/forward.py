"""The forward pass: tangents of every step, from those of the variables.

A sum passes tangents on factor by factor, an elementwise function by its slope, and a function of
whole arrays by the transpose of the rule for its cotangent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from symback.calculus.program import Program, operands, ordered
from symback.calculus.reverse import Node, pull_back
from symback.calculus.rules import pulled, pushed, slope
from symback.tensor.algebra import contract
from symback.tensor.poly import (
    FUNCTION,
    GROUP,
    LEAF,
    Atom,
    Factor,
    Poly,
    add,
    as_atom,
    leaf,
    number,
    rational,
    scale,
    zero,
)


def push_forward(program: Program, output: Poly, tangents: Mapping[Atom, Poly]) -> Poly:
    """Return the tangent of `output` for the tangents of some leaves.

    Shapes: each tangent has the shape of its leaf, the result that of `output`.
    """
    definitions = program.definitions
    found: dict[Node, Poly] = {base: tangent for base, tangent in tangents.items()}
    for node in ordered([output], definitions):
        if node not in found and any(o in found for o in operands(node, definitions)):
            found[node] = add(_parts(program, node, found))
    return found.get(output, zero(output.shape))


def _parts(program: Program, node: Node, tangents: Mapping[Node, Poly]) -> Iterator[Poly]:
    """Yield what each operand that has a tangent adds to the tangent of a node."""
    if isinstance(node, Poly):
        yield from _of_sum(node, tangents)
    elif node.kind in (LEAF, GROUP):
        operand = program.definitions[node] if node.kind == LEAF else node.args[0]
        yield tangents[operand]
    else:
        for k, argument in enumerate(node.args):
            tangent = tangents.get(argument)
            if tangent is not None and node.kind == FUNCTION:
                axes = tuple(range(len(node.shape)))
                yield contract(node.shape, [(tangent, axes), (slope(program, node, k), axes)])
            elif tangent is not None:
                yield _transposed(program, node, k, tangent, tangents)


def _of_sum(node: Poly, tangents: Mapping[Node, Poly]) -> Iterator[Poly]:
    """The product rule: each factor in turn gives way to its tangent."""
    lone = as_atom(node)
    if lone is not None:
        yield tangents[lone]
        return
    rank = len(node.shape)
    for mono, times in node.terms:
        bound = dict(enumerate(mono.bound, start=rank))
        for place, (base, index, exponent) in enumerate(mono.factors):
            if base not in tangents:
                continue
            rest = [factor for k, factor in enumerate(mono.factors) if k != place]
            if exponent != 1:
                rest.append(Factor(base, index, exponent - 1))
            part = contract(node.shape, [(tangents[base], index)], bound, rest)
            yield scale(part, rational(times * exponent))


def _transposed(
    program: Program, node: Atom, k: int, tangent: Poly, tangents: Mapping[Node, Poly]
) -> Poly:
    """Return the tangent of a function of whole arrays for that of its argument k."""
    short = pushed(program, node, k, tangent, tangents)
    if short is not None:
        return short
    seed = leaf("#u", node.shape)
    base = as_atom(seed)
    assert base is not None
    cotangent = pulled(program, node, k, seed, tangents)
    axes = tuple(range(len(tangent.shape)))
    bound = dict(enumerate(tangent.shape))
    paired = contract((), [(cotangent, axes), (tangent, axes)], bound)
    return pull_back(program, paired, number(1), {base: None})[base]
