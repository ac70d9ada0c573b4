"""Where a matrix function differentiates like its scalar function: d tr f(X)/dX = f'(X)'.

That holds for a cotangent that is a multiple of the identity, and for an argument such as t*A in
which only scalars vary, since that change commutes with the argument.
"""

from __future__ import annotations

from collections.abc import Container
from fractions import Fraction

from symback.tensor import indices
from symback.tensor.algebra import contract
from symback.tensor.dims import Dim
from symback.tensor.monomial import inverted, length_factors
from symback.tensor.poly import Atom, Poly, delta, scale


def commutes(node: Atom, cotangent: Poly, active: Container[Atom | Poly]) -> bool:
    """Tell whether the cotangent of a matrix function commutes with it, or the only change."""
    lead = len(cotangent.shape) - len(node.shape)
    if not lead and _is_central(cotangent):
        return True
    return len(node.shape) == 2 and _varies_by_scalars(node.args[0], active)


def _is_central(cotangent: Poly) -> bool:
    """Tell whether a matrix, or each of a stack, is a multiple of the identity."""
    shape = cotangent.shape
    *lead, row, column = range(len(shape))
    summed = len(shape)
    length, times = length_factors(shape[-1])
    spots = (*lead, summed, summed)
    bound: dict[int, Dim] = {summed: shape[-1]}
    total = contract(shape[:-2], [(cotangent, spots)], bound, inverted(length))
    mean = scale(total, 1 / Fraction(times))
    identity = delta(indices.difference(row, column))
    return contract(shape, [(mean, tuple(lead))], {}, [identity]) is cotangent


def _varies_by_scalars(argument: Poly, active: Container[Atom | Poly]) -> bool:
    """Tell whether an argument is one constant matrix times scalars."""
    if len(argument.terms) != 1:
        return False
    factors = argument.terms[0][0].factors
    return not any(f.atom in active for f in factors if f.indices)
