"""Tensors of four axes that are two matrices side by side, A[i,k]*B[j,l]: Kronecker products."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from symback.language.tree import Binary, Call, Expression, Transpose

#: A matrix and the labels of its two axes.
_Link = tuple[str, Expression]


def kronecker(labels: str, arrays: Iterable[Expression]) -> Call | None:
    """Return `kron(A, B)` for an einsum to `ijkl` that is A[i,k]*B[j,l], each a chain of matrices.

    That is the matrix of the tensor where pairs of its axes are counted row by row.
    """
    inputs, _, output = labels.replace(" ", "").partition("->")
    links = list(zip(inputs.split(","), arrays, strict=True))
    met = Counter(inputs.replace(",", ""))
    once = [label for label, times in met.items() if times == 1]
    if len(output) != 4 or sorted(once) != sorted(output) or {*met.values()} - {1, 2}:
        return None
    if any(len(ends) != 2 or ends[0] == ends[1] for ends, _ in links):
        return None
    above = _chain(links, output[0], output[2])
    below = _chain(links, output[1], output[3])
    return None if above is None or below is None or links else Call("kron", (above, below))


def _chain(links: list[_Link], first: str, last: str) -> Expression | None:
    """Take the matrices out that lead from one label to another, and multiply them."""
    chain: Expression | None = None
    here = first
    while here != last:
        link = next((one for one in links if here in one[0]), None)
        if link is None:
            return None
        links.remove(link)
        ends, matrix = link
        if ends[0] != here:
            matrix = _transposed(matrix)
        chain = matrix if chain is None else Binary("@", chain, matrix)
        here = ends[1] if ends[0] == here else ends[0]
    return chain


def _transposed(matrix: Expression) -> Expression:
    if isinstance(matrix, Transpose):
        return matrix.value
    if isinstance(matrix, Call) and matrix.function == "eye" and len(matrix.arguments) == 1:
        return matrix
    return Transpose(matrix)
