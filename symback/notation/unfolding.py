"""Names taken back: a step whose formula, put in its place, makes the whole shorter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from symback.calculus.linear import distribute, mentions, substitute_leaf
from symback.language import size
from symback.notation.derivation import Derivation, Step
from symback.tensor.poly import Atom, Poly, add, poly

#: With more steps than this the names stay: each is tried on all results.
MAX_STEPS = 8
#: Forms of more nodes than this in all are left as they are.
MAX_LENGTH = 400
#: Products of more factors are cut into named parts, which are not put together again.
MAX_FACTORS = 20
#: A long cotangent of a step of the user's keeps its name, unless that saves more than this.
LONG, WORTH_IT = 14, 4


def unfolded(derivation: Derivation, values: Sequence[Poly], asked: Iterable[str]) -> list[Poly]:
    """Return the results without the names of steps that are shorter to do without.

    The steps named in `asked` are results themselves and keep their names.
    """
    best = list(values)
    kept = set(asked)
    if len(derivation.steps) > MAX_STEPS:
        return best
    length = _length(derivation, best)
    for step in reversed(derivation.steps):
        if length > MAX_LENGTH or step.name in kept:
            continue
        found = _without(derivation, step, best)
        if found is None:
            continue
        program = derivation.program
        steps, base = derivation.steps, program.leaves[step.name]
        derivation.steps = found[1]
        program.forget(step.name)
        derivation.refresh()
        shortest = [derivation.shortest(value) for value in found[0]]
        other = _length(derivation, shortest)
        if other < length - _reluctance(derivation, step):
            best, length = shortest, other
        else:
            derivation.steps = steps
            program.define(step.name, step.value, base.facts)
            derivation.refresh()
    return best


def _reluctance(derivation: Derivation, step: Step) -> int:
    long = derivation.reader.cost(step.value) > LONG
    return WORTH_IT if step.of is not None and long else 0


def _length(derivation: Derivation, values: Sequence[Poly]) -> int:
    """Return how long results and steps are in all."""
    reader = derivation.reader
    forms = [*map(reader, values), *(reader.defined(step.value) for step in derivation.steps)]
    return sum(map(size, forms))


def _without(
    derivation: Derivation, step: Step, values: Sequence[Poly]
) -> tuple[list[Poly], list[Step]] | None:
    """Put what a step is equal to in its place; None where it does not occur as a factor."""
    base = derivation.program.leaves[step.name]
    found = [_replaced(value, base, step.value) for value in values]
    others = [one for one in derivation.steps if one is not step]
    inner = [_replaced(one.value, base, step.value) for one in others]
    if any(value is None for value in (*found, *inner)):
        return None
    steps = [
        one if value is one.value or value is None else Step(one.name, value, one.of)
        for one, value in zip(others, inner, strict=True)
    ]
    if any(new is not old for new, old in zip(steps, others, strict=True)):
        return None  # what other steps are equal to is settled
    results = [value for value in found if value is not None]
    longest = max((len(mono.factors) for value in results for mono, _ in value.terms), default=0)
    return None if longest > MAX_FACTORS else (results, steps)


def _replaced(value: Poly, base: Atom, new: Poly) -> Poly | None:
    """Put `new` for a leaf that is a factor of terms; None where it stands elsewhere."""
    if not mentions(value, base):
        return value
    parts = []
    spread = distribute(value, base)
    for mono, times in spread.terms:
        spots = [f for f in mono.factors if f.atom is base]
        term = poly(value.shape, {mono: times})
        if not spots:
            if mentions(term, base):
                return None
            parts.append(term)
        elif len(spots) == 1 and spots[0].exponent == 1:
            parts.append(substitute_leaf(term, base, new))
        else:
            return None
    return add(parts) if parts else spread
