"""Problems with the sizes of their dimensions put in, for what has no form in named dimensions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from symback.errors import InputError
from symback.explain.deriving.graph import length
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


def curable(error: InputError, problem: Problem) -> bool:
    """Tell whether all faults are due to named dimensions, and the problem knows their sizes."""
    known = all(size is not None for size in problem.dims.values())
    shapes = [given.shape or () for given in problem.given.values()]
    named = any(isinstance(size, str) for shape in shapes for size in shape)
    return named and known and all(one.code == "E311" for one in error.diagnostics)


def with_sizes(problem: Problem) -> Problem:
    """Return the problem with numbers in place of its dimensions, all of which have sizes."""
    sized = _Sized({name: size for name, size in problem.dims.items() if size is not None})
    return replace(
        problem,
        given={name: sized.given(one) for name, one in problem.given.items()},
        define={
            name: replace(step, formula=sized.formula(step.formula))
            for name, step in problem.define.items()
        },
        find=tuple(map(sized.request, problem.find)),
    )


class _Sized:
    """Puts sizes in for names of dimensions, whatever these stand in."""

    def __init__(self, sizes: Mapping[str, int]) -> None:
        self.sizes = sizes
        self.numbers: dict[str, Expression] = {n: Number(Fraction(k)) for n, k in sizes.items()}

    def tree(self, one: Expression) -> Expression:
        return substitute(one, self.numbers)

    def formula(self, one: Formula) -> Formula:
        return replace(one, tree=self.tree(one.tree))

    def formulas(self, some: tuple[Formula, ...] | None) -> tuple[Formula, ...] | None:
        return None if some is None else tuple(map(self.formula, some))

    def value(self, one: Value) -> Value:
        return tuple(map(self.value, one)) if isinstance(one, tuple) else self.tree(one)

    def given(self, one: Given) -> Given:
        entries = one.value
        if entries is not None and not isinstance(entries, ArrayFile):
            entries = self.value(entries)
        return replace(one, value=entries, shape=_shape(one.shape, self.sizes))

    def expectation(self, one: Expectation) -> Expectation:
        return replace(one, value=self.value(one.value), key=one.key and self.formula(one.key))

    def request(self, one: Request) -> Request:
        return replace(
            one,
            targets=self.formulas(one.targets),
            wrt=self.formulas(one.wrt),
            expect=tuple(map(self.expectation, one.expect)),
            cotangent=one.cotangent and self.formula(one.cotangent),
            tangent=one.tangent and self.formula(one.tangent),
            vector=one.vector and self.formula(one.vector),
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
