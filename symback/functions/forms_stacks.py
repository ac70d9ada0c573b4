"""Inverses and determinants of stacks of matrices: the last two axes are those of a matrix."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from symback.functions.forms import ShapeFault, matmul
from symback.functions.forms_shape import transpose
from symback.functions.primitives import primitive
from symback.tensor.dims import Dim, show
from symback.tensor.poly import PRIMITIVE, Poly, as_atom


def turned(A: Poly) -> Poly:
    """Return the transposes of the matrices."""
    *lead, row, column = range(len(A.shape))
    return transpose(A, (*lead, column, row))


def side(A: Poly, name: str) -> Dim:
    """Return the side of the square matrices in a stack."""
    if A.shape[-1] != A.shape[-2]:
        raise ShapeFault(f"`{name}` needs square matrices, not shape {show(A.shape)}")
    return A.shape[-1]


def inverse(A: Poly) -> Poly:
    """Return the inverse of each matrix; inv(inv(A)) is A."""
    side(A, "inv")
    base = as_atom(A)
    if base is not None and base.kind == PRIMITIVE and base.name == "inv":
        (inner,) = base.args
        return inner
    return primitive("inv", A.shape, (A,))


def pseudo_inverse(A: Poly) -> Poly:
    """Return inv(A.T@A)@A.T of each matrix, or A.T@inv(A@A.T) for wide ones."""
    rows, columns = A.shape[-2:]
    if rows == columns:
        return inverse(A)
    back = turned(A)
    if isinstance(rows, int) and isinstance(columns, int) and rows < columns:
        return matmul(back, inverse(matmul(A, back)))
    return matmul(inverse(matmul(back, A)), back)


def number_of_each(name: str, A: Poly) -> Poly:
    """Return the determinant of each matrix, or its logarithm."""
    side(A, name)
    return primitive(name, A.shape[:-2], (A,))


def of_inverse(settings: Mapping[str, Any]) -> str:
    """Return the cotangent of A for that of its inverse."""
    turned = _turned_text("out", settings["ndim"])
    return f"-({turned}@ct@{turned})"


def of_determinant(times: str) -> Callable[[Mapping[str, Any]], str]:
    """Return the rule by which the cotangent of A is a multiple of inv(A).T."""

    def rule(settings: Mapping[str, Any]) -> str:
        ndim = settings["ndim"]
        spread = times if ndim == 2 else f"({times})[..., None, None]"
        return f"{spread}*{_turned_text('inv(A)', ndim)}"

    return rule


def _turned_text(name: str, ndim: int) -> str:
    if ndim == 2:
        return f"{name}.T"
    *lead, row, column = range(ndim)
    return f"transpose({name}, {(*lead, column, row)})"
