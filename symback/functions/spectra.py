"""Cotangents of eigenvalues: functions of the matrix itself, or a polynomial in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import reduce
from typing import Any

from symback.functions.forms import entries as forms
from symback.functions.forms.matrix import cosm, expm, matrix_power, sinm
from symback.functions.forms.shape import transpose
from symback.functions.forms.stacks import turned_text
from symback.functions.forms.structure import identity
from symback.tensor import indices
from symback.tensor.algebra import contract
from symback.tensor.dims import Dim
from symback.tensor.poly import (
    FUNCTION,
    GROUP,
    Atom,
    Factor,
    Monomial,
    Poly,
    add,
    as_atom,
    scale,
)

#: Functions of numbers that are known as functions of matrices too.
OF_MATRICES: dict[str, Callable[[Poly], Poly]] = {"exp": expm, "cos": cosm, "sin": sinm}


class NoMatrixFunction(Exception):
    """A cotangent that is not made of functions that matrices have."""


def of_spectrum(node: Atom, out: Poly, cotangent: Poly, guarded: bool = False) -> Poly | None:
    """Return f(A) for the cotangent f(out[i]) of the eigenvalues of A; None for other cotangents.

    V diag(f(out)) V' is f of the symmetric part of A, whether eigenvalues are equal or not: for
    the sum of their cubes 3*A@A. Source: Higham, Functions of Matrices, section 1.2.
    """
    (matrix,) = node.args
    if len(matrix.shape) > 2:
        return None
    symmetric = scale(add([matrix, transpose(matrix)]), Fraction(1, 2))
    lead = len(cotangent.shape) - 1
    shape = (*cotangent.shape[:lead], *matrix.shape)
    spectrum = _Spectrum({node, as_atom(out) or node}, symmetric)
    try:
        parts = [
            scale(_term(spectrum, mono, lead, shape), times) for mono, times in cotangent.terms
        ]
    except NoMatrixFunction:
        return None
    return add(parts) if parts else None


def _term(spectrum: _Spectrum, mono: Monomial, lead: int, shape: tuple[Dim, ...]) -> Poly:
    """Return one product of the cotangent with its factors along the spectrum as a matrix."""
    inside = [f for f in mono.factors if _runs_along(f, lead)]
    moved: dict[int, indices.Index] = {lead + 1 + k: len(shape) + k for k in range(len(mono.bound))}
    rest = [
        Factor(f.atom, tuple(indices.substitute(i, moved) for i in f.indices), f.exponent)
        for f in mono.factors
        if f not in inside
    ]
    bound = {len(shape) + k: size for k, size in enumerate(mono.bound)}
    matrix = spectrum.product(inside, lead)
    axes = (lead, lead + 1)
    return contract(shape, [(matrix, axes)], bound, rest)


def _runs_along(factor: Factor, label: int) -> bool:
    return any(label in indices.labels(i) for i in factor.indices)


class _Spectrum:
    """What eigenvalues are called, and the symmetric matrix that they are those of."""

    def __init__(self, names: set[Atom], matrix: Poly) -> None:
        self.names = names
        self.matrix = matrix

    def product(self, factors: list[Factor], label: int) -> Poly:
        """Return a product of functions of one eigenvalue as a product of matrices."""
        matrices = [self._power(factor, label) for factor in factors]
        unit = identity(self.matrix.shape[0])
        return reduce(forms.matmul, matrices) if matrices else unit

    def _power(self, factor: Factor, label: int) -> Poly:
        base, index, exponent = factor
        if index != (label,) or not isinstance(exponent, int):
            raise NoMatrixFunction
        return matrix_power(self._of(base), exponent)

    def _of(self, base: Atom) -> Poly:
        if base in self.names:
            return self.matrix
        if base.kind == GROUP:
            return self._sum(base.args[0])
        if base.kind == FUNCTION and base.name in OF_MATRICES:
            return OF_MATRICES[base.name](self._sum(base.args[0]))
        raise NoMatrixFunction

    def _sum(self, value: Poly) -> Poly:
        return add(
            scale(_term(self, mono, 0, self.matrix.shape), times) for mono, times in value.terms
        )


def eigenvalue_rule(settings: Mapping[str, Any]) -> str:
    """Return V diag(ct) V' as the polynomial of the matrix that has the values ct at `out`.

    It is written by Lagrange for two values; beyond, its coefficients solve a Vandermonde system,
    and it is evaluated by Horner's scheme.
    Raises: UnknownLength for a matrix of a named dimension.
    """
    n = settings["n"]
    if not isinstance(n, int):
        raise forms.UnknownLength("its matrix must be of a known size")
    if settings["ndim"] > 2:
        return _rule_of_stacks(n, settings["ndim"])
    if n == 1:
        return "(ct[0])*eye(1)"
    symmetric = "((A + A.T)/2)"
    if n == 2:
        first, second = (f"({symmetric} - out[{k}]*eye(2))" for k in (0, 1))
        return f"(ct[1]*{first} - ct[0]*{second})/(out[1] - out[0])"
    powers = ", ".join(["0*out + 1", *(f"out**{k}" for k in range(1, n))])
    coefficients = f"inv(stack([{powers}]))"
    return _horner([f"(ct@{coefficients}[:, {k}])" for k in range(n)], n, symmetric)


def _rule_of_stacks(n: int, ndim: int) -> str:
    """Return the same polynomial of each matrix."""
    powers = ", ".join(["0*out + 1", *(f"out**{k}" for k in range(1, n))])
    coefficients = f"inv(stack([{powers}], axis={ndim - 2}))"
    one = [f"(ct[..., None, :]@{coefficients}[..., {k}:{k + 1}])" for k in range(n)]
    return _horner(one, n, f"((A + {turned_text('A', ndim)})/2)")


def _horner(coefficients: list[str], n: int, matrix: str) -> str:
    text = f"{coefficients[-1]}*eye({n})"
    for one in reversed(coefficients[:-1]):
        text = f"{one}*eye({n}) + {matrix}@({text})"
    return text
