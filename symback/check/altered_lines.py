"""Mistakes with the paths into one quantity: left out, counted twice, turned, scaled."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symback.check.alterations import Alteration, Scene
from symback.check.passes import Line, Part
from symback.language import names
from symback.language.tree import Binary, Negate, Number


def symmetric(line: Line, scene: Scene) -> Iterator[tuple[Part, ...]]:
    """One of two paths counted twice: right for a symmetric matrix only."""
    for k, kept in enumerate(line.parts):
        for j, other in enumerate(line.parts):
            if k != j and _share_matrix(kept, other, scene):
                parts = list(line.parts)
                parts[j] = kept
                yield tuple(parts)


def _share_matrix(a: Part, b: Part, scene: Scene) -> bool:
    """Tell whether a square matrix stands in both parts: as it is and transposed, perhaps."""
    for name in names(a.tree) & names(b.tree):
        shape = scene.shapes.get(name, ())
        if len(shape) == 2 and shape[0] == shape[1]:
            return True
    return False


def dropped(line: Line, scene: Scene) -> Iterator[tuple[Part, ...]]:
    """One path left out."""
    if len(line.parts) > 1:
        for k in range(len(line.parts)):
            yield line.parts[:k] + line.parts[k + 1 :]


def alone(line: Line, scene: Scene) -> Iterator[tuple[Part, ...]]:
    """All paths but one left out."""
    if len(line.parts) > 2:
        for part in line.parts:
            yield (part,)


def constant(line: Line, scene: Scene) -> Iterator[tuple[Part, ...]]:
    """Everything through a step left out, as if the step were constant."""
    if line.of is not None and "#" not in line.name:
        zero = Number(Fraction(0))
        yield tuple(Part(Binary("*", zero, part.tree), part.edge) for part in line.parts)


def doubled(line: Line, scene: Scene) -> Iterator[tuple[Part, ...]]:
    """One path counted twice."""
    if len(line.parts) > 1:
        for k in range(len(line.parts)):
            yield (*line.parts, line.parts[k])


def negated(line: Line, scene: Scene) -> Iterator[tuple[Part, ...]]:
    """One path with the wrong sign."""
    if len(line.parts) > 1:
        for k, part in enumerate(line.parts):
            new = Part(Negate(part.tree), part.edge)
            yield (*line.parts[:k], new, *line.parts[k + 1 :])


def scaled(line: Line, scene: Scene) -> Iterator[tuple[Part, ...]]:
    """One path with a wrong factor."""
    if len(line.parts) > 1:
        for k, part in enumerate(line.parts):
            for factor in (Fraction(2), Fraction(1, 2), Fraction(3), Fraction(1, 3)):
                new = Part(Binary("*", Number(factor), part.tree), part.edge)
                yield (*line.parts[:k], new, *line.parts[k + 1 :])


LINES = (
    Alteration("missing_path", "the path through {path} is missing", 1.9, line=dropped),
    Alteration("missing_path", "all paths but one are missing", 3, line=alone),
    Alteration(
        "missing_path",
        "everything through it is missing, as if it were constant",
        3.5,
        line=constant,
    ),
    Alteration(
        "assumed_symmetric",
        "one term is taken twice for both: this is right for a symmetric matrix only",
        3,
        line=symmetric,
    ),
    Alteration("extra_term", "the path through {path} is counted twice", 4.5, line=doubled),
    Alteration("sign", "what comes through {path} has the wrong sign", 3, line=negated),
    Alteration("factor", "what comes through {path} has a wrong factor", 4, line=scaled),
)
