"""Values of matrix functions, factors, eigenvalues and singular values, in both arithmetics."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from flint import arb, ctx, fmpq, fmpq_mat

from symback.functions.values.arrays import (
    Array,
    Operand,
    all_rational,
    array_of,
    entrywise,
    filled,
    has_undefined,
    is_exact,
    spend,
)
from symback.functions.values.entries import (
    Undefined,
    as_ball,
    divide,
    sign_of,
    sqrt,
)
from symback.functions.values.matrices import (
    array_from,
    ball_matrix,
    identity,
    over_stacks,
    square,
)

#: Sizes up to which eigenvalues of rational matrices are looked for among the rationals.
MAX_EXACT_SPECTRUM = 12
#: Jacobi's method converges quadratically: 15 sweeps are usual at thousands of bits.
MAX_SWEEPS = 40
#: Bits of the square of an entry that rounding may spoil.
SPARE_BITS = 24
#: Degree and bound of the Padé approximant of exp (Higham 2005, table 2.3).
PADE_DEGREE, PADE_BOUND = 13, 5.4


def expm(A: Operand) -> Array:
    """Matrix exponential."""
    a = square(A)
    return over_stacks(_exact_expm if is_exact(a) else _float_expm, a)


def _exact_expm(a: Array) -> Array:
    undefined = has_undefined(a)
    if undefined is not None:
        return constant(a.shape, undefined)
    if all(entry == 0 for entry in a.flat):
        return identity(a)
    return array_from(ball_matrix(a).exp())


def constant(shape: tuple[int, ...], entry: Undefined) -> Array:
    """Return an array all of whose entries are undefined for the same reason."""
    result = np.empty(shape, dtype=object)
    result[...] = entry
    return result


def _float_expm(a: Array) -> Array:
    """Scaling and squaring of a Padé approximant (Higham 2005, SIAM J. Matrix Anal. 26)."""
    size = np.linalg.norm(a, 1)
    if not np.isfinite(size):
        return np.full(a.shape, np.nan)
    squarings = max(0, int(np.ceil(np.log2(size / PADE_BOUND)))) if size else 0
    x = a / 2.0**squarings
    term, weight = np.eye(len(a)), 1.0
    upper, lower = term.copy(), term.copy()
    for k in range(1, PADE_DEGREE + 1):
        weight *= (PADE_DEGREE + 1 - k) / (k * (2 * PADE_DEGREE + 1 - k))
        term = term @ x
        upper += weight * term
        lower += (-1) ** k * weight * term
    result = np.linalg.solve(lower, upper)
    for _ in range(squarings):
        result = result @ result
    return np.asarray(result)


def cosm(A: Operand) -> Array:
    """Matrix cosine, a block of the exponential of a rotation."""
    return over_stacks(lambda m: _rotation(m)[: len(m), : len(m)], square(A))


def sinm(A: Operand) -> Array:
    """Matrix sine, the other block."""
    return over_stacks(lambda m: _rotation(m)[len(m) :, : len(m)], square(A))


def _rotation(a: Array) -> Array:
    """Return exp([[0, -a], [a, 0]]) = [[cos a, -sin a], [sin a, cos a]]."""
    zero = filled(a.shape, 0, a)
    return expm(np.block([[zero, -a], [a, zero]]))


def symmetrised(a: Operand) -> Array:
    """Return the symmetric part of a square matrix."""
    a = square(a)
    half = fmpq(1, 2) if is_exact(a) else 0.5
    return np.asarray((a + np.swapaxes(a, -1, -2)) * half)


def cholesky(A: Operand) -> Array:
    """Lower triangular factor L of the symmetric part, L @ L.T; undefined if not positive."""
    a = symmetrised(A)
    return over_stacks(_exact_cholesky if is_exact(a) else _float_cholesky, a)


def _float_cholesky(a: Array) -> Array:
    try:
        return np.asarray(np.linalg.cholesky(a))
    except np.linalg.LinAlgError:
        return np.full(a.shape, np.nan)


def _exact_cholesky(a: Array) -> Array:
    factor = filled(a.shape, 0, a)
    for j in range(len(a)):
        rest = a[j:, j] - factor[j:, :j] @ factor[j, :j] if j else a[:, 0]
        pivot = rest[0]
        if isinstance(pivot, Undefined) or sign_of(pivot) <= 0:
            why = pivot if isinstance(pivot, Undefined) else Undefined("not positive definite")
            return constant(a.shape, why)
        root = sqrt(pivot)
        factor[j:, j] = [divide(entry, root) for entry in rest]
        factor[j, j] = root
    return factor


def eigvalsh(A: Operand) -> Array:
    """Eigenvalues of the symmetric part of a square matrix, ascending."""
    a = symmetrised(A)
    spend(10 * a.size * a.shape[-1])
    if not is_exact(a):
        finite = np.isfinite(a).all()
        return np.asarray(np.linalg.eigvalsh(a)) if finite else np.full(a.shape[:-1], np.nan)
    return over_stacks(_eigenvalues, a)


def _eigenvalues(a: Array) -> Array:
    undefined = has_undefined(a)
    if undefined is not None:
        return constant(a.shape[:1], undefined)
    balls: list[Any] = list(spectrum_balls(a))
    if all_rational(a) and len(a) <= MAX_EXACT_SPECTRUM:
        balls = _with_rational_roots(balls, a)
    result = np.empty(len(a), dtype=object)
    result[:] = balls
    return result


def spectrum_balls(a: Array) -> list[arb]:
    """Return balls around the eigenvalues of a symmetric matrix, ascending by their midpoints.

    With approximate eigenvectors Q, the k-th eigenvalue of QᵀaQ is that of `a` times a number
    within 1 ± |QᵀQ - 1| (Ostrowski), and within the size of the part off the diagonal of the k-th
    diagonal entry (Weyl): bounds that hold for multiple eigenvalues too.
    Source: Horn and Johnson, Matrix Analysis (2nd ed.), theorems 4.3.1 and 4.5.9.
    """
    q = ball_matrix(_approximate_eigenvectors(a))
    rotated = array_from(q.transpose() * ball_matrix(a) * q)
    gram = array_from(q.transpose() * q)
    middles = sorted(x.mid() for x in np.diagonal(rotated))
    around = arb(0, 1)
    blur = max((x.rad() for x in np.diagonal(rotated)), default=arb(0)) * around
    off = _frobenius([x for (i, j), x in np.ndenumerate(rotated) if i != j])
    skew = _frobenius([x - (i == j) for (i, j), x in np.ndenumerate(gram)])
    return [(x + blur + off * around) / (1 + skew * around) for x in middles]


def _frobenius(entries: list[arb]) -> arb:
    return sum((x * x for x in entries), arb(0)).nonnegative_part().sqrt().abs_upper()


def _approximate_eigenvectors(a: Array) -> Array:
    """Rotate a symmetric matrix to diagonal form by Jacobi's method; returns the rotation."""
    middle = np.frompyfunc(lambda x: as_ball(x).mid(), 1, 1)
    work, q = np.asarray(middle(a)), np.asarray(middle(identity(a)))
    size = sum((x * x for x in work.flat), arb(0)).mid()
    least = (size * arb(2) ** -(2 * ctx.prec - SPARE_BITS)).mid()
    for _ in range(MAX_SWEEPS):
        if not _sweep(work, q, least, middle):
            break
    return q


def _sweep(work: Array, q: Array, least: arb, middle: Callable[[Array], Array]) -> bool:
    """Rotate away each entry above the diagonal whose square exceeds `least`; False if none did."""
    rotated = False
    for i in range(len(work)):
        for j in range(i + 1, len(work)):
            if (work[i, j] * work[i, j]).mid() > least:
                _rotate(work, q, (i, j), middle)
                rotated = True
    return rotated


def _rotate(work: Array, q: Array, at: tuple[int, int], middle: Callable[[Array], Array]) -> None:
    """Make the entry at (i, j) zero by a rotation in that plane, in place."""
    i, j = at
    ratio = ((work[j, j] - work[i, i]) / (2 * work[i, j])).mid()
    root = (1 + ratio * ratio).sqrt()
    tangent = (1 / (ratio + root if ratio >= 0 else ratio - root)).mid()
    cosine = (1 / (1 + tangent * tangent).sqrt()).mid()
    sine = (tangent * cosine).mid()
    for x in (work, q, work.T):
        first, second = x[:, i].copy(), x[:, j].copy()
        x[:, i] = middle(cosine * first - sine * second)
        x[:, j] = middle(sine * first + cosine * second)


def _with_rational_roots(balls: list[Any], a: Array) -> list[Any]:
    """Replace the balls of rational eigenvalues by these.

    A root of multiplicity m of the characteristic polynomial that lies in just m balls is the
    eigenvalue in each of them.
    """
    result = list(balls)
    for root, multiplicity in fmpq_mat(a.tolist()).charpoly().roots():
        inside = [k for k, ball in enumerate(balls) if ball.contains(root)]
        if len(inside) == multiplicity:
            for k in inside:
                result[k] = root
    return result


def svdvals(X: Operand) -> Array:
    """Singular values of each matrix, descending; as many as its shorter side."""
    a = array_of(X)
    short = min(a.shape[-2:])
    spend(10 * a.size * short)
    if not is_exact(a):
        finite = np.isfinite(a).all()
        return _float_svdvals(a) if finite else np.full((*a.shape[:-2], short), np.nan)
    back = np.swapaxes(a, -1, -2)
    gram = a @ back if a.shape[-2] <= a.shape[-1] else back @ a
    return entrywise(_root_of_nonnegative, eigvalsh(gram)[..., ::-1])


def _float_svdvals(a: Array) -> Array:
    return np.asarray(np.linalg.svd(a, compute_uv=False))


def _root_of_nonnegative(x: fmpq | arb | Undefined) -> fmpq | arb | Undefined:
    """Return the root of what is known not to be negative."""
    if isinstance(x, arb):
        return x.nonnegative_part().sqrt()
    return sqrt(x)
