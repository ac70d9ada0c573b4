"""Trees spread over the axes along which a tensor is constant."""

from __future__ import annotations

from symback.language.tree import Binary, Call, Expression
from symback.notation.patterns.windows import joined
from symback.notation.writing import trees
from symback.notation.writing.cost import shortest
from symback.notation.writing.pieces import Read
from symback.tensor import indices
from symback.tensor.algebra import restrict
from symback.tensor.poly import Poly


def covering(value: Poly, tree: Expression, read: Read) -> Expression:
    """Spread a tree over the axes along which the tensor is constant."""
    missing = [axis for axis in range(len(value.shape)) if axis not in _axes(value)]
    if value.shape and (not value.terms or tree == trees.ZERO):
        return Call("zeros", tuple(trees.length(one) for one in value.shape))
    if not missing:
        return tree
    rank = len(value.shape)
    present = [axis for axis in range(rank) if axis not in missing]
    if all(value.shape[axis] == 1 for axis in missing) and (present or rank == 1):
        leading = [axis for axis in missing if axis < min(present, default=rank)]
        return trees.with_axes(tree, leading, rank) if leading else tree
    if rank == 2 and len(missing) == 1 and len(value.terms) == 1:
        kept = 1 - missing[0]
        length = Call("ones", (trees.length(value.shape[missing[0]]),))
        vector = read(restrict(value, (kept,)))
        return Call("outer", (vector, length) if kept == 0 else (length, vector))
    ones = Call("ones", tuple(trees.length(one) for one in value.shape))
    candidates = [_times(tree, ones)]
    if 0 not in missing:
        candidates += [within for within in [joined(value, read)] if within is not None]
    return shortest(candidates)


def _times(tree: Expression, ones: Expression) -> Expression:
    """Multiply by ones, in front of what a quotient is divided by."""
    if isinstance(tree, Binary) and tree.op == "/":
        return trees.quotient(trees.product([tree.left, ones]), tree.right)
    return trees.product([tree, ones])


def _axes(value: Poly) -> set[int]:
    return {
        label
        for mono, _ in value.terms
        for f in mono.factors
        for i in f.indices
        for label in indices.labels(i)
    }
