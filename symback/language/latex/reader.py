"""Reading a formula: sums of products of factors, each with its scripts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from symback.errors import InputError
from symback.language.faults import fault
from symback.language.latex import values
from symback.language.latex.alternatives import Taken, only_fitting
from symback.language.latex.deltas import sized_deltas
from symback.language.latex.factors import Factors
from symback.language.latex.matrices import unwrapped
from symback.language.latex.ranks import ELEMENTWISE, entrywise_runs
from symback.language.latex.scripts import Range
from symback.language.latex.signs import Token
from symback.language.latex.sums import Lowering
from symback.language.latex.symbols import Context
from symback.language.latex.tables import PRODUCTS, RELATIONS
from symback.language.latex.tokens import tokenize
from symback.language.latex.unsized import multiplied, sized
from symback.language.latex.values import Value
from symback.language.latex.wanted import Wanted
from symback.language.printer import write
from symback.language.tree import Call, Expression, Subscript
from symback.language.walks import substitute

_OPENING = frozenset(("{", "(", "[", "\\begin"))
_CLOSING = frozenset(("}", ")", "]", "\\end"))


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
    return read_wanted(text, names, ndim, index_base, Wanted(indices, axes))


def read_wanted(
    text: str,
    names: Collection[str],
    ndim: Callable[[str], int | None],
    index_base: int,
    wanted: Wanted,
) -> Expression:
    """Return what `read_latex` does, for what is wanted."""
    tokens = unwrapped(tokenize(text))
    mark = _equals(tokens) if wanted.names else None
    indices = list(wanted.indices)
    if mark is not None:
        indices += _left_side(tokens[:mark], names, ndim, index_base, wanted)
    readers: list[_Reader] = []

    def read(taken: Taken) -> Expression:
        room = 0 if indices else wanted.axes
        readers.append(_Reader(tokens, Context(names, ndim, index_base, indices[:], room=room)))
        readers[-1].taken, readers[-1].first = taken, mark or 0
        return _meaning(readers[-1], wanted, indices)

    try:
        return read({})
    except InputError:
        fits = wanted.fits if readers[0].ambiguous else None
        only = only_fitting(read, fits, wanted.right) if fits else None
        if only is None:
            raise
        return only


def _meaning(reader: _Reader, wanted: Wanted, indices: list[str]) -> Expression:
    """Return the array that a formula means, of which some index letters may be said."""
    context = reader.context
    value = reader.whole(wanted.size)
    if wanted.strict and context.free != sorted(context.free):
        hint = "begin with what it is: `\\frac{\\partial L}{\\partial W_{ij}} =`"
        raise fault("E225", "which index comes first is not said", value.span, hint)
    letters = indices or sorted(context.free)
    if context.free and len(context.free) < wanted.axes:
        raise fault("E225", f"an index is missing: {wanted.axes} are needed", value.span)
    labels = tuple("\\" + letter for letter in letters)
    if labels and value.ndim != 0:
        raise fault("E225", "the formula of an entry is not a scalar", value.span)
    lowering = Lowering(context.index_base, ELEMENTWISE, value.span, wanted.lengths)
    return lowering.lower(value.tree, labels)


def _equals(tokens: list[Token]) -> int | None:
    """Return the place of the only equals sign outside brackets that has something before it."""
    level, found = 0, []
    for place, token in enumerate(tokens):
        level += token.text in _OPENING
        level -= token.text in _CLOSING
        if token.text == "=" and not level:
            found.append(place)
    return found[0] if len(found) == 1 and found[0] else None


def _left_side(
    tokens: list[Token],
    names: Collection[str],
    ndim: Callable[[str], int | None],
    index_base: int,
    wanted: Wanted,
) -> list[str]:
    """Return the index letters of a left side, which must be what is wanted."""
    if tokens[-1].text == ":":
        tokens = tokens[:-1]
    ending = Token("", tokens[-1].end, tokens[-1].end)
    context = Context({*names, *wanted.names}, ndim, index_base, room=wanted.axes)
    value = _Reader([*tokens, ending], context).whole()
    tree, letters = value.tree, list(context.free)
    if letters and isinstance(tree, Subscript):
        tree = tree.value
    shown = write(Lowering(index_base, ELEMENTWISE, value.span).lower(tree))
    if shown not in wanted.names or (letters and len(letters) < wanted.axes):
        hint = "write its right side only"
        raise fault("E221", f"the left side is not `{min(wanted.names)}`", value.span, hint)
    return letters


class _Reader(Factors):
    """Sums, comparisons and products; what stands in them is read by `Factors`."""

    first = 0

    def whole(self, size: Expression | None = None) -> Value:
        """Read the whole text as one value; `size` is that of an identity without a partner."""
        with self.within((self.first, self.end)):
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
            return values.elementwise("*", left, right)
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
        starts = [self.peek]
        factors = [self.factor()]
        while self.begins_factor():
            starts.append(self.peek)
            factors.append(self.factor())
            self.mixed(factors[-2], factors[-1], starts)
        return values.product(entrywise_runs(factors, self.context.ndim), self.joined)

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
