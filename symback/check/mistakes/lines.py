"""Mistakes with the paths into one quantity: left out, counted twice, turned, scaled."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symback.check.derivation.passes import Line, Part, Script
from symback.check.mistakes.alterations import Alteration, Change, Scene
from symback.language import names
from symback.language.tree import Binary, Call, Name, Negate, Number, Subscript

#: Steps that are taken for constants two at a time.
MOST_STEPS = 12


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
        for k, part in enumerate(line.parts):
            if not _twin(part, line, scene):
                yield line.parts[:k] + line.parts[k + 1 :]
    through = [_step_of(part) for part in line.parts]
    for step in dict.fromkeys(through):
        if 1 < through.count(step) < len(through):
            others = zip(line.parts, through, strict=True)
            yield tuple(part for part, its in others if its != step)


def normalised(line: Line, scene: Scene) -> Iterator[tuple[Part, ...]]:
    """The diagonal of the Jacobian alone of a softmax that is written as a quotient."""
    edges = [part.edge for part in line.parts if part.edge is not None]
    for one in edges:
        match one.op:
            case Binary("/", Name(top), Name(total)) if top == line.of != total:
                sums = [e for e in edges if e.user == total and isinstance(e.op, Call)]
                if sums and _is_exponential(top, scene):
                    ct, out = Name(one.cotangent), Name(one.user)
                    rest = Binary("-", Number(Fraction(1)), out)
                    kept = [part for part in line.parts if part.edge not in (one, sums[0])]
                    slope = Binary("/", Binary("*", ct, rest), Name(total))
                    yield (*kept, Part(slope, one))


def _is_exponential(name: str, scene: Scene) -> bool:
    """Tell whether a step, or an operation in one, is an exponential."""
    place = scene.script.index.get(name)
    if place is None:
        return False
    tree = scene.script.lines[place].parts[0].tree
    return isinstance(tree, Call) and tree.function == "exp"


def one_use(line: Line, scene: Scene) -> Iterator[tuple[Part, ...]]:
    """One of several uses of a value in a step left out, as the step is written."""
    if scene.script.level == "steps" and len(line.parts) > 1:
        through = [_step_of(part) for part in line.parts]
        for k, part in enumerate(line.parts):
            if through.count(through[k]) > 1 and not _twin(part, line, scene):
                yield line.parts[:k] + line.parts[k + 1 :]


def _step_of(part: Part) -> str:
    """Return the step that a path goes through, not the operation inside it."""
    return part.edge.user.partition("#")[0] if part.edge is not None else ""


def _twin(part: Part, line: Line, scene: Scene) -> bool:
    """Tell whether the same comes along another edge: a value is multiplied by itself."""
    step = _step_of(part)
    return part.edge is not None and any(
        other is not part and _step_of(other) == step and scene.equal(other.tree, part.tree)
        for other in line.parts
    )


def once(line: Line, scene: Scene) -> Iterator[tuple[Part, ...]]:
    """One of two equal paths left out."""
    for k, part in enumerate(line.parts):
        if _twin(part, line, scene):
            yield line.parts[:k] + line.parts[k + 1 :]


def alone(line: Line, scene: Scene) -> Iterator[tuple[Part, ...]]:
    """All paths but one left out."""
    if len(line.parts) > 2:
        for part in line.parts:
            yield (part,)


def constant(line: Line, scene: Scene | None) -> Iterator[tuple[Part, ...]]:
    """Everything through a step left out, as if the step were constant."""
    if line.of is not None and ("#" not in line.name or _is_entry(line)):
        zero = Number(Fraction(0))
        yield tuple(Part(Binary("*", zero, part.tree), part.edge) for part in line.parts)


def _is_entry(line: Line) -> bool:
    """Tell whether a cotangent is an entry of another one: its step is listed with others."""
    match line.parts[0].tree:
        case Subscript(Name(), items) if len(line.parts) == 1:
            return all(isinstance(item, Number) for item in items)
    return False


def unseeded(line: Line, scene: Scene) -> Iterator[tuple[Part, ...]]:
    """The cotangent that all begins with taken for ones."""
    first = line.parts[0]
    if scene.script.level not in ("steps", "operations"):
        return
    if line.of is not None and first.edge is None and len(line.parts) == 1 and names(first.tree):
        ones = Binary("**", first.tree, Number(Fraction(0)))
        yield (Part(ones),)


def constants(script: Script, target: str) -> Iterator[Change]:
    """Two steps taken for constants at once: everything through either is left out."""
    lines = [
        line
        for line in script.leading_to(target)
        if line.of is not None and line.of in script.index and "#" not in line.name
        and line.name != target and line.parts[0].edge is not None
    ]  # fmt: skip
    for k, line in enumerate(lines[:MOST_STEPS]):
        for other in lines[:k]:
            (first,), (second,) = (constant(one, None) for one in (line, other))
            sentence = f"and `{other.name}` everything is missing, as if these were constants"
            alteration = Alteration("missing_path", sentence, 4.0)
            more = (Line(other.name, second, other.of),)
            yield Change(
                alteration, script, line, first, line.parts[0].tree, None, line.parts[0].edge, more
            )


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
    Alteration(
        "softmax_diagonal", "the derivative of softmax is taken as diagonal", 1, line=normalised
    ),
    Alteration("missing_path", "the path through {path} is missing", 1.89, line=one_use),
    Alteration("missing_path", "the path through {path} is missing", 1.9, line=dropped),
    Alteration(
        "factor", "`{operand}` is in `{op}` twice: the factor 2 is left out", 1.9, line=once
    ),
    Alteration(
        "missing_derivative",
        "the cotangent `{old}` is left out, as if it were ones",
        2.5,
        line=unseeded,
    ),
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
    Alteration(
        "factor",
        "what comes through {path} has a wrong factor: `{new}` for `{old}`",
        4,
        line=scaled,
    ),
)
