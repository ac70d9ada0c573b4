r"""Names that the problem does not have, and what people mean by them: `\bar x`, `x_i`, `n`, `f'`.

Most are believed only where they make an answer right; else the name is said to be unknown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from symback.errors import InputError
from symback.language.latex.grammar import Grammar
from symback.language.latex.symbols import Reading, Symbol, resolve
from symback.language.latex.tables import ACCENTS
from symback.language.latex.unsized import length
from symback.language.latex.values import Value, scalar
from symback.language.tree import Call, Expression, Name, Slice, Subscript

#: Letters that people use for the length of an axis.
_LENGTHS = frozenset("nNmMdDKk")
#: Signs in a group that is more than a name.
_FORMULA = frozenset(("^", "\\odot", "\\cdot", "\\circ", "+", "-", "(", "*", "\\frac"))


class Suppositions(Grammar):
    """What a symbol may mean that is not declared."""

    def resolved(self, symbol: Symbol) -> Reading | Value:
        """Return the declared name that a symbol means, or what it is supposed to mean.

        Raises: InputError E222 for an unknown name, E223 if two declared names fit alike.
        """
        try:
            return resolve(symbol, self.context)
        except InputError:
            found = self.derivative_of(symbol) or self.entry_of(symbol) or self.supposed(symbol)
            if found is None:
                raise
            return found

    def supposed(self, symbol: Symbol) -> Value | None:
        """Return what an unknown symbol means where that makes the answer right."""
        letter, bare = symbol.letters[0], symbol.endings == ("",)
        if bare and letter in _LENGTHS and not symbol.pieces and not symbol.primes:
            size = self.way(f"length {letter}", self.context.sizes) if self.context.sizes else ""
            return scalar(length(size), symbol.span) if size else None
        if symbol.endings == ACCENTS["\\bar"] and not symbol.primes:
            return self.mean_of(symbol)
        if bare and len(symbol.pieces) == 1 and not symbol.layers:
            return self.row_of(symbol)
        return None

    def entry_of(self, symbol: Symbol) -> Value | None:
        """Return `a_{ij}`, an entry of a matrix A; if there is an `a` too, where that is right."""
        letter, names = symbol.letters[0], self.context.names
        if symbol.primes or not letter.islower() or self.context.ndim(letter) == 2:
            return None
        try:
            entry = resolve(replace(symbol, letters=(letter.upper(),)), self.context)
        except InputError:
            return None
        taken = [index for index in entry.indices if not isinstance(index, Slice)]
        if len(taken) != 2 or (letter in names and not self.way("capital")):
            return None
        return scalar(Subscript(Name(entry.name), entry.indices), symbol.span)

    def row_of(self, symbol: Symbol) -> Value | None:
        """Return `x_i`, a row or a column of a matrix X."""
        upper, (piece,) = symbol.letters[0].upper(), symbol.pieces
        context = self.context
        if upper == symbol.letters[0] or upper not in context.names or context.ndim(upper) != 2:
            return None
        if not isinstance(piece, str) or not (piece in context.bound or piece.isdecimal()):
            return None
        way = self.way("row")
        index = context.index(piece, symbol.span)
        items = (index,) if way == "row" else (Slice(), index)
        return Value(Subscript(Name(upper), items), 1, symbol.span) if way else None

    def mean_of(self, symbol: Symbol) -> Value | None:
        r"""Return `\bar x`, the mean of a vector, or the gradient with respect to `x`."""
        plain = replace(symbol, endings=("",))
        try:
            name = resolve(plain, self.context).name
        except InputError:
            return None
        axes = self.context.ndim(name)
        gradients = [*derivatives(self.context.names, by=name)]
        ways = ("mean",) * (axes == 1) + ("gradient",) * (len(gradients) == 1)
        way = self.way("mean", ways) if ways else ""
        if way == "mean":
            return scalar(Call("mean", (Name(name),)), symbol.span)
        return Value(Name(gradients[0][0]), axes, symbol.span) if way else None

    def mean(self) -> Value | None:
        r"""Read `\overline{x \odot y}`, the mean of a vector; None for an accent over a name."""
        first = self.index
        self.index += 1
        part = self.argument()
        texts = {token.text for token in self.tokens[part[0] : part[1]]}
        value = None if texts.isdisjoint(_FORMULA) else self.read(part)
        if value is None or value.ndim != 1:
            self.index = first
            return None
        if not self.way("mean", ("mean",)):
            self.index = first
            self.refuse("what this bar means is not clear", "write `\\frac{1}{n} \\sum_i`")
        return scalar(Call("mean", (value.tree,)), self.since(first))

    # ---- derivatives -------------------------------------------------------------------------

    def derivative_of(self, symbol: Symbol) -> Value | None:
        """Return `u_x`, the derivative of a declared name by another."""
        if symbol.primes or symbol.endings != ("",) or len(symbol.pieces) != 1 or symbol.layers:
            return None
        (by,) = symbol.pieces
        for of in symbol.letters:
            name = f"d{of}_d{by}"
            second = f"d2{of}_d{str(by)[:1]}_d{str(by)[1:]}"
            for known in (name, second):
                if known in self.context.names and self.context.ndim(of) == 0:
                    return self.by_name(known, of, (str(by),) if known == name else tuple(str(by)))
        return None

    def primed_name(self, symbol: Symbol, name: str) -> Value | None:
        """Return `f'`, the only derivative of a scalar, and step over its variable in brackets."""
        texts = [token.text for token in self.tokens[self.index : self.index + 3]]
        said = texts[1] if texts[::2] == ["(", ")"] else None
        found = [(known, by) for known, _, by in derivatives(self.context.names, of=name)
                 if said in (None, by)]  # fmt: skip
        if symbol.primes != 1 or self.context.ndim(name) != 0 or len(found) != 1:
            return None
        ((known, by),) = found
        self.index += 3 if said else 0
        return self.by_name(known, name, (by,))

    def by_name(self, known: str, of: str, by: tuple[str, ...]) -> Value:
        """Return a derivative that has a name."""
        axes = self.context.ndim(known)
        if axes is None:
            inner = [self.context.ndim(name) for name in (of, *by)]
            axes = None if None in inner else sum(one or 0 for one in inner)
        tree: Expression = Name(known)
        return Value(tree, axes, self.since(self.index - 1))


def derivatives(
    names: Collection[str], of: str | None = None, by: str | None = None
) -> Iterator[tuple[str, str, str]]:
    """Yield the names of first derivatives of a name, or by a name, with both of these."""
    tail = f"_d{by}" if by else ""
    for name in names:
        if of is not None and name.startswith(f"d{of}_d"):
            yield name, of, name[len(f"d{of}_d") :]
        elif by is not None and name.startswith("d") and name.endswith(tail):
            yield name, name[1 : -len(tail)], by
