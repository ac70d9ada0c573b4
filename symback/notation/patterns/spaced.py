"""Identities with wider entries, as derivatives of Kronecker products and of `reshape` are."""

from __future__ import annotations

from collections.abc import Mapping

from symback.functions.entry import Function
from symback.language.tree import Call, Expression, Subscript
from symback.notation.patterns.factors import tree_of
from symback.notation.writing import trees
from symback.notation.writing.pieces import Piece, Read, multiplied
from symback.tensor.dims import Dim, Shape
from symback.tensor.indices import affine
from symback.tensor.poly import CONDITIONS, DELTA, Factor, Monomial


def spaced(
    mono: Monomial, shape: Shape, functions: Mapping[str, Function], read: Read
) -> Expression | None:
    """Return v[i - n*j] as `kron(eye, v[:, None])`, v[k] where i = j + n*k as `kron(v, eye)`.

    [i = n*j + k] is `reshape(eye, ...)`: an entry of a list of rows.
    """
    wide = [f for f in mono.factors if f.indices and f.atom.kind not in CONDITIONS]
    conditions = [f for f in mono.factors if f.atom.kind in CONDITIONS]
    if any(f.exponent != 1 or len(f.indices) != 1 for f in wide) or len(conditions) > 1:
        return None
    tree = None
    if len(shape) == 2 and len(wide) == 1 and not conditions and not mono.bound:
        tree = _columns(wide[0], shape, functions, read)
    elif len(shape) == 2 and len(wide) == len(mono.bound) == 1 and conditions:
        tree = _shifted(wide[0], conditions[0], shape, functions, read)
    elif len(shape) > 2 and not wide and not mono.bound and conditions:
        tree = _unrolled(conditions[0], shape)
    if tree is None:
        return None
    scalars = [f for f in mono.factors if not f.indices]
    others = [Piece(tree_of(f.atom, functions, read), (), f.exponent) for f in scalars]
    return multiplied([Piece(tree, ()), *others])


def _columns(
    factor: Factor, shape: Shape, functions: Mapping[str, Function], read: Read
) -> Expression | None:
    """Read v[i - n*j], with n the length of v, as columns below each other."""
    (size,) = factor.atom.shape
    const, terms = affine(factor.indices[0])
    for long, short in ((0, 1), (1, 0)):
        if const == 0 and dict(terms) == {long: 1, short: -size}:
            if shape[long] != size * shape[short]:
                return None
            vector = _upright(tree_of(factor.atom, functions, read), long)
            return Call("kron", (_eye(shape[short]), vector))
    return None


def _shifted(
    factor: Factor,
    condition: Factor,
    shape: Shape,
    functions: Mapping[str, Function],
    read: Read,
) -> Expression | None:
    """Read the sum of v[k] where i = j + n*k, with n the range of j, as identities side by side."""
    (count,) = factor.atom.shape
    summed = factor.indices[0]
    const, terms = affine(condition.indices[0])
    steps = dict(terms)
    if condition.atom.kind != DELTA or const != 0 or summed != 2 or len(steps) != 3:
        return None
    for long, short in ((0, 1), (1, 0)):
        times = steps.get(long)
        wanted = {long: times, short: _opposite(times), summed: _opposite(times, shape[short])}
        if times in (1, -1) and steps == wanted and shape[long] == count * shape[short]:
            vector = _upright(tree_of(factor.atom, functions, read), long)
            return Call("kron", (vector, _eye(shape[short])))
    return None


def _unrolled(condition: Factor, shape: Shape) -> Expression | None:
    """Read [i = n*j + k] as an identity whose columns, or rows, have axes for j and k."""
    const, terms = affine(condition.indices[0])
    steps = dict(terms)
    if condition.atom.kind != DELTA or const != 0 or len(steps) != len(shape):
        return None
    for whole in (0, len(shape) - 1):
        times = steps.get(whole)
        stride: Dim = 1
        for axis in reversed([axis for axis in range(len(shape)) if axis != whole]):
            if steps.get(axis) != _opposite(times, stride):
                break
            stride = stride * shape[axis]
        else:
            if times in (1, -1) and stride == shape[whole]:
                return Call("reshape", (_eye(stride), trees.shape_tuple(shape)))
    return None


def _opposite(times: Dim | None, stride: Dim = 1) -> Dim:
    return -stride if times == 1 else stride


def _upright(vector: Expression, axis: int) -> Expression:
    items = (trees.ALL, trees.NONE) if axis == 0 else (trees.NONE,)
    return Subscript(vector, items)


def _eye(size: Dim) -> Expression:
    return Call("eye", (trees.length(size),))
