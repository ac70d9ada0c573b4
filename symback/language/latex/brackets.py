"""Reading brackets: groups, lists, inner products, norms, absolute values."""

from __future__ import annotations

from dataclasses import replace

from symback.errors import Span
from symback.language.faults import fault
from symback.language.latex import values
from symback.language.latex.grammar import Grammar
from symback.language.latex.sides import bracket_end, indices_below
from symback.language.latex.sums import ARRAY
from symback.language.latex.tables import BRACKETS
from symback.language.latex.values import Value, scalar
from symback.language.tree import Binary, Call, Name, Sequence


class Brackets(Grammar):
    """What stands between two signs that open and close."""

    def bracket(self) -> Value:
        """Read a bracket: a group, a list of entries, an absolute value, a norm."""
        first = self.index
        opening = self.peek
        letters = self.letters_below() if opening in ("[", "(") else []
        if letters:
            return self.by_entry(letters)
        self.deeper()
        self.index += 1
        self.open.append(opening)
        found = self.series(BRACKETS.get(opening, "}"))
        self.open.pop()
        self.depth -= 1
        opening = {"\\lvert": "|", "\\lVert": "\\|"}.get(opening, opening)
        if opening in ("\\langle", "|", "\\|", "\\lfloor", "\\lceil"):
            return self.measured(opening, found, first)
        if len(found) == 1:
            return replace(found[0], span=self.since(first), digits=False)
        if opening in ("\\{", "{"):
            raise fault("E221", "a set is not a value", self.since(first), "write `(a, b)`")
        return self.listed(found, first)

    def letters_below(self) -> list[str]:
        r"""Return the letters under a bracket around an entry, `[a_i b_j]_{ij}`, else none."""
        tokens = self.tokens[self.index : self.end]
        stop = bracket_end(tokens)
        letters = indices_below(tokens[stop + 1 :])[0] if stop else []
        known = (*self.context.bound, *self.context.free)
        inside = {token.text for token in tokens[1:stop]}
        return letters if {*letters} <= inside and inside.isdisjoint(known) else []

    def by_entry(self, letters: list[str]) -> Value:
        """Read an array that is given by its entry."""
        first = self.index
        stop = first + bracket_end(self.tokens[first : self.end])
        self.context.bound.extend(letters)
        value = self.read((first + 1, stop))
        del self.context.bound[-len(letters) :]
        self.index = stop + 1 + indices_below(self.tokens[stop + 1 : self.end])[1]
        if value.ndim != 0:
            raise fault("E225", "the formula of an entry is not a scalar", value.span)
        keywords = tuple(("index", Name("\\" + letter)) for letter in letters)
        return Value(Call(ARRAY, (value.tree,), keywords), len(letters), self.since(first))

    def listed(self, found: list[Value], first: int) -> Value:
        """Return a list of scalars as a vector, a list of lists as a matrix."""
        span = self.since(first)
        ndims = {value.ndim for value in found}
        lists = all(isinstance(value.tree, Sequence) for value in found)
        if ndims != {0} and not (ndims == {1} and lists):
            raise fault("E224", "the entries of this list are not all scalars", span)
        tree = Sequence(tuple(value.tree for value in found))
        return Value(tree, 1 + max(ndim or 0 for ndim in ndims), span, None)

    def measured(self, opening: str, found: list[Value], first: int) -> Value:
        """Return an inner product, a norm, an absolute value or a rounding."""
        span = self.since(first)
        if opening == "\\langle":
            return self.inner(found, first)
        if len(found) != 1:
            raise fault("E221", "one value is expected in these bars", span)
        value = found[0]
        if opening == "\\|":
            return self.norm(value, span)
        if value.ndim == 2 and opening == "|":
            return scalar(Call("det", (value.tree,)), span)
        way = self.way("bars") if opening == "|" and value.ndim == 1 else ""
        if way == "norm":
            return scalar(Call("norm", (value.tree,)), span)
        if value.ndim != 0 and not way:
            hint = "write `\\|x\\|` for a norm, `\\operatorname{abs}(x)` for entries without signs"
            raise fault("E223", f"bars around {value.shown()} have several meanings", span, hint)
        if way == "entries":
            return Value(Call("abs", (value.tree,)), 1, span, value.row)
        function = {"|": "abs", "\\lfloor": "floor", "\\lceil": "ceil"}[opening]
        return scalar(Call(function, (value.tree,)), span)

    def norm(self, value: Value, span: Span) -> Value:
        """Return a norm, with what stands below and above its bars."""
        subscript, superscript, _ = self.scripts()
        kind = self.words(subscript) if subscript else ""
        if kind == "2" and value.ndim == 2:
            kind = self.second_norm(span)
        return self.superscripted(values.norm(value, kind, span), superscript)

    def inner(self, found: list[Value], first: int) -> Value:
        """Return an inner product of two vectors or matrices, or a vector by its entries."""
        span = self.since(first)
        axes = [value.ndim for value in found]
        if axes == [2, 2]:
            return self.frobenius(found, span)
        if set(axes) == {0} and len(axes) > 1:
            return self.listed(found, first)
        if axes != [1, 1]:
            raise fault("E224", "an inner product has two vectors", span)
        return scalar(Call("dot", (found[0].tree, found[1].tree)), span)

    def second_norm(self, span: Span) -> str:
        """Return which norm of a matrix a 2 below means, as the subscript that says so."""
        way = self.way("norm")
        if not way:
            hint = "write `\\|A\\|_F` for the root of the sum of squares"
            raise fault("E223", "the 2-norm of a matrix has two meanings", span, hint)
        return "F" if way == "entries" else "2"

    def frobenius(self, found: list[Value], span: Span) -> Value:
        """Return the inner product of two matrices, with an `F` under the brackets or without."""
        subscript, superscript, _ = self.scripts()
        if subscript and self.words(subscript) != "F":
            raise fault("E221", "this inner product is not read", span)
        product = Binary("*", found[0].tree, found[1].tree)
        return self.superscripted(scalar(Call("sum", (product,)), span), superscript)
