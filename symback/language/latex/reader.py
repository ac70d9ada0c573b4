"""Reading a formula: sums of products of factors, each with its scripts."""

from __future__ import annotations

from dataclasses import replace

from symback.language.faults import fault
from symback.language.latex import values
from symback.language.latex.alternatives import MAX_READINGS
from symback.language.latex.deltas import sized_deltas
from symback.language.latex.factors import Factors
from symback.language.latex.ranks import entrywise_runs
from symback.language.latex.scripts import Range
from symback.language.latex.tables import PRODUCTS, RELATIONS
from symback.language.latex.unsized import length, multiplied, replaced, sized
from symback.language.latex.values import Value
from symback.language.tree import Call, Expression
from symback.language.walks import names, substitute, walk

#: Signs behind which a number is no subscript.
_CLOSED = frozenset((")", "}", "]"))
#: As long may formulas be in which constants without a size are tried in several.
MAX_NODES = 300


class Reader(Factors):
    """Sums, comparisons and products; what stands in them is read by `Factors`."""

    def whole(self, size: Expression | None = None) -> Value:
        """Read the whole text as one value; `size` is that of an identity without a partner."""
        with self.within((0, self.end)):
            if self.peek in ("=", "\\approx"):
                self.index += 1
            value = self.relation()
            if self.peek == "=":
                self.refuse("an equation is not a value", "write its right side only")
        value = replace(value, tree=sized_deltas(value.tree))
        if size is not None and value.ndim == 2:
            square = {values.IDENTITY.id: Call("eye", (size,))}
            value = replace(value, tree=substitute(value.tree, square))
        if values.constants(value.tree):
            value = self.with_some_size(value)
        return value

    def with_some_size(self, value: Value) -> Value:
        """Return a value with ones of the lengths that axes have, where one of these can be."""
        nodes = [*walk(value.tree)]
        places = [*range(sum(node == values.ONES for node in nodes))]
        others = values.SIZELESS - {values.ONES.id}
        sizes = self.context.sizes
        few = sizes and len(nodes) <= MAX_NODES and len(sizes) ** len(places) <= MAX_READINGS // 2
        if few and others.isdisjoint(names(value.tree)):
            found = [self.way(f"size {place}", sizes) for place in places]
            if all(found):
                ones = (Call("ones", (length(size),)) for size in found)
                return replace(value, tree=replaced(value.tree, values.ONES, ones))
        raise fault("E224", "the size of this constant is not known", value.span)

    def read(self, part: Range) -> Value:
        """Read all tokens of `part` as one value."""
        with self.within(part):
            return self.relation()

    def comparison(self, part: Range) -> Value:
        """Read a range as a condition, in which an equals sign compares."""
        with self.within(part):
            return self.relation(equations=True)

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
                value, right = sized(value, right), sized(right, value)
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
            entrywise = ("\\odot", "\\circ", "*") if value.ndim == 1 else ("\\odot", "\\circ")
            if arrays and entries and op not in entrywise:
                span = values.join(value, right)
                raise fault("E223", "elementwise and other products follow each other", span)
            entries |= arrays and op in entrywise
            value = self.multiplied(op, value, right)
        return value

    def multiplied(self, op: str, left: Value, right: Value) -> Value:
        """Return the product that the sign `op` says."""
        if op in ("\\odot", "\\circ"):
            return _entrywise(left, right)
        if left.ndim == 0 or right.ndim == 0:
            return values.juxtapose(left, right)
        if op == "\\otimes":
            return values.tensored(left, right)
        if op == "\\cdot":
            return values.dotted(left, right)
        if op == "*" and (left.ndim, left.row) == (right.ndim, right.row) == (1, left.row):
            return values.elementwise("*", left, right)
        if (op == "*" and left.ndim == right.ndim) or (
            left.ndim == right.ndim == 1 and left.row == right.row
        ):
            way = self.way("product") if op == "*" else ""
            if way == "entries":
                return values.elementwise("*", left, right)
            if way == "matrix":
                return values.juxtapose(left, right)
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
        self.beside = False
        starts = [self.peek]
        factors = [self.factor()]
        while self.begins_factor():
            starts.append(self.peek)
            closed = self.tokens[self.index - 1].text in _CLOSED
            self.beside = True
            factors.append(self.factor())
            self.beside = False
            mixed = self.mixed_number(factors[-2], factors[-1])
            if mixed is not None:
                factors[-2:] = [mixed]
            else:
                self.mixed(factors[-2], factors[-1], starts, closed)
        return values.product(entrywise_runs(factors, self.context.ndim), self.joined)

    def mixed(self, left: Value, right: Value, starts: list[str], closed: bool) -> None:
        """Refuse neighbours that print alike for two meanings; the left one may be `closed`."""
        span = values.join(left, right)
        if left.digits and right.digits:
            raise fault("E223", "two numbers stand side by side", span, "write `\\cdot` or `+`")
        factor = closed and (not right.digits or self.begins_symbol())
        if starts[-1][-1:].isdigit() and not factor:
            message = "a number behind a value can be a factor or a subscript"
            raise fault("E223", message, right.span, "write `\\cdot` or `_`")
        if starts[-1] == "|" in starts[:-2] and starts[-2] != "|":
            message = "it is not clear which bars belong together"
            raise fault("E223", message, span, "write `\\cdot` between them")

    def joined(self, left: Value, right: Value) -> Value:
        """Return the product of two arrays, one of which may have no size, or lack a transpose."""
        found = multiplied(left, right)
        columns = left.ndim == 1 and left.row is False and right.ndim in (1, 2) and not right.row
        way = self.way("transpose") if not found and columns else ""
        if way == "entries" and right.ndim == 1:
            return values.elementwise("*", left, right)
        if way:
            left = replace(left, row=way == "left" or right.ndim == 2)
            right = replace(right, row=right.ndim == 1 and way == "right")
        return found or values.juxtapose(left, right)

    def series(self, closing: str) -> list[Value]:
        """Read values separated by commas up to a closing bracket, and step over it."""
        found = [self.relation(equations=True)]
        mark = self.peek
        while mark in (",", ";") and self.peek == mark:
            self.index += 1
            found.append(self.relation(equations=True))
        self.take(closing)
        return found


def _entrywise(left: Value, right: Value) -> Value:
    """Return `left \\odot right`; beside a column, of `u v^\\top` only column u can be meant."""
    match right.tree:
        case Call("outer", (column, row), ()) if left.ndim == 1 and not left.row:
            first = values.elementwise("*", left, Value(column, 1, right.span))
            return Value(Call("outer", (first.tree, row)), 2, first.span)
    return values.elementwise("*", left, right)
