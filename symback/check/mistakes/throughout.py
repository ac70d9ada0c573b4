"""Mistakes made throughout a formula: two quantities exchanged, a step too far, another base."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import combinations

from symback.check.derivation.passes import Line, Part
from symback.check.mistakes.alterations import Alteration, Scene
from symback.language import fold, rebuild, walk
from symback.language.tree import Call, Expression, Name, Number, Subscript

#: Formulas with more different quantities than this have none exchanged.
MOST_QUANTITIES = 8
#: Names of the steps of a sequence: what they have in common, and a number.
COUNTED = re.compile(r"(.*?[A-Za-z_])(\d+)")
LOGARITHMS = ("log", "log2", "log10")


def exchanged(node: Expression, scene: Scene) -> Iterator[Expression]:
    """Two quantities, or two entries, each in the place of the other."""
    if not _is_whole(node, scene):
        return
    found = [one for one in dict.fromkeys(walk(node)) if _shape(one, scene) is not None]
    if len(found) > MOST_QUANTITIES:
        return
    for one, other in combinations(found, 2):
        if _shape(one, scene) == _shape(other, scene) and not _holds(one, other):
            yield _replaced(node, {one: other, other: one})


def _shape(node: Expression, scene: Scene) -> tuple[int, ...] | None:
    """Return the shape of a quantity or of one entry, None for other formulas."""
    match node:
        case Name(id):
            return None if _is_seed(id, scene) else scene.shapes.get(id)
        case Subscript(Name(), items) if all(isinstance(item, Number) for item in items):
            return ()
    return None


def _is_seed(name: str, scene: Scene) -> bool:
    """Tell whether a quantity is the number that the backward pass begins with."""
    place = scene.script.index.get(name)
    return place is not None and isinstance(scene.script.lines[place].parts[0].tree, Number)


def _holds(one: Expression, other: Expression) -> bool:
    """Tell whether one of two is an entry of the other."""
    return any(isinstance(a, Subscript) and a.value == b for a, b in ((one, other), (other, one)))


def in_sequence(line: Line, scene: Scene) -> Iterator[tuple[Part, ...]]:
    """The next or the last step of a sequence, h2 for h1 and h1 for h0, wherever it is used."""
    stems: dict[str, list[Name]] = {}
    for name in sorted(line.uses):
        if named := COUNTED.fullmatch(name):
            stems.setdefault(named[1], []).append(Name(name))
    for members in stems.values():
        for step in (-1, 1) if len(members) > 1 else ():
            moved = [_moved(one, step) for one in members]
            shapes = [scene.shapes.get(one.id) for one in (*members, *moved)]
            if None not in shapes and shapes[: len(members)] == shapes[len(members) :]:
                other: dict[Expression, Expression] = dict(zip(members, moved, strict=True))
                yield tuple(Part(_replaced(part.tree, other), part.edge) for part in line.parts)


def _moved(name: Name, step: int) -> Name:
    named = COUNTED.fullmatch(name.id)
    assert named is not None
    return Name(f"{named[1]}{int(named[2]) + step}")


def all_bases(node: Expression, scene: Scene) -> Iterator[Expression]:
    """Another base of every logarithm in a formula."""
    if not _is_whole(node, scene):
        return
    used = {one for one in walk(node) if isinstance(one, Call) and one.function in LOGARITHMS}
    if len(used) > 1:
        for other in LOGARITHMS:
            if {one.function for one in used} != {other}:
                yield _with_base(node, other)


def _with_base(tree: Expression, function: str) -> Expression:
    def combine(node: Expression, parts: list[Expression]) -> Expression:
        if isinstance(node, Call) and node.function in LOGARITHMS and len(parts) == 1:
            return Call(function, (parts[0],))
        return rebuild(node, parts) if parts else node

    return fold(tree, combine)


def _is_whole(node: Expression, scene: Scene) -> bool:
    return any(node is part.tree for part in scene.line.parts)


def _replaced(tree: Expression, other: Mapping[Expression, Expression]) -> Expression:
    """Replace quantities by others at once; what is in the place of an entry is not looked into."""

    def combine(node: Expression, parts: list[Expression]) -> Expression:
        return other[node] if node in other else rebuild(node, parts) if parts else node

    return fold(tree, combine)


SEQUENCES = (
    Alteration(
        "index_shift",
        "each is one step off in the sequence where it is used",
        3.5,
        line=in_sequence,
    ),
)
THROUGHOUT = (
    Alteration(
        "wrong_base", "the logarithms have another base: `{old}`, not `{new}`", 2, node=all_bases
    ),
    Alteration(
        "swapped_operands",
        "two quantities are exchanged: `{old}`, not `{new}`",
        6.4,
        node=exchanged,
    ),
)
