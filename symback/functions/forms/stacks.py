"""Functions of each matrix of a stack: the last two axes are those of a matrix."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from symback.functions.forms.entries import ShapeFault, matmul, square
from symback.functions.forms.primitives import primitive
from symback.functions.forms.shape import transpose
from symback.tensor.dims import Dim, show
from symback.tensor.poly import PRIMITIVE, Poly, as_atom


def turned(A: Poly) -> Poly:
    """Return the transposes of the matrices."""
    *lead, row, column = range(len(A.shape))
    return transpose(A, (*lead, column, row))


def side(A: Poly, name: str) -> Dim:
    """Return the side of the square matrices in a stack, or of one; a fault of `name` else."""
    if len(A.shape) < 3:
        return square(A, name)
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
    out = turned_text("out", settings["ndim"])
    return f"-({out}@ct@{out})"


def of_determinant(times: str) -> Callable[[Mapping[str, Any]], str]:
    """Return the rule by which the cotangent of A is a multiple of inv(A).T."""

    def rule(settings: Mapping[str, Any]) -> str:
        ndim = settings["ndim"]
        spread = times if ndim == 2 else f"({times})[..., None, None]"
        return f"{spread}*{turned_text('inv(A)', ndim)}"

    return rule


def block(name: str, more: str = "") -> Callable[[Mapping[str, Any]], str]:
    """The derivative of a matrix function is its value at a block triangular matrix (Mathias)."""

    def rule(settings: Mapping[str, Any]) -> str:
        ndim = settings["ndim"]
        n = settings["shape"][-2]
        matrix, dots = turned_text("A", ndim), "..., " if ndim > 2 else ""
        upper = f"concat([{matrix}, ct], axis={ndim - 1})"
        lower = f"concat([0*A, {matrix}], axis={ndim - 1})"
        return f"{name}(concat([{upper}, {lower}], axis={ndim - 2}){more})[{dots}:{n}, {n}:]"

    return rule


def by_value(name: str, sign: str = "") -> Callable[[Mapping[str, Any]], str]:
    """Return the rule of a matrix function whose slope is another one, of what commutes."""

    def rule(settings: Mapping[str, Any]) -> str:
        return f"{sign}(ct@{turned_text(name, settings['ndim'])})"

    return rule


def of_power(settings: Mapping[str, Any]) -> str:
    """Return the rule of a power of a matrix: a factor after the other varies."""
    exponent = settings.get("exponent")
    if exponent is None:
        return block("matrix_power", ", exponent")(settings)
    power = [turned_text(f"matrix_power(A, {k})", settings["ndim"]) for k in range(exponent)]
    return " + ".join(f"{power[k]}@ct@{power[-1 - k]}" for k in range(exponent))


def of_commuting_power(settings: Mapping[str, Any]) -> str:
    """Return that rule where the cotangent commutes with the matrix."""
    exponent = settings.get("exponent", "exponent")
    power = turned_text(f"matrix_power(A, {exponent} - 1)", settings["ndim"])
    return f"{exponent}*ct@{power}"


def of_factor(settings: Mapping[str, Any]) -> str:
    """Return the cotangent of A for that of its Cholesky factor."""
    ndim, n = settings["ndim"], settings["shape"][-2]
    back = turned_text("out", ndim)
    product = f"{back}@ct"
    diagonal = f"diag(diag({product}))" if ndim == 2 else f"({product})*eye({n})"
    lower = f"(tril({product}) - {diagonal}/2)"
    whole = f"{turned_text('inv(out)', ndim)}@{lower}@inv(out)"
    return f"({whole} + {turned_text(f'({whole})', ndim)})/2"


def turned_text(name: str, ndim: int) -> str:
    """Return in the expression language what is transposed: of a stack, each matrix."""
    if ndim == 2:
        return f"{name}.T"
    *lead, row, column = range(ndim)
    return f"transpose({name}, {(*lead, column, row)})"
