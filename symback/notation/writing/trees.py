"""Smart constructors of syntax trees: signs folded, ones dropped, transposes pushed inwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from symback.language import size, walk
from symback.language.tree import (
    Binary,
    Call,
    Expression,
    Literal,
    Name,
    Negate,
    Number,
    Slice,
    Subscript,
    Transpose,
)
from symback.language.tree import Sequence as ListTree
from symback.tensor.dims import Dim, NamedDim, Shape
from symback.tensor.poly import Rational

ZERO = Number(Fraction(0))
ONE = Number(Fraction(1))
NONE = Literal(None)
ALL = Slice()

#: Decimals have fewer digits than this behind the point.
MAX_PLACES = 13

#: Functions whose value is a symmetric matrix whatever their arguments.
SYMMETRIC_CALLS = frozenset({"eye", "diag"})


def integer(value: int) -> Expression:
    """Return a whole number; negative ones with their sign outside."""
    return Number(Fraction(value)) if value >= 0 else Negate(Number(Fraction(-value)))


def fraction(value: Rational) -> Expression:
    """Return a nonnegative rational as a number or a quotient."""
    value = Fraction(value)
    top = Number(Fraction(value.numerator))
    return top if value.denominator == 1 else Binary("/", top, Number(Fraction(value.denominator)))


def constant(value: Rational) -> Expression:
    """Return a number that stands alone: as a decimal where that is short, `0.5`."""
    size = abs(Fraction(value))
    tree = fraction(size) if size.denominator == 1 else decimal(size) or fraction(size)
    return Negate(tree) if value < 0 else tree


def decimal(value: Fraction) -> Expression | None:
    """Return a positive number as a short decimal, `0.7` or `1e-5`, None where it has none."""
    places = next((k for k in range(MAX_PLACES) if (10**k * value).denominator == 1), None)
    if places is None or (1000 % value.denominator and value.denominator % 10):
        return None
    digits = int(10**places * value)
    if places > 3 and digits < 10:
        return Number(value, f"{digits}e-{places}")
    return Number(value, format(Decimal(digits).scaleb(-places), "f"))


def length(value: Dim) -> Expression:
    """Return a length: `n - 1`."""
    if not isinstance(value, NamedDim):
        return integer(value)
    total: Expression | None = None
    for names, times in value.terms:
        factors: list[Expression] = [Name(name) for name in names]
        if abs(times) != 1 or not factors:
            factors.insert(0, Number(Fraction(abs(times))))
        term = product(factors)
        if total is None:
            total = Negate(term) if times < 0 else term
        else:
            total = Binary("-" if times < 0 else "+", total, term)
    assert total is not None
    return total


def whole_numbers(tree: Expression) -> list[int]:
    """Return the whole numbers that a tree is, alone or in a tuple, none for other trees."""
    match tree:
        case Number(value):
            return [int(value)]
        case ListTree(items) if all(isinstance(item, Number) for item in items):
            return [int(item.value) for item in items if isinstance(item, Number)]
        case _:
            return []


def axes_tree(axes: Sequence[int]) -> Expression:
    """Return one axis as a number, several as a tuple."""
    numbers = tuple(map(integer, axes))
    return numbers[0] if len(numbers) == 1 else ListTree(numbers, "(")


def shape_tuple(shape: Shape) -> Expression:
    """Return a shape as a tuple of lengths."""
    return ListTree(tuple(length(one) for one in shape), "(")


def product(factors: Sequence[Expression]) -> Expression:
    """Return a product, 1 if it is empty."""
    kept = [factor for factor in factors if factor != ONE]
    if not kept:
        return ONE
    total = kept[0]
    for factor in kept[1:]:
        total = Binary("*", total, factor)
    return total


def quotient(top: Expression, bottom: Expression) -> Expression:
    """Return `top/bottom`, without dividing by 1."""
    return top if bottom == ONE else Binary("/", top, bottom)


def raised(base: Expression, exponent: Rational) -> Expression:
    """Return `base ** exponent` for a positive exponent, square roots by name."""
    if exponent == 1:
        return base
    if exponent == Fraction(1, 2):
        if isinstance(base, Call) and base.function == "var":
            return Call("std", base.arguments, base.keywords)
        return Call("sqrt", (base,))
    if Fraction(exponent).denominator == 2:
        return Binary("**", base, Number(Fraction(exponent), str(float(exponent))))
    return Binary("**", base, fraction(exponent))


def scaled(times: Rational, tree: Expression) -> Expression:
    """Return `times * tree` for a positive number, dividing by its denominator."""
    if times == 1:
        return tree
    value = Fraction(times)
    if (value.numerator != 1 or tree == ONE) and value.denominator % 10 == 0:
        short = decimal(value)
        if short is not None:
            return product([short, tree])
    above, below = Number(Fraction(value.numerator)), Number(Fraction(value.denominator))
    if isinstance(tree, Binary) and tree.op == "/":
        return quotient(product([above, tree.left]), product([below, tree.right]))
    return quotient(product([above, tree]), below)


def total(terms: Iterable[tuple[Rational, Expression]]) -> Expression:
    """Return a sum of terms with positive or negative coefficients, a positive one first."""
    ordered = sorted(terms, key=lambda term: term[0] < 0)
    result: Expression | None = None
    for times, tree in ordered:
        size = -times if times < 0 else times
        if result is None:
            term = scaled(size, tree)
            result = negated(term) if times < 0 else term
        else:
            result = Binary("-" if times < 0 else "+", result, scaled(size, tree))
    return result if result is not None else ZERO


#: Functions that are linear in their first argument (solve in its last): a sign may pass.
LINEAR_CALLS = frozenset(
    ["sum", "mean", "trace", "diag", "tril", "triu", "outer", "pad", "flip", "cumsum", "dot"]
) | {"solve"}


#: Functions with f(-x) = -f(x).
ODD_CALLS = frozenset(["sign", "cbrt", "erf", "erfi", "softsign", "sin", "tan", "asin", "atan"])
ODD_CALLS |= {"sinh", "tanh", "asinh"}


def flipped(tree: Expression) -> Expression | None:
    """Return `-tree` by turning a difference round inside a product, None if there is none."""
    match tree:
        case Negate(operand):
            return operand
        case Binary("-", left, right):
            return Binary("-", right, left)
        case Binary("*" | "@" as op, left, right):
            inner = flipped(right)
            if inner is not None:
                return Binary(op, left, inner)
            inner = flipped(left)
            return None if inner is None else Binary(op, inner, right)
        case Binary("/", left, right):
            inner = flipped(left)
            if inner is not None:
                return Binary("/", inner, right)
            inner = flipped(right) if isinstance(left, Number | Name) else None
            return None if inner is None else Binary("/", left, inner)
        case Transpose(value):
            inner = flipped(value)
            return None if inner is None else Transpose(inner)
        case Subscript(value, items):
            inner = flipped(value)
            return None if inner is None else Subscript(inner, items)
        case Call():
            return _flipped_call(tree)
        case _:
            return None


def _flipped_call(tree: Call) -> Expression | None:
    """Turn the difference round in the argument that a function passes a sign through."""
    if tree.function == "where":
        condition, *cases = tree.arguments
        turned = [case if case == ZERO else flipped(case) for case in cases]
        both = tuple(case for case in turned if case is not None)
        return Call("where", (condition, *both)) if len(both) == len(cases) else None
    if tree.function == "clip" and tree.arguments[1] == Negate(tree.arguments[2]):
        inner = flipped(tree.arguments[0])
        return None if inner is None else Call("clip", (inner, *tree.arguments[1:]))
    whole = tree.function in ODD_CALLS and len(tree.arguments) == 1
    if not whole and tree.function not in LINEAR_CALLS:
        return None
    place = len(tree.arguments) - 1 if tree.function == "solve" else 0
    inner = flipped(tree.arguments[place])
    if inner is None or tree.arguments[1:] == tree.arguments[:1]:  # -outer(u, u) has one vector
        return None
    arguments = (*tree.arguments[:place], inner, *tree.arguments[place + 1 :])
    return Call(tree.function, arguments, tree.keywords)


def negated(tree: Expression) -> Expression:
    """Return `-tree`, turning a difference round where there is one."""
    return flipped(tree) or Negate(tree)


def transposed(tree: Expression) -> Expression:
    """Return the transpose of a matrix, inside or outside a product, whichever is shorter."""
    match tree:
        case Transpose(value):
            return value
        case Binary("@", left, right):
            inside = Binary("@", transposed(right), transposed(left))
            names = isinstance(left, Name) and isinstance(right, Name)
            return inside if names or size(inside) <= size(tree) + 1 else Transpose(tree)
        case Call("outer", (left, right)):
            return Call("outer", (right, left))
        case Call(function, _) if function in SYMMETRIC_CALLS:
            return tree
        case Negate(operand):
            return Negate(transposed(operand))
        case _:
            return Transpose(tree)


def column(tree: Expression, after: int) -> Expression:
    """Return a vector or matrix with `after` new axes behind it, for broadcasting."""
    if not after:
        return tree
    return Subscript(tree, (ALL, *[NONE] * after))


def with_axes(tree: Expression, axes: Sequence[int], rank: int) -> Expression:
    """Put axes of length 1 into a tree that lacks them: `g[2]` as `g[2:]` or `g[2][None]`."""
    match tree:
        case Subscript(value, (*items, Number(place))) if rank == 1 and place.denominator == 1:
            first = None if place == 0 else Number(place)
            return Subscript(value, (*items, Slice(first, Number(place + 1))))
    if rank == 1:
        return Call("stack", (ListTree((tree,)),))
    items = [NONE if axis in axes else ALL for axis in range(rank)]
    while items and items[-1] == ALL:
        items.pop()
    return Subscript(tree, tuple(items))


def subscripted(tree: Expression, items: Sequence[Expression]) -> Expression:
    """Return `tree[items]` without trailing full slices; joins with a subscript below."""
    kept = list(items)
    while kept and kept[-1] == ALL:
        kept.pop()
    return Subscript(tree, tuple(kept)) if kept else tree


def transposes(tree: Expression) -> int:
    """Return how many transposes a tree has."""
    return sum(isinstance(node, Transpose) for node in walk(tree))
