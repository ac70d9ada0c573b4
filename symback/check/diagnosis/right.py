"""The right formulas, as the solution has them."""

from __future__ import annotations

from symback.check.derivation.truth import Quantity, TrueValues
from symback.language import substitute
from symback.language.tree import Expression, Number, Subscript


class RightFormulas:
    """What the solution says about quantities."""

    def __init__(self, truth: TrueValues) -> None:
        self.truth = truth

    def formula(self, quantity: Quantity) -> Expression | None:
        """Return the right formula, as short as the solution has it."""
        if quantity.items is not None and (found := self.component(quantity)) is not None:
            return found
        scripts = sorted(
            quantity.chain.scripts,
            key=lambda s: ("solution", "closed", "steps", "operations", "rows").index(s.level),
        )
        for script in scripts:
            if quantity.name in script.index:
                line = script.lines[script.index[quantity.name]]
                if len(line.parts) == 1:
                    tree = line.parts[0].tree
                    return Subscript(tree, quantity.items) if quantity.items else tree
        return None

    def component(self, quantity: Quantity) -> Expression | None:
        """Return the formula of one entry of a result, None if the solution has none."""
        place = []
        for item in quantity.items or ():
            if not isinstance(item, Number) or item.value.denominator != 1:
                return None
            place.append(int(item.value))
        for result in self.truth.solution.results:
            if result.name == quantity.name and result.part in (None, quantity.chain.part):
                for component in result.components:
                    if list(component.index) == place:
                        shared = self.truth.shared(quantity.chain.part)
                        return substitute(component.formula, shared)
        return None
