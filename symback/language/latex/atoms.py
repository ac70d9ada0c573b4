"""Reading numbers, conditions, constants and roots, and what scripts do to a value."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from symback.errors import Span
from symback.language.faults import fault
from symback.language.latex import values
from symback.language.latex.grammar import Range
from symback.language.latex.numerals import Numerals
from symback.language.latex.symbols import Symbol, candidates
from symback.language.latex.tables import BRACKETS, FONTS
from symback.language.latex.values import IDENTITY, ONE, ONES, ZEROS, Value, scalar
from symback.language.tree import (
    Binary,
    Call,
    Compare,
    Expression,
    Name,
    Negate,
    Number,
    Slice,
    Subscript,
)

_TRANSPOSES = frozenset(("\\top", "T", "t"))


class Atoms(Numerals):
    """Factors that are not names, functions or derivatives."""

    def condition(self, first: int) -> Value:
        """Read the condition in a subscript of 1."""
        self.index += 1
        part = self.argument()
        if self.tokens[part[0]].text in BRACKETS:
            part = (part[0] + 1, part[1] - 1)
        indices = self.compared_indices(part)
        if indices is not None:
            return scalar(indices, self.since(first))
        value = self.comparison(part)
        if not isinstance(value.tree, Compare):
            raise fault("E221", "a condition is expected under the 1", value.span)
        return Value(value.tree, value.ndim, self.since(first), value.row)

    def constant(self, symbol_first: int, kind: Name) -> Value:
        """Read ones or the identity: `\\mathbf 1`, `I_n`, or a condition behind either."""
        first = symbol_first
        self.loose = True
        if kind == ZEROS:
            nothing = Binary("*", ONES, Number(Fraction(0)))
            return Value(nothing, 1, self.since(first), None)
        if self.peek in ("[", "(", "\\{"):
            saved = self.index
            indices = self.compared_indices((saved + 1, min(saved + 4, self.end)))
            if indices is not None and self.tokens[saved + 4].text in ("]", ")", "\\}"):
                self.index = saved + 5
                return scalar(indices, self.since(first))
            value = self.bracket()
            if isinstance(value.tree, Compare):
                return value
            self.index = saved
        if self.peek != "_":
            return Value(kind, 1 if kind == ONES else 2, self.since(first))
        mark = self.index
        self.index += 1
        word = self.plain(self.argument())
        if word == "n" and kind == ONES and word not in self.context.names:
            return Value(kind, 1, self.since(first))
        if word.isdecimal() or word in self.context.names:
            size: Expression = Number(Fraction(int(word))) if word.isdecimal() else Name(word)
            function, ndim = ("ones", 1) if kind == ONES else ("eye", 2)
            return Value(Call(function, (size,)), ndim, self.since(first))
        self.index = mark
        return self.condition(first)

    def root(self) -> Value:
        """Read a square root or another."""
        first = self.index
        self.index += 1
        degree = None
        if self.peek == "[":
            self.index += 1
            self.open.append("[")
            degree = self.relation()
            self.open.pop()
            self.take("]")
        bare = self.peek not in ("(", "{")
        value = self.bracket() if self.peek == "(" else self.read(self.argument())
        if bare and self.peek in ("^", "_"):
            self.refuse("how far the root reaches is not clear", "write `\\sqrt{}`")
        if value.ndim == 2:
            raise fault("E223", "the root of a matrix is not read", value.span)
        tree: Expression = Call("sqrt", (value.tree,))
        if degree is not None and degree.tree == Number(Fraction(3)):
            tree = Call("cbrt", (value.tree,))
        elif degree is not None and degree.tree != Number(Fraction(2)):
            tree = Binary("**", value.tree, Binary("/", ONE, degree.tree))
        return Value(tree, value.ndim, self.since(first), value.row)

    def exponential(self, symbol: Symbol) -> Value:
        """Return e to the power of its exponent."""
        inner = self.read(symbol.exponent or (0, 0))
        if inner.ndim == 2:
            hint = "write `\\exp` for elementwise"
            raise fault("E223", "the exponential of a matrix has two meanings", inner.span, hint)
        return Value(Call("exp", (inner.tree,)), inner.ndim, symbol.span, inner.row)

    def euler(self, symbol: Symbol, upright: bool) -> Value | None:
        """Return a power of e or a unit vector, None for a declared name."""
        if symbol.letters != ("e",) or symbol.primes:
            return None
        if "e" in self.context.names:
            power = symbol.exponent and not self.words(symbol.exponent).isdecimal()
            if not power or symbol.pieces:
                return None
            way = self.way("euler")
            if not way:
                message = "`e` can be the name and the base of the exponential function"
                raise fault("E223", message, symbol.span, "write `\\exp(...)` for the function")
            return self.exponential(symbol) if way == "constant" else None
        unit = self.unit(symbol)
        if unit is not None:
            return self.superscripted(unit, symbol.exponent)
        if symbol.exponent:
            return self.exponential(symbol)
        if upright and not symbol.pieces:
            return scalar(Call("exp", (ONE,)), symbol.span)
        return None

    def unit(self, symbol: Symbol) -> Value | None:
        """Return a unit vector `e_k`, a row of the identity, unless that name is declared."""
        (first, *rest) = symbol.pieces or ("",)
        if rest or not isinstance(first, str) or not first.isdecimal():
            return None
        if {"e" + first, "e_" + first} & {*self.context.names}:
            return None
        self.loose = True
        index = self.context.index(first, symbol.span)
        return Value(Subscript(IDENTITY, (index,)), 1, symbol.span)

    def kronecker(self, symbol: Symbol) -> Value | None:
        r"""Return `\delta_{ij}`, an entry of the identity, unless that name is declared."""
        pieces = symbol.pieces
        if len(pieces) == 1 and isinstance(pieces[0], str):
            pieces = tuple(pieces[0])
        plain = not (symbol.exponent or symbol.primes or symbol.layers or any(symbol.endings))
        if symbol.letters[0] != "delta" or len(pieces) != 2 or not plain:
            return None
        if any(name in self.context.names for name, _ in candidates(symbol)):
            return None
        items = tuple(self.context.index(piece, symbol.span) for piece in pieces)
        return scalar(Subscript(IDENTITY, items), symbol.span)

    def constant_word(self) -> Name | None:
        """Step over a bold 1 or an identity I; return which."""
        saved, names = self.index, self.context.names
        text = self.peek
        if text == "I" and not {"I", "I_"} & set(names):
            self.index += 1
            return IDENTITY
        if text in FONTS or text == "\\vec":
            self.index += 1
            word = self.plain(self.argument())
            if word == "1":
                return ONES
            if word == "0":
                return ZEROS
            if word == "I" and (text == "\\mathbb" or "I" not in names):
                return IDENTITY
        self.index = saved
        return None

    def raised(self, value: Value) -> Value:
        """Read the scripts behind a value that is not a plain name."""
        first = self.index
        if self.peek == "!":
            value = self.factorial(value, first)
        subscript, superscript, primes = self.scripts()
        if primes:
            value = self.primed(value, primes, self.since(first))
        if subscript and self.words(subscript) == "+" and value.ndim is not None:
            value = replace(value, tree=Call("relu", (value.tree,)), span=self.since(first))
        elif subscript:
            pieces = self.pieces(subscript)
            span = values.join(value, Value(value.tree, 0, self.since(first)))
            if len(pieces) == 1 and isinstance(pieces[0], str) and value.ndim == 2:
                pieces = tuple(pieces[0])
            if value.ndim is None or len(pieces) != value.ndim:
                raise fault("E221", "these subscripts do not fit the axes", span)
            items = tuple(self.context.index(piece, span) for piece in pieces)
            taken = sum(not isinstance(item, Slice) for item in items)
            value = Value(Subscript(value.tree, items), value.ndim - taken, span)
        return self.superscripted(self.entry(value, first), superscript)

    def primed(self, value: Value, primes: int, span: Span) -> Value:
        """Return what a prime behind a value means: a transpose, where that is right."""
        if primes == 1 and value.ndim in (1, 2) and self.way("prime"):
            return values.transpose(value, span)
        hint = "write `^\\top` for a transpose"
        where = "a name" if isinstance(value.tree, Name) else "brackets"
        raise fault("E223", f"a prime behind {where} has two meanings", span, hint)

    def entry(self, value: Value, first: int) -> Value:
        """Read `[1,2]` behind a name: a component in program style."""
        texts = [token.text for token in self.tokens[self.index : self.index + 5]]
        if value.ndim not in (1, 2) or texts[0] != "[":
            return value
        inside = texts[1 : texts.index("]")] if "]" in texts else []
        digits = inside[::2]
        if len(digits) != value.ndim or not all(text.isdecimal() for text in digits):
            return value
        if inside[1::2] != [","] * (len(digits) - 1):
            return value
        self.index += len(inside) + 2
        items = tuple(Number(Fraction(int(text))) for text in digits)
        return scalar(Subscript(value.tree, items), self.since(first))

    def superscripted(self, value: Value, part: Range | None) -> Value:
        """Return `value` with an exponent, a transpose or an inverse."""
        if part is None:
            return value
        word = "".join(token.text for token in self.tokens[part[0] : part[1]]
                       if token.text not in FONTS and token.text not in "{}")  # fmt: skip
        span = values.join(value, Value(value.tree, 0, self.tokens[part[1] - 1].span))
        if word in _TRANSPOSES and self.transposes(word, value):
            return values.transpose(value, span)
        if word in ("-\\top", "-T"):
            return values.transpose(self.inverse(value), span)
        if word in ("+", "\\dagger") and value.ndim == 2:
            return Value(Call("pinv", (value.tree,)), 2, span)
        entries = word.startswith(("\\circ", "\\odot"))
        exponent = self.read((part[0] + entries, part[1]))
        whole = isinstance(exponent.tree, Number) and exponent.tree.value > 1
        if value.ndim == 2 and whole and not entries:
            entries = self.way("power") == "entries"
        raised = values.power(value, exponent, span, entries)
        digits = value.digits and exponent.digits
        return Value(raised.tree, raised.ndim, span, raised.row, digits)

    def transposes(self, word: str, value: Value) -> bool:
        """Tell whether a `T` above means the transpose; it may also be a declared name."""
        if word == "t":
            return word not in self.context.names and value.ndim in (1, 2)
        if word != "T" or "T" not in self.context.names or self.context.ndim("T"):
            return True
        if value.ndim == 0:
            return False
        raise fault(
            "E223", "`T` above can be a transpose or the name", value.span, "write `^\\top`"
        )

    def inverse(self, value: Value) -> Value:
        """Return the inverse of a matrix."""
        if value.ndim != 2:
            raise fault("E224", f"{value.shown()} has no inverse", value.span)
        return values.power(value, scalar(Negate(ONE), value.span), value.span)
