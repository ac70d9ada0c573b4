"""A story as chapters of sentences, equations and drawings, with formulas in LaTeX."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from symback.explain.drawing.drawing import Drawing
from symback.explain.drawing.paths import Paths, Slope
from symback.explain.telling.statement import Answer, Part, Statement, Story
from symback.language.tree import Expression, Name
from symback.numeric.value import Value
from symback.render.drawn import drawing_of
from symback.render.formulas import Formulas
from symback.render.latex.matrices import value_latex
from symback.render.numbers import digits_of, entry_of, factor, is_proved, number_latex
from symback.render.routes import routes_latex, tells_more
from symback.render.sentences import path_sentence, reason, sentence
from symback.render.text import says_nothing

#: Graphs of more quantities are not drawn.
MAX_NODES = 60


@dataclass(frozen=True, slots=True)
class Equation:
    """`left = right = right`: the sign before each right side is kept with it."""

    left: str
    right: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """Text of the file, to be escaped."""

    text: str


Item: TypeAlias = "str | Remark | tuple[Equation, ...] | Drawing"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A title of ours, followed by one from the file, and what stands under them.

    Items that are `str` are sentences with mathematics between `$` signs.
    """

    title: str
    own_title: str
    items: tuple[Item, ...]


class Chapters:
    """Turns a story into chapters."""

    def __init__(self, story: Story, digits: int | None = None) -> None:
        self.story = story
        self.formulas = Formulas(story.solution, story.aliases)
        self.digits = digits
        self.steps = {one.name: one.formula for one in story.forward if one.formula is not None}

    def all(self, brief: bool = False) -> list[Chapter]:
        """Return the chapters in their order; only the answers and their names if `brief`."""
        if brief:
            found = self._backward(self.story.needed(), self._bare)
        else:
            passes = self._backward(self.story.backward, self._justified)
            found = [self._given(), self._forward(), *self._graph(), *passes]
        found += [self._part(part) for part in self.story.parts]
        found.append(self._notes())
        return [chapter for chapter in found if any(chapter.items)]

    # ---- what is known -----------------------------------------------------------------------

    def _given(self) -> Chapter:
        """Return the values; names without one are listed by the space that they are in."""
        equations: dict[str, Equation] = {}
        for line in self.story.solution.given:
            name = self.formulas.latex_name(line.name)
            if line.value is not None:
                sides = ((_sign(line.value), self._value(line.value)),)
                equations[line.name] = Equation(name, sides)
                continue
            space = self._space(line.shape) + self._facts(line.name)
            before = equations.get(space)
            names = f"{before.left}, {name}" if before else name
            equations[space] = Equation(names, ((r"\in", space),))
        return Chapter("Given", "", (tuple(equations.values()),))

    def _facts(self, name: str) -> str:
        facts = self.story.solution.problem.given[name].assume
        return rf"\text{{, {', '.join(facts)}}}" if facts else ""

    def _space(self, shape: Sequence[object]) -> str:
        lengths = r" \times ".join(self._length(str(one)) for one in shape)
        return rf"\mathbb{{R}}^{{{lengths}}}" if shape else r"\mathbb{R}"

    def _length(self, text: str) -> str:
        return text if text.isdigit() or len(text) == 1 else self.formulas.dimension_latex(text)

    def _forward(self) -> Chapter:
        equations = tuple(self.equation(one) for one in self.story.forward)
        notes = [
            Remark(f"{self.formulas.text_name(one.name)}: {one.note}")
            for one in self.story.forward
            if one.note
        ]
        return Chapter("Forward pass", "", (equations, *notes))

    def _graph(self) -> Iterable[Chapter]:
        """Return the drawing of all steps, unless a part asks for one."""
        solution = self.story.solution
        asked = any(result.kind == "graph" for result in solution.results)
        if not asked and len(solution.forward) > 1 and len(solution.ranks) <= 3 * MAX_NODES:
            drawing = drawing_of(solution, None, self.digits)
            if len(drawing.nodes) <= MAX_NODES:
                yield Chapter("Computational graph", "", (drawing,))

    # ---- derivatives -------------------------------------------------------------------------

    def _backward(
        self,
        told: Sequence[Statement],
        items: Callable[[Sequence[Statement]], Iterable[Item]],
    ) -> list[Chapter]:
        title = "Backward pass" if self.story.reverse else "Derivatives"
        if not self.story.split:
            return [Chapter(title, "", tuple(items(told)))]
        parts = dict.fromkeys(one.part for one in told)
        return [
            Chapter(title, part or "", tuple(items([one for one in told if one.part == part])))
            for part in parts
        ]

    def _bare(self, statements: Sequence[Statement]) -> Iterable[Item]:
        yield tuple(self.equation(one, self._heads(one)) for one in statements)

    def _justified(self, statements: Sequence[Statement]) -> Iterable[Item]:
        for one in statements:
            why = reason(one, self.steps, self)
            if one.paths is not None and tells_more(one.paths):
                yield sentence(f"{why}, {path_sentence(one.paths, self)}", ":")
                yield (self._path_equation(one, one.paths),)
                continue
            yield sentence(why, ":")
            yield (self.equation(one, self._heads(one)),)
            if one.paths is not None and not one.paths.products:
                yield sentence(path_sentence(one.paths, self))

    def _heads(self, one: Statement) -> tuple[str, ...]:
        name = self.formulas.latex_name(one.name)
        alias = self.formulas.latex_name(one.name, alias=True)
        return (name,) if alias == name else (alias, name)

    def equation(self, one: Statement, heads: Sequence[str] = ()) -> Equation:
        """Return `name = formula = value`."""
        heads = heads or (self.formulas.latex_name(one.name),)
        return self._equation(heads, one.formula, one.value)

    def _equation(
        self, heads: Sequence[str], formula: Expression | None, value: Value | None
    ) -> Equation:
        right = []
        plain = isinstance(formula, Name) and self.formulas.latex_name(formula.id) == heads[-1]
        if formula is not None and not plain:
            right.append(("=", self.formulas.latex(formula)))
        if value is not None:
            number = self._value(value)
            if not right or right[-1][1] != number:
                right.append((_sign(value), number))
        return Equation(" = ".join(heads), tuple(right))

    def _value(self, value: Value) -> str:
        return value_latex(value, self.digits)

    def _path_equation(self, one: Statement, paths: Paths) -> Equation:
        """Return the closed form, the products along the paths, their numbers and the value."""
        plain = self.equation(one)
        symbols = routes_latex(paths, self.formulas)
        numbers = " + ".join(
            r" \cdot ".join(map(self._factor, product)) for product in paths.products
        )
        value = plain.right[1:] if one.value is not None else ()
        return Equation(plain.left, (*plain.right[:1], ("=", symbols), ("=", numbers), *value))

    def _factor(self, slope: Slope) -> str:
        if slope.value is None:
            return self.formulas.factor_latex(slope.formula)
        return factor(number_latex(digits_of(slope.value, (), self.digits)))

    # ---- answers -----------------------------------------------------------------------------

    def _part(self, part: Part) -> Chapter:
        items: list[Item] = [Remark(note) for note in part.notes]
        for answer in part.answers:
            if answer.result.kind == "graph":
                items.append(drawing_of(self.story.solution, answer.result.of, self.digits))
        rows = [row for answer in part.answers for row in self._answer(answer)]
        title = "Part" if part.name else "Answers"
        own = ": ".join(filter(None, (part.name or "", ", ".join(part.titles))))
        return Chapter(title, own, (*items, tuple(rows)))

    def _answer(self, answer: Answer) -> Iterable[Equation]:
        result = answer.result
        if result.kind == "graph":
            return
        yield self.equation(answer.statement)
        for component in answer.components:
            head = self.formulas.entry_latex(result.name, component.index)
            value = None if result.value is None else entry_of(result.value, component.index)
            formula = None if says_nothing(component, result) else component.formula
            yield self._equation([head], formula, value)

    def _notes(self) -> Chapter:
        notes = [
            Remark(
                f"{self.formulas.text_name(note.name)}: {note.message}"
                if note.name
                else note.message
            )
            for note in self.story.notes
        ]
        return Chapter("Notes", "", tuple(notes))

    # ---- inside sentences --------------------------------------------------------------------

    def name(self, name: str) -> str:
        """Return what a quantity is called, as inline mathematics."""
        return f"${self.formulas.latex_name(name)}$"

    def equation_inline(self, name: str, formula: Expression) -> str:
        """Return `name = formula` as inline mathematics."""
        return f"${self.formulas.latex_name(name)} = {self.formulas.latex(formula)}$"

    def chain(self, names: Sequence[str]) -> str:
        """Return the quantities of a path as inline mathematics."""
        return "${" + r" \gets ".join(map(self.formulas.latex_name, names)) + "}$"

    def slope(self, function: str, formula: Expression) -> str:
        """Return the derivative of a function as inline mathematics."""
        symbol = self.formulas.function_latex(function)
        return f"${symbol}' = {self.formulas.entrywise_latex(formula)}$"


def _sign(value: Value) -> str:
    return "=" if is_proved(value) else r"\approx"
