"""Known facts applied to finished results: symmetric matrices, vectors that sum to 1."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import combinations, islice, product

from symback.calculus.linear import mentions
from symback.functions.forms.matrix import cosm, expm, inverse, matrix_power, sinm
from symback.tensor import indices
from symback.tensor.algebra import contract, monomial, transpose
from symback.tensor.dims import Dim
from symback.tensor.poly import (
    FUNCTION,
    GROUP,
    LEAF,
    PRIMITIVE,
    Atom,
    Factor,
    Monomial,
    Poly,
    Rational,
    add,
    as_atom,
    delta,
    scale,
    zero,
)

#: Ways to turn the symmetric factors of a product that are tried for the first in order.
MAX_TURNED = 16

#: Primitives that map symmetric matrices to symmetric matrices.
PRESERVING = frozenset({"inv", "expm", "cosm", "sinm", "matrix_power"})


@lru_cache(maxsize=4096)
def is_symmetric(base: Atom) -> bool:
    """Tell whether a matrix is known to equal its transpose."""
    if len(base.shape) != 2:
        return False
    if base.kind == LEAF:
        return "symmetric" in base.facts
    if base.kind == PRIMITIVE:
        return base.name in PRESERVING and is_symmetric_value(base.args[0])
    if base.kind in (GROUP, FUNCTION):
        return all(is_symmetric_value(arg) for arg in base.args)
    return False


def is_symmetric_value(value: Poly) -> bool:
    """Tell whether a finished matrix is known to equal its transpose."""
    if len(value.shape) != 2 or value.shape[0] != value.shape[1]:
        return False
    settled = with_facts(value)
    return with_facts(transpose(settled, (1, 0))) is settled


def with_facts(value: Poly, held: frozenset[Atom] = frozenset()) -> Poly:
    """Return a finished result with symmetric factors read one way and totals that are 1.

    The leaves `held` will be differentiated by: their entries stay independent.
    """
    concerned = {f.atom for mono, _ in value.terms for f in mono.factors if _concerns(f.atom)}
    concerned = {base for base in concerned if not any(_holds(base, leaf) for leaf in held)}
    if not concerned:
        return value
    parts = [_term(value, mono, times, concerned) for mono, times in value.terms]
    result = add(parts) if parts else zero(value.shape)
    if result is not value and len(result.terms) < len(value.terms):
        return with_facts(result, held)
    return result


def _holds(base: Atom, leaf: Atom) -> bool:
    return base is leaf or any(mentions(arg, leaf) for arg in base.args)


def _concerns(base: Atom) -> bool:
    known = base.kind == LEAF and bool(base.facts & {"sums-to-one", "orthogonal"})
    return known or is_symmetric(base) or _is_orthogonal_inverse(base)


def _is_orthogonal_inverse(base: Atom) -> bool:
    """Tell whether an atom is the inverse, and so the transpose, of an orthogonal matrix."""
    if base.kind != PRIMITIVE or base.name != "inv":
        return False
    inner = as_atom(base.args[0])
    return inner is not None and inner.kind == LEAF and "orthogonal" in inner.facts


def _term(owner: Poly, mono: Monomial, times: Rational, concerned: set[Atom]) -> Poly:
    rank = len(owner.shape)
    bound: dict[int, Dim] = {rank + k: size for k, size in enumerate(mono.bound)}
    factors = _without_totals(list(mono.factors), bound, concerned)
    factors = _without_orthogonal(factors, bound)
    current = monomial(owner.shape, factors, times, bound)
    for _ in range(3):
        if len(current.terms) != 1:
            return current
        inside = _settled_inside(current, concerned)
        if inside is not None:
            return with_facts(inside)
        (kept, sizes), coefficient = current.terms[0]
        turned = [_turned(f) if f.atom in concerned else f for f in kept]
        labels = {rank + k: size for k, size in enumerate(sizes)}
        again = monomial(owner.shape, turned, coefficient, labels)
        if again is current:
            break
        current = again
    return _least(current, concerned)


def _least(value: Poly, concerned: set[Atom]) -> Poly:
    """Turn symmetric factors between summed labels so that equal products have one form."""
    if len(value.terms) != 1:
        return value
    rank = len(value.shape)
    (factors, sizes), times = value.terms[0]
    inner = [
        k
        for k, (base, index, _) in enumerate(factors)
        if base in concerned
        and len(index) == 2
        and is_symmetric(base)
        and all(isinstance(i, int) and i >= rank for i in index)
    ]
    labels = {rank + k: size for k, size in enumerate(sizes)}
    found = [value]
    for turned in islice(product((False, True), repeat=len(inner)), 1, MAX_TURNED):
        swapped = {k for k, turn in zip(inner, turned, strict=True) if turn}
        other = [
            f._replace(indices=f.indices[::-1]) if k in swapped else f
            for k, f in enumerate(factors)
        ]
        found.append(monomial(value.shape, other, times, labels))
    return min(found, key=lambda one: one.digest)


def _without_orthogonal(factors: list[Factor], bound: dict[int, Dim]) -> list[Factor]:
    """Write Q'Q, summed over the label between them, as the identity."""
    rows = [f for f in factors if "orthogonal" in f.atom.facts and f.exponent == 1]
    for one, other in combinations(rows, 2):
        for axis in (0, 1):
            label = one.indices[axis]
            ends = one.indices[1 - axis], other.indices[1 - axis]
            if one.atom is not other.atom or label != other.indices[axis] or label not in bound:
                continue
            rest = [f for f in factors if f is not one and f is not other]
            used = {k for f in rest for i in f.indices for k in indices.labels(i)}
            if isinstance(label, int) and label not in used and label not in ends:
                del bound[label]
                same = delta(indices.difference(*ends))
                return _without_orthogonal([*rest, same], bound)
    return factors


def _settled_inside(value: Poly, concerned: set[Atom]) -> Poly | None:
    """Apply facts to what symmetric factors are made of, inv((A + A.T)/2); None without any."""
    ((factors, sizes), times) = value.terms[0]
    for place, (base, index, exponent) in enumerate(factors):
        if base not in concerned or not base.args or exponent != 1:
            continue
        argument = with_facts(base.args[0])
        if argument is not base.args[0] and base.name in MADE_OF:
            rank = len(value.shape)
            whole = MADE_OF[base.name](argument, *base.args[1:], **dict(base.params))
            rest = [f for k, f in enumerate(factors) if k != place]
            bound = {rank + k: size for k, size in enumerate(sizes)}
            if any(f.atom is base for mono, _ in whole.terms for f in mono.factors):
                continue  # the same atom, turned
            return scale(contract(value.shape, [(whole, index)], bound, rest), times)
    return None


def _itself(argument: Poly) -> Poly:
    return argument


#: What makes a symmetric atom from its argument, by its name; sums have none.
MADE_OF: dict[str, Callable[..., Poly]] = {
    "": _itself,
    "inv": inverse,
    "expm": lambda A, n: expm(A),
    "cosm": lambda A, n: cosm(A),
    "sinm": lambda A, n: sinm(A),
    "matrix_power": matrix_power,
}


def _turned(factor: Factor) -> Factor:
    base, index, exponent = factor
    if _is_orthogonal_inverse(base):
        return Factor(base.args[0].terms[0][0].factors[0].atom, index[::-1], exponent)
    if len(index) == 2 and is_symmetric(base):
        ordered = tuple(sorted(index, key=indices.sort_key))
        return Factor(base, ordered, exponent)
    return factor


def _without_totals(
    factors: list[Factor], bound: dict[int, Dim], concerned: set[Atom]
) -> list[Factor]:
    """Drop a vector that is summed alone and sums to 1."""
    for factor in factors:
        base, index, exponent = factor
        if base not in concerned or "sums-to-one" not in base.facts or exponent != 1 or not index:
            continue
        label = index[-1]
        if label not in bound or bound[label] != base.shape[-1]:
            continue
        others = [f for f in factors if f is not factor]
        if any(label in indices.labels(i) for f in others for i in f.indices):
            continue
        if all(isinstance(i, int) for i in index):
            del bound[label]
            return _without_totals(others, bound, concerned)
    return factors
