"""Branches: of quantities, and of answers where the values given do not take all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from symback.check.derivation.holding import Values
from symback.check.derivation.running import evaluated, quiet
from symback.check.derivation.truth import Quantity
from symback.errors import SymbackError
from symback.functions.entry import Function, Kind
from symback.language import names, walk
from symback.language.tree import Call, Compare, Expression


@dataclass(frozen=True, slots=True)
class Untaken:
    """The comparisons in a formula that have one outcome at the values given, others elsewhere."""

    outcomes: Mapping[Compare, bool]
    functions: Mapping[str, Function]

    @classmethod
    def of(
        cls,
        tree: Expression,
        given: list[Values],
        drawn: list[Values],
        functions: Mapping[str, Function],
    ) -> Untaken:
        """Find the comparisons that decide the same at all entries given, and not at all drawn."""
        found = {node for node in walk(tree) if isinstance(node, Compare) and names(node)}
        outcomes: dict[Compare, bool] = {}
        for node in found:
            seen = _outcomes(node, given, functions)
            if len(seen) == 1 and _outcomes(node, drawn, functions) - seen:
                outcomes[node] = seen.pop()
        return cls(outcomes, functions)

    def met(self, points: list[Values]) -> bool:
        """Tell whether every branch is taken at some entry of these points."""
        return all(
            (not outcome) in _outcomes(node, points, self.functions)
            for node, outcome in self.outcomes.items()
        )

    def alone(self, values: Values) -> bool:
        """Tell whether only the branches not taken at the values given are taken at a point."""
        return all(
            _outcomes(node, [values], self.functions) == {not outcome}
            for node, outcome in self.outcomes.items()
        )


def parts_of(quantity: Quantity) -> Iterator[Expression]:
    """Yield all parts of the formulas that lead to a quantity."""
    for line in quantity.chain.main.leading_to(quantity.name):
        for part in line.parts:
            yield from walk(part.tree)


def bending(quantity: Quantity, functions: Mapping[str, Function]) -> Iterator[Call]:
    """Yield the functions like ReLU in the steps, whose derivative an entry may leave out.

    An entry of a maximum only says which one is taken.
    """
    for line in quantity.chain.main.lines:
        for part in line.parts if line.of is None else ():
            for node in walk(part.tree):
                row = functions.get(node.function) if isinstance(node, Call) else None
                if row and row.kinks and row.kind is Kind.ELEMENTWISE and row.arrays == 1:
                    assert isinstance(node, Call)
                    yield node


def shows(call: Call, values: Values, functions: Mapping[str, Function]) -> bool:
    """Tell whether some entries are on one side of 0 and some on the other, all seen at once.

    Then an answer about all of them is wrong without the derivative.
    """
    try:
        with quiet():
            entries = np.asarray(evaluated(call.arguments[0], values, functions))
    except SymbackError:
        return False
    return bool((entries > 0).any() and (entries < 0).any())


def _outcomes(
    node: Compare, points: Iterable[Values], functions: Mapping[str, Function]
) -> set[bool]:
    found: set[bool] = set()
    for values in points:
        try:
            with quiet():
                found.update((np.asarray(evaluated(node, values, functions)) != 0).flat)
        except SymbackError:
            continue
    return {bool(one) for one in found}
