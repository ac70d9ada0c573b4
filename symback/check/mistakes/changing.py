"""Applying the table of mistakes everywhere in the scripts of a quantity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from operator import eq

import numpy as np

from symback.check.derivation.comparing import close
from symback.check.derivation.passes import Line, Part, Script
from symback.check.derivation.running import Functions, Point, evaluated, quiet, value_with
from symback.check.derivation.truth import Chain, TrueValues
from symback.check.mistakes.alterations import Alteration, Change, Scene
from symback.check.mistakes.edges import EDGES
from symback.check.mistakes.everywhere import everywhere
from symback.check.mistakes.lines import LINES, constants
from symback.check.mistakes.nodes import NODES
from symback.check.mistakes.throughout import SEQUENCES
from symback.errors import SymbackError
from symback.functions.values.arrays import Array
from symback.language import operands, rebuild, replaced, walk
from symback.language.tree import (
    Binary,
    Call,
    Expression,
    Literal,
    Negate,
    Number,
    Slice,
    Subscript,
    Transpose,
)

TABLE: tuple[Alteration, ...] = (*EDGES, *LINES, *SEQUENCES, *NODES)
#: Values of lines by name.
Fixed = Mapping[str, Array]
#: Functions whose arguments are sizes and places.
SIZED = frozenset({"eye", "ones", "zeros", "onehot", "arange"})
#: Formulas of more nodes than this are altered along edges only.
MAX_NODES = 120


def changes(chain: Chain, target: str, point: Point, truth: TrueValues) -> Iterator[Change]:
    """Yield every alteration of every line that a quantity rests on, script by script."""
    for script in chain.scripts:
        if target in script.index:
            values = point.environment(script, truth.functions)
            shapes = {name: np.shape(value) for name, value in values.items()}
            equal = eq if script.rows else partial(_equal, values, truth.functions)
            for line in reversed(script.leading_to(target)):
                scene = Scene(script, line, shapes, equal)
                for alteration in TABLE:
                    yield from applied(alteration, script, line, scene)
            yield from everywhere(script, target, shapes, equal)
            yield from constants(script, target)


def _equal(values: Fixed, functions: Functions, one: Expression, other: Expression) -> bool:
    """Tell whether two formulas have one value where all lines have these."""
    with quiet():
        try:
            left, right = (evaluated(tree, values, functions) for tree in (one, other))
        except SymbackError:
            return False
    return left.shape == right.shape and bool(close(left, right).all())


def applied(alteration: Alteration, script: Script, line: Line, scene: Scene) -> Iterator[Change]:
    """Yield one alteration everywhere in one line."""
    if alteration.line is not None:
        for parts in alteration.line(line, scene):
            gone = next((p for p in line.parts if p not in parts), line.parts[0])
            new = next((p.tree for p in parts if p not in line.parts), None)
            yield Change(alteration, script, line, parts, gone.tree, new, gone.edge)
        return
    for k, part in enumerate(line.parts):
        for old, new, tree in _rewritten(alteration, part, scene):
            parts = (*line.parts[:k], Part(tree, part.edge), *line.parts[k + 1 :])
            yield Change(alteration, script, line, parts, old, new, part.edge)


def _rewritten(
    alteration: Alteration, part: Part, scene: Scene
) -> Iterator[tuple[Expression, Expression, Expression]]:
    """Yield the piece altered, what it became, and the whole tree."""
    if alteration.edge is not None and part.edge is not None:
        for tree in alteration.edge(part.edge, part.tree, scene):
            yield part.tree, tree, tree
    if alteration.node is not None:
        yield from rewritings(alteration, part.tree, scene)
        for node in _repeated(part.tree):
            for new in alteration.node(node, scene):
                yield node, new, replaced(part.tree, node, new)


def _repeated(tree: Expression) -> list[Expression]:
    """Return the operations that stand in several places of a formula."""
    seen: dict[Expression, int] = {}
    for node in walk(tree):
        if isinstance(node, Call | Binary | Transpose):
            seen[node] = seen.get(node, 0) + 1
    return [node for node, count in seen.items() if count > 1]


def rewritings(
    alteration: Alteration, tree: Expression, scene: Scene
) -> Iterator[tuple[Expression, Expression, Expression]]:
    """Yield one alteration everywhere in a tree: the piece, what it became, the whole tree."""
    assert alteration.node is not None
    for new in alteration.node(tree, scene):
        yield tree, new, new
    parts = operands(tree)
    for k, part in enumerate(parts):
        if not _is_setting(tree, part, k):
            for old, new, inner in rewritings(alteration, part, scene):
                whole = rebuild(tree, [*parts[:k], inner, *parts[k + 1 :]])
                if not _is_empty(whole):
                    yield old, new, whole


def _is_empty(tree: Expression) -> bool:
    """Tell whether something is taken from itself, or divided by itself: nobody writes that."""
    return isinstance(tree, Binary) and tree.op in ("-", "/") and tree.left == tree.right


def _is_setting(owner: Expression, part: Expression, place: int) -> bool:
    """Tell whether an operand is an index or a setting, altered by rules of the whole only."""
    if isinstance(part, Literal | Slice):
        return True
    if isinstance(owner, Subscript) or (isinstance(owner, Binary) and owner.op == "**"):
        return place > 0 and (isinstance(owner, Subscript) or isinstance(part, Number))
    if isinstance(owner, Call):
        if owner.function in SIZED:
            return True
        plain = part.operand if isinstance(part, Negate) else part
        return place >= len(owner.arguments) or (place > 0 and isinstance(plain, Number))
    return False


def altered_value(
    truth: TrueValues, change: Change, target: str, point: Point, fixed: Fixed | None = None
) -> Array | None:
    """Return what a quantity is at a point under an alteration, None where it makes no sense.

    To be called inside `quiet`. `fixed` are lines whose values are given: those that a person has,
    right or wrong.
    """
    script = change.script
    known = {name: x for name, x in (fixed or {}).items() if name in script.index}
    lines: dict[str, Array | Line] = {**known, **change.altered}
    if script.rows is None:
        values = point.environment(script, truth.functions)
        found = value_with(script, target, values, lines, truth.functions, point.known)
    else:
        found = row_by_row(truth, script, target, point, lines)
    if found is None or not np.isfinite(np.asarray(found, dtype=float)).all():
        return None
    return found


def row_by_row(
    truth: TrueValues,
    script: Script,
    target: str,
    point: Point,
    changed: Mapping[str, Array | Line],
) -> Array | None:
    """Return a Jacobian whose rows a script makes, one for each entry of what is differentiated."""
    assert script.rows is not None
    seed, of = script.rows
    base = point.environment(script, truth.functions)
    shape = np.shape(base[of])
    rows = []
    for place in np.ndindex(shape):
        unit = np.zeros(shape)
        unit[place] = 1.0
        name = script.lines[-1].name if target not in script.index else target
        row = value_with(script, name, base, {seed: unit, **changed}, truth.functions, point.known)
        if row is None:
            return None
        rows.append(row)
    if len({np.shape(row) for row in rows}) != 1:
        return None
    stacked = np.asarray(rows)
    return stacked.reshape((*shape, *stacked.shape[1:]))


def together(a: Change, b: Change) -> Change | None:
    """Return two alterations in one, None if they concern the same part of the same line."""
    if a.script is not b.script:
        return None
    if not a.altered.keys() & b.altered.keys():
        return replace(a, more=(*a.more, *b.altered.values()))
    if a.line is not b.line or a.more or b.more:
        return None
    old = a.line.parts
    ours, theirs = _versions(a), _versions(b)
    if ours is None or theirs is None:
        return None
    mixed: list[Part] = []
    for x, y, part in zip(ours, theirs, old, strict=True):
        if x is not part and y is not part:
            return None
        kept = y if x is part else x
        if kept is not None:
            mixed.append(kept)
    return replace(a, parts=tuple(mixed)) if mixed else None


def _versions(change: Change) -> list[Part | None] | None:
    """Return what became of every part of a line, None for one left out."""
    old = change.line.parts
    if len(change.parts) == len(old):
        return list(change.parts)
    if len(change.parts) > len(old):
        return None
    return [part if any(part is one for one in change.parts) else None for part in old]
