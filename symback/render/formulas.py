"""Formulas of one solution in the notation of its problem: names, indices, numbers of axes."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from fractions import Fraction
from functools import cache

from symback.explain.drawing.factors import HOLE
from symback.explain.solution import Solution
from symback.functions import table
from symback.language import parse
from symback.language.tree import Binary, Compare, Expression, Name, Negate, Number, Subscript
from symback.problem.model import Problem
from symback.render import names
from symback.render.formula import latex as formula_latex
from symback.render.formula import text as formula_text
from symback.render.formula.axes import axes_of
from symback.render.latex.prose import own_label
from symback.render.names import Style, own_latex, own_text


@cache
def templates(latex: bool) -> Mapping[str, str]:
    """Return how the functions are written that have a notation of their own."""
    entries = table().items()
    return {name: text for name, one in entries if (text := one.latex if latex else one.text)}


class Formulas:
    """Writes the formulas of a solution, for the terminal and in LaTeX.

    `aliases` holds short names for some quantities: `delta2` for `dL_dz2`.
    """

    def __init__(self, solution: Solution, aliases: Mapping[str, str] | None = None) -> None:
        problem = solution.problem
        self.index_base = problem.index_base
        owners = (line.of for line in solution.backward if line.of is not None)
        own = (*problem.given, *problem.define, *problem.dims, *owners)
        shared = (line.name for line in solution.backward if line.of is None)
        shared = (name for name in shared if names.derivative_of(name, own) is None)
        self.declared = frozenset((*own, *shared))
        self._aliases = dict(aliases or {})
        self._own_text = own_text(self.declared)
        self._own_latex = own_latex(self.declared, _labels(problem))
        names_text = {name: names.text_name(alias) for name, alias in self._aliases.items()}
        names_latex = {name: names.latex_name(alias) for name, alias in self._aliases.items()}
        text = {**self._own_text, **names_text}
        latex = {**self._own_latex, HOLE: r"{\bullet}", **names_latex}
        self._ranks = dict(solution.ranks)
        ndim = axes_of(self._ranks)
        base, declared = self.index_base, self.declared
        self._text = Style(ndim, base, text, templates(False), declared)
        self._latex = Style(ndim, base, latex, templates(True), declared)
        self._entry_text = replace(self._text, ndim=_scalar)
        self._entry_latex = replace(self._latex, ndim=_scalar)

    def rank(self, expression: Expression) -> int:
        """Return the number of axes of a formula."""
        return self._text.ndim(expression)

    def slashed(self) -> Formulas:
        """Return the same with derivatives written on one line in LaTeX, where room is scarce."""
        found = copy(self)
        found._latex = replace(self._latex, slashed=True)
        return found

    def with_ranks(self, ranks: Mapping[str, int]) -> Formulas:
        """Return the same for formulas with more names, given their numbers of axes."""
        found = copy(self)
        found._ranks = {**self._ranks, **ranks}
        ndim = axes_of(found._ranks)
        found._text, found._latex = (replace(s, ndim=ndim) for s in (self._text, self._latex))
        return found

    def text(self, expression: Expression) -> str:
        """Return a formula in Unicode, on one line."""
        return formula_text.text_of(expression, self._text)

    def latex(self, expression: Expression) -> str:
        """Return a formula in LaTeX, for mathematics mode."""
        return formula_latex.latex_of(expression, self._latex)

    def entrywise_text(self, expression: Expression) -> str:
        """Return a formula that is meant entry by entry, with every name a scalar."""
        return formula_text.text_of(expression, self._entry_text)

    def entrywise_latex(self, expression: Expression) -> str:
        """Return a formula that is meant entry by entry, with every name a scalar."""
        return formula_latex.latex_of(expression, self._entry_latex)

    def text_name(self, name: str, alias: bool = False) -> str:
        """Return what a quantity is called, in Unicode; by its short name if `alias`."""
        if alias and name in self._aliases:
            return self._text.display[name]
        base, bracket, items = name.partition("[")
        return names.text_name(base, self.declared, self._own_text) + bracket + items

    def latex_name(self, name: str, alias: bool = False) -> str:
        """Return what a quantity is called, in LaTeX; by its short name if `alias`."""
        if alias and name in self._aliases:
            return self._latex.display[name]
        base, bracket, items = name.partition("[")
        found = names.latex_name(base, self.declared, self._own_latex)
        return rf"\left({found}\right)_{{{items.rstrip(']')}}}" if bracket else found

    def dimension_latex(self, text: str) -> str:
        """Return the length of an axis, `2*n + 1`, in LaTeX."""
        return self.latex(parse(text))

    def partial_latex(self, of: str, wrt: str) -> str:
        """Return the derivative of one quantity by another as a fraction."""
        return rf"\frac{{\partial {self.latex_name(of)}}}{{\partial {self.latex_name(wrt)}}}"

    def partial_text(self, of: str, wrt: str) -> str:
        """Return the derivative of one quantity by another: `∂z/∂e`."""
        return f"∂{self.text_name(of)}/∂{self.text_name(wrt)}"

    def entry_text(self, name: str, index: tuple[int, ...]) -> str:
        """Return one entry of a result: `∂L/∂W₂[1,2]`, counted as in the problem."""
        return f"{self.text_name(name)}[{self.counted(index)}]"

    def entry_latex(self, name: str, index: tuple[int, ...]) -> str:
        """Return one entry of a result in LaTeX."""
        parts = names.derivative_of(name, self.declared)
        simple = parts is not None and len(parts.wrt) == 1 and not parts.along
        if "[" in name or name in self._latex.display or not simple:
            return rf"\left({self.latex_name(name)}\right)_{{{self.counted(index)}}}"
        items = tuple(Number(Fraction(k)) for k in index)
        return self.latex(Subscript(Name(name), items))

    def counted(self, index: tuple[int, ...]) -> str:
        """Return an index as people count: `1,2`, from the problem's own base."""
        return ",".join(str(k + self.index_base) for k in index)

    def function_text(self, function: str) -> str:
        """Return how a function is written in Unicode: `σ` for `sigmoid`."""
        return _symbol(templates(False).get(function, ""), function)

    def function_latex(self, function: str) -> str:
        r"""Return how a function is written in LaTeX: `\sigma` for `sigmoid`."""
        name = function.replace("_", r"\_")
        return _symbol(templates(True).get(function, ""), rf"\operatorname{{{name}}}")

    def factor_text(self, expression: Expression) -> str:
        """Return a formula as a factor of a product, in brackets where they are needed."""
        text = self.text(expression)
        return f"({text})" if _is_sum(expression) else text

    def factor_latex(self, expression: Expression) -> str:
        """Return a formula as a factor of a product, in brackets where they are needed."""
        text = self.latex(expression)
        return rf"\left({text}\right)" if _is_sum(expression) else text


def _labels(problem: Problem) -> dict[str, str]:
    """Return the LaTeX that the file gives for names, where it is no more than the look of one."""
    given = {name: one.latex for name, one in problem.given.items()}
    given |= {name: one.latex for name, one in problem.define.items()}
    labels = {name: own_label(text) for name, text in given.items() if text}
    return {name: label for name, label in labels.items() if label}


def _scalar(expression: Expression) -> int:
    return 0


def _symbol(template: str, name: str) -> str:
    return template if template and "#" not in template else name


def _is_sum(expression: Expression) -> bool:
    if isinstance(expression, Negate | Compare):
        return True
    return isinstance(expression, Binary) and expression.op in "+-"
