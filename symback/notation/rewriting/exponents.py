"""Powers of one base in a product: x**y/x is x**(y - 1)."""

from __future__ import annotations

from collections.abc import Sequence

from symback.tensor import elementwise
from symback.tensor.poly import FUNCTION, GROUP, Factor, Monomial, Poly, add, as_atom, number


def with_joined_powers(mono: Monomial) -> Monomial:
    """Return a product in which each base of a power with a named exponent stands once."""
    for power in mono.factors:
        if power.atom.kind != FUNCTION or power.atom.name != "power" or power.exponent != 1:
            continue
        base, exponent = power.atom.args
        for other in mono.factors:
            more = _exponent(other, base) if other.indices == power.indices else None
            if other is not power and more is not None:
                joined = as_atom(elementwise.raised(base, add([exponent, more])))
                if joined is not None:
                    whole = Factor(joined, power.indices, 1)
                    return with_joined_powers(_replaced(mono, (power, other), whole))
    return mono


def _exponent(factor: Factor, base: Poly) -> Poly | None:
    """Return the exponent of a factor that is a power of `base`, None for others."""
    atom = factor.atom
    if atom.kind == FUNCTION and atom.name == "power" and atom.args[0] is base:
        return atom.args[1] if factor.exponent == 1 else None
    same = atom.args[0] is base if atom.kind == GROUP else atom is as_atom(base)
    return number(factor.exponent, base.shape) if same else None


def _replaced(mono: Monomial, factors: Sequence[Factor], whole: Factor) -> Monomial:
    place = mono.factors.index(factors[0])
    rest = [whole if k == place else f for k, f in enumerate(mono.factors) if f not in factors[1:]]
    return Monomial(tuple(rest), mono.bound)
