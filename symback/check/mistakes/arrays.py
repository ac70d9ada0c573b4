"""Mistakes with matrices: transposes, kinds and order of products, sums, inverses, kernels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from symback.check.mistakes.alterations import Alteration, Scene
from symback.language import fold, names, operands, rebuild, walk
from symback.language.tree import (
    Binary,
    Call,
    Expression,
    Name,
    Negate,
    Number,
    Subscript,
    Transpose,
)


def turned(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A transpose lost or added."""
    match node:
        case Transpose(value):
            if not _is_symmetric_case(node, scene):
                yield value
        case Name(id) if len(scene.shapes.get(id, ())) == 2:
            yield Transpose(node)
        case Call("inv", _):
            yield Transpose(node)


def all_turned(node: Expression, scene: Scene) -> Iterator[Expression]:
    """Every transpose of a formula lost."""
    if sum(isinstance(part, Transpose) for part in walk(node)) > 1:

        def combine(inner: Expression, parts: list[Expression]) -> Expression:
            if isinstance(inner, Transpose):
                return parts[0]
            return rebuild(inner, parts) if parts else inner

        yield fold(node, combine)


def _is_symmetric_case(node: Transpose, scene: Scene) -> bool:
    """Tell whether a term has the transpose of a square matrix that another has as it is.

    Without the transpose the two terms are one.
    """
    if not isinstance(node.value, Name) or not _square(scene.shapes.get(node.value.id, ())):
        return False
    terms = [term for part in scene.line.parts for term in _terms(part.tree)]
    for k, term in enumerate(terms):
        if any(one == node for one in walk(term)):
            plain = _without(term, node)
            others = (*terms[:k], *terms[k + 1 :])
            if any(scene.equal(plain, one) for one in others if names(plain) == names(one)):
                return True
    return False


def _without(tree: Expression, node: Transpose) -> Expression:
    """Return a formula with a matrix in the place of its transpose."""

    def combine(inner: Expression, parts: list[Expression]) -> Expression:
        if inner == node:
            return node.value
        return rebuild(inner, parts) if parts else inner

    return fold(tree, combine)


def _terms(tree: Expression) -> list[Expression]:
    """Return the terms of the outermost sum in a formula, the whole if there is none."""
    match tree:
        case Binary("+" | "-", left, right):
            return [*_summands(left), *_summands(right)]
    inner = [_terms(part) for part in operands(tree)]
    return max(inner, key=len) if any(len(one) > 1 for one in inner) else [tree]


def _summands(tree: Expression) -> list[Expression]:
    match tree:
        case Binary("+" | "-", left, right):
            return [*_summands(left), *_summands(right)]
    return [tree]


def symmetric(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A square matrix taken for its transpose."""
    match node:
        case Transpose(Name()) if _is_symmetric_case(node, scene):
            yield node.value
        case Binary("+", left, Transpose(right)) if left == right:
            yield Binary("*", Number(Fraction(2)), left)
        case Binary("+", Transpose(left), right) if left == right:
            yield Binary("*", Number(Fraction(2)), right)


def _square(shape: tuple[int, ...]) -> bool:
    return len(shape) == 2 and shape[0] == shape[1]


def swapped(node: Expression, scene: Scene) -> Iterator[Expression]:
    """The operands of a product or quotient in the wrong order."""
    match node:
        case Binary("@" | "/" | "**" as op, left, right):
            yield Binary(op, right, left)
        case Call("outer" | "solve" | "kron" | "cross", (left, right)):
            yield replace(node, arguments=(right, left))
        case Binary("@", left, right):
            yield Transpose(Binary("@", left, right))


def _are_vectors(left: Expression, right: Expression, scene: Scene) -> bool:
    """Tell whether two operands are names of vectors: their product is a sum of products."""
    return all(
        isinstance(one, Name) and len(scene.shapes.get(one.id, ())) == 1 for one in (left, right)
    )


def entrywise(node: Expression, scene: Scene) -> Iterator[Expression]:
    """An elementwise product where a matrix product belongs."""
    match node:
        case Binary("@", left, right) if not _are_vectors(left, right, scene):
            yield Binary("*", left, right)
            yield Binary("*", left, Transpose(right))
            if isinstance(left, Transpose):
                yield Binary("*", left.value, right)
        case Call("outer" | "dot" | "cross", (left, right)):
            yield Binary("*", left, right)


def matrix(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A matrix product where an elementwise product belongs."""
    match node:
        case Binary("*", left, right) if not isinstance(left, Number):
            yield Binary("@", left, right)
            yield Call("outer", (left, right))
            yield Binary("@", Transpose(left), right)
            yield Binary("@", left, Transpose(right))
        case Call("outer", (left, right)):
            yield Call("dot", (left, right))


def unsummed(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A sum left out."""
    match node:
        case Binary("@", left, right) if _are_vectors(left, right, scene):
            yield Binary("*", left, right)
        case Call("sum", (inner, *_)):
            if not scene.equal(node, Binary("*", Number(Fraction(0)), node)):
                yield inner
            yield from _partly(node, inner)
        case Binary("@", Transpose(Name(left) as inputs), Name(right)) if left != right:
            if all(len(scene.shapes.get(one, ())) == 2 for one in (left, right)):
                for k in _places(scene.shapes[left][0]):
                    rows = (Subscript(inputs, (k,)), Subscript(Name(right), (k,)))
                    yield Call("outer", rows)
        case Call("trace", (inner, *_)):
            yield inner
        case Call("mean", (inner, *_)):
            yield inner


def one_summand(node: Expression, scene: Scene) -> Iterator[Expression]:
    """One summand for the sum over the first axis."""
    match node:
        case Call("sum", (inner, *_)):
            axis = dict(node.keywords).get("axis")
            if axis is None or axis == Number(Fraction(0)):
                for k in _places(4):
                    yield Subscript(inner, (k,))
        case Binary("@", left, Name(vector) as right) if len(scene.shapes.get(vector, ())) == 1:
            columns = left.value if isinstance(left, Transpose) else Transpose(left)
            for k in _places(scene.shapes[vector][0]):
                yield Binary("*", Subscript(columns, (k,)), Subscript(right, (k,)))


def _places(size: int) -> Iterator[Expression]:
    """The first places, and the last."""
    for k in range(min(size, 4)):
        yield Number(Fraction(k))
    yield Negate(Number(Fraction(1)))


def _partly(node: Call, inner: Expression) -> Iterator[Expression]:
    """The sum of one term only."""
    match inner:
        case Binary("+" | "-" as op, left, right):
            yield Binary(op, replace(node, arguments=(left,)), right)
            yield Binary(op, left, replace(node, arguments=(right,)))


def regrouped(node: Expression, scene: Scene) -> Iterator[Expression]:
    """Sums multiplied where products are summed."""
    match node:
        case Call("sum" | "mean", (Binary("**", base, exponent),)):
            yield Binary("**", replace(node, arguments=(base,)), exponent)
        case Call("sum" | "mean", (Binary("*" | "/" as op, left, right),), ()):
            sides = (replace(node, arguments=(left,)), replace(node, arguments=(right,)))
            yield Binary(op, *sides)
        case Binary("@", left, right) if _are_vectors(left, right, scene):
            total = Call("sum", (left,))
            yield Binary("*", total, Call("sum", (right,)))
            yield Binary("*", total, Call("mean", (right,)))


def averaged(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A sum for a mean or conversely."""
    match node:
        case Call("sum", (inner, *_)):
            if not scene.equal(inner, Binary("**", inner, Number(Fraction(0)))):
                yield replace(node, function="mean")
        case Call("mean"):
            yield replace(node, function="sum")


def inverses(node: Expression, scene: Scene) -> Iterator[Expression]:
    """Reciprocals of entries for the inverse matrix."""
    match node:
        case Call("inv", (inner,)):
            yield Binary("/", Number(Fraction(1)), inner)
        case Call("solve", (left, right)):
            yield Binary("/", right, left)
            yield Binary("@", Binary("/", Number(Fraction(1)), left), right)
        case Call("matrix_power", (base, exponent)):
            yield Binary("**", base, exponent)


def uninverted(node: Expression, scene: Scene) -> Iterator[Expression]:
    """The matrix itself for its inverse."""
    match node:
        case Call("inv", (inner,)):
            yield inner
        case Call("solve", (left, right)):
            yield Binary("@", left, right)


ARRAYS = (
    Alteration(
        "assumed_symmetric",
        "`{new}` for `{old}` is right for a symmetric matrix only",
        4,
        node=symmetric,
    ),
    Alteration("transposed", "a transpose is lost or added: `{old}`, not `{new}`", 4, node=turned),
    Alteration("transposed", "no transpose of `{old}` is there", 5, node=all_turned),
    Alteration(
        "swapped_operands", "the operands are exchanged: `{old}`, not `{new}`", 4.5, node=swapped
    ),
    Alteration(
        "elementwise_product",
        "an elementwise product stands where the product is `{old}`",
        3,
        node=entrywise,
    ),
    Alteration(
        "matrix_product",
        "a matrix product stands where the product is `{old}`, entry by entry",
        5,
        node=matrix,
    ),
    Alteration("missing_sum", "the sum is left out: `{old}`, not `{new}`", 3, node=unsummed),
    Alteration(
        "missing_sum", "one summand for the sum: `{old}`, not `{new}`", 4.1, node=one_summand
    ),
    Alteration("sum_for_mean", "sum and mean are exchanged in `{old}`", 3, node=averaged),
    Alteration(
        "wrong_operand",
        "a product of sums stands for the sum of products: `{old}`, not `{new}`",
        4,
        node=regrouped,
    ),
    Alteration(
        "wrong_operand", "the inverse is left out: `{old}`, not `{new}`", 2.5, node=uninverted
    ),
    Alteration(
        "elementwise_inverse",
        "the inverse is not the inverse of the entries: `{old}`",
        2,
        node=inverses,
    ),
)
