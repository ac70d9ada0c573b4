"""Matrix operations without index form, normalised: scalars pulled out, inverses cancelled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symback.functions.forms import diagonal as forms_diagonal
from symback.functions.forms import stacks as forms_stacks
from symback.functions.forms.entries import matmul, matrix, square, total
from symback.functions.forms.primitives import primitive
from symback.functions.forms.shape import transpose
from symback.functions.forms.structure import identity, trace
from symback.tensor import elementwise
from symback.tensor.algebra import broadcast, length, monomial, multiply
from symback.tensor.dims import Dim, NamedDim, Shape
from symback.tensor.poly import PRIMITIVE, Factor, Poly, add, as_atom, from_atom, number, scale
from symback.tensor.powers import power


def scalar_out(value: Poly) -> tuple[Poly, Poly]:
    """Split `c * A` into the scalar c and A; c is 1 for a sum of several terms."""
    if len(value.terms) != 1:
        return number(1), value
    (factors, bound), times = value.terms[0]
    rank = len(value.shape)
    labels = {
        label: size for label, size in zip(range(rank, rank + len(bound)), bound, strict=True)
    }
    scalars = [Factor(f.atom, f.indices, f.exponent) for f in factors if not f.indices]
    rest = [f for f in factors if f.indices]
    return monomial((), scalars, times, {}), monomial(value.shape, rest, 1, labels)


def _lone(value: Poly, name: str) -> Poly | None:
    base = as_atom(value)
    if base is not None and base.kind == PRIMITIVE and base.name == name:
        return base.args[0]
    return None


def _upright(value: Poly) -> tuple[Poly, bool]:
    """Return a matrix or its transpose, whichever comes first, and whether it was transposed."""
    turned = transpose(value)
    if as_atom(value) is not None or as_atom(turned) is not None:
        return (value, False) if as_atom(value) is not None else (turned, True)
    return (turned, True) if turned.digest < value.digest else (value, False)


def _scaled(value: Poly, by: Poly) -> Poly:
    return multiply(broadcast(by, value.shape), value)


def inverse(A: Poly) -> Poly:
    """Return the inverse; inv(c*A) is inv(A)/c, inv(inv(A)) is A, inv(A.T) is inv(A).T."""
    forms_stacks.side(A, "inv")
    by, A = scalar_out(A)
    found = forms_diagonal.entrywise(A, lambda entries: power(entries, -1))
    if found is None:
        found = forms_stacks.inverse(A) if len(A.shape) > 2 else _inverse(A)
    return _scaled(found, power(by, -1))


def _inverse(A: Poly) -> Poly:
    chain = square_factors(A)
    if len(chain) > 1:
        whole = inverse(chain[-1])
        for factor in reversed(chain[:-1]):
            whole = matmul(whole, inverse(factor))
        return whole
    exponent = _lone(A, "expm")
    if exponent is not None:
        return expm(scale(exponent, -1))
    upright, turned = _upright(A)
    for value, back in ((A, False), (transpose(A), True)):
        inner = _lone(value, "inv")
        if inner is not None:
            return transpose(inner) if back else inner
    found = primitive("inv", A.shape, (upright,))
    return transpose(found) if turned else found


def square_factors(value: Poly) -> list[Poly]:
    """Split a product of square matrices into its factors; one factor where it is none."""
    if len(value.terms) != 1 or value.terms[0][1] != 1:
        return [value]
    (factors, bound), _ = value.terms[0]
    chain: list[Poly] = []
    here, left = 0, list(factors)
    while left:
        found = next((f for f in left if here in f.indices), None)
        if found is None or found.exponent != 1 or len(found.indices) != 2:
            return [value]
        if found.atom.shape[0] != found.atom.shape[1] or found.indices[0] == found.indices[1]:
            return [value]
        turned = found.indices[1] == here
        step = found.indices[0] if turned else found.indices[1]
        if not isinstance(step, int):
            return [value]
        one = from_atom(found.atom)
        chain.append(transpose(one) if turned else one)
        left.remove(found)
        here = step
    return chain if here == 1 and len(chain) == len(bound) + 1 else [value]


def solve(A: Poly, b: Poly) -> Poly:
    """Return inv(A)@b, or the least squares solution for a tall A."""
    return matmul(pseudo_inverse(A, "solve"), b)


def pseudo_inverse(A: Poly, name: str = "pinv") -> Poly:
    """Return inv(A.T@A)@A.T, or A.T@inv(A@A.T) for a wide A, as full rank allows."""
    if len(A.shape) > 2:
        return forms_stacks.pseudo_inverse(A)
    rows, columns = matrix(A, name)
    if rows == columns:
        return inverse(A)
    turned = transpose(A)
    wide = isinstance(rows, int) and isinstance(columns, int) and rows < columns
    if wide:
        return matmul(turned, inverse(matmul(A, turned)))
    return matmul(inverse(matmul(turned, A)), turned)


def determinant(A: Poly) -> Poly:
    """Return the determinant; det(c*A@B) is c**n * det(A)*det(B), det(A.T) is det(A).

    That of expm(A) is exp(trace(A)).
    """
    size = forms_stacks.side(A, "det")
    by, A = scalar_out(A)
    entries = forms_diagonal.diagonal(A)
    if entries is not None:
        return _scaled(forms_diagonal.product(entries), _raised(by, size))
    if len(A.shape) > 2:
        return _scaled(forms_stacks.number_of_each("det", A), _raised(by, size))
    inner, exponent = _lone(A, "inv"), _lone(A, "expm")
    chain = square_factors(A)
    if inner is not None:
        found = power(determinant(inner), -1)
    elif exponent is not None:
        found = elementwise.function("exp", [trace(exponent)])
    elif len(chain) > 1:
        found = multiply(*map(determinant, chain))
    else:
        found = primitive("det", (), (_upright(A)[0],))
    return multiply(_raised(by, size), found)


def _raised(base: Poly, size: Dim) -> Poly:
    if base == number(1):
        return base
    return power(base, size) if isinstance(size, int) else elementwise.raised(base, length(size))


def log_determinant(A: Poly) -> Poly:
    """Return the logarithm of the determinant; logdet(c*A) is n*log(c) + logdet(A)."""
    return _log_determinant("logdet", A)


def log_absolute_determinant(A: Poly) -> Poly:
    """Return the logarithm of the absolute determinant."""
    return _log_determinant("logabsdet", A)


def _log_determinant(name: str, A: Poly) -> Poly:
    if len(A.shape) > 2:
        found = _of_diagonal(name, A)
        return forms_stacks.number_of_each(name, A) if found is None else found
    size = square(A, name)
    by, inner = scalar_out(A)
    positive = len(by.terms) == 1 and by.terms[0][1] > 0
    if by == number(1) or not positive:
        exponent = _lone(A, "expm")
        if exponent is not None:
            return trace(exponent)
        found = _of_diagonal(name, A)
        if found is not None:
            return found
        chain = square_factors(A)
        if len(chain) > 1:
            return add(_log_determinant("logabsdet", factor) for factor in chain)
        return primitive(name, (), (_upright(A)[0],))
    log = elementwise.function("log", [by])
    return add([multiply(length(size), log), _log_determinant(name, inner)])


def _of_diagonal(name: str, A: Poly) -> Poly | None:
    """Return the logarithm of the determinant of a diagonal matrix; None for others."""
    entries = forms_diagonal.diagonal(A)
    if entries is None:
        return None
    if name == "logdet":
        return elementwise.function("log", [forms_diagonal.product(entries)])
    sizes = elementwise.function("abs", [entries], "even")
    return total(elementwise.function("log", [sizes]), -1)


def matrix_power(A: Poly, exponent: Any) -> Poly:
    """Return A multiplied `exponent` times; powers of the inverse for negative exponents.

    An exponent that is not known is a scalar.
    """
    size = forms_stacks.side(A, "matrix_power")
    if isinstance(exponent, NamedDim):
        exponent = length(exponent)
    if isinstance(exponent, Poly):
        found = forms_diagonal.entrywise(A, lambda entries: _each_raised(entries, exponent))
        return primitive("matrix_power", A.shape, (A, exponent)) if found is None else found
    if exponent < 0:
        A, exponent = inverse(A), -exponent
    if exponent == 0:
        return _identities(A.shape, size)
    if exponent == 1:
        return A
    if exponent <= 4:
        return matmul(matrix_power(A, exponent - 1), A)
    found = forms_diagonal.entrywise(A, lambda entries: power(entries, exponent))
    if found is None:
        found = primitive("matrix_power", A.shape, (A,), exponent=exponent)
    return found


def _each_raised(entries: Poly, exponent: Poly) -> Poly:
    return elementwise.raised(entries, broadcast(exponent, entries.shape))


def _identities(shape: Shape, size: Dim) -> Poly:
    """Return the identity as each matrix of a stack."""
    return broadcast(identity(size), shape)


def _of_square(name: str, A: Poly) -> Poly:
    size = forms_stacks.side(A, name)
    found = forms_diagonal.by_name(name, A)
    return primitive(name, A.shape, (A,), n=size) if found is None else found


def expm(A: Poly) -> Poly:
    """Return the matrix exponential."""
    return _of_square("expm", A) if A.terms else _identities(A.shape, forms_stacks.side(A, "expm"))


def cosm(A: Poly) -> Poly:
    """Return the matrix cosine."""
    return _of_square("cosm", A)


def sinm(A: Poly) -> Poly:
    """Return the matrix sine."""
    return _of_square("sinm", A)


def cholesky(A: Poly) -> Poly:
    """Return the lower Cholesky factor of the symmetric part."""
    return _of_square("cholesky", A)


def eigenvalues(A: Poly) -> Poly:
    """Return the eigenvalues of the symmetric part, ascending."""
    size = forms_stacks.side(A, "eigvalsh")
    return primitive("eigvalsh", (*A.shape[:-2], size), (A,), n=size)


def singular_values(settings: Mapping[str, Any]) -> str:
    """Return the singular values as square roots of the eigenvalues of the smaller Gram matrix."""
    shape = settings["X"].shape
    rows, columns = shape[-2:] if len(shape) > 2 else matrix(settings["X"], "svdvals")
    wide = isinstance(rows, int) and isinstance(columns, int) and rows < columns
    back = forms_stacks.turned_text("X", max(2, len(shape)))
    gram = f"X@{back}" if wide or rows == columns else f"{back}@X"
    return f"flip(sqrt(eigvalsh({gram})){', axis=-1' if len(shape) > 2 else ''})"
