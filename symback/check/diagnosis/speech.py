"""Sentences for a person about what is wrong; formulas stand between backticks."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symback.check.answers.judging import Verdict
from symback.check.answers.verdicts import Finding
from symback.check.derivation.passes import Edge, Line
from symback.check.derivation.truth import Quantity, TrueValues
from symback.check.diagnosis.case import Case
from symback.check.diagnosis.phrases import (
    SENTENCES,
    branch,
    is_seed,
    multiple,
    root_factor,
    seed_meant,
    slope_of,
)
from symback.check.diagnosis.tidying import numbers, tidied
from symback.check.mistakes.alterations import Change
from symback.check.mistakes.fits import Fit, with_others
from symback.language import names, operands, substitute, walk, write
from symback.language.tree import Binary, Expression, Name, Number, Subscript

#: Kinds named besides the first.
MAX_OTHERS = 3
#: Entries named one by one.
MAX_ENTRIES = 6
UNKNOWN = "no single mistake that is known gives this answer"


class Speaker:
    """Puts explanations into words, with the names that the problem has."""

    def __init__(self, truth: TrueValues) -> None:
        self.truth = truth

    def finding(self, fits: list[Fit], quantity: Quantity, formula: Expression | None) -> Finding:
        """Return the first explanation in words, with the kinds of the others."""
        repair = f"{quantity.name} = {write(formula)}" if formula is not None else None
        if quantity.items is not None and formula is not None:
            repair = f"{write(Subscript(Name(quantity.name), quantity.items))} = {write(formula)}"
        if not fits:
            return Finding("unknown", UNKNOWN, None, repair)
        best = self._plainest(fits, quantity)
        others = tuple(
            dict.fromkeys(f.kind for f in fits if f.kind != best.kind and f.rank <= best.rank + 2)
        )
        message = self.message(best, quantity)
        if "at" in best.detail:
            message = f"{self._entries(best.detail['at'], quantity)}: {message}"
        if best.detail.get("vanishes"):
            message = f"this is 0 everywhere: {message}"
        if best.detail.get("after"):
            message += ", besides what follows from the answers before"
        for also in with_others(best.also):
            message += "; and " + self.message(also, quantity)
        message += seed_meant(message, self.truth.problem.given)
        return Finding(best.kind, message, self.where(best, quantity), repair, others[:MAX_OTHERS])

    def _plainest(self, fits: list[Fit], quantity: Quantity) -> Fit:
        """Return the first explanation; of one slip in several scripts, as it is shortest."""
        first = fits[0]
        if not self._is_slip(first):
            return first
        change = first.changes[0]
        alike = [
            fit for fit in fits
            if self._is_slip(fit) and fit.changes[0].alteration is change.alteration
            and fit.changes[0].line.name == change.line.name
        ]  # fmt: skip
        return min(alike, key=lambda fit: len(self.message(fit, quantity)))

    def _is_slip(self, fit: Fit) -> bool:
        """Tell whether a fit is one slip in a formula, not in a single number or name."""
        if not fit.changes or fit.also or fit.detail:
            return False
        change = fit.changes[0]
        return not isinstance(self._opened(change.old, change), Number | Name)

    def _entries(self, places: tuple[tuple[int, ...], ...], quantity: Quantity) -> str:
        """Name some entries, counted as in the problem."""
        shown = list(map(self._entry, places))
        more = ", ..." if len(shown) > MAX_ENTRIES else ""
        return ("entries " if len(shown) > 1 else "entry ") + ", ".join(shown[:MAX_ENTRIES]) + more

    def _entry(self, place: tuple[int, ...]) -> str:
        return "[" + ",".join(str(i + self.truth.problem.index_base) for i in place) + "]"

    def where(self, fit: Fit, quantity: Quantity) -> str:
        """Return the place in the graph: an edge or a step."""
        if not fit.changes:
            return self._named(str(fit.detail.get("name", quantity.name)))
        change = fit.changes[0]
        if change.edge is not None:
            operand, user = self._named(change.edge.operand), self._named(change.edge.user)
            return f"{operand} -> {user}" if operand != user else user
        return self._named(change.line.name)

    def message(self, fit: Fit, quantity: Quantity) -> str:
        """Return one explanation as a sentence without its full stop."""
        if fit.changes:
            change = fit.changes[0]
            if fit.detail.get("answer") and change.new is not None:
                return f"`{write(change.new)}` should be `{write(change.old)}`"
            return self._altered(change)
        return self._plain(fit, quantity)

    def _altered(self, change: Change) -> str:
        words = {
            "old": self._text(change.old, change),
            "new": self._text(change.new, change) if change.new is not None else "",
        }
        if change.edge is not None:
            words |= self._along(change.edge, change)
        return f"{self._place(change)} {change.alteration.sentence.format(**words)}"

    def _along(self, edge: Edge, change: Change) -> dict[str, str]:
        """Return the words about an edge."""
        return {
            "op": self._text(edge.op, change),
            "user": self._text(edge.op, change) if "#" in edge.user else edge.user,
            "operand": self._named(edge.operand),
            "inner": self._text(Name(edge.operand), change),
            "cotangent": self._text(Name(edge.cotangent), change),
            "path": self._path(edge, change),
            "chain": self._chain(change),
            "by": self._by(edge, change),
            "slopes": self._slopes(edge, change),
        }

    def _place(self, change: Change) -> str:
        """Say in which line, or in the derivative of which step, the slip is."""
        line = change.line
        if "#gradient" in line.name:
            of = line.name.removeprefix("d").partition("#")[0]
            return f"where the gradient of `{of}` is differentiated,"
        behind = change.edge is not None and change.edge.cotangent == line.name
        if line.of is not None and ("#" in line.of or behind):
            return f"where `{self._named(line.of)}` is differentiated,"
        return f"in `{self._named(line.name)}`"

    def _chain(self, change: Change) -> str:
        """Return the inner formula whose cotangent was passed on as it is."""
        if not isinstance(change.new, Name) or change.new.id not in change.script.index:
            return ""
        of = change.script.lines[change.script.index[change.new.id]].of
        return self._text(Name(of), change) if of is not None else ""

    def _slopes(self, edge: Edge, change: Change) -> str:
        """Say what a derivative is, and what was taken for it."""
        right, wrong = (slope_of(tree, edge.cotangent) for tree in (change.old, change.new))
        if wrong is None or self._text(edge.op, change).startswith("norm("):
            return ""
        said = f"not `{self._text(wrong, change)}`"
        return (
            f": it is {said}" if right is None else f": it is `{self._text(right, change)}`, {said}"
        )

    def _path(self, edge: Edge, change: Change) -> str:
        user, operand = self._named(edge.user), self._named(edge.operand)
        if user == operand:
            return f"`{self._text(edge.op, change)}`"
        if "#" in edge.user:
            return f"`{self._text(edge.op, change)}`, from `{operand}` to `{user}`,"
        if edge.inputs.count(edge.operand) > 1 or any("#" in name for name in edge.inputs):
            within = branch(edge)
            text = self._text(within, change)
            several = sum(one == Name(operand) for one in walk(within)) > 1
            if several or any(isinstance(n, Name) and "#" in n.id for n in operands(within)):
                text = f"{operand}` in `{text}"
            return f"`{text}`, from `{operand}` to `{user}`,"
        return f"`{user} = {self._text(edge.op, change)}`"

    def _by(self, edge: Edge, change: Change) -> str:
        """Say by which factor a product is differentiated, if it is one."""
        if isinstance(edge.op, Binary) and edge.op.op in ("*", "@") and len(edge.inputs) > 1:
            return f" by `{self._text(Name(edge.operand), change)}`"
        return ""

    def _shown(self, fit: Fit) -> str | None:
        """Say what it is that an answer has, None where it shows no particular thing."""
        match fit.detail:
            case {"zero": _}:
                return "what belongs there is missing, it is not 0"
            case {"constant": tree, "missing": missing}:
                return f"a factor `{write(tree)}` is {'missing' if missing else 'too many'}"
            case {"instead": name}:
                return f"this is the value of `{name}`"
            case {"point": way}:
                return f"the decimal point is one place too far to the {way}"
            case {"entry": place}:
                return f"this is entry {self._entry(place)}"
            case {"first": name}:
                return f"`{name}` stands there, it should be differentiated once more"
        return None

    def _plain(self, fit: Fit, quantity: Quantity) -> str:
        ratio = fit.detail.get("ratio")
        if (shown := self._shown(fit)) is not None:
            return shown
        if "dimension" in fit.detail:
            what = "is missing" if fit.detail["missing"] else "too many"
            return f"a factor `1/{fit.detail['dimension']}` {what}"
        if fit.kind in ("factor", "power_rule", "sum_for_mean") and isinstance(ratio, Fraction):
            return self._factor(fit.kind, ratio, quantity)
        if fit.kind == "factor" and ratio is not None:
            return root_factor(ratio)
        if fit.kind == "transposed" and "jacobian" in fit.detail:
            return "the Jacobian is multiplied by the cotangent, its transpose should be"
        if fit.kind == "transcription" and "name" in fit.detail:
            slips = " and ".join(fit.detail["slips"])
            return f"`{fit.detail['name']}` was copied wrongly: {slips}"
        if fit.kind == "missing_sum" and "axis" not in fit.detail:
            return "the sum is left out"
        added = multiple(ratio, str(fit.detail.get("name")))
        return SENTENCES.get(fit.kind, UNKNOWN).format(**fit.detail, added=added)

    def _factor(self, kind: str, ratio: Fraction, quantity: Quantity) -> str:
        sign = " and the sign is wrong" if ratio < 0 else ""
        size = abs(ratio)
        if kind == "power_rule":
            return f"the exponent {1 / size} is not there as a factor"
        if kind == "sum_for_mean":
            if size > 1:
                return f"a sum stands for the mean: the factor {1 / size} is missing{sign}"
            return f"a mean stands for the sum: the factor {size} does not belong there{sign}"
        if size.numerator == 1 and size != 1:
            if 1 / size in self._numbers(quantity):
                return f"a factor {1 / size} is missing{sign}"
            where = self._already(size, quantity)
            extra = f": it is in `{where}` already" if where else ""
            return f"a factor {size} too many{extra}{sign}"
        where = self._already(1 / size, quantity)
        if size.denominator == 1 and not where and 1 / size not in self._numbers(quantity):
            return f"a factor {size} too many{sign}"
        extra = f": it comes with `{where}`" if where else ""
        return f"a factor {1 / size} is missing{extra}{sign}"

    def _already(self, ratio: Fraction, quantity: Quantity) -> str | None:
        """Return the earlier cotangent that has the factor in its formula."""
        for line in self._formulas(quantity):
            own = line.of is not None and line.name != quantity.name
            if own and ratio in numbers(line.parts[0].tree):
                return line.name
        return None

    def _numbers(self, quantity: Quantity) -> set[Fraction]:
        """Return the numbers that the quantity's own formula is multiplied by."""
        lines = [line for line in self._formulas(quantity) if line.name == quantity.name]
        return {value for line in lines for value in numbers(line.parts[0].tree)}

    def _formulas(self, quantity: Quantity) -> Iterator[Line]:
        """Yield the lines of the solution that lead to a quantity."""
        for script in quantity.chain.scripts:
            if script.level == "solution" and quantity.name in script.index:
                yield from script.leading_to(quantity.name)

    def _text(self, tree: Expression, change: Change) -> str:
        return write(self._opened(tree, change))

    def _opened(self, tree: Expression, change: Change) -> Expression:
        """Replace the names of inner operations by what they are."""
        script = change.script
        start = {line.name for line in script.lines if is_seed(line, script)}
        for _ in range(12):
            inner = [n for n in names(tree) if n in script.index and ("#" in n or n in start)]
            if not inner:
                break
            lines = [script.lines[script.index[name]] for name in inner]
            tree = substitute(tree, {line.name: line.parts[0].tree for line in lines})
        hidden = {n: Name(n.replace("#", "_").lstrip("_")) for n in names(tree) if "#" in n}
        return tidied(substitute(tree, hidden))

    def _named(self, name: str) -> str:
        """Return the step that an inner operation belongs to."""
        return name.split("#")[0]


def unexplained(case: Case | None, verdict: Verdict) -> str:
    """Say what can be said of an answer that no mistake explains."""
    if case is None:
        if any(value is not None for value in verdict.values):
            return "the answer is not defined, or far too large"
        return "the shapes in the formula do not fit together"
    if case.vanishes():
        return "this is 0 everywhere"
    got, true = case.shapes()
    if got != true:
        return f"the answer has the shape {list(got)}, the quantity {list(true)}"
    return UNKNOWN
