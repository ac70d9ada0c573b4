"""Quantities inside a sentence of plain text."""

from __future__ import annotations

from collections.abc import Sequence

from symback.language.tree import Expression
from symback.render.formulas import Formulas


class Spoken:
    """The voice of sentences without typeset mathematics."""

    def __init__(self, formulas: Formulas) -> None:
        self._formulas = formulas

    def name(self, name: str) -> str:
        """Return what a quantity is called."""
        return self._formulas.text_name(name)

    def equation_inline(self, name: str, formula: Expression) -> str:
        """Return `name = formula`."""
        return f"{self.name(name)} = {self._formulas.text(formula)}"

    def chain(self, names: Sequence[str]) -> str:
        """Return names in a row, `L ← z ← e`."""
        return " ← ".join(map(self.name, names))

    def slope(self, function: str, formula: Expression) -> str:
        """Return `σ′ = y(1 − y)`."""
        said = self._formulas.entrywise_text(formula)
        return f"{self._formulas.function_text(function)}′ = {said}"
