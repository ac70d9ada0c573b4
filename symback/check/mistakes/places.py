"""Mistakes with axes and indices: another axis, an index one off, another order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import product

from symback.check.mistakes.alterations import Alteration, Scene
from symback.language import fold, rebuild, walk
from symback.language.tree import (
    Binary,
    Call,
    Expression,
    Literal,
    Name,
    Negate,
    Number,
    Sequence,
    Slice,
    Subscript,
)

ONE = Number(Fraction(1))
#: What takes one axis away: along another one the result is a column.
REDUCTIONS = frozenset({"sum", "mean", "max", "min", "var", "std", "prod", "logsumexp"})


def axes(node: Expression, scene: Scene) -> Iterator[Expression]:
    """Another axis."""
    match node:
        case Call(_, _, keywords) if any(key == "axis" for key, _ in keywords):
            for axis in (Number(Fraction(0)), Number(Fraction(1)), Literal(None)):
                changed = tuple((k, axis if k == "axis" else v) for k, v in keywords)
                if changed != keywords:
                    yield replace(node, keywords=changed)
        case Call("sum" | "mean" | "max" | "softmax" | "cumsum" | "norm", (_,), ()):
            for k in (0, 1):
                yield replace(node, keywords=(("axis", Number(Fraction(k))),))
        case Subscript(Call(_, _, keywords) as call, (Slice(), Literal(None) as new)) if keywords:
            for other in axes(call, scene):
                yield Subscript(other, (new, Slice()))
        case Subscript(value, (Slice(), Literal(None) as new)):
            yield Subscript(value, (new, Slice()))
        case Subscript(value, (Literal(None) as new, Slice())):
            yield Subscript(value, (Slice(), new))


def upright(node: Expression, scene: Scene) -> Iterator[Expression]:
    """Along the last axis, and the result spread as a column."""
    match node:
        case Call(name, _, keywords) if name in REDUCTIONS and not scene.backward:
            if dict(keywords).get("axis") == Number(Fraction(0)):
                changed = tuple((k, ONE if k == "axis" else v) for k, v in keywords)
                yield Subscript(replace(node, keywords=changed), (Slice(), Literal(None)))


def spread(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A vector spread along the other axis of a square matrix."""
    match node:
        case Binary("+" | "-" | "*" | "/" as op, left, Name(id) as right):
            shape = scene.shapes.get(id, ())
            if len(shape) == 1 and (*shape, *shape) in scene.shapes.values():
                yield Binary(op, left, Subscript(right, (Slice(), Literal(None))))


def shifted(node: Expression, scene: Scene) -> Iterator[Expression]:
    """An index one off."""
    match node:
        case Subscript(value, items):
            for k, item in enumerate(items):
                for other in _shifted(item):
                    yield Subscript(value, (*items[:k], other, *items[k + 1 :]))
        case Call():
            yield from _shifted_call(node)


def misplaced(node: Expression, scene: Scene) -> Iterator[Expression]:
    """The entries of a given vector one place off: the 1 of a target beside where it is."""
    if isinstance(node, Name) and node.id not in scene.script.index:
        shape = scene.shapes.get(node.id, ())
        for step in (1, -1) if len(shape) == 1 and shape[0] > 1 else ():
            yield Call("roll", (node, Number(Fraction(step))))


def unindexed(node: Expression, scene: Scene) -> Iterator[Expression]:
    """The whole for one of its entries."""
    match node:
        case Subscript(Name(id), (Number(),)) if len(scene.shapes.get(id, ())) == 1:
            yield node.value


def all_shifted(node: Expression, scene: Scene) -> Iterator[Expression]:
    """Every index of one quantity one off, along some axes."""
    if not any(node is part.tree for part in scene.line.parts):
        return
    used = [n for n in walk(node) if isinstance(n, Subscript) and isinstance(n.value, Name)]
    for name in dict.fromkeys(n.value for n in used):
        mine = [n for n in used if n.value == name]
        if len(mine) < 2 or not all(_is_entry(n) for n in mine):
            continue
        for offset in product((-1, 0, 1), repeat=len(mine[0].items)):
            if any(offset):
                yield fold(node, partial(_moved_by, name, offset))


def _is_entry(node: Subscript) -> bool:
    return all(isinstance(item, Number) for item in node.items)


def _moved_by(
    name: Expression, offset: tuple[int, ...], node: Expression, parts: list[Expression]
) -> Expression:
    if isinstance(node, Subscript) and node.value == name and len(node.items) == len(offset):
        found = []
        for item, by in zip(node.items, offset, strict=True):
            assert isinstance(item, Number)
            found.append(Number(item.value + by))
        return Subscript(name, tuple(found))
    return rebuild(node, parts) if parts else node


def _shifted_call(node: Call) -> Iterator[Expression]:
    match node:
        case Call("onehot", (Number(place), *rest)):
            for step in (-1, 1):
                yield replace(node, arguments=(Number(place + step), *rest))
        case Call("roll", (value, Number(places), *rest)):
            for step in (-1, 1):
                yield replace(node, arguments=(value, Number(places + step), *rest))
        case Call("pad", (value, Sequence() as widths)):
            for widened in _pads(widths):
                yield replace(node, arguments=(value, widened))


def rolled(node: Expression, scene: Scene) -> Iterator[Expression]:
    """A shift in the other direction."""
    match node:
        case Call("roll", (value, Negate(Number() as places), *rest)):
            yield replace(node, arguments=(value, places, *rest))
        case Call("roll", (value, Number() as places, *rest)):
            yield replace(node, arguments=(value, Negate(places), *rest))


def _shifted(item: Expression) -> Iterator[Expression]:
    match item:
        case Number(value):
            yield Number(value + 1)
            if value > 0:
                yield Number(value - 1)
        case Slice(None, Number(value), None) if value > 0:
            yield Slice(ONE, Number(value + 1), None)
        case Slice(Number(value), None, None) if value > 0:
            yield Slice(Number(value - 1), Negate(ONE), None)
        case Slice(start, stop, step):
            for by in (-1, 1):
                first = _moved(start, by)
                last = _moved(stop, by)
                if first is not None or last is not None:
                    yield Slice(first or start, last or stop, step)
                if first is not None:
                    yield Slice(first, stop, step)
                if last is not None:
                    yield Slice(start, last, step)


def _moved(end: Expression | None, by: int) -> Expression | None:
    return Number(end.value + by) if isinstance(end, Number) and end.value + by >= 0 else None


def _pads(widths: Sequence) -> Iterator[Expression]:
    for k, pair in enumerate(widths.items):
        if isinstance(pair, Sequence) and len(pair.items) == 2:
            before, after = pair.items
            if isinstance(before, Number) and isinstance(after, Number):
                for by in (-1, 1):
                    if before.value + by >= 0 and after.value - by >= 0:
                        moved = (Number(before.value + by), Number(after.value - by))
                        new = replace(pair, items=moved)
                        yield replace(
                            widths, items=(*widths.items[:k], new, *widths.items[k + 1 :])
                        )


def reordered(node: Expression, scene: Scene) -> Iterator[Expression]:
    """Indices in the wrong order."""
    match node:
        case Subscript(value, (first, second)):
            yield Subscript(value, (second, first))
        case Sequence(items, "[") if len(items) > 1:
            yield replace(node, items=items[::-1])
            yield replace(node, items=(*items[1:], items[0]))
            yield replace(node, items=(items[-1], *items[:-1]))
            for k in range(len(items) - 1):
                yield replace(node, items=(*items[:k], items[k + 1], items[k], *items[k + 2 :]))


PLACES = (
    Alteration("wrong_axis", "another axis: `{old}`, not `{new}`", 3, node=axes),
    Alteration("wrong_axis", "another axis: `{old}`, not `{new}`", 3, node=upright),
    Alteration("wrong_axis", "along another axis: `{old}`, not `{new}`", 4, node=spread),
    Alteration("index_shift", "an index is one off: `{old}`, not `{new}`", 4, node=shifted),
    Alteration("index_shift", "a shift goes the other way: `{old}`, not `{new}`", 3, node=rolled),
    Alteration("index_shift", "all indices are one off: `{new}`", 4.5, node=all_shifted),
    Alteration("index_shift", "the entries of `{old}` are one place off", 4.3, node=misplaced),
    Alteration("wrong_operand", "the index is lost: `{old}`, not `{new}`", 4, node=unindexed),
    Alteration(
        "index_order", "the entries are in another order: `{old}`, not `{new}`", 4, node=reordered
    ),
)
