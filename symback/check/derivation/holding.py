"""Values of a whole derivation where some quantities are held as given and others vary."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from symback.check.derivation.points import Neighbourhood
from symback.check.derivation.running import Point, line_value, quiet
from symback.check.derivation.truth import Chain, TrueValues
from symback.errors import SymbackError
from symback.functions.values.arrays import Array

Values = dict[str, Array]
#: Derivations with more inputs' entries than this are not kept for the next sheet.
MAX_ENTRIES = 10_000


@dataclass(frozen=True, slots=True)
class Holding:
    """The values of one chain of quantities, and of all others, at chosen points."""

    truth: TrueValues
    chain: Chain

    @property
    def around(self) -> Neighbourhood:
        """The values given, and points near them."""
        return self.truth.around

    @property
    def inputs(self) -> frozenset[str]:
        """The inputs whose values are given."""
        return frozenset(self.around.known)

    @property
    def signs(self) -> frozenset[str]:
        """The inputs that are made of zeros, ones and minus ones: labels and signs."""
        return frozenset(n for n, x in self.around.known.items() if np.isin(x, (-1, 0, 1)).all())

    @property
    def neutral(self) -> frozenset[str]:
        """The inputs with a zero or a one in them, by which a factor too many does not show."""
        known = self.around.known.items()
        return frozenset(name for name, x in known if np.isin(np.abs(x), (0, 1)).any())

    def at(self, point: Point, fixed: frozenset[str] = frozenset()) -> Values | None:
        """Return the values of everything at a point, with some as they are at the values given.

        None where something has no value.
        """
        if sum(np.size(x) for x in point.values.values()) > MAX_ENTRIES:
            return self._at(point, fixed)
        key = (id(self.chain), id(point), fixed)
        return self.truth.held.get(key, lambda: self._at(point, fixed))

    def _at(self, point: Point, fixed: frozenset[str]) -> Values | None:
        base, functions = self.around.bases[0], self.truth.functions
        values: Values = dict(point.values)
        for chain in [*(c for c in self.truth.chains if c is not self.chain), self.chain]:
            if not fixed:
                values.update(point.environment(chain.main, functions))
                continue
            known = base.environment(chain.main, functions)
            values.update({name: known[name] for name in fixed if name in known})
            try:
                with quiet():
                    for line in chain.main.lines:
                        if line.name not in fixed and chain.main.rows is None:
                            values[line.name] = line_value(line, values, functions)
            except SymbackError:
                return None
        return values
