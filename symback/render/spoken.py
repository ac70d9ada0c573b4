"""Quantities inside a sentence of plain text."""

from __future__ import annotations

from collections.abc import Sequence

from symback.language.tree import Expression
from symback.render.formulas import Formulas

#: Longer formulas inside a sentence may be broken.
UNBROKEN = 40


class Spoken:
    """The voice of sentences without typeset mathematics."""

    def __init__(self, formulas: Formulas) -> None:
        self._formulas = formulas

    def name(self, name: str) -> str:
        """Return what a quantity is called."""
        return self._formulas.text_name(name)

    def equation_inline(self, name: str, formula: Expression) -> str:
        """Return `name = formula`."""
        return _together(f"{self.name(name)} = {self._formulas.text(formula)}")

    def chain(self, names: Sequence[str]) -> str:
        """Return names in a row, `L ← z ← e`."""
        return _together(" ← ".join(map(self.name, names)))

    def slope(self, function: str, formula: Expression) -> str:
        """Return `σ′ = y(1 − y)`."""
        said = self._formulas.entrywise_text(formula)
        return _together(f"{self._formulas.function_text(function)}′ = {said}")


def _together(text: str) -> str:
    """Return a short formula with spaces at which no line is broken."""
    return text.replace(" ", "\u00a0") if len(text) <= UNBROKEN else text
