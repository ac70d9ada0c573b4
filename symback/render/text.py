"""A solution for the terminal: real mathematics in lines of at most a given width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from symback.explain.drawing.paths import Paths
from symback.explain.solution import Component, Result, Solution
from symback.explain.telling.statement import Answer, Part, Statement, Story
from symback.explain.telling.story import story_of
from symback.language.tree import Expression, Name, Subscript
from symback.numeric.value import Value
from symback.render.formulas import Formulas
from symback.render.layout import GAP, INDENT, Row, laid_out, padded, prose
from symback.render.matrices import block_of, size_text
from symback.render.numbers import digits_of, entry_of, factor, is_proved, number_text
from symback.render.paint import Paint
from symback.render.routes import routes_text
from symback.render.visible import columns, one_line


def text_of(
    solution: Solution,
    width: int = 100,
    colour: bool = False,
    digits: int | None = None,
    brief: bool = False,
    failures: Sequence[str] = (),
) -> str:
    """Return a solution as text: forward pass, backward pass, answers, notes.

    `digits` are the significant digits of numbers that are not short exact decimals; `brief`
    leaves out the passes; `failures` are sentences about expectations that do not hold.
    """
    story = story_of(solution)
    writer = Writer(story, width, digits)
    sections = list(writer.sections(brief))
    blocks = laid_out([section.rows for section in sections], width)
    paint = Paint(colour, frozenset(story.aliases.values()))
    lines = [paint.title(_title(solution, width))]
    problem = solution.problem
    for remark in (problem.source, problem.note):
        lines += [paint.note(line) for line in prose(remark, width)] if remark else []
    lines.append("")
    for section, block in zip(sections, blocks, strict=True):
        lines.append(paint.heading(section.title))
        lines += [paint.note(line) for note in section.notes for line in prose(note, width, INDENT)]
        lines += [INDENT + line for line in section.picture.splitlines()]
        lines += [paint.equation(line) for line in block]
        lines.append("")
    for title, sentences in (("Expected otherwise", failures), ("Notes", writer.notes())):
        if sentences:
            lines.append(paint.warning(title) if sentences is failures else paint.heading(title))
            lines += [line for one in sentences for line in prose(one, width, INDENT)]
            lines.append("")
    return "\n".join(lines[:-1]) + "\n"


def _title(solution: Solution, width: int) -> str:
    title = one_line(solution.problem.title or solution.problem.file)
    file = one_line(solution.problem.file) if solution.problem.title else ""
    if columns(title) + columns(file) + 2 > width:
        return f"{title}\n{file}" if file else title
    return (padded(title, width - columns(file)) + file).rstrip()


@dataclass(frozen=True, slots=True)
class Section:
    """Equations under a heading."""

    title: str
    rows: list[Row]
    notes: tuple[str, ...] = ()
    picture: str = ""


class Writer:
    """Turns the statements of a story into rows."""

    def __init__(self, story: Story, width: int, digits: int | None) -> None:
        self.story = story
        self.width = width
        self.formulas = Formulas(story.solution, story.aliases)
        self.digits = digits

    def sections(self, brief: bool) -> list[Section]:
        """Return the sections in their order; only the answers and their names if `brief`."""
        story = self.story
        if brief:
            found = self._backward_sections(story.needed())
        else:
            heads = [self.formulas.text_name(one.name) for one in story.forward]
            wide = max(map(columns, heads), default=0)
            forward = [self._forward(one, wide) for one in story.forward]
            found = [Section("Forward", forward), *self._backward_sections(story.backward)]
        found += [self._part(part) for part in story.parts]
        return [one for one in found if one.rows or one.notes or one.picture]

    def _backward_sections(self, told: Sequence[Statement]) -> list[Section]:
        """Return the backward pass, part by part where its names differ from part to part."""
        title = "Backward" if self.story.reverse else "Derivatives"
        if not self.story.split:
            return [Section(title, [row for one in told for row in self._backward(one)])]
        parts = dict.fromkeys(one.part for one in told)
        return [
            Section(
                f"{title} ({one_line(part)})" if part else title,
                [row for one in told if one.part == part for row in self._backward(one)],
            )
            for part in parts
        ]

    def notes(self) -> list[str]:
        """Return what a reader should know about the values, one sentence each."""
        return [
            f"{self.formulas.text_name(note.name)}: {note.message}" if note.name else note.message
            for note in self.story.notes
        ]

    # ---- the passes --------------------------------------------------------------------------

    def _forward(self, one: Statement, wide: int) -> Row:
        head = padded(self.formulas.text_name(one.name), wide)
        note = one_line(one.note) if one.note else ""
        return self._row([head], one.formula, one.value, note)

    def _backward(self, one: Statement) -> list[Row]:
        name = self.formulas.text_name(one.name)
        alias = self.formulas.text_name(one.name, alias=True)
        heads = [name] if alias == name else [alias, name]
        notes = [self._melted(one)]
        if one.kind == "given":
            notes.append("given")
        rows = [self._row(heads, one.formula, one.value, GAP.join(filter(None, notes)))]
        if one.paths is not None:
            rows += self.paths(one.paths, one.value)
        return rows

    def _melted(self, one: Statement) -> str:
        found = []
        for melted in one.melted:
            symbol = self.formulas.function_text(melted.function)
            found.append(f"{symbol}′ = {self.formulas.entrywise_text(melted.formula)}")
        return ", ".join(found)

    def _row(
        self, heads: Sequence[str], formula: Expression | None, value: Value | None, note: str = ""
    ) -> Row:
        """Return `head = head = formula` with its value."""
        said = list(heads)
        plain = isinstance(formula, Name) and self.formulas.text_name(formula.id) == said[-1]
        if formula is not None and not plain:
            said.append(self.formulas.text(formula))
        number = _same_number(said, value, self.digits)
        if number:
            said = said[:-1]
        left = " = ".join(said)
        equals = columns(said[0]) + 1
        if value is None:
            return Row(left, None, "=", note, equals)
        return Row(left, self._block(value), _sign(value), note, equals)

    def _block(self, value: Value) -> _Block:
        return _Block(value, self.digits, self.formulas.index_base)

    # ---- the chain rule ----------------------------------------------------------------------

    def paths(self, paths: Paths, value: Value | None) -> list[Row]:
        """Return the chain rule along every path, with numbers put in."""
        name = self.formulas.partial_text(paths.of, paths.wrt)
        if not paths.products:
            return [Row(f"{name} is a sum over {paths.count} paths")]
        if len(paths.products) == 1 and len(paths.products[0]) == 1:
            return []
        symbols = routes_text(paths, self.formulas)
        said = [name, symbols, _numbers(paths, self.digits, self.formulas)]
        if value is not None:
            said.append(number_text(digits_of(value, (), self.digits)))
        return [Row(" = ".join(filter(None, said)), equals=columns(name) + 1)]

    # ---- the answers -------------------------------------------------------------------------

    def _part(self, part: Part) -> Section:
        titles = [one_line(title) for title in (part.name, *part.titles) if title]
        drawn = [answer.result for answer in part.answers if answer.result.kind == "graph"]
        asked = [answer for answer in part.answers if answer.result.kind != "graph"]
        rows = [row for answer in asked for row in self._answer(answer)]
        picture = "\n".join(self._picture(result) for result in drawn)
        return Section("  ".join(titles) or "Answers", rows, part.notes, picture)

    def _answer(self, answer: Answer) -> list[Row]:
        result, one = answer.result, answer.statement
        name = self.formulas.text_name(result.name)
        rows = [
            self._row(
                [name], one.formula, one.value, "" if answer.components else self._shape(result)
            )
        ]
        for component in answer.components:
            label = self.formulas.entry_text(result.name, component.index)
            value = result.value
            entry = None if value is None else entry_of(value, component.index)
            formula = None if says_nothing(component, result) else component.formula
            rows.append(self._row([label], formula, entry))
        return rows

    def _shape(self, result: Result) -> str:
        if result.value is not None or not result.shape:
            return ""
        return size_text(result.shape)

    def _picture(self, result: Result) -> str:
        """Return the graph of what a quantity depends on, in boxes where they fit."""
        from symback.render.drawing.boxes import boxes
        from symback.render.drawn import drawing_of

        drawing = drawing_of(self.story.solution, result.of, self.digits)
        return boxes(drawing, self.width - len(INDENT))


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines of a value in a given width."""

    value: Value
    digits: int | None
    base: int

    def __call__(self, width: int) -> list[str]:
        return block_of(self.value, self.digits, width, self.base)


def says_nothing(component: Component, result: Result) -> bool:
    """Tell whether the formula of an entry is that entry of the result itself."""
    match component.formula:
        case Subscript(Name(id)):
            return id == result.name
        case _:
            return False


def _sign(value: Value) -> str:
    return "=" if is_proved(value) else "≈"


def _same_number(said: Sequence[str], value: Value | None, digits: int | None) -> bool:
    """Tell whether a formula is nothing but its own value."""
    if value is None or value.shape or len(said) < 2:
        return False
    return said[-1] == number_text(digits_of(value, (), digits))


def _numbers(paths: Paths, digits: int | None, formulas: Formulas) -> str:
    """Return the products with the slopes' numbers, or with their formulas where there are none."""
    products = []
    for product in paths.products:
        factors = []
        for slope in product:
            if slope.value is not None:
                factors.append(factor(number_text(digits_of(slope.value, (), digits))))
            else:
                factors.append(formulas.factor_text(slope.formula))
        products.append("·".join(factors))
    return " + ".join(products)
