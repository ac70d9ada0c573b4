"""The same mistake made in several places at once: wherever a function is, in all entries alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from operator import eq

from symback.check.derivation.passes import Edge, Line, Part, Script
from symback.check.mistakes.alterations import Alteration, Change, Scene
from symback.check.mistakes.edges import EDGES
from symback.language.tree import Binary, Call, Expression, Negate, Number, Sequence


def gone(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """What comes along an edge left out, as if the operand were constant."""
    yield Binary("*", Number(Fraction(0)), tree)


def opposite(edge: Edge, tree: Expression, scene: Scene) -> Iterator[Expression]:
    """What comes along an edge with the wrong sign."""
    yield Negate(tree)


#: Made in every entry of a list at once.
LISTED = (
    Alteration(
        "missing_path",
        "the path through `{inner}` in `{op}` is missing, and so in each entry",
        2.6,
        edge=gone,
    ),
    Alteration(
        "sign",
        "what comes through `{inner}` in `{op}` has the wrong sign, and so in each entry",
        3.1,
        edge=opposite,
    ),
    *(one for one in EDGES if one.kind != "missing_derivative"),
)


def everywhere(
    script: Script,
    target: str,
    shapes: Mapping[str, tuple[int, ...]],
    equal: Callable[[Expression, Expression], bool] = eq,
) -> Iterator[Change]:
    """Yield the same mistake made wherever one function, or both sides of one operation, is."""
    edges: dict[str, list[tuple[Line, int]]] = {}
    for line in script.leading_to(target):
        for k, part in enumerate(line.parts):
            op = part.edge.op if part.edge is not None else None
            if isinstance(op, Call):
                edges.setdefault(op.function, []).append((line, k))
            elif isinstance(op, Binary) and part.edge is not None and len(part.edge.inputs) == 2:
                edges.setdefault(part.edge.user, []).append((line, k))
    for places in edges.values():
        yield from _all_of(EDGES, script, places, shapes, equal)
    for places in _alike(script, target).values():
        yield from _all_of(LISTED, script, places[::-1], shapes, equal)


def _all_of(
    table: Iterable[Alteration],
    script: Script,
    places: list[tuple[Line, int]],
    shapes: Mapping[str, tuple[int, ...]],
    equal: Callable[[Expression, Expression], bool],
) -> Iterator[Change]:
    """Yield the mistakes of a table made at several places at once."""
    scenes = [Scene(script, line, shapes, equal) for line, _ in places]
    for alteration in table:
        if alteration.edge is not None and len(places) > 1:
            yield from _together(alteration, script, places, scenes)


def _alike(script: Script, target: str) -> Mapping[object, list[tuple[Line, int]]]:
    """Return the edges into the same side of the same operation in the entries of a list."""
    found: dict[object, list[tuple[Line, int]]] = {}
    for line in script.leading_to(target):
        for k, part in enumerate(line.parts):
            edge = part.edge
            if edge is None or not isinstance(edge.op, Binary) or "#" not in edge.user:
                continue
            step = edge.user.partition("#")[0]
            if _is_listed(script, step):
                found.setdefault((step, edge.op.op, edge.place), []).append((line, k))
    return found


def _is_listed(script: Script, step: str) -> bool:
    """Tell whether the entries of a step are given one by one."""
    tree = script.lines[script.index[step]].parts[0].tree if step in script.index else None
    return isinstance(tree, Sequence) or (isinstance(tree, Call) and tree.function == "stack")


def _together(
    alteration: Alteration,
    script: Script,
    places: list[tuple[Line, int]],
    scenes: list[Scene],
) -> Iterator[Change]:
    assert alteration.edge is not None
    variants: list[list[Expression]] = []
    for (line, k), scene in zip(places, scenes, strict=True):
        part = line.parts[k]
        assert part.edge is not None
        variants.append(list(alteration.edge(part.edge, part.tree, scene)))
    old_trees = [line.parts[k].tree for line, k in places]
    for trees in zip(*variants, strict=False):
        if any(map(scenes[0].equal, old_trees, trees)):
            continue
        lines: dict[str, Line] = {}
        for (line, k), tree in zip(places, trees, strict=True):
            known = lines.get(line.name, line)
            parts = list(known.parts)
            parts[k] = Part(tree, parts[k].edge)
            lines[line.name] = Line(line.name, tuple(parts), line.of)
        (line, k), *_ = places
        first = lines.pop(line.name)
        old = line.parts[k]
        yield Change(
            alteration, script, line, first.parts, old.tree, trees[0], old.edge,
            tuple(lines.values()),
        )  # fmt: skip
