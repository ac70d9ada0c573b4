"""How many axes a part of a formula has, and which arrays it takes entry by entry."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from symback.language.latex import values
from symback.language.latex.tables import FUNCTIONS
from symback.language.latex.values import Value
from symback.language.tree import (
    Binary,
    Call,
    Compare,
    Expression,
    Name,
    Negate,
    Number,
    Slice,
    Subscript,
    Transpose,
)

#: Functions that act entry by entry, and those of whole arrays by the axes of their values.
ELEMENTWISE = frozenset(("where", *(row.function for row in FUNCTIONS.values() if row.elementwise)))
_AXES = {"dot": 0, "outer": 2, "trace": 0, "det": 0, "norm": 0, "inv": 2, "diag": None}

Ranks = Callable[[str], int | None]


def rank(tree: Expression, ndim: Ranks) -> int | None:
    """Return the number of axes of a formula, None where it is not known."""
    match tree:
        case Number():
            return 0
        case Name(id):
            return 0 if id.startswith("\\") else ndim(id)
        case Negate(operand) | Transpose(operand):
            return rank(operand, ndim)
        case Subscript(value, items):
            whole = rank(value, ndim)
            taken = sum(not isinstance(item, Slice) for item in items)
            return None if whole is None else whole - taken
        case Binary("@", left, right):
            axes = rank(left, ndim), rank(right, ndim)
            return None if None in axes else (axes[0] or 0) + (axes[1] or 0) - 2
        case Binary(_, left, right) | Compare(_, left, right):
            axes = rank(left, ndim), rank(right, ndim)
            return None if None in axes else max(axes[0] or 0, axes[1] or 0)
        case Call("\\array", _, letters):
            return len(letters)
        case Call(function, (first, *_)) if function in ELEMENTWISE:
            return rank(first, ndim)
        case Call(function):
            return 0 if function[1:] in ("sum", "prod", "max", "min") else _AXES.get(function)
    return None


def entrywise_runs(factors: Sequence[Value], ndim: Ranks) -> list[Value]:
    r"""Return factors with neighbours such as `y(1 - y)` multiplied entry by entry.

    They are taken so where every one is made entry by entry of arrays that the others are made of,
    and one adds a number to an array: no other product of them has a meaning.
    """
    found: list[Value] = []
    run: list[Value] = []
    for factor in (*factors, None):
        if factor is not None and factor.ndim and (not run or _joins(run, factor, ndim)):
            run.append(factor)
            continue
        found += _joined(run, ndim)
        run = [factor] if factor is not None and factor.ndim else []
        found += [factor] if factor is not None and not factor.ndim else []
    return found


def _joins(run: Collection[Value], factor: Value, ndim: Ranks) -> bool:
    """Tell whether a factor is made of the same arrays as one before it."""
    mine = set(_arrays(factor.tree, ndim))
    return any(
        other.ndim == factor.ndim and other.row == factor.row
        and not mine.isdisjoint(_arrays(other.tree, ndim))
        for other in run
    )  # fmt: skip


def _joined(run: list[Value], ndim: Ranks) -> list[Value]:
    if len(run) < 2 or not any(
        _adds_number(part, ndim) for one in run for part in _inner(one.tree)
    ):
        return run
    product = run[0]
    for factor in run[1:]:
        product = values.elementwise("*", product, factor)
    return [product]


def _adds_number(tree: Expression, ndim: Ranks) -> bool:
    """Tell whether a formula is the sum of a number and an array."""
    if not (isinstance(tree, Binary) and tree.op in ("+", "-")):
        return False
    axes = rank(tree.left, ndim), rank(tree.right, ndim)
    return 0 in axes and bool((axes[0] or 0) + (axes[1] or 0))


def _arrays(tree: Expression, ndim: Ranks) -> Iterator[str]:
    """Yield the names of arrays that a formula is made of entry by entry."""
    for part in _inner(tree):
        if isinstance(part, Name) and ndim(part.id):
            yield part.id


def _inner(tree: Expression) -> Iterator[Expression]:
    """Yield a formula and the parts that it takes entry by entry."""
    stack = [tree]
    while stack:
        part = stack.pop()
        yield part
        match part:
            case Binary("+" | "-" | "*" | "/" | "**", left, right):
                stack += [left, right]
            case Negate(operand):
                stack.append(operand)
            case Call(function, arguments) if function in ELEMENTWISE:
                stack += arguments
