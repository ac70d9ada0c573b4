"""A quantity that formulas are compared with, where some others are held as given."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from symback.check.derivation.comparing import same
from symback.check.derivation.holding import Holding, Values
from symback.check.derivation.running import Point, evaluated, quiet
from symback.check.derivation.truth import Quantity
from symback.errors import SymbackError
from symback.functions.values.arrays import Array
from symback.language.tree import Expression, Name, Subscript

#: What is smaller at a point near the values given says nothing there.
VANISHING = 1e-6


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a formula is said to be."""

    quantity: Quantity
    holding: Holding

    def value(self, tree: Expression, values: Values) -> Array | None:
        """Return a formula's value, None where it makes no sense."""
        try:
            with quiet():
                found = evaluated(tree, values, self.holding.truth.functions)
        except SymbackError:
            return None
        return found if np.isfinite(found).all() else None

    def true(self, values: Values) -> Array | None:
        """Return the entries asked for of the quantity as it is among values."""
        whole: Expression = Name(self.quantity.name)
        items = self.quantity.items
        return self.value(whole if items is None else Subscript(whole, items), values)

    def right(self, tree: Expression, values: Values | None, allowed: float = 0.0) -> bool | None:
        """Tell whether a formula gives the true entries among values; None without a number."""
        if values is None:
            return None
        got, true = self.value(tree, values), self.true(values)
        if got is None or true is None:
            return None
        return same(got, true, np.asarray(allowed) if allowed else None)

    def is_seen(self, point: Point, fixed: frozenset[str]) -> bool:
        """Tell whether the quantity is not as good as 0, which many a wrong formula is as well."""
        values = self.holding.at(point, fixed)
        true = None if values is None else self.true(values)
        return true is not None and float(np.max(np.abs(true), initial=0.0)) > VANISHING
