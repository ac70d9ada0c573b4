"""Products of matrices and vectors: chains without brackets, powers, inner products."""

from __future__ import annotations

from fractions import Fraction

from symback.language.tree import Binary, Call, Expression, Number, Transpose


def chained(left: Expression, right: Expression) -> Expression:
    """Return the product of two matrices, a chain without brackets; X @ X @ X is a power."""
    match right:
        case Binary("@", inner, last):
            return chained(chained(left, inner), last)
    base, count = _power(right)
    chain, before = left, count
    while True:
        match chain:
            case Binary("@", rest, last) if _power(last)[0] == base:
                chain, count = rest, count + _power(last)[1]
            case _:
                break
    if _power(chain)[0] == base and count + _power(chain)[1] > 2:
        return _matrix_power(base, count + _power(chain)[1])
    if count > max(before, 2):
        return Binary("@", chain, _matrix_power(base, count))
    return Binary("@", left, right)


def applied(matrix: Expression, vector: Expression) -> Expression:
    """Return the product of a matrix and a vector; A @ (A @ (A @ x)) has a power of A."""
    base, count = _power(matrix)
    rest = vector
    while isinstance(rest, Binary) and rest.op == "@" and _power(rest.left)[0] == base:
        count += _power(rest.left)[1]
        rest = rest.right
    if rest == vector or count <= 2:
        return Binary("@", matrix, vector)
    return Binary("@", _matrix_power(base, count), rest)


def _matrix_power(base: Expression, count: int) -> Expression:
    if isinstance(base, Transpose):
        return Transpose(_matrix_power(base.value, count))
    return Call("matrix_power", (base, Number(Fraction(count))))


def _power(tree: Expression) -> tuple[Expression, int]:
    """Return the base and the exponent of a matrix power."""
    match tree:
        case Call("matrix_power", (base, Number(exponent))) if exponent.denominator == 1:
            return base, int(exponent)
        case _:
            return tree, 1


def dotted(left: Expression, right: Expression) -> Expression:
    """Return the inner product of two vectors; with a matrix between them as `x @ A @ y`."""
    match right:
        case Binary("@", Transpose(matrix), vector):
            return Binary("@", Binary("@", vector, matrix), left)
        case Binary("@", matrix, vector):
            return Binary("@", Binary("@", left, matrix), vector)
        case _:
            return Binary("@", left, right)
