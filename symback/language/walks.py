"""Walking, counting and rewriting syntax trees with loops: a sum of 2,000 terms is 2,000 deep."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Sequence as Values
from typing import TypeVar

from symback.language.tree import (
    Binary,
    Call,
    Compare,
    Expression,
    Literal,
    Name,
    Negate,
    Number,
    Sequence,
    Slice,
    Subscript,
    Transpose,
)

Result = TypeVar("Result")


def operands(node: Expression) -> tuple[Expression, ...]:
    """Return what `node` is directly made of, in reading order."""
    match node:
        case Binary(left=left, right=right) | Compare(left=left, right=right):
            return (left, right)
        case Call(arguments=arguments, keywords=keywords):
            return arguments + tuple(value for _, value in keywords) if keywords else arguments
        case Negate(operand=value) | Transpose(value=value):
            return (value,)
        case Subscript(value=value, items=items):
            return (value, *items)
        case Sequence(items=items):
            return items
        case Slice(start=start, stop=stop, step=step):
            return tuple(part for part in (start, stop, step) if part is not None)
    return ()


def rebuild(node: Expression, parts: Values[Expression]) -> Expression:
    """Return `node` with its operands replaced by `parts`, as many as `operands(node)` gives."""
    match node:
        case Binary(op=op, span=span):
            return Binary(op, parts[0], parts[1], span)
        case Compare(op=op, span=span):
            return Compare(op, parts[0], parts[1], span)
        case Call(function, arguments, keywords, span):
            count = len(arguments)
            values = zip(keywords, parts[count:], strict=True)
            named = tuple((key, value) for (key, _), value in values)
            return Call(function, tuple(parts[:count]), named, span)
        case Negate(span=span):
            return Negate(parts[0], span)
        case Transpose(span=span):
            return Transpose(parts[0], span)
        case Subscript(span=span):
            return Subscript(parts[0], tuple(parts[1:]), span)
        case Sequence(bracket=bracket, span=span):
            return Sequence(tuple(parts), bracket, span)
        case Slice(start, stop, step, span):
            rest = iter(parts)
            new = [None if part is None else next(rest) for part in (start, stop, step)]
            return Slice(new[0], new[1], new[2], span)
    return node


def walk(expression: Expression) -> Iterator[Expression]:
    """Yield every node after its operands, the expression itself last."""
    stack: list[tuple[Expression, bool]] = [(expression, False)]
    while stack:
        node, ready = stack.pop()
        parts = () if ready else operands(node)
        if parts:
            stack.append((node, True))
            stack.extend((part, False) for part in reversed(parts))
        else:
            yield node


def fold(expression: Expression, combine: Callable[[Expression, list[Result]], Result]) -> Result:
    """Return `combine(node, results of its operands)` for the root, from the leaves up.

    A node object that occurs several times is combined once.
    """
    results: dict[int, Result] = {}
    stack = [expression]
    while stack:
        node = stack[-1]
        if id(node) in results:
            stack.pop()
            continue
        parts = operands(node)
        waiting = [part for part in parts if id(part) not in results]
        if waiting:
            stack.extend(reversed(waiting))
        else:
            results[id(node)] = combine(node, [results[id(part)] for part in parts])
            stack.pop()
    return results[id(expression)]


def size(expression: Expression) -> int:
    """Return the length of a formula: names, constants, operators, calls, subscripts, `.T`.

    A call counts for itself and for its function; lists, slices and comparisons do not count.
    """
    if len(_SIZES) > MAX_SIZES:
        _SIZES.clear()
    stack = [expression]
    while stack:
        node = stack[-1]
        if id(node) in _SIZES:
            stack.pop()
            continue
        parts = operands(node)
        waiting = [part for part in parts if id(part) not in _SIZES]
        if waiting:
            stack.extend(waiting)
        else:
            total = _own_size(node) + sum(_SIZES[id(part)][1] for part in parts)
            _SIZES[id(node)] = (node, total)
            stack.pop()
    return _SIZES[id(expression)][1]


#: Sizes by identity; the node is kept so that its identity stays its own.
_SIZES: dict[int, tuple[Expression, int]] = {}
MAX_SIZES = 200_000


def _own_size(node: Expression) -> int:
    match node:
        case Number(value=value, text=text):
            parts = 1 if text or value.denominator == 1 else 3
            return parts + (value < 0)
        case Call():
            return 2
        case Compare() | Sequence() | Slice():
            return 0
    return 1


def names(expression: Expression) -> frozenset[str]:
    """Return the identifiers that stand for values (not those of functions called)."""
    return frozenset(node.id for node in walk(expression) if isinstance(node, Name))


def substitute(expression: Expression, replacements: Mapping[str, Expression]) -> Expression:
    """Return `expression` with every name in `replacements` replaced by its tree, all at once.

    Names of functions called and of keywords stay. Unchanged parts are the same objects.
    """

    def combine(node: Expression, parts: list[Expression]) -> Expression:
        if isinstance(node, Name):
            return replacements.get(node.id, node)
        if isinstance(node, Number | Literal):
            return node
        old = operands(node)
        same = all(new is part for new, part in zip(parts, old, strict=True))
        return node if same else rebuild(node, parts)

    return fold(expression, combine)


def replaced(expression: Expression, old: Expression, new: Expression) -> Expression:
    """Return `expression` with every part that equals `old` replaced by `new`."""
    if expression == old:
        return new
    parts = operands(expression)
    return (
        rebuild(expression, [replaced(part, old, new) for part in parts]) if parts else expression
    )


def is_sum(node: Expression) -> bool:
    """Tell whether a node is a sum or a difference."""
    return isinstance(node, Binary) and node.op in ("+", "-")
