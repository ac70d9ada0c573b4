"""Logarithms of exponentials and of sums of them: softplus and logsumexp."""

from __future__ import annotations

from symback.tensor.algebra import apply, restrict
from symback.tensor.identities import summed_exponential
from symback.tensor.poly import (
    FUNCTION,
    PRIMITIVE,
    Poly,
    add,
    as_atom,
    atom,
    from_atom,
    number,
    scale,
)
from symback.tensor.shifts import apart


def logarithm(name: str, value: Poly) -> Poly | None:
    """Return log(exp(u)^k) as k*u, log(1 + exp(u)) as softplus(u), log(sum(exp(u))) by its name."""
    if name not in ("log", "log1p"):
        return None
    one = add([value, number(1, value.shape)]) if name == "log1p" else value
    inner = exponential_plus_one(one)
    if inner is not None:
        return apply("softplus", [inner])
    if len(value.terms) != 1 or name == "log1p":
        return None
    total = summed_exponential(value)
    if total is not None:
        base, exponent, axis = total
        return logsumexp(scale(base.args[0], exponent), axis)
    whole = as_atom(value)
    if whole is not None and whole.kind == PRIMITIVE and whole.name == "softmax":
        return from_atom(atom(PRIMITIVE, "log_softmax", whole.shape, whole.args, whole.params))
    (factors, bound), times = value.terms[0]
    if bound or times != 1 or len(factors) != 1:
        return None
    base, index, power_ = factors[0]
    if base.kind != FUNCTION or base.name != "exp":
        return None
    inner = base.args[0]
    if index != tuple(range(len(base.shape))) or inner.shape != value.shape:
        return None
    return scale(inner, power_)


def logsumexp(x: Poly, axis: int) -> Poly:
    """Return log(sum(exp(x), axis)); that of u + c is that of u, plus c, for a constant c."""
    rank = len(x.shape)
    x, constant = apart(x, (axis,))
    kept = tuple(k for k in range(rank) if k != axis)
    settings = {"axis": axis if rank > 1 else None, "keepdims": False, "ndim": rank}
    shape = tuple(x.shape[k] for k in kept)
    found = atom(PRIMITIVE, "logsumexp", shape, (x,), tuple(sorted(settings.items())))
    return add([from_atom(found), restrict(constant, kept)])


def exponential_plus_one(value: Poly) -> Poly | None:
    """Return u where `value` is 1 + exp(u) exactly, else None."""
    if len(value.terms) != 2:
        return None
    ones = [mono for mono, times in value.terms if times == 1 and not mono.factors]
    others = [(mono, times) for mono, times in value.terms if mono.factors]
    if len(ones) != 1 or len(others) != 1 or others[0][1] != 1:
        return None
    mono = others[0][0]
    if mono.bound or len(mono.factors) != 1:
        return None
    base, index, exponent = mono.factors[0]
    if base.kind != FUNCTION or base.name != "exp" or base.shape != value.shape:
        return None
    if index != tuple(range(len(base.shape))) or exponent not in (1, -1):
        return None
    return scale(base.args[0], exponent)
