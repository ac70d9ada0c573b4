"""Formulas of one solution in the notation of its problem: names, indices, numbers of axes."""

from __future__ import annotations

from symback.explain.solution import Solution
from symback.language import write
from symback.language.tree import Expression


class Formulas:
    """Writes the formulas of a solution, for the terminal and in LaTeX."""

    def __init__(self, solution: Solution) -> None:
        self.solution = solution

    def text(self, expression: Expression) -> str:
        """Return a formula in Unicode, on one line."""
        return write(expression)

    def latex(self, expression: Expression) -> str:
        """Return a formula in LaTeX, for mathematics mode."""
        return write(expression)

    def text_name(self, name: str) -> str:
        """Return what a quantity is called, in Unicode."""
        return name

    def latex_name(self, name: str) -> str:
        """Return what a quantity is called, in LaTeX for mathematics mode."""
        return name
