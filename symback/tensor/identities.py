"""Products that are shorter than they look: a matrix times its inverse, sin/cos, softmaxes."""

from __future__ import annotations

from typing import NamedTuple

from symback.tensor import indices
from symback.tensor.dims import Dim
from symback.tensor.indices import Indices
from symback.tensor.monomial import canonical, independent
from symback.tensor.poly import (
    FUNCTION,
    GROUP,
    PRIMITIVE,
    Atom,
    Factor,
    Poly,
    Rational,
    as_atom,
    atom,
    delta,
    rational,
    scale,
)
from symback.tensor.shifts import apart


def simplified(factors: list[Factor], bound: dict[int, Dim]) -> list[Factor]:
    """Return an equal product; labels that are no longer summed leave `bound`."""
    factors = _kinks(_absolutes(factors))
    if any(f.atom.kind == GROUP and f.exponent == -1 for f in factors):
        factors = _softmaxes(_without_quotients(factors, bound) if bound else factors)
    if any(f.atom.kind == PRIMITIVE for f in factors):
        factors = _without_totals(_without_inverses(factors, bound), bound)
    return factors


class Signed(NamedTuple):
    """What is left of a product, and `argument[at] ** exponent` that belongs to it."""

    kept: list[Factor]
    argument: Poly
    at: Indices
    exponent: Rational


def without_sign(factors: list[Factor]) -> Signed | None:
    """Write sign(x)*abs(x)**p as x*abs(x)**(p - 1), and sign(x)/abs(x) as 1/x."""
    for sign in factors:
        if sign.atom.kind != FUNCTION or sign.atom.name != "sign" or sign.exponent != 1:
            continue
        (argument,) = sign.atom.args
        for place, factor in enumerate(factors):
            base, index, exponent = factor
            same = base.kind == FUNCTION and base.name == "abs" and base.args == (argument,)
            if not same or index != sign.indices or (exponent < 1 and exponent != -1):
                continue
            kept = [f for k, f in enumerate(factors) if k != place and f is not sign]
            if exponent > 1:
                kept.append(Factor(base, index, rational(exponent - 1)))
            return Signed(kept, argument, index, -1 if exponent == -1 else 1)
    return None


#: Quotients that have a name of their own.
QUOTIENTS = {
    "cos": ("sin", "tan"),
    "sin": ("cos", "cot"),
    "cosh": ("sinh", "tanh"),
    "sinh": ("cosh", "coth"),
}


def _absolutes(factors: list[Factor]) -> list[Factor]:
    """Write x**2 * abs(x) as abs(x)**3, x*abs(x)**2 as x**3 for an atom x, sin/cos as tan.

    x*sign(x) is abs(x).
    """
    for place, factor in enumerate(factors):
        base, index, exponent = factor
        if base.kind == FUNCTION and base.name in QUOTIENTS and exponent == -1:
            above, name = QUOTIENTS[base.name]
            top = Factor(atom(FUNCTION, above, base.shape, base.args), index, 1)
            if top in factors:
                rest = [f for f in factors if f != top and f is not factor]
                whole = Factor(atom(FUNCTION, name, base.shape, base.args), index, 1)
                return _absolutes([*rest, whole])
        if base.kind == FUNCTION and base.name == "sign" and exponent == 1:
            same = Factor(as_atom(base.args[0]) or base, index, 1)
            if same in factors and same.atom is not base:
                rest = [f for f in factors if f != same and f is not factor]
                size = atom(FUNCTION, "abs", base.shape, base.args)
                return _absolutes([*rest, Factor(size, index, 1)])
        if base.kind != FUNCTION or base.name != "abs":
            continue
        inner = as_atom(base.args[0])
        beside = any(f.atom is inner and f.indices == index and f.exponent % 2 for f in factors)
        if inner is not None and exponent % 2 == 0 and beside:
            rest = [f for k, f in enumerate(factors) if k != place]
            return _absolutes([*rest, Factor(inner, index, exponent)])
        for other, (atom_, index_, times) in enumerate(factors):
            if atom_ is inner and index_ == index and times % 2 == 0:
                merged = Factor(base, index, rational(exponent + times))
                rest = [f for k, f in enumerate(factors) if k not in (place, other)]
                return _absolutes([merged, *rest])
    return factors


def _kinks(factors: list[Factor]) -> list[Factor]:
    """Write relu(u)*[u > 0] as relu(u), and sigmoid(u)/exp(u) as sigmoid(-u)."""
    named = [f for f in factors if f.atom.kind == FUNCTION]
    for one in named:
        if one.atom.name not in ("step", "sigmoid") or len(named) < 2 or one.exponent != 1:
            continue
        (argument,) = one.atom.args
        for other in named:
            if other.indices != one.indices or other is one:
                continue
            rest = [f for f in factors if f is not one]
            if one.atom.name == "step" and _vanishes_below(other, argument):
                return _kinks(rest)
            if one.atom.name == "sigmoid" and _is_opposite(other, argument):
                turned = atom(FUNCTION, "sigmoid", one.atom.shape, (scale(argument, -1),))
                rest = [f for f in rest if f is not other]
                return _kinks([*rest, Factor(turned, one.indices, 1)])
    return factors


def _vanishes_below(factor: Factor, argument: Poly) -> bool:
    """Tell whether a factor is 0 wherever `argument` is not positive."""
    base, _, exponent = factor
    if exponent <= 0 or base.name not in ("relu", "maximum"):
        return False
    others = [arg for arg in base.args if arg is not argument]
    return len(others) == len(base.args) - 1 and not any(arg.terms for arg in others)


def _is_opposite(factor: Factor, argument: Poly) -> bool:
    """Tell whether a factor is exp(-argument)."""
    base, _, exponent = factor
    if base.name != "exp" or exponent not in (1, -1):
        return False
    return scale(base.args[0], -exponent) is argument


def _without_inverses(factors: list[Factor], bound: dict[int, Dim]) -> list[Factor]:
    """Write a matrix times its inverse, summed over the label between them, as the identity."""
    for factor in factors:
        if factor.atom.kind != PRIMITIVE or factor.atom.name != "inv" or factor.exponent != 1:
            continue
        inner = as_atom(factor.atom.args[0])
        for other in factors:
            if other.atom is not inner or other.exponent != 1:
                continue
            for mine, theirs in ((0, 1), (1, 0)):
                label = factor.indices[mine]
                if not isinstance(label, int) or label not in bound:
                    continue
                if label != other.indices[theirs]:
                    continue
                rest = [f for f in factors if f is not factor and f is not other]
                if any(label in indices.labels(i) for f in rest for i in f.indices):
                    continue
                ends = factor.indices[1 - mine], other.indices[1 - theirs]
                if label in ends:
                    continue
                same = delta(indices.difference(*ends))
                del bound[label]
                return _without_inverses([*rest, same], bound)
    return factors


def _without_quotients(factors: list[Factor], bound: dict[int, Dim]) -> list[Factor]:
    """Drop a sum that the same sum is divided by: x*(x @ x)/(x @ x) is x."""
    for below in factors:
        if below.atom.kind != GROUP or below.exponent != -1 or below.indices:
            continue
        whole = below.atom.args[0]
        if len(whole.terms) != 1 or whole.terms[0][1] != 1:
            continue
        for own, part in independent([f for f in factors if f is not below], bound):
            sizes = {label: bound[label] for label in own}
            if not own or any(label not in own for f in part for label in _labels(f)):
                continue
            if canonical(part, 1, (), sizes) == (whole.terms[0][0], 1):
                for label in own:
                    del bound[label]
                rest = [f for f in factors if f is not below and not any(f is g for g in part)]
                return _without_quotients(rest, bound) if bound else rest
    return factors


def _labels(factor: Factor) -> set[int]:
    return {label for index in factor.indices for label in indices.labels(index)}


def _softmaxes(factors: list[Factor]) -> list[Factor]:
    """Write exp(u)/sum(exp(u)) as softmax(u)."""
    for total in factors:
        if total.atom.kind != GROUP or total.exponent != -1:
            continue
        found = summed_exponential(total.atom.args[0])
        if found is None:
            continue
        base, exponent, axis = found
        for factor in factors:
            if factor.atom is not base or factor.exponent != exponent:
                continue
            if (*factor.indices[:axis], *factor.indices[axis + 1 :]) != total.indices:
                continue
            rest = [f for f in factors if f is not factor and f is not total]
            argument, _ = apart(scale(base.args[0], exponent), (axis,))
            whole = atom(PRIMITIVE, "softmax", base.shape, (argument,), (("axis", axis),))
            return _softmaxes([*rest, Factor(whole, factor.indices, 1)])
    return factors


def summed_exponential(value: Poly) -> tuple[Atom, int, int] | None:
    """Return the exponential, its exponent and the axis where `value` is its sum over one axis."""
    if len(value.terms) != 1:
        return None
    (factors, bound), times = value.terms[0]
    if times != 1 or len(factors) != 1 or len(bound) != 1:
        return None
    base, index, exponent = factors[0]
    rank = len(value.shape)
    if base.kind != FUNCTION or base.name != "exp" or exponent not in (1, -1):
        return None
    if rank not in index or len(index) != rank + 1:
        return None
    axis = index.index(rank)
    kept = (*index[:axis], *index[axis + 1 :])
    if kept != tuple(range(rank)) or bound[0] != base.shape[axis]:
        return None
    return base, int(exponent), axis


def _without_totals(factors: list[Factor], bound: dict[int, Dim]) -> list[Factor]:
    """Write the sum of a softmax over its own axis as 1."""
    for factor in factors:
        if factor.atom.name != "softmax" or factor.exponent != 1:
            continue
        axis = dict(factor.atom.params)["axis"]
        label = factor.indices[axis]
        if not isinstance(label, int) or label not in bound:
            continue
        if not all(isinstance(i, int) for i in factor.indices):
            continue
        rest = [f for f in factors if f is not factor]
        others = [i for k, i in enumerate(factor.indices) if k != axis]
        inside = [*others, *(i for f in rest for i in f.indices)]
        if bound[label] == factor.atom.shape[axis] and not any(
            label in indices.labels(i) for i in inside
        ):
            del bound[label]
            return _without_totals(rest, bound)
    return factors
