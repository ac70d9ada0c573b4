"""The public face in Python: problems that solve, solutions that display themselves.

Everything heavy is imported when it is used. Indices count from 0 here, as in NumPy.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from symback.language import write
from symback.problem.from_python import text_of, value_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from symback.check.outcome import Outcome
    from symback.explain import solution as plain
    from symback.problem import model
    from symback.render.formulas import Formulas


def load(path: str | os.PathLike[str]) -> Problem:
    """Return the problem in a YAML file; `-` is standard input.

    Raises: InputError with every fault of the file, LimitError, OSError.
    """
    from symback.functions import names
    from symback.problem.load import load_text, read_text

    name = os.fspath(path)
    text = read_text(name)
    folder = None if name == "-" else _folder(name)
    return Problem._of(lambda overrides: load_text(text, name, names(), folder, overrides))


def loads(text: str) -> Problem:
    """Return the problem that a YAML text states. Raises: InputError, LimitError."""
    from symback.functions import names
    from symback.problem.load import load_text

    return Problem._of(lambda overrides: load_text(text, "<text>", names(), None, overrides))


def _folder(name: str) -> Any:
    from pathlib import Path

    return Path(name).parent


class Problem:
    """A problem that has been read and checked, ready to be solved."""

    data: model.Problem
    """The plain data behind it."""
    _load: Callable[[Mapping[str, str]], model.Problem]

    def __init__(
        self,
        *,
        given: Mapping[str, Any],
        define: Mapping[str, Any] | None = None,
        find: Sequence[Mapping[str, Any]] | None = None,
        title: str | None = None,
        index_base: int = 0,
    ) -> None:
        """State a problem in Python, with the keys of a problem file.

        Values are numbers, fractions, nested lists, NumPy arrays, constant expressions or
        mappings such as `{"shape": ["n"], "assume": ["positive"]}`.
        Raises: InputError with every fault, TypeError for values of other kinds.
        """
        keys = {"given": given, "define": define, "find": find, "title": title}
        text = text_of({**keys, "index_base": index_base or None})
        other = loads(text)
        self.data, self._load = other.data, other._load

    @classmethod
    def _of(cls, loader: Callable[[Mapping[str, str]], model.Problem]) -> Problem:
        self = cls.__new__(cls)
        self._load = loader
        self.data = loader({})
        return self

    @property
    def title(self) -> str:
        """Its title; the name of its file without one."""
        return self.data.title or self.data.file

    def solve(self, values: Mapping[str, Any] | None = None) -> Solution:
        """Derive and evaluate everything that is asked, with other values for given names.

        Raises: InputError with every fault, LimitError where a bound was reached.
        """
        from symback.explain.solve import solve
        from symback.functions import table

        overrides = {name: value_text(value) for name, value in (values or {}).items()}
        problem = self._load(overrides) if overrides else self.data
        return Solution(solve(problem, table()))

    def __repr__(self) -> str:
        given, steps = ", ".join(self.data.given), ", ".join(self.data.define)
        return f"<Problem {self.title!r}: given {given}; steps {steps}>"


class Solution:
    """Everything that was derived: results by name, values, and the whole as text or page."""

    def __init__(self, data: plain.Solution) -> None:
        self.data = data
        """The plain data behind it."""

    @cached_property
    def results(self) -> dict[str, Result]:
        """The results by name, `dL_dW1`; `b.dL_dx` where several parts have one of that name."""
        names = [result.name for result in self.data.results]
        found: dict[str, Result] = {}
        for result in self.data.results:
            name = result.name
            if names.count(name) > 1 and result.part is not None:
                name = f"{result.part}.{name}"
            found.setdefault(name, Result(result, self))
        return found

    @cached_property
    def values(self) -> dict[str, NDArray[np.float64]]:
        """The values of given names and steps, of those that have one."""
        lines = (*self.data.given, *self.data.forward)
        return {line.name: _array(line.value) for line in lines if line.value is not None}

    @cached_property
    def steps(self) -> dict[str, str]:
        """The names that closed forms use besides given and defined ones, each with its formula."""
        return {line.name: write(line.formula) for line in self.data.backward}

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader should know about the values: kinks, what is undefined."""
        return tuple(
            f"{note.name}: {note.message}" if note.name else note.message
            for note in self.data.notes
        )

    @cached_property
    def formulas(self) -> Formulas:
        """What writes formulas of this solution in Unicode and LaTeX."""
        from symback.render.formulas import Formulas

        return Formulas(self.data)

    def check(self) -> list[Outcome]:
        """Return what came of every `expect`: `passed`, `expected`, `got`."""
        from symback.check.expectations import check

        return check(self.data)

    def symbols(self, name: str) -> Any:
        """Return the SymPy symbols that stand for a name in `Result.sympy`, in its shape.

        Raises: KeyError for an unknown name, InputError E404 where its shape is not known.
        """
        from symback.explain.naming.symbols import symbols_in
        from symback.numeric.symbolic import packed

        return packed(symbols_in(self.data)[name])

    def to_text(self, width: int = 100, digits: int | None = None, brief: bool = False) -> str:
        """Return what `symback solve` prints."""
        from symback.render.text import text_of as text

        return text(self.data, width, False, digits, brief)

    def to_latex(self, fragment: bool = False, digits: int | None = None) -> str:
        """Return a LaTeX document; with `fragment` without its preamble."""
        from symback.render.latex.document import latex_of

        return latex_of(self.data, fragment, digits)

    def to_markdown(self, digits: int | None = None) -> str:
        """Return Markdown with mathematics between dollar signs and the graph as Mermaid."""
        from symback.render.markdown import markdown_of

        return markdown_of(self.data, digits)

    def to_html(self, fragment: bool = False, digits: int | None = None) -> str:
        """Return one interactive page; with `fragment` what it shows, without script."""
        from symback.render import html
        from symback.render.paged import page_of

        return (html.fragment if fragment else html.html)(page_of(self.data, digits))

    def to_svg(self, of: str | None = None, digits: int | None = None) -> str:
        """Return the drawing of the graph, or of what `of` depends on."""
        from symback.render.drawing.svg import svg
        from symback.render.drawn import drawing_of

        return svg(drawing_of(self.data, of, digits))

    def to_json(self) -> str:
        """Return the JSON document that `symback solve --format json` prints."""
        from symback.render.json_document import document

        return document(self.data)

    def __repr__(self) -> str:
        title = self.data.problem.title or self.data.problem.file
        return f"<Solution {title!r}: {', '.join(self.results)}>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        from symback.render.mimebundle import mimebundle

        return mimebundle(self.data)


class Result:
    """One answer: what it is, its closed form, its number."""

    def __init__(self, data: plain.Result, solution: Solution) -> None:
        self.data = data
        """The plain data behind it."""
        self._solution = solution

    @property
    def name(self) -> str:
        """Its name, `dL_dW1`."""
        return self.data.name

    @property
    def kind(self) -> str:
        """The verb that asked for it: `gradient`, `value`, ..."""
        return self.data.kind

    @property
    def part(self) -> str | None:
        """The part of the exercise."""
        return self.data.part

    @property
    def shape(self) -> tuple[int | str, ...]:
        """Its shape: a number where one is known, else a dimension as text."""
        return tuple(one if isinstance(one, int) else str(one) for one in self.data.shape)

    @property
    def closed_form(self) -> str:
        """The formula, in names of steps and error signals, in the language of problem files."""
        return write(self.data.closed_form)

    @property
    def expanded(self) -> str | None:
        """The formula in given names only; None where it is too long."""
        return None if self.data.expanded is None else write(self.data.expanded)

    @property
    def latex(self) -> str:
        """The closed form for mathematics mode."""
        return self._solution.formulas.latex(self.data.closed_form)

    @property
    def components(self) -> dict[tuple[int, ...], str]:
        """Formulas of the entries that were written out, all of a small result."""
        return {one.index: write(one.formula) for one in self.data.components}

    @property
    def value(self) -> NDArray[np.float64] | None:
        """The nearest float64 numbers, nan where undefined; None without given values."""
        return None if self.data.value is None else _array(self.data.value)

    def sympy(self, expanded: bool = False) -> Any:
        """Return the closed form in SymPy: an expression, a Matrix or, with more axes, an array.

        The symbols are named `x`, `x[0]`, `W[0,1]` and real; `Solution.symbols` gives them. With
        `expanded` all steps are put in, so that only given names are left.
        Raises: InputError E404 where a shape is not known, E407 for a function that SymPy lacks.
        """
        from symback.explain.naming.symbols import symbols_in
        from symback.functions import table
        from symback.numeric.symbolic import packed, sympy_of

        symbols = symbols_in(self._solution.data, expanded)
        return packed(sympy_of(self.data.closed_form, symbols, table()))

    def _repr_latex_(self) -> str:
        formulas = self._solution.formulas
        return rf"$\displaystyle {formulas.latex_name(self.name)} = {self.latex}$"

    def __repr__(self) -> str:
        formulas = self._solution.formulas
        name, formula = formulas.text_name(self.name), formulas.text(self.data.closed_form)
        return name if name == formula else f"{name} = {formula}"


def _array(value: Any) -> NDArray[np.float64]:
    import numpy as np

    return np.array(value.floats(), dtype=np.float64).reshape(value.shape)
