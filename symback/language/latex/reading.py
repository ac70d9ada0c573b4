"""From the text of an answer to what it means: its left side, and formulas said to be equal."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from symback.errors import InputError
from symback.language.faults import fault
from symback.language.latex.alternatives import Attempt, Taken, meant
from symback.language.latex.definitions import segments
from symback.language.latex.layout import plain
from symback.language.latex.ranks import ELEMENTWISE
from symback.language.latex.reader import Reader
from symback.language.latex.sides import Side, enclosed, part, sides, unwrapped
from symback.language.latex.signs import Token
from symback.language.latex.sums import Lowering
from symback.language.latex.symbols import Context, Symbol, candidates
from symback.language.latex.tokens import tokenize
from symback.language.latex.wanted import Wanted
from symback.language.printer import write
from symback.language.tree import Expression, Subscript
from symback.language.walks import names as names_in
from symback.language.walks import substitute


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
    tokens = unwrapped(plain(tokenize(text)))
    context = Context(names, ndim, index_base)
    if not wanted.names:
        return _Answer(tokens, context, wanted).meaning()
    formula, *behind = segments(tokens)
    answer = _Answer(formula, context, wanted)
    for definition in reversed(behind):
        answer.define(definition)
    return answer.meaning()


class _Answer:
    """An answer as tokens, and what it is to be."""

    def __init__(self, tokens: list[Token], context: Context, wanted: Wanted) -> None:
        self.tokens = tokens
        self.wanted = wanted
        lengths = {length for shape in wanted.lengths.values() for length in shape}
        sizes = (*wanted.dims, *map(str, sorted(lengths)))
        self.context = replace(context, sizes=sizes)
        self.indices = list(wanted.indices)
        self.defined: dict[str, Expression] = {}

    def define(self, tokens: list[Token]) -> None:
        """Read `\\delta = y - t` behind the formula: what a name in it means."""
        left, *right = sides(tokens)
        symbol = self.unknown(part(tokens, left))
        if symbol is None or len(right) != 1:
            hint = "write one formula"
            raise fault("E221", "what stands behind the comma is not read", tokens[0].span, hint)
        reader = self.reader(part(tokens, right[0]), self.indices, {})
        value = reader.whole()
        lowering = Lowering(self.context.index_base, ELEMENTWISE, value.span, self.wanted.lengths)
        name, ndim = next(candidates(symbol))[0], self.context.ndim
        self.defined[name] = substitute(lowering.lower(value.tree), self.defined)
        self.context = replace(
            self.context,
            names={*self.context.names, name},
            ndim=lambda other: value.ndim if other == name else ndim(other),
        )

    def meaning(self) -> Expression:
        """Return what the answer means."""
        whole = 0, len(self.tokens) - 1
        found = sides(self.tokens) if self.wanted.names else [whole]
        letters = self.left(found[0], len(found)) if len(found) > 1 else None
        if letters is not None:
            self.indices += letters
            found = found[1:]
        return self.side(found[0]) if len(found) == 1 else self.chain(found)

    # ---- one formula -------------------------------------------------------------------------

    def side(self, side: Side) -> Expression:
        """Return what one formula means."""
        tokens, indices = part(self.tokens, side), self.indices[:]
        if self.wanted.names and not indices:
            tokens, indices = enclosed(tokens, self.wanted.axes)

        def read(taken: Taken) -> Attempt:
            reader = self.reader(tokens, indices, taken)
            try:
                return self.lowered(reader, indices), reader.asked
            except InputError as error:
                return error, reader.asked

        return meant(read, self.wanted.fits, self.wanted.right)

    def reader(self, tokens: list[Token], indices: list[str], taken: Taken) -> Reader:
        """Return a reader of tokens that begins anew."""
        room = 0 if indices else self.wanted.axes
        context = replace(self.context, bound=indices[:], free=[], room=room)
        reader = Reader(tokens, context)
        reader.taken = taken
        return reader

    def lowered(self, reader: Reader, indices: list[str]) -> Expression:
        """Return the array that a formula means, of which some index letters may be said."""
        context, wanted = reader.context, self.wanted
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
        return substitute(lowering.lower(value.tree, labels), self.defined)

    # ---- left sides --------------------------------------------------------------------------

    def left(self, side: Side, count: int) -> list[str] | None:
        """Return the index letters of a left side that says what is wanted, None for a formula.

        A name that the problem does not have may stand for what is wanted.
        """
        tokens = part(self.tokens, side)
        own = self.own_name(tokens)
        if own is not None:
            return own
        known = {*self.context.names, *self.wanted.names}
        context = replace(self.context, names=known, free=[], bound=[], room=self.wanted.axes)
        try:
            value = Reader(tokens, context).whole()
        except InputError:
            if count > 2:
                return None
            raise
        tree, letters = value.tree, list(context.free)
        if letters and isinstance(tree, Subscript):
            tree = tree.value
        shown = write(Lowering(context.index_base, ELEMENTWISE, value.span).lower(tree))
        if shown not in self.wanted.names:
            return None
        if letters and len(letters) < self.wanted.axes:
            raise self.other(side)
        return letters

    def own_name(self, tokens: list[Token]) -> list[str] | None:
        """Return the index letters of a name that the problem does not have, None for others."""
        symbol = self.unknown(tokens)
        if symbol is None:
            return None
        words = "".join(str(piece) for piece in symbol.pieces[symbol.layers :])
        letters = [letter for letter in words if letter.isalpha()]
        return letters if letters and len(letters) == self.wanted.axes else []

    def unknown(self, tokens: list[Token]) -> Symbol | None:
        """Return the symbol that tokens are, None for a name of the problem and for formulas."""
        reader = self.reader(tokens, [], {})
        if not reader.begins_symbol():
            return None
        try:
            symbol = reader.symbol()
        except InputError:
            return None
        known = {*self.context.names, *self.wanted.names}
        declared = any(name in known for name, _ in candidates(symbol))
        bare = not (reader.peek or symbol.exponent or symbol.primes or declared)
        return symbol if bare else None

    def other(self, side: Side) -> InputError:
        """Return the error for a left side that is something else than what is wanted."""
        first, last = (self.tokens[place] for place in (side[0], side[1] - 1))
        message = f"the left side is not `{min(self.wanted.names)}`"
        span = replace(first.span, end=last.end)
        return fault("E221", message, span, "write its right side only")

    # ---- several formulas --------------------------------------------------------------------

    def chain(self, found: Sequence[Side]) -> Expression:
        """Return the last of several formulas that are said to be equal, and are.

        A number behind formulas is their value; formulas between that are not read say nothing.
        """
        agree = self.wanted.agree
        if agree is None and len(found) == len(sides(self.tokens)):
            raise self.other(found[0])
        if agree is None:
            span = self.tokens[found[0][1]].span
            raise fault("E221", "an equation is not a value", span, "write its right side only")
        read: dict[Side, Expression] = {}
        for side in found:
            try:
                read[side] = self.side(side)
            except InputError:
                if side == found[-1]:
                    raise
        formulas = [side for side, tree in read.items() if names_in(tree)]
        last = formulas[-1] if formulas else found[-1]
        for side, tree in read.items():
            if not agree(tree, read[last]):
                raise self.other(side) if side == found[0] else self.differing(read, side, last)
        return read[last]

    def differing(self, read: Mapping[Side, Expression], one: Side, other: Side) -> InputError:
        """Return the error for two sides of an equation that are not equal."""
        first, last = (self.tokens[place] for place in (one[0], one[1] - 1))
        message = f"`{write(read[one])}` is not equal to `{write(read[other])}`"
        span = replace(first.span, end=last.end)
        return fault("E223", message, span, "write the one that is meant")
