"""Problems with the sizes of their dimensions put in, for what has no form in named dimensions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from symback.errors import InputError
from symback.explain.graph import length
from symback.explain.solution import Note
from symback.language import substitute
from symback.language.tree import Expression, Number
from symback.problem.model import (
    ArrayFile,
    Expectation,
    Formula,
    Given,
    Problem,
    Request,
    Shape,
    Value,
)

#: The codes of faults that known sizes may cure.
CURABLE = frozenset(("E311", "E320"))


def curable(error: InputError, problem: Problem) -> bool:
    """Tell whether all faults are due to named dimensions, and the problem knows their sizes."""
    known = all(size is not None for size in problem.dims.values())
    shapes = [given.shape or () for given in problem.given.values()]
    named = any(isinstance(size, str) for shape in shapes for size in shape)
    return named and known and {one.code for one in error.diagnostics} <= CURABLE


def with_sizes(problem: Problem) -> Problem:
    """Return the problem with numbers in place of its dimensions, all of which have sizes."""
    sizes = {name: size for name, size in problem.dims.items() if size is not None}
    numbers: dict[str, Expression] = {n: Number(Fraction(size)) for n, size in sizes.items()}

    def tree(one: Expression) -> Expression:
        return substitute(one, numbers)

    def formula(one: Formula) -> Formula:
        return replace(one, tree=tree(one.tree))

    def formulas(some: tuple[Formula, ...] | None) -> tuple[Formula, ...] | None:
        return None if some is None else tuple(map(formula, some))

    def value(one: Value) -> Value:
        return tuple(map(value, one)) if isinstance(one, tuple) else tree(one)

    def given(one: Given) -> Given:
        entries = one.value
        if entries is not None and not isinstance(entries, ArrayFile):
            entries = value(entries)
        return replace(one, value=entries, shape=_shape(one.shape, sizes))

    def expectation(one: Expectation) -> Expectation:
        return replace(one, value=value(one.value), key=one.key and formula(one.key))

    def request(one: Request) -> Request:
        return replace(
            one,
            targets=formulas(one.targets),
            wrt=formulas(one.wrt),
            expect=tuple(map(expectation, one.expect)),
            cotangent=one.cotangent and formula(one.cotangent),
            tangent=one.tangent and formula(one.tangent),
            vector=one.vector and formula(one.vector),
        )

    return replace(
        problem,
        given={name: given(one) for name, one in problem.given.items()},
        define={
            name: replace(step, formula=formula(step.formula))
            for name, step in problem.define.items()
        },
        find=tuple(map(request, problem.find)),
    )


def sizes_note(problem: Problem) -> Note:
    """Return the note that closed forms hold for the sizes given only."""
    shown = ", ".join(f"{name} = {size}" for name, size in problem.dims.items())
    message = f"there are no closed forms in {', '.join(problem.dims)}: these hold for {shown}"
    return Note("sizes", "", message)


def _shape(shape: Shape | None, sizes: Mapping[str, int]) -> Shape | None:
    if shape is None:
        return None
    found = []
    for one in shape:
        size = length(one)
        known = size if isinstance(size, int) else size.at(sizes)
        found.append(one if known is None else known)
    return tuple(found)
