"""Values of matrix products, inverses and determinants, in both arithmetics.

Shapes: matrices are the last two axes; further axes are stacks where NumPy has them.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from flint import arb, arb_mat, fmpq, fmpq_mat

from symback.errors import Diagnostic, InputError
from symback.functions.values.arrays import (
    METER,
    Array,
    Operand,
    Setting,
    alike,
    all_rational,
    array_of,
    boxed,
    check_size,
    entrywise,
    filled,
    has_undefined,
    integer,
    is_exact,
    spend,
)
from symback.functions.values.entries import (
    ZERO,
    Undefined,
    absolute,
    as_ball,
    log,
    undecided,
)

#: With a matrix of a larger condition number than this, float64 has too few digits to be trusted.
MAX_CONDITION = 1e8

SINGULAR = Undefined("the matrix is singular")


def pair(a: Operand, b: Operand) -> tuple[Array, Array]:
    """Return two operands as arrays of one arithmetic."""
    first, second = alike([array_of(a), array_of(b)])
    return first, second


def square(a: Operand) -> Array:
    """Return a square matrix or a stack of them.

    Raises: InputError E403 for another shape.
    """
    matrix = array_of(a)
    if matrix.ndim < 2 or matrix.shape[-1] != matrix.shape[-2]:
        raise InputError(Diagnostic("E403", f"expected a square matrix, not shape {matrix.shape}"))
    spend(matrix.size * matrix.shape[-1])
    return matrix


def over_stacks(function: Callable[[Array], Array], a: Array) -> Array:
    """Apply a function of one matrix to each matrix of a stack."""
    if a.ndim == 2:
        return function(a)
    matrices = a.reshape(-1, *a.shape[-2:])
    values = np.stack([function(matrix) for matrix in matrices])
    return np.asarray(values.reshape(a.shape[:-2] + values.shape[1:]))


def dot(a: Operand, b: Operand) -> Array:
    """Dot product as NumPy's: of vectors, of matrices, a product if one has no axes."""
    a, b = pair(a, b)
    if a.ndim and b.ndim:
        spend(a.size * max(1, b.size // b.shape[-2 if b.ndim > 1 else 0]))
    return boxed(np.dot(a, b))


def outer(a: Operand, b: Operand) -> Array:
    """All products of an entry of `a` and one of `b`, both flattened."""
    a, b = pair(a, b)
    check_size((a.size, b.size))
    spend(a.size * b.size)
    return np.asarray(a.reshape(-1, 1) * b.reshape(1, -1))


def kron(a: Operand, b: Operand) -> Array:
    """Kronecker product."""
    a, b = pair(a, b)
    check_size((a.size, b.size))
    spend(a.size * b.size)
    return boxed(np.kron(a, b))


def trace(A: Operand) -> Array:
    """Sum of the main diagonal of a matrix, or of each of a stack; it need not be square."""
    a = array_of(A)
    diagonal = np.diagonal(a, axis1=-2, axis2=-1)
    return boxed(np.sum(diagonal, axis=-1)) if diagonal.size else filled(a.shape[:-2], 0, a)


def cross(a: Operand, b: Operand) -> Array:
    """Vector product of vectors of length 3, along the last axis."""
    a, b = pair(a, b)
    if a.shape[-1:] != (3,) or b.shape[-1:] != (3,):
        raise InputError(Diagnostic("E403", "`cross` takes vectors of length 3"))
    ahead, behind = [1, 2, 0], [2, 0, 1]
    return np.asarray(a[..., ahead] * b[..., behind] - a[..., behind] * b[..., ahead])


def det(A: Operand) -> Array:
    """Determinant; exact for rational matrices."""
    a = square(A)
    return over_stacks(_det, a) if is_exact(a) else np.asarray(np.linalg.det(a))


def _det(a: Array) -> Array:
    undefined = has_undefined(a)
    return boxed(undefined or flint_matrix(a).det())


def logdet(A: Operand) -> Array:
    """Logarithm of the determinant; undefined unless that is positive."""
    value = det(A)
    if is_exact(value):
        return entrywise(log, value)
    sign, size = np.linalg.slogdet(array_of(A))
    return np.where(sign > 0, size, np.nan)


def logabsdet(A: Operand) -> Array:
    """Logarithm of the absolute value of the determinant; undefined where that is 0."""
    value = det(A)
    if is_exact(value):
        return entrywise(lambda entry: log(absolute(entry)), value)
    return np.asarray(np.linalg.slogdet(array_of(A))[1])


def inv(A: Operand) -> Array:
    """Inverse matrix; all entries are undefined for a singular one."""
    a = square(A)
    if is_exact(a):
        return over_stacks(lambda m: exact_solve(m, identity(m)), a)
    return over_stacks(lambda m: _float_solve(m, np.eye(len(m))), a)


def identity(like: Array) -> Array:
    """Return the identity matrix with as many rows as `like`, in its arithmetic."""
    result = filled((len(like), len(like)), 0, like)
    np.fill_diagonal(result, filled((), 1, like).item())
    return result


def solve(A: Operand, b: Operand) -> Array:
    """Solution x of A @ x = b; for a tall matrix the least squares one, for a wide one the least.

    Shapes: A (m, n), b (m,) or (m, k), x (n,) or (n, k); or stacks of matrices.
    """
    a, b = pair(A, b)
    if a.ndim > 2 or (b.ndim > 2 and a.ndim == 2):
        return boxed(np.matmul(pinv(a) if a.shape[-1] != a.shape[-2] else inv(a), b))
    if a.ndim != 2 or b.ndim not in (1, 2) or len(a) != len(b):
        message = f"`solve` cannot take shapes {a.shape} and {b.shape}"
        raise InputError(Diagnostic("E403", message))
    spend(a.size * min(a.shape) + a.size * (b.size // max(1, len(b))))
    columns = b.reshape(len(b), -1)
    if a.shape[0] != a.shape[1]:
        columns = _least_squares(a, columns)
    else:
        columns = exact_solve(a, columns) if is_exact(a) else _float_solve(a, columns)
    return columns.reshape(a.shape[1:] + b.shape[1:])


def _least_squares(a: Array, b: Array) -> Array:
    if not is_exact(a):
        return np.asarray(np.linalg.lstsq(a, b, rcond=None)[0])
    return np.asarray(pinv(a) @ b)


def _float_solve(a: Array, b: Array) -> Array:
    """Solve in float64; not a number where hardly a digit would be right."""
    try:
        condition = np.linalg.cond(a, 1) if np.isfinite(a).all() else np.inf
        METER.unsure = METER.unsure or bool(condition > MAX_CONDITION)
        if condition < 1 / np.finfo(float).eps:
            return np.asarray(np.linalg.solve(a, b))
    except np.linalg.LinAlgError:
        pass
    return np.full(a.shape[:-1] + b.shape[-1:], np.nan)


def exact_solve(a: Array, b: Array) -> Array:
    """Solve for exact matrices; undefined entries where `a` is singular.

    Raises: Undecided if balls leave open whether it is.
    """
    undefined = has_undefined(a) or has_undefined(b)
    if undefined is None:
        try:
            return _solved(a, b)
        except ZeroDivisionError:
            undefined = SINGULAR
            if not all_rational(a):
                undecided()
    result = np.empty(a.shape[1:] + b.shape[1:], dtype=object)
    result[...] = undefined
    return result


def _solved(a: Array, b: Array) -> Array:
    if all_rational(a) and all_rational(b):
        return array_from(rational_matrix(a).solve(rational_matrix(b)))
    return array_from(ball_matrix(a).solve(ball_matrix(b)))


def pinv(A: Operand) -> Array:
    """Moore-Penrose inverse; of any rank for rational matrices, of full rank for balls."""
    a = array_of(A)
    spend(a.size * min(a.shape[-2:]))
    return over_stacks(_pinv, a) if is_exact(a) else np.asarray(np.linalg.pinv(a))


def _pinv(a: Array) -> Array:
    if all(entry == 0 for entry in a.flat):
        return filled(a.shape[::-1], 0, a)
    left, right = rank_factors(a)
    first = exact_solve(left.T @ left, left.T)
    return np.asarray(right.T @ exact_solve(right @ right.T, first))


def rank_factors(a: Array) -> tuple[Array, Array]:
    """Return matrices of full rank whose product is `a`; one is the identity for full rank."""
    if not all_rational(a):
        wide = a.shape[0] < a.shape[1]
        return (identity(a), a) if wide else (a, identity(a.T))
    echelon, rank = rational_matrix(a).rref()
    rows = array_from(echelon)[:rank]
    pivots = [next(k for k, entry in enumerate(row) if entry != 0) for row in rows]
    return a[:, pivots], rows


def matrix_power(A: Operand, exponent: Setting) -> Array:
    """Product of copies of a square matrix, or of its inverse for a negative exponent."""
    a, n = square(A), integer(exponent)
    if n < 0:
        a, n = inv(a), -n
    result = None
    while n:
        if n % 2:
            result = a if result is None else result @ a
        n //= 2
        a = bounded(a @ a) if n else a
        spend(a.size * a.shape[-1])
    return identity_stack(a) if result is None else result


def bounded(a: Array) -> Array:
    """Turn rationals of more than 10,000 bits into balls."""
    if not is_exact(a):
        return a
    return entrywise(lambda x: arb(x) if isinstance(x, fmpq) and x.height_bits() > 10_000 else x, a)


def identity_stack(a: Array) -> Array:
    """Return an identity matrix for every matrix of a stack."""
    one: Array = np.broadcast_to(identity(a[(0,) * (a.ndim - 2)]), a.shape)
    return one


def flint_matrix(a: Array) -> fmpq_mat | arb_mat:
    """Return an exact matrix without undefined entries in FLINT's form."""
    return rational_matrix(a) if all_rational(a) else ball_matrix(a)


def rational_matrix(a: Array) -> fmpq_mat:
    """Return a matrix of rationals."""
    return fmpq_mat(a.tolist())


def ball_matrix(a: Array) -> arb_mat:
    """Return a matrix of balls."""
    return arb_mat([[as_ball(entry) for entry in row] for row in a])


def array_from(matrix: fmpq_mat | arb_mat) -> Array:
    """Return a FLINT matrix as an exact array."""
    result = np.empty((matrix.nrows(), matrix.ncols()), dtype=object)
    result[...] = ZERO
    if result.size:
        result[...] = matrix.tolist()
    return result
