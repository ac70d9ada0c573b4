"""From a solution to the page that tells it and lets its reader play with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from symback.explain.drawing.diagram import Diagram, diagram_of
from symback.explain.drawing.drawing import Drawing
from symback.explain.solution import Line, Solution
from symback.explain.telling.page import Page, PageFormula, PageSection
from symback.explain.telling.statement import Answer, Part, Statement
from symback.explain.telling.story import story_of
from symback.language import names, substitute
from symback.language.tree import Expression, Name
from symback.numeric.value import Value
from symback.render.drawing.fold import fold
from symback.render.drawn import drawn
from symback.render.formulas import Formulas
from symback.render.matrices import block_of
from symback.render.numbers import entry_of, is_proved
from symback.render.playing import Quantities, live_of
from symback.render.routes import routes_latex, routes_text, tells_more
from symback.render.sentences import path_sentence, reason, sentence
from symback.render.spoken import Spoken
from symback.render.visible import one_line

#: Columns of a value in the page.
WIDTH = 48


def page_of(solution: Solution, digits: int | None = None, failures: Sequence[str] = ()) -> Page:
    """Return everything that a page shows of a solution.

    `failures` are sentences about expectations that do not hold.
    """
    return _Builder(solution, digits).page(failures)


class _Builder:
    """Collects formulas and, under the same names, the steps that compute them."""

    def __init__(self, solution: Solution, digits: int | None) -> None:
        self.solution = solution
        self.story = story_of(solution)
        self.formulas = Formulas(solution, self.story.aliases)
        self.digits = digits
        self.quantities = Quantities()
        self.steps = {one.name: one.formula for one in self.story.forward if one.formula}

    def page(self, failures: Sequence[str]) -> Page:
        """Return the page."""
        problem = self.solution.problem
        sections = [
            PageSection("Given", tuple(map(self._given, self.solution.given))),
            PageSection("Forward pass", tuple(map(self._statement, self.story.forward))),
        ]
        backward = tuple(map(self._backward, self.story.backward))
        answers = tuple(map(self._part, self.story.parts))
        diagram = diagram_of(self.solution)
        drawing = fold(drawn(diagram, self.solution, self.digits))
        gradients = self._gradients(diagram, drawing)
        slopes = self._slopes(diagram, drawing)
        remarks = (("Expected otherwise", tuple(failures)), ("Notes", tuple(self._notes())))
        return Page(
            title=one_line(problem.title or problem.file),
            sections=tuple(one for one in sections if one.formulas),
            drawing=drawing if len(drawing.nodes) > 1 else None,
            gradients=gradients,
            slopes=slopes,
            backward=backward,
            live=live_of(self.solution, self.quantities.steps, self.formulas),
            note=_sentences(problem.source, problem.note),
            answers=tuple(one for one in answers if one.formulas or one.notes),
            remarks=tuple(one for one in remarks if one[1]),
        )

    # ---- lines -------------------------------------------------------------------------------

    def _given(self, line: Line) -> PageFormula:
        text, latex = self.formulas.text_name(line.name), self.formulas.latex_name(line.name)
        if line.value is None and line.shape:
            lengths = [str(one) for one in line.shape]
            text = f"{text} ∈ ℝ^({' × '.join(lengths)})"
            power = r" \times ".join(map(self.formulas.dimension_latex, lengths))
            latex = rf"{latex} \in \mathbb{{R}}^{{{power}}}"
        return PageFormula(line.name, latex, text, self._value(line.value))

    def _statement(self, one: Statement) -> PageFormula:
        return self._line(one, [self._name(one.name)], one.note or "")

    def _backward(self, one: Statement) -> PageFormula:
        heads = [self._name(one.name)]
        short = self._name(one.name, alias=True)
        if short != heads[0]:
            heads.insert(0, short)
        voice = Spoken(self.formulas)
        why = reason(one, self.steps, voice)
        if one.paths is not None:
            why = f"{why}, {path_sentence(one.paths, voice)}"
        after = []
        if one.paths is not None and tells_more(one.paths):
            after.append(
                (routes_text(one.paths, self.formulas), routes_latex(one.paths, self.formulas))
            )
        return self._line(one, heads, why, after)

    def _name(self, name: str, alias: bool = False) -> tuple[str, str]:
        """Return what a quantity is called, as text and in LaTeX."""
        return self.formulas.text_name(name, alias), self.formulas.latex_name(name, alias)

    def _line(
        self,
        one: Statement,
        heads: list[tuple[str, str]],
        why: str,
        after: Iterable[tuple[str, str]] = (),
    ) -> PageFormula:
        key = one.name
        uses: list[str] = []
        if one.formula is not None:
            key = self.quantities.define(one.name, one.formula, one.part)
            if one.formula != Name(one.name):
                heads.append((self.formulas.text(one.formula), self.formulas.latex(one.formula)))
                uses = self._uses(one.formula, one.part)
        text, latex = (" = ".join(said) for said in zip(*heads, *after, strict=True))
        return PageFormula(
            key, latex, text, self._value(one.value), tuple(uses), sentence(one_line(why), "")
        )

    def _uses(self, formula: Expression, part: str | None) -> list[str]:
        return [self.quantities.key(name, part) for name in sorted(names(formula) - {"pi"})]

    def _value(self, value: Value | None) -> str:
        if value is None:
            return ""
        block = block_of(value, self.digits, WIDTH, self.formulas.index_base)
        sign = "" if is_proved(value) else "≈ "
        return "\n".join([sign + block[0], *(" " * len(sign) + line for line in block[1:])])

    # ---- answers and remarks -----------------------------------------------------------------

    def _part(self, part: Part) -> PageSection:
        titles = ", ".join(one_line(title) for title in part.titles)
        name = f"Part {one_line(part.name)}" if part.name else "Answers"
        lines = [line for answer in part.answers for line in self._answer(answer)]
        notes = tuple(one_line(note) for note in part.notes)
        return PageSection(f"{name}: {titles}" if titles else name, tuple(lines), notes)

    def _answer(self, answer: Answer) -> Iterable[PageFormula]:
        result, one = answer.result, answer.statement
        if result.kind == "graph":
            return
        yield self._statement(one)
        for component in answer.components:
            place = self.formulas.counted(component.index)
            name = f"{result.name}[{place}]"
            key = self.quantities.define(name, component.formula, result.part)
            value = None if result.value is None else entry_of(result.value, component.index)
            text = self.formulas.text(component.formula)
            latex = self.formulas.latex(component.formula)
            uses = self._uses(component.formula, result.part)
            yield PageFormula(
                key,
                f"{self.formulas.entry_latex(result.name, component.index)} = {latex}",
                f"{self.formulas.entry_text(result.name, component.index)} = {text}",
                self._value(value),
                tuple(uses),
            )

    def _notes(self) -> Iterable[str]:
        for note in self.story.notes:
            name = self.formulas.text_name(note.name) if note.name else ""
            yield one_line(f"{name}: {note.message}" if name else note.message)

    # ---- the drawing -------------------------------------------------------------------------

    def _gradients(self, diagram: Diagram, drawing: Drawing) -> tuple[tuple[str, str], ...]:
        """Return the nodes with the keys of their gradients, adding the steps that are new."""
        own = Quantities()
        told = self.quantities.steps.keys() | {one.name for one in self.story.backward}
        for line in (*diagram.signals, *diagram.cotangents.values()):
            own.define(line.name, line.formula)
        renamed = {name: f"drawn {name}" for name in own.steps}
        for name, tree in own.steps.items():
            self.quantities.steps[renamed[name]] = _renamed(tree, renamed)
        shown = {node.name for node in drawing.nodes}
        return tuple(
            (node, line.name if line.name in told else renamed[own.key(line.name)])
            for node, line in diagram.cotangents.items()
            if node in shown
        )

    def _slopes(self, diagram: Diagram, drawing: Drawing) -> tuple[str, ...]:
        keys = []
        for edge in drawing.edges:
            slope = diagram.slopes.get((edge.target, edge.source))
            key = f"slope {edge.target} {edge.source}" if slope else ""
            if slope:
                self.quantities.steps[key] = slope.formula
            keys.append(key)
        return tuple(keys)


def _sentences(*texts: str | None) -> str:
    """Return texts of the file behind each other, a full stop between them."""
    said = [one_line(text) for text in texts if text]
    return " ".join(one if one[-1:] in ".!?" else f"{one}." for one in said[:-1]) + (
        f" {said[-1]}" if said[1:] else "".join(said)
    )


def _renamed(tree: Expression, keys: dict[str, str]) -> Expression:
    return substitute(tree, {name: Name(keys[name]) for name in names(tree) if name in keys})
