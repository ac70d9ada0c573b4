"""Reading a formula: sums of products of factors, each with its scripts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from symback.language.faults import fault
from symback.language.latex import values
from symback.language.latex.factors import Factors
from symback.language.latex.scripts import Range
from symback.language.latex.sums import Lowering
from symback.language.latex.symbols import Context
from symback.language.latex.tables import FUNCTIONS, PRODUCTS, RELATIONS
from symback.language.latex.tokens import tokenize
from symback.language.latex.values import Value
from symback.language.tree import Expression

_ELEMENTWISE = frozenset(row.function for row in FUNCTIONS.values() if row.elementwise)


def read_latex(
    text: str,
    names: Collection[str],
    ndim: Callable[[str], int | None] = lambda name: None,
    index_base: int = 0,
    indices: Sequence[str] = (),
    axes: int = 0,
) -> Expression:
    r"""Return the expression that a formula in LaTeX means, given the declared names.

    `ndim` tells the number of axes of a name (None: not known), which decides what a product
    means; written indices count from `index_base`. With `indices` the formula is one entry of an
    array, `\delta_i x_j` for `("i", "j")`, and the array is returned. Where no indices are given
    but an array of `axes` axes is wanted, as many letters that no sum binds are taken for them, in
    alphabetical order.
    Raises: InputError E220 to E225 with a span where the formula is not understood or could mean
    two things; LimitError E491 and E492.
    """
    context = Context(names, ndim, index_base, list(indices), room=axes if not indices else 0)
    reader = _Reader(tokenize(text), context)
    value = reader.whole()
    indices = indices or sorted(context.free)
    if context.free and len(context.free) < axes:
        raise fault("E225", f"an index is missing: {axes} are needed", value.span)
    labels = tuple("\\" + letter for letter in indices)
    if labels and value.ndim != 0:
        raise fault("E225", "the formula of an entry is not a scalar", value.span)
    return Lowering(index_base, _ELEMENTWISE, value.span).lower(value.tree, labels)


class _Reader(Factors):
    """Sums, comparisons and products; what stands in them is read by `Factors`."""

    def whole(self) -> Value:
        """Read the whole text as one value."""
        with self.within((0, self.end)):
            if self.peek in ("=", "\\approx"):
                self.index += 1
            value = self.relation()
            if self.peek == "=":
                self.refuse("an equation is not a value", "write its right side only")
        if values.constants(value.tree):
            raise fault("E224", "the size of this constant is not known", value.span)
        return value

    def read(self, part: Range) -> Value:
        """Read all tokens of `part` as one value."""
        with self.within(part):
            return self.relation()

    def relation(self, equations: bool = False) -> Value:
        """Read a sum, or a single comparison of two."""
        left = self.sum()
        op = RELATIONS.get(self.peek)
        if op is None or (op == "==" and not equations):
            return left
        self.index += 1
        value = values.compare(op, left, self.sum())
        if self.peek in RELATIONS:
            self.refuse("comparisons are not chained")
        return value

    def sum(self) -> Value:
        """Read terms joined by plus and minus."""
        value = self.signed()
        bare = self.loose and values.constants(value.tree)
        while self.peek in ("+", "-"):
            op = self.peek
            self.index += 1
            right = self.term()
            also = self.loose and values.constants(right.tree)
            if bare or also:
                value, right = values.sized(value, right), values.sized(right, value)
                bare = bare and also
            value = values.add(op, value, right)
        return value

    def signed(self) -> Value:
        """Read a term with an optional sign."""
        sign = self.peek
        if sign not in ("+", "-"):
            return self.term()
        self.index += 1
        value = self.term()
        return values.negate(value) if sign == "-" else value

    def term(self) -> Value:
        """Read products written with signs: each side is a run of neighbours, tighter bound."""
        value = self.neighbours()
        entries = False
        while self.peek in PRODUCTS:
            op = self.peek
            self.index += 1
            if op in ("/", "\\div"):
                value = self.divided(value)
                continue
            right = self.neighbours(sign=True)
            arrays = value.ndim != 0 and right.ndim != 0
            if arrays and entries and op not in ("\\odot", "\\circ"):
                span = values.join(value, right)
                raise fault("E223", "elementwise and other products follow each other", span)
            entries |= arrays and op in ("\\odot", "\\circ")
            value = self.multiplied(op, value, right)
        return value

    def multiplied(self, op: str, left: Value, right: Value) -> Value:
        """Return the product that the sign `op` says."""
        if op in ("\\odot", "\\circ"):
            return values.elementwise("*", left, right)
        if left.ndim == 0 or right.ndim == 0:
            return values.juxtapose(left, right)
        if op == "\\otimes":
            return values.tensored(left, right)
        if op == "\\cdot":
            return values.dotted(left, right)
        if op == "*" or (left.ndim == right.ndim == 1 and left.row == right.row):
            span = values.join(left, right)
            hint = "write `\\odot` for elementwise, nothing for a matrix product"
            raise fault("E223", f"`{op}` between arrays has several meanings", span, hint)
        return values.juxtapose(left, right)

    def divided(self, value: Value) -> Value:
        """Read the divisor behind a slash: one factor, so that `a/b c` is refused."""
        divisor = self.factor()
        result = values.elementwise("/", value, divisor)
        if not self.begins_factor():
            return result
        if not result.digits:
            hint = "write `\\frac{}{}`"
            self.refuse("what stands under the slash is not clear", hint)
        right = self.neighbours()
        return values.juxtapose(result, right)

    def neighbours(self, sign: bool = False) -> Value:
        """Read factors written side by side."""
        if sign and self.peek == "-":
            self.index += 1
            return values.negate(self.neighbours())
        starts = [self.peek]
        factors = [self.factor()]
        while self.begins_factor():
            starts.append(self.peek)
            factors.append(self.factor())
            self.mixed(factors[-2], factors[-1], starts)
        return values.product(factors)

    def mixed(self, left: Value, right: Value, starts: list[str]) -> None:
        """Refuse neighbours that print alike for two meanings."""
        span = values.join(left, right)
        if left.digits and right.digits:
            raise fault("E223", "two numbers stand side by side", span, "write `\\cdot` or `+`")
        if starts[-1][-1:].isdigit():
            message = "a number behind a value can be a factor or a subscript"
            raise fault("E223", message, right.span, "write `\\cdot` or `_`")
        if starts[-1] == "|" in starts[:-2] and starts[-2] != "|":
            message = "it is not clear which bars belong together"
            raise fault("E223", message, span, "write `\\cdot` between them")

    def series(self, closing: str) -> list[Value]:
        """Read values separated by commas up to a closing bracket, and step over it."""
        found = [self.relation(equations=True)]
        while self.peek == ",":
            self.index += 1
            found.append(self.relation(equations=True))
        self.take(closing)
        return found
