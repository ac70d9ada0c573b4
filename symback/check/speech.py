"""Sentences for a person about what is wrong; formulas stand between backticks."""

from __future__ import annotations

from fractions import Fraction

from symback.check.alterations import Change
from symback.check.fits import Fit
from symback.check.passes import Edge
from symback.check.truth import Quantity, TrueValues
from symback.check.verdicts import Finding
from symback.language import names, substitute, walk, write
from symback.language.tree import Expression, Name, Number, Subscript

#: Kinds named besides the first.
MAX_OTHERS = 3
#: Entries named one by one.
MAX_ENTRIES = 6
UNKNOWN = "no single mistake that is known gives this answer"
#: What shows in the values alone.
SENTENCES = {
    "sign": "the sign is wrong",
    "transposed": "the matrix is transposed",
    "wrong_base": "a factor `{ratio}` is wrong: the base of the logarithm",
    "transcription": "`{wrong}` is written for `{right}`",
    "quotient_rule": "the square of the denominator is lost or one too many",
    "missing_sum": "the sum over an axis is left out",
    "extra_term": "`{ratio}*{name}` is added and does not belong there",
    "index_shift": "every entry stands some places off",
    "index_order": "the entries are right, but in another order",
}


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
        best = fits[0]
        others = tuple(
            dict.fromkeys(f.kind for f in fits if f.kind != best.kind and f.rank <= best.rank + 2)
        )
        message = self.message(best, quantity)
        if "at" in best.detail:
            message = f"{self._entries(best.detail['at'], quantity)}: {message}"
        if best.detail.get("after"):
            message += ", besides what follows from the answers before"
        for also in best.also:
            message += "; and " + self.message(also, quantity)
        return Finding(best.kind, message, self.where(best, quantity), repair, others[:MAX_OTHERS])

    def _entries(self, places: tuple[tuple[int, ...], ...], quantity: Quantity) -> str:
        """Name some entries, counted as in the problem."""
        base = self.truth.problem.index_base
        shown = ["[" + ",".join(str(i + base) for i in place) + "]" for place in places]
        more = ", ..." if len(shown) > MAX_ENTRIES else ""
        return "entries " * (len(shown) > 1) + ", ".join(shown[:MAX_ENTRIES]) + more

    def where(self, fit: Fit, quantity: Quantity) -> str:
        """Return the place in the graph: an edge or a step."""
        if not fit.changes:
            return str(fit.detail.get("name", quantity.name))
        change = fit.changes[0]
        if change.edge is not None:
            return f"{self._named(change.edge.operand)} -> {self._named(change.edge.user)}"
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
            "place": self._named(change.line.name),
            "op": self._text(change.edge.op, change) if change.edge is not None else "",
            "user": self._named(change.edge.user) if change.edge is not None else "",
            "operand": self._named(change.edge.operand) if change.edge is not None else "",
            "path": self._path(change.edge, change) if change.edge is not None else "",
        }
        sentence = change.alteration.sentence.format(**words)
        return f"in `{words['place']}` {sentence}"

    def _path(self, edge: Edge, change: Change) -> str:
        user, operand = self._named(edge.user), self._named(edge.operand)
        if "#" in edge.user:
            return f"`{self._text(edge.op, change)}`, from `{operand}` to `{user}`,"
        return f"`{user} = {self._text(edge.op, change)}`"

    def _plain(self, fit: Fit, quantity: Quantity) -> str:
        ratio = fit.detail.get("ratio")
        if "dimension" in fit.detail:
            what = "is missing" if fit.detail["missing"] else "too many"
            return f"a factor `1/{fit.detail['dimension']}` {what}"
        if fit.kind in ("factor", "power_rule", "sum_for_mean") and isinstance(ratio, Fraction):
            return self._factor(fit.kind, ratio, quantity)
        if fit.kind == "factor":
            return f"a factor of about {ratio:.6g} too many"
        if fit.kind == "transposed" and "jacobian" in fit.detail:
            return "the Jacobian is multiplied by the cotangent, its transpose should be"
        if fit.kind == "transcription" and "name" in fit.detail:
            slips = " and ".join(fit.detail["slips"])
            return f"`{fit.detail['name']}` was copied wrongly: {slips}"
        return SENTENCES.get(fit.kind, UNKNOWN).format(**fit.detail)

    def _factor(self, kind: str, ratio: Fraction, quantity: Quantity) -> str:
        sign = " and the sign is wrong" if ratio < 0 else ""
        size = abs(ratio)
        if kind == "power_rule":
            return f"the exponent {1 / size} is not there as a factor"
        if kind == "sum_for_mean":
            return f"a sum stands for the mean, or a mean for the sum: a factor {size}"
        where = self._already(size, quantity)
        if size.numerator == 1 and size != 1:
            extra = f": it is in `{where}` already" if where else ""
            return f"a factor {size} too many{extra}{sign}"
        extra = f": it comes with `{where}`" if where else ""
        return f"a factor {1 / size} is missing{extra}{sign}"

    def _already(self, ratio: Fraction, quantity: Quantity) -> str | None:
        """Return the earlier cotangent that has the factor in its formula."""
        for script in quantity.chain.scripts:
            if script.level != "solution" or quantity.name not in script.index:
                continue
            for line in script.leading_to(quantity.name):
                if line.of is not None and line.name != quantity.name:
                    found = {n.value for n in walk(line.parts[0].tree) if isinstance(n, Number)}
                    if found & {ratio, 1 / ratio} - {1}:
                        return line.name
        return None

    def _text(self, tree: Expression, change: Change) -> str:
        return write(self._opened(tree, change))

    def _opened(self, tree: Expression, change: Change) -> Expression:
        """Replace the names of inner operations by what they are."""
        for _ in range(12):
            inner = [n for n in names(tree) if "#" in n and n in change.script.index]
            if not inner:
                return tree
            found = {}
            for name in inner:
                line = change.script.lines[change.script.index[name]]
                found[name] = line.parts[0].tree
            tree = substitute(tree, found)
        return substitute(tree, {n: Name(n.replace("#", "_")) for n in names(tree) if "#" in n})

    def _named(self, name: str) -> str:
        """Return the step that an inner operation belongs to."""
        return name.split("#")[0]
