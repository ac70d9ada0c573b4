"""An explanation for a learner, for the terminal: step by step, factor by factor."""

from __future__ import annotations

from collections.abc import Iterable

from symback.explain.telling.scene import Factor, WhyStep
from symback.explain.telling.statement import Statement
from symback.explain.telling.why import Why
from symback.language.tree import Expression, Name, Number, Transpose
from symback.render.layout import padded, prose, wrapped
from symback.render.matrices import block_of, shape_text, size_text
from symback.render.names import derivative_of
from symback.render.numbers import is_proved
from symback.render.paint import Paint
from symback.render.sentences import reason, sentence
from symback.render.spoken import Spoken
from symback.render.text import Writer
from symback.render.visible import columns

MARGIN = "   "
GAP = "   "
#: Quantities at either end of a long path that are named.
END = 5


def why_of(why: Why, width: int = 100, colour: bool = False, digits: int | None = None) -> str:
    """Return an explanation as text in at most `width` columns where that can be."""
    return "\n".join(_Teller(why, width, colour, digits).lines()) + "\n"


class _Teller:
    """Writes one explanation."""

    def __init__(self, why: Why, width: int, colour: bool, digits: int | None) -> None:
        self.why = why
        self.width = width
        self.digits = digits
        self.story = why.story
        self.writer = Writer(why.story, width, digits)
        self.formulas = self.writer.formulas
        self.voice = Spoken(self.formulas)
        self.name = self.voice.name
        self.paint = Paint(colour, frozenset(why.story.aliases.values()))
        self.steps = {one.name: one.formula for one in why.story.forward if one.formula is not None}

    def lines(self) -> Iterable[str]:
        """Yield the lines: the route, then a step each, then a check of the shape."""
        target = self.why.steps[-1].statement
        yield self.paint.title(f"Why {self._equation(target)}")
        if self.why.route:
            yield ""
            yield from self._route()
        for place, step in enumerate(self.why.steps, 1):
            yield ""
            yield from self._step(place, step)
        if target.wrt is not None and target.verb in ("gradient", "vjp", ""):
            yield ""
            yield from self._prose(self._same_shape(target), "")

    def _route(self) -> Iterable[str]:
        of, wrt = self.why.route[0], self.why.route[-1]
        arrow = self._chain(self.why.route)
        text = f"{self.name(of)} depends on {self.name(wrt)} along {arrow}"
        if self.why.routes > 1:
            text += f" and {self.why.routes - 1} more"
            text += " paths" if self.why.routes > 2 else " path"
        yield from self._prose(text + ".", "")
        if self.why.steps[0].statement.kind != "given":
            start = f"∂{self.name(of)}/∂{self.name(of)} = 1"
            yield f"The derivative goes the same way back, from {start}."

    def _chain(self, route: tuple[str, ...]) -> str:
        """Return the quantities of a path, of a long one its ends."""
        if len(route) <= 2 * END + 1:
            return self.voice.chain(route)
        first, last = self.voice.chain(route[:END]), self.voice.chain(route[-END:])
        return f"{first} ← … ← {last} ({len(route) - 1} steps)"

    def _step(self, place: int, step: WhyStep) -> Iterable[str]:
        one = step.statement
        first, *rest = wrapped(self._equation(one), self.width - len(MARGIN), 4)
        yield self.paint.equation(f"{place}  {first}")
        yield from (self.paint.equation(MARGIN + line) for line in rest)
        if one.value is not None:
            block = block_of(one.value, self.digits, self.width - 8, self.formulas.index_base)
            sign = "=" if is_proved(one.value) else "≈"
            yield self.paint.equation(f"{MARGIN}  {sign} {block[0]}")
            yield from (self.paint.equation(f"{MARGIN}    {line}") for line in block[1:])
        if one.kind != "step":
            said = sentence(reason(one, self.steps, self.voice))
            yield from self._prose(said + self._once_more(one), MARGIN)
        for name, formula in step.before:
            yield from self._prose(self._melting(one, name, formula), MARGIN)
        yield from self._factors(step)
        if one.paths is not None:
            rows = self.writer.paths(one.paths, one.value)
            yield from (
                MARGIN + part
                for r in rows
                for part in wrapped(r.left, self.width - 3, r.equals + 2)
            )

    def _once_more(self, one: Statement) -> str:
        """Say which step a second derivative is the derivative of."""
        parts = derivative_of(one.name, self.formulas.declared)
        if one.verb not in ("hessian", "hvp") or parts is None or len(parts.wrt) != 2:
            return ""
        first = f"d{parts.of}_d{parts.wrt[0]}"
        for place, step in enumerate(self.why.steps, 1):
            if step.statement.name == first:
                again = self.name(parts.wrt[1])
                along = f", along {self.name(parts.along)}" if parts.along else ""
                return (
                    f" It is step {place} differentiated once more, with respect to {again}{along}."
                )
        return ""

    def _melting(self, one: Statement, name: str, formula: Expression) -> str:
        before = f"∂{self.name(one.of or '')}/∂{self.name(name)} = {self.formulas.text(formula)}"
        return f"Before it: {before}; times the slope, it leaves the shorter form above."

    def _equation(self, one: Statement) -> str:
        name = self.formulas.text_name(one.name)
        alias = self.formulas.text_name(one.name, alias=True)
        heads = [name] if alias == name else [alias, name]
        text = self.formulas.text(one.formula) if one.formula is not None else name
        if text != name:
            heads.append(text)
        return " = ".join(heads)

    # ---- factors -----------------------------------------------------------------------------

    def _factors(self, step: WhyStep) -> Iterable[str]:
        factors = [
            one
            for one in step.factors
            if one.formula != step.statement.formula or self._words(step, one)
        ]
        cells = [self._cells(factor) for factor in factors]
        wide = [max((columns(cell[k]) for cell in cells), default=0) for k in (0, 1)]
        left = len(MARGIN) + 2 + wide[0] + wide[1] + 2 * len(GAP)
        for factor, (formula, shape) in zip(factors, cells, strict=True):
            head = f"{MARGIN}  {padded(formula, wide[0])}{GAP}{padded(shape, wide[1])}{GAP}"
            value = self._block(factor, self.width - left)
            words = self._words(step, factor)
            if len(value) == 1 and words:
                room = self.width - left - columns(value[0]) - len(GAP)
                if columns(words) <= room:
                    value, words = [value[0] + GAP + prose(words, self.width)[0]], ""
            said = prose(words, self.width - left - 2) if words else []
            body = [*value, *said[:1], *("  " + line for line in said[1:])]
            yield self.paint.equation((head + (body[0] if body else "")).rstrip())
            yield from (self.paint.equation(" " * left + line) for line in body[1:])

    def _cells(self, factor: Factor) -> tuple[str, str]:
        text = self.formulas.text(factor.formula)
        if factor.role == "row":
            text = f"{self.formulas.factor_text(factor.formula)}ᵀ"
        shape = factor.shape
        if shape is None:
            return text, ""
        if factor.role == "row":
            return text, shape_text((1, *shape))
        return text, shape_text(shape) if shape else "number"

    def _block(self, factor: Factor, width: int) -> list[str]:
        if factor.value is None or isinstance(factor.formula, Number):
            return []
        return block_of(factor.value, self.digits, max(width, 20), self.formulas.index_base)

    def _words(self, step: WhyStep, factor: Factor) -> str:
        """Return why a factor is there, or why it is turned."""
        match factor.role:
            case "signal":
                return f"step {factor.earlier}"
            case "row":
                return self._as_row(step, factor)
            case "slope" | "back" | "summed" if factor.step is not None:
                return self._by_step(factor, self._named(factor.step))
            case "turned":
                return "transposed, so that the shapes fit"
            case "quantity" if isinstance(factor.formula, Name) and factor.formula.id in self.steps:
                return f"from the forward pass: {self._named(factor.formula.id)}"
            case "count" if factor.step is not None:
                return f"one over the number of entries of the mean in {self._named(factor.step)}"
            case "square" if factor.step is not None:
                return f"from the square in {self._named(factor.step)}"
            case _:
                return ""

    def _by_step(self, factor: Factor, step: str) -> str:
        if factor.role == "slope":
            return f"the slope of {step}"
        assert isinstance(factor.formula, Transpose)
        plain = self.formulas.text(factor.formula.value)
        if factor.role == "summed":
            return f"transposed: {step} multiplies by {plain}, this sums over what they share"
        first, last = factor.lengths or ("", "")
        return (
            f"transposed: in {step}, {plain} takes {first} entries to {last};"
            f" backwards {last} go to {first}"
        )

    def _named(self, name: str) -> str:
        formula = self.steps.get(name)
        return self.name(name) if formula is None else self.voice.equation_inline(name, formula)

    def _as_row(self, step: WhyStep, factor: Factor) -> str:
        one = step.statement
        if one.wrt is None or len(step.factors) != 2 or len(one.shape) != 2:
            return "a row: every entry to the left meets every entry of this"
        column = self.formulas.text(step.factors[0].formula)
        row = self.formulas.text(factor.formula)
        return (
            f"a row: {self.name(one.wrt)}[i,j] is multiplied by {row}[j] on the way to entry i,"
            f" so the gradient has {column}[i]·{row}[j] there"
        )

    def _same_shape(self, target: Statement) -> str:
        if not target.shape:
            return f"{self.name(target.wrt or '')} is a number, and so is its gradient."
        name, size = self.name(target.wrt or ""), size_text(target.shape)
        return f"A gradient has the shape of its variable: {name} has {size}, too."

    def _prose(self, text: str, margin: str) -> Iterable[str]:
        return prose(text, self.width, margin)
