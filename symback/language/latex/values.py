"""Products, sums and powers whose meaning depends on shapes: `u^\\top v`, `W x`, `A^{-1}`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from symback.errors import Span
from symback.language.faults import fault
from symback.language.tree import (
    Binary,
    Call,
    Compare,
    Expression,
    Literal,
    Name,
    Negate,
    Number,
    Transpose,
)
from symback.language.walks import names

#: Stand-ins for the vector of ones and the identity, whose sizes only their partners tell.
ONES, IDENTITY = Name("\\ones"), Name("\\identity")
#: Stands for a bold 0 where it is read.
ZEROS = Name("\\zeros")
ONE = Number(Fraction(1))
#: Stand-ins for matrices of ones where two indices compare so, and of zeros elsewhere.
WHERE = {
    "\\ne": Name("\\beside"),
    "<": Name("\\before"),
    "\\le": Name("\\upto"),
    ">": Name("\\after"),
    "\\ge": Name("\\from"),
}
SIZELESS = frozenset((ONES.id, IDENTITY.id, *(name.id for name in WHERE.values())))

_KINDS = {0: "a scalar", 1: "a vector", 2: "a matrix"}


@dataclass(frozen=True, slots=True)
class Value:
    """What a part of a formula means: its tree, its axes (None: not known) and its stance."""

    tree: Expression
    ndim: int | None
    span: Span
    row: bool | None = False
    """Vectors: transposed; None where it was written as a list and could be either."""
    digits: bool = False
    """Written as a number or a fraction of numbers, so that `3\\frac{1}{2}` would be mixed."""

    def shown(self) -> str:
        """Say the kind, for messages."""
        if self.ndim == 1 and self.row:
            return "a row vector"
        return _KINDS.get(-1 if self.ndim is None else self.ndim, "of unknown shape")


def scalar(tree: Expression, span: Span, digits: bool = False) -> Value:
    """Return a value without axes."""
    return Value(tree, 0, span, digits=digits)


def join(left: Value, right: Value) -> Span:
    """Return the span of two neighbours."""
    return Span(left.span.start, right.span.end)


# ---- products --------------------------------------------------------------------------------


def times(left: Expression, right: Expression) -> Expression:
    """Return the elementwise product, without factors that are the number 1."""
    if left == ONE:
        return right
    return left if right == ONE else Binary("*", left, right)


def juxtapose(left: Value, right: Value) -> Value:
    """Return the product of two neighbours: by scalar, inner, outer or matrix product.

    Raises: InputError E224 where shapes admit none, E223 where they are not known.
    """
    span = join(left, right)
    for value in (left, right):
        if value.ndim is None:
            message = "what this product means depends on a shape that is not known"
            raise fault("E223", message, value.span, "write `\\odot` or `\\cdot`")
    if 0 in (left.ndim, right.ndim):
        other = right if left.ndim == 0 else left
        return Value(times(left.tree, right.tree), other.ndim, span, other.row)
    special = _special(left, right, span)
    if special:
        return special
    kinds = (_stance(left), _stance(right))
    match kinds:
        case ("row", "column"):
            return scalar(Call("dot", (left.tree, right.tree)), span)
        case ("column", "row"):
            return Value(Call("outer", (left.tree, right.tree)), 2, span)
        case ("row", "matrix"):
            return Value(Binary("@", left.tree, right.tree), 1, span, True)
        case ("matrix", "column"):
            return Value(Binary("@", left.tree, right.tree), 1, span)
        case ("matrix", "matrix"):
            return Value(Binary("@", left.tree, right.tree), 2, span)
    message = f"{left.shown()} stands before {right.shown()}: the product is not clear"
    hint = "write `\\odot` for elementwise, `^\\top` for a transpose"
    raise fault("E224", message, span, hint)


def product(
    factors: Sequence[Value], join_arrays: Callable[[Value, Value], Value] = juxtapose
) -> Value:
    """Return the product of neighbours from left to right, its scalar factors in front."""
    coefficient: Value | None = None
    array: Value | None = None
    for factor in factors:
        if factor.ndim != 0:
            array = factor if array is None else join_arrays(array, factor)
            if array.ndim != 0:
                continue
            factor, array = array, None
        coefficient = factor if coefficient is None else juxtapose(coefficient, factor)
    if array is None or coefficient is None:
        return array or coefficient or factors[0]
    span = join(factors[0], factors[-1])
    return Value(times(coefficient.tree, array.tree), array.ndim, span, array.row)


def _stance(value: Value) -> str:
    if value.ndim == 1:
        return {True: "row", False: "column", None: "list"}[value.row]
    return "matrix" if value.ndim == 2 else "stack"


def _special(left: Value, right: Value, span: Span) -> Value | None:
    """Return a product with the identity or with ones, which are sums over an axis."""
    for one, other in ((left, right), (right, left)):
        if one.tree == IDENTITY:
            return Value(other.tree, other.ndim, span, other.row)
    if left.tree == ONES and left.row and right.tree != ONES:
        return _summed(right, 0, span)
    if right.tree == ONES and not right.row and left.tree != ONES:
        return _summed(left, 1, span)
    return None


def _summed(value: Value, axis: int, span: Span) -> Value | None:
    if value.ndim == 2:
        keywords = (("axis", Number(Fraction(axis))),)
        return Value(Call("sum", (value.tree,), keywords), 1, span, axis == 0)
    if value.ndim == 1 and value.row is (axis == 1):
        return scalar(Call("sum", (value.tree,)), span)
    return None


def elementwise(op: str, left: Value, right: Value) -> Value:
    """Return `left op right` entry by entry for `*` and `/`.

    Raises: InputError E224 unless the shapes agree or one side is a scalar.
    """
    span = join(left, right)
    for value in (left, right):
        if value.tree == IDENTITY and not (op == "/" and right.ndim == 0):
            raise fault("E224", "the size of the identity is not known here", value.span)
    ones = [value.tree == ONES for value in (left, right)]
    if any(ones):
        left, right = (
            Value(ONE, 0, value.span) if one else value
            for one, value in zip(ones, (left, right), strict=True)
        )
    ndim = _common(left, right, op)
    row = left.row if left.ndim else right.row
    tree = times(left.tree, right.tree) if op == "*" else Binary(op, left.tree, right.tree)
    digits = op == "/" and left.digits and right.digits
    return Value(tree, ndim, span, row, digits)


def _common(left: Value, right: Value, op: str) -> int | None:
    if left.ndim is None or right.ndim is None:
        known = right.ndim if left.ndim is None else left.ndim
        return known if known else None
    if op == "/" and left.ndim == 0 and right.ndim == 2:
        raise fault("E224", "a division by a matrix is not read", right.span, "write `^{-1}`")
    agree = left.ndim == right.ndim and (left.ndim != 1 or not _crossed(left, right))
    if left.ndim and right.ndim and not agree:
        message = f"{left.shown()} and {right.shown()} are joined entry by entry"
        raise fault("E224", message, join(left, right))
    return max(left.ndim, right.ndim)


def _crossed(left: Value, right: Value) -> bool:
    return left.row is not None and right.row is not None and left.row != right.row


def dotted(left: Value, right: Value) -> Value:
    """Return `left \\cdot right`: the inner product of two vectors, else the plain product."""
    if left.ndim == right.ndim == 1 and not _crossed(left, right) and not (left.row and right.row):
        return scalar(Call("dot", (left.tree, right.tree)), join(left, right))
    return juxtapose(left, right)


def tensored(left: Value, right: Value) -> Value:
    """Return `left \\otimes right`: outer for two vectors, Kronecker for two matrices."""
    span = join(left, right)
    if left.ndim == right.ndim == 1:
        return Value(Call("outer", (left.tree, right.tree)), 2, span)
    if left.ndim == right.ndim == 2:
        return Value(Call("kron", (left.tree, right.tree)), 2, span)
    raise fault("E224", "`\\otimes` joins two vectors or two matrices", span)


# ---- sums ------------------------------------------------------------------------------------


def add(op: str, left: Value, right: Value) -> Value:
    """Return `left + right` or `left - right`."""
    span = join(left, right)
    if left.ndim == right.ndim == 1 and _crossed(left, right):
        raise fault("E224", "a row vector and a column vector are added", span)
    ndim = None if left.ndim is None or right.ndim is None else max(left.ndim, right.ndim)
    row = left.row if left.ndim else right.row
    return Value(Binary(op, left.tree, right.tree), ndim, span, row)


def constants(tree: Expression) -> bool:
    """Tell whether ones or an identity without a size are in `tree`."""
    return not names(tree).isdisjoint(SIZELESS)


def negate(value: Value) -> Value:
    """Return `-value`, the sign at the first factor of a product."""
    rest: list[Binary] = []
    tree = value.tree
    while isinstance(tree, Binary) and tree.op in ("*", "/", "@"):
        rest.append(tree)
        tree = tree.left
    tree = Negate(tree)
    for node in reversed(rest):
        tree = Binary(node.op, tree, node.right)
    return Value(tree, value.ndim, value.span, value.row)


def compare(op: str, left: Value, right: Value) -> Value:
    """Return the comparison, valued 0 or 1 entry by entry."""
    return Value(Compare(op, left.tree, right.tree), _common(left, right, op), join(left, right))


# ---- powers, transposes, norms ---------------------------------------------------------------


def transpose(value: Value, span: Span) -> Value:
    """Return the transpose; of a vector, only its stance changes."""
    if value.ndim is None:
        message = "what this transpose means depends on a shape that is not known"
        raise fault("E223", message, value.span)
    if value.ndim == 1:
        return Value(value.tree, 1, span, None if value.row is None else not value.row)
    tree = value.tree if value.ndim == 0 or value.tree == IDENTITY else Transpose(value.tree)
    return Value(tree, value.ndim, span)


def power(base: Value, exponent: Value, span: Span, entries: bool = False) -> Value:
    """Return base^exponent: a matrix power for matrices unless `entries` says entry by entry."""
    if exponent.ndim != 0:
        raise fault("E224", "an exponent is a scalar", exponent.span)
    if base.ndim is None:
        message = "what this power means depends on a shape that is not known"
        raise fault("E223", message, base.span)
    if base.ndim < 2 or entries:
        return Value(Binary("**", base.tree, exponent.tree), base.ndim, span, base.row)
    if exponent.tree == Negate(ONE):
        return Value(Call("inv", (base.tree,)), 2, span)
    if base.ndim == 2:
        return Value(Call("matrix_power", (base.tree, exponent.tree)), 2, span)
    raise fault("E224", "a power of a stack of matrices is not read", span)


def norm(value: Value, kind: str, span: Span) -> Value:
    """Return the norm named by the subscript `kind`: empty, 1, 2, p, F, infinity or *."""
    orders: dict[str, Expression] = {
        "\\infty": Literal("inf"),
        "-\\infty": Literal("-inf"),
        "0": Number(Fraction(0)),
        "*": Literal("nuc"),
        "1": ONE,
        "2": Number(Fraction(2)),
    }
    kind = kind.removeprefix("\\ell_")
    if kind in ("", "F", "\\mathrmF", "\\textF") or (kind == "2" and value.ndim == 1):
        return scalar(Call("norm", (value.tree,)), span)
    if kind in orders:
        return scalar(Call("norm", (value.tree, orders[kind])), span)
    raise fault("E221", f"the norm with index `{kind}` is not read", span)
