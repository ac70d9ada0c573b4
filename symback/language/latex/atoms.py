"""Reading numbers, conditions, constants and roots, and what scripts do to a value."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from symback.language.faults import fault
from symback.language.latex import values
from symback.language.latex.grammar import Grammar, Range
from symback.language.latex.symbols import Symbol, candidates
from symback.language.latex.tables import BRACKETS, FONTS
from symback.language.latex.values import IDENTITY, ONE, ONES, Value, scalar
from symback.language.tokens import number
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

_TRANSPOSES = frozenset(("\\top", "T"))


class Atoms(Grammar):
    """Factors that are not names, functions or derivatives."""

    def number(self) -> Value:
        """Read digits; `1_{z > 0}` and `1\\{z > 0\\}` are conditions."""
        token = self.tokens[self.index]
        self.index += 1
        after = self.tokens[self.index]
        if self.peek == "e" and after.start == token.end:
            behind = self.tokens[self.index + 1].text
            if behind[:1].isdigit() or behind in ("+", "-"):
                self.refuse("a number with `e` is not clear in LaTeX", "write `\\cdot 10^{-3}`")
        if self.peek == "_" and token.text == "1":
            return self.condition(self.index - 1)
        text = token.text
        value = number(text, token.start)
        if self.peek == "\\%":
            self.index += 1
            value /= 100
            text = f"{Decimal(text).scaleb(-2):f}"
        return scalar(Number(value, text, token.span), token.span, digits=True)

    def condition(self, first: int) -> Value:
        """Read the condition in a subscript of 1."""
        self.index += 1
        part = self.argument()
        if self.tokens[part[0]].text in BRACKETS:
            part = (part[0] + 1, part[1] - 1)
        with self.within(part):
            value = self.relation(equations=True)
        if not isinstance(value.tree, Compare):
            raise fault("E221", "a condition is expected under the 1", value.span)
        return Value(value.tree, value.ndim, self.since(first), value.row)

    def constant(self, symbol_first: int, kind: Name) -> Value:
        """Read ones or the identity: `\\mathbf 1`, `I_n`, or a condition behind either."""
        first = symbol_first
        self.loose = True
        if self.peek in ("[", "(", "\\{"):
            saved = self.index
            value = self.bracket()
            if isinstance(value.tree, Compare):
                return value
            self.index = saved
        if self.peek != "_":
            return Value(kind, 1 if kind == ONES else 2, self.since(first))
        mark = self.index
        self.index += 1
        word = self.plain(self.argument())
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
        if text in FONTS:
            self.index += 1
            word = self.plain(self.argument())
            if word == "1" or (word == "I" and text == "\\mathbb"):
                return ONES
            if word == "I" and "I" not in names:
                return IDENTITY
        self.index = saved
        return None

    def raised(self, value: Value) -> Value:
        """Read the scripts behind a value that is not a plain name."""
        first = self.index
        subscript, superscript, primes = self.scripts()
        if primes:
            hint = "write `^\\top` for a transpose"
            raise fault("E223", "a prime has two meanings here", self.since(first), hint)
        if subscript:
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
        word = self.words((part[0] + (self.tokens[part[0]].text in FONTS), part[1]))
        span = values.join(value, Value(value.tree, 0, self.tokens[part[1] - 1].span))
        if word in _TRANSPOSES and self.transposes(word, value):
            return values.transpose(value, span)
        if word in ("-\\top", "-T"):
            return values.transpose(self.inverse(value), span)
        if word in ("+", "\\dagger") and value.ndim == 2:
            return Value(Call("pinv", (value.tree,)), 2, span)
        entries = word.startswith(("\\circ", "\\odot"))
        exponent = self.read((part[0] + entries, part[1]))
        raised = values.power(value, exponent, span, entries)
        digits = value.digits and exponent.digits
        return Value(raised.tree, raised.ndim, span, raised.row, digits)

    def transposes(self, word: str, value: Value) -> bool:
        """Tell whether a `T` above means the transpose; it may also be a declared name."""
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
