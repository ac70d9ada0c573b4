"""Reading derivatives: as fractions of differentials, on one line, or by nabla."""

from __future__ import annotations

from dataclasses import replace

from symback.language.faults import fault
from symback.language.latex.grammar import Grammar, Range
from symback.language.latex.symbols import Symbol, derivative, resolve
from symback.language.latex.tables import FONTS
from symback.language.latex.values import Value, scalar
from symback.language.tokens import MAX_NAME
from symback.language.tree import Expression, Name, Subscript

MAX_ORDER = 3


class Derivatives(Grammar):
    """They are read as names, `dL_dz2`, not carried out."""

    def differential(self, index: int) -> int:
        """Return how many tokens at `index` are a differential sign: ∂, d or an upright d."""
        texts = [token.text for token in self.tokens[index : index + 4]]
        if texts[0] == "\\partial":
            return 1
        if texts[0] in FONTS and "".join(texts[1:4]) == "{d}":
            return 4
        if texts[0] != "d" or "d" in self.context.names:
            return 0
        behind = self.tokens[index + 1]
        return int(not self.spells(index) and behind.text[:1] not in ("", "_", "/", "+", "-", ")"))

    def spells(self, first: int) -> bool:
        """Tell whether the letters from a token on, without a space, begin with a declared name."""
        word = ""
        for place in range(first, min(self.end, first + MAX_NAME)):
            if place > first and self.tokens[place].start != self.tokens[place - 1].end:
                break
            word += self.tokens[place].text
            if word in self.context.names:
                return True
        return False

    def varied(self, part: Range) -> tuple[Symbol | None, int]:
        """Read `\\partial L` or `\\partial^2 L` in `part`: the symbol and the order."""
        first, last = part
        index = first + self.differential(first)
        order = 1
        if index < last and self.tokens[index].text == "^":
            with self.within((index + 1, last)):
                word = self.words(self.argument())
                index, self.index = self.index, self.end
            order = int(word) if word.isdecimal() and len(word) == 1 else 0
        if index == last:
            return None, order
        with self.within((index, last)):
            symbol = self.component() if self.peek == "[" else self.symbol()
        return symbol, order

    def component(self) -> Symbol:
        """Read `[F_1]_3`, a component of a name with a subscript."""
        self.index += 1
        whole = self.symbol()
        self.take("]")
        self.take("_")
        pieces = (*whole.pieces, *self.pieces(self.argument()))
        return replace(whole, pieces=pieces, layers=len(whole.pieces))

    def derivative(self, over: Range, under: Range, first: int) -> Value:
        """Return the derivative named by the parts of a fraction."""
        of, order = self.varied(over)
        variables: list[Symbol] = []
        start = under[0]
        marks, place = [], start
        while place < under[1]:
            length = self.differential(place)
            marks += [place] if length else []
            place += length or 1
        for mark, stop in zip(marks, [*marks[1:], under[1]], strict=True):
            symbol, _ = self.varied((mark, stop))
            times = self.power_of(symbol)
            variables += [symbol] * times if symbol else []
        if order > MAX_ORDER or of is None or start not in marks or len(variables) != order:
            hint = "write `\\frac{\\partial L}{\\partial x}`"
            raise fault("E221", "this derivative is not read", self.since(first), hint)
        return self.differentiated(of, tuple(variables), first)

    def power_of(self, symbol: Symbol | None) -> int:
        """Return the exponent of a variable under a higher derivative."""
        if symbol is None or symbol.exponent is None:
            return 1
        word = self.words(symbol.exponent)
        return int(word) if word.isdecimal() and len(word) == 1 else 0

    def quotient(self) -> Value:
        """Read `\\partial L / \\partial W` written on one line."""
        first = self.index
        self.index += self.differential(first)
        if self.peek == "_":
            return self.with_subscript(first)
        of = self.symbol()
        if self.peek != "/" or not self.differential(self.index + 1):
            hint = "write `\\frac{\\partial L}{\\partial x}`"
            raise fault("E221", "this derivative is not read", self.since(first), hint)
        self.index += 1
        self.index += self.differential(self.index)
        by = self.symbol()
        if of.exponent or of.primes:
            raise fault("E221", "this derivative is not read", self.since(first))
        value = self.differentiated(of, (by,), first)
        return self.superscripted(value, by.exponent)

    def nabla(self) -> Value:
        """Read `\\nabla_W L`."""
        first = self.index
        self.index += 1
        return self.with_subscript(first) if self.peek == "_" else self.of_one_variable(first)

    def with_subscript(self, first: int) -> Value:
        """Read `_W L` behind a nabla or a differential sign."""
        self.index += 1
        with self.within(self.argument()):
            by = self.symbol()
        return self.differentiated(self.symbol(), (by,), first)

    def of_one_variable(self, first: int) -> Value:
        """Read `\\nabla f` or `\\nabla^2 f` where there is one such derivative of `f`."""
        _, superscript, _ = self.scripts()
        order = self.words(superscript) if superscript else ""
        of = resolve(self.symbol(), self.context).name if self.begins_symbol() else ""
        start = f"d{order}{of}_d"
        found = [name for name in self.context.names if of and name.startswith(start)]
        if len(found) != 1:
            self.index = first + 1
            self.refuse("the variable of the gradient is not said", "write `\\nabla_{W} L`")
        by = [name.removeprefix("d") for name in found[0][len(start) - 1 :].split("_")]
        axes = [self.context.ndim(name) for name in (of, *by)]
        ndim = None if None in axes else sum(one or 0 for one in axes)
        return Value(Name(found[0]), ndim, self.since(first))

    def differentiated(self, of: Symbol, by: tuple[Symbol, ...], first: int) -> Value:
        """Return the named derivative or its component."""
        span = self.since(first)
        reading = derivative(of, by, self.context, span)
        ndim = self.context.ndim(reading.name)
        if ndim is None:
            axes = [self.context.ndim(resolve(part, self.context).name) for part in (of, *by)]
            ndim = None if None in axes else sum(axis or 0 for axis in axes)
        tree: Expression = Name(reading.name, span)
        if reading.indices:
            return scalar(Subscript(tree, reading.indices, span), span)
        return Value(tree, ndim, span)
