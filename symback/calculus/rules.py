"""The derivative rules of functions, read from their table entries and kept per node."""

from __future__ import annotations

from collections.abc import Container, Mapping
from itertools import product

from symback.calculus.commuting import commutes
from symback.calculus.elaborate import Elaborator
from symback.calculus.linear import distribute, substitute_leaf
from symback.calculus.places import SIZES, differentiating, parsed_rule
from symback.calculus.program import Program, ordered
from symback.errors import Diagnostic, InputError
from symback.functions.entry import Function, Rule
from symback.functions.forms.stacks import turned
from symback.functions.signature import parameters
from symback.functions.slopes import slope_rule
from symback.tensor import indices
from symback.tensor.algebra import broadcast, contract
from symback.tensor.poly import (
    FUNCTION,
    LEAF,
    Atom,
    Poly,
    add,
    as_atom,
    atom,
    delta,
    from_atom,
    leaf,
    zero,
)
from symback.tensor.renaming import with_leaves

#: Slopes of the comparisons and other atoms that the function table does not list.
CONSTANT_PIECEWISE = frozenset({"gt", "ge", "eq", "ne"})


def slope(program: Program, node: Atom, k: int) -> Poly:
    """Return the derivative of the elementwise function `node` in its argument k, with its axes."""
    key = (node, k)
    found = program.slopes.get(key)
    if found is None:
        found = program.slopes[key] = _slope(program, node, k)
    return found


def _slope(program: Program, node: Atom, k: int) -> Poly:
    if node.name in CONSTANT_PIECEWISE:
        return zero(node.shape)
    function = program.functions[node.name]
    rule = slope_rule(function, k, program.guarded, _wins_ties(program, node, k))
    names = [parameter.name for parameter in parameters(function.signature)]
    environment = dict(zip(names, node.args, strict=False))
    environment["out"] = _out(program, node)
    found = _from_template(program, rule, environment)
    if found is None:
        found = _elaborate(program, rule, environment)
    return broadcast(found, node.shape)


def _wins_ties(program: Program, node: Atom, k: int) -> bool:
    """Tell whether argument k is the one that is taken where both are equal on a whole region.

    That may be where they depend on the same and one has branches; then the other is taken.
    """
    if not program.functions[node.name].tied:
        return False
    below = [ordered([argument], program.definitions) for argument in node.args]
    leaves = [
        {one for one in nodes if isinstance(one, Atom) and one.kind == LEAF} for nodes in below
    ]
    if not leaves[0] & leaves[1]:
        return False
    branches = [any(_has_kink(program, node) for node in nodes) for nodes in below]
    return branches == [k == 1, k == 0] or (all(branches) and k == 0)


def _has_kink(program: Program, node: Atom | Poly) -> bool:
    if isinstance(node, Poly) or node.kind != FUNCTION or node.name not in program.functions:
        return False
    return bool(program.functions[node.name].kinks)


def _from_template(program: Program, rule: str, environment: Mapping[str, Poly]) -> Poly | None:
    """Apply a rule to named tensors by renaming what it gave for others of the same kind.

    A net has thousands of steps such as `h = sigmoid(z)`; the rule is worked out for one of them.
    """
    bases = {name: as_atom(value) for name, value in environment.items()}
    leaves = {name: base for name, base in bases.items() if base and base.kind == LEAF}
    if len(leaves) < len(bases):
        return None
    key = (rule, *[(base.shape, base.facts) for base in leaves.values()])
    template = program.templates.get(key)
    if template is None:
        blanks = {n: atom(LEAF, f"#{n}", b.shape, facts=b.facts) for n, b in leaves.items()}
        value = _elaborate(program, rule, {name: from_atom(b) for name, b in blanks.items()})
        template = program.templates[key] = value, tuple(blanks.values())
    value, places = template
    found = with_leaves(value, dict(zip(places, leaves.values(), strict=True)))
    return None if found is None else program.known.of(found)


def _out(program: Program, node: Atom) -> Poly:
    own = from_atom(node)
    return program.known.of(own)


def _elaborate(program: Program, rule: str, environment: Mapping[str, Poly]) -> Poly:
    elaborator = Elaborator(program.functions, environment, program.dims, program.known)
    return elaborator(parsed_rule(rule))


def pulled(
    program: Program, node: Atom, k: int, cotangent: Poly, active: Container[Atom | Poly]
) -> Poly:
    """Return the cotangent of argument k of the primitive `node`, given that of its value.

    `active` are the atoms and sums that depend on what is differentiated by.
    """
    with differentiating(node.name):
        shorter = program.functions[node.name].commuting if node.name in program.functions else None
        if shorter is None or k or not commutes(node, cotangent, active):
            return _pulled(program, node, k, cotangent)
        return _pulled(program, node, k, cotangent, shorter)


def pushed(
    program: Program, node: Atom, k: int, tangent: Poly, active: Container[Atom | Poly]
) -> Poly | None:
    """Return the tangent of a function of a matrix, such as exp, for that of its argument k.

    It is the cotangent at the transposed matrix. None for all other functions.
    """
    function = program.functions.get(node.name)
    if function is None or function.commuting is None or k:
        return None
    with differentiating(node.name):
        rule = function.commuting if commutes(node, tangent, active) else function.vjps[0]
        assert rule is not None
        text, environment = _bound(program, function, node, k, rule)
        name = parameters(function.signature)[0].name
        upright = {one: turned(environment[one]) for one in (name, "out")}
        return _elaborate(program, text, {**environment, **upright, "ct": tangent})


def _pulled(
    program: Program, node: Atom, k: int, cotangent: Poly, rule: Rule | None = None
) -> Poly:
    if node.name == "arange":
        return zero(cotangent.shape)
    function = program.functions[node.name]
    out = _out(program, node)
    short: Poly | None = function.direct and function.direct(node, out, cotangent, program.guarded)
    if short is not None:
        return short
    if rule is None:
        rule = function.vjps[k] if k < len(function.vjps) else None
        if program.guarded and function.guarded:
            rule = function.guarded[k] or rule
    if rule is None:
        message = f"`{node.name}` is not differentiated in its argument {k + 1}"
        raise InputError(Diagnostic("E305", message))
    text, environment = _bound(program, function, node, k, rule)
    lead = len(cotangent.shape) - len(node.shape)
    if not lead:
        return _elaborate(program, text, {**environment, "ct": cotangent})
    return _linear(program, text, environment, node, cotangent)


def _bound(
    program: Program, function: Function, node: Atom, k: int, rule: Rule
) -> tuple[str, dict[str, Poly]]:
    """Return a rule as text, and what its names stand for."""
    argument = node.args[k]
    settings = {**dict(node.params), "ndim": len(argument.shape), "shape": argument.shape}
    text = rule if isinstance(rule, str) else rule(settings)
    names = [parameter.name for parameter in parameters(function.signature)]
    environment = dict(zip(names, node.args, strict=False))
    environment["out"] = _out(program, node)
    return text, environment


def _linear(
    program: Program, text: str, environment: Mapping[str, Poly], node: Atom, cotangent: Poly
) -> Poly:
    """Apply a rule, linear in its cotangent, to one with axes of its own in front."""
    name = "#ct"
    plain = leaf(name, node.shape)
    base = plain.terms[0][0].factors[0].atom
    found = _elaborate(program, text, {**environment, "ct": plain})
    spread = distribute(found, base)
    if all(any(f.atom is base for f in mono.factors) for mono, _ in spread.terms):
        return substitute_leaf(spread, base, cotangent)
    return _by_entries(program, text, environment, node, cotangent)


def _by_entries(
    program: Program, text: str, environment: Mapping[str, Poly], node: Atom, cotangent: Poly
) -> Poly:
    """Apply a rule to one unit cotangent after the other: where it hides its cotangent in a call.

    Raises: InputError E311 for a value whose shape is not known.
    """
    lead = tuple(range(len(cotangent.shape) - len(node.shape)))
    if not all(isinstance(size, int) for size in node.shape):
        message = f"the derivative of `{node.name}` is written out for known shapes only"
        raise InputError(Diagnostic("E311", message, SIZES))
    parts = []
    for place in product(*(range(size) for size in node.shape if isinstance(size, int))):
        spot = [delta(indices.shift(axis, -at)) for axis, at in enumerate(place)]
        unit = contract(node.shape, [], {}, spot)
        found = _elaborate(program, text, {**environment, "ct": unit})
        axes = tuple(range(len(lead), len(lead) + len(found.shape)))
        picked: indices.Indices = (*lead, *(indices.constant(at) for at in place))
        shape = (*cotangent.shape[: len(lead)], *found.shape)
        parts.append(contract(shape, [(cotangent, picked), (found, axes)]))
    return add(parts)
