"""Reading one factor: what kind it is, fractions, functions and names."""

from __future__ import annotations

from symback.language.faults import fault
from symback.language.latex import matrices, values
from symback.language.latex.atoms import Atoms
from symback.language.latex.calls import Calls
from symback.language.latex.derivatives import Derivatives
from symback.language.latex.reductions import Reductions
from symback.language.latex.symbols import resolve
from symback.language.latex.tables import BRACKETS, FUNCTIONS, LETTERS
from symback.language.latex.values import Value, scalar
from symback.language.tree import Expression, Name, Slice, Subscript

_STARTS = frozenset(("\\frac", "\\sqrt", "\\sum", "\\prod", "\\partial", "\\nabla", "\\begin"))
_STARTS |= {"\\pi", "{", "\\mathbb"}


class Factors(Atoms, Calls, Derivatives, Reductions):
    """One method a kind of factor."""

    # ---- what comes next ---------------------------------------------------------------------

    def begins_factor(self) -> bool:
        """Tell whether the next token can begin a factor."""
        text = self.peek
        if text in ("|", "\\|"):
            return self.open[-1] != text
        if text in _STARTS or text in BRACKETS or text[-1:].isdigit():
            return True
        return self.begins_symbol() or text[1:] in FUNCTIONS

    def factor(self) -> Value:
        """Read an atom with its subscripts, exponents and transposes."""
        text = self.peek
        if text == "\\frac":
            return self.raised(self.fraction())
        if text[-1:].isdigit():
            return self.raised(self.number())
        if text in ("\\sum", "\\prod"):
            return self.reduction(text[1:])
        if self.grouped_letter():
            return self.named()
        if text in BRACKETS or text == "{":
            return self.raised(self.bracket())
        special = self.special(text)
        if special is not None:
            return self.raised(special)
        if text[1:] in FUNCTIONS and text[0] == "\\" and text not in LETTERS:
            self.index += 1
            return self.raised(self.function(text[1:]))
        if not self.begins_symbol():
            what = f"the command `{text}` is not read" if text[:1] == "\\" else self.missing(text)
            raise fault("E220" if text[:1] == "\\" else "E221", what, self.here)
        return self.named()

    def missing(self, text: str) -> str:
        """Say what is wrong where a factor should stand."""
        return f"a value is missing before `{text}`" if text else "the formula ends too early"

    def special(self, text: str) -> Value | None:
        """Read roots, matrices, derivatives and pi."""
        first = self.index
        if text == "\\sqrt":
            return self.root()
        if text == "\\begin":
            return matrices.environment(self)
        if text == "\\pi" and "pi" not in self.context.names:
            self.index += 1
            return scalar(Name("pi"), self.since(first))
        if text == "\\nabla":
            return self.nabla()
        if self.differential(first):
            return self.quotient()
        return None

    # ---- atoms -------------------------------------------------------------------------------

    def fraction(self) -> Value:
        """Read a fraction or a derivative."""
        first = self.index
        self.index += 1
        over, under = self.argument(), self.argument()
        if self.differential(over[0]) and self.differential(under[0]):
            return self.derivative(over, under, first)
        if self.words(over)[:1] == self.words(under)[:1] == "d":
            message = "`d` is a declared name, so that this may be a quotient or a derivative"
            raise fault("E223", message, self.since(first), "write `\\partial`")
        value = values.elementwise("/", self.read(over), self.read(under))
        return Value(value.tree, value.ndim, self.since(first), value.row, value.digits)

    # ---- names -------------------------------------------------------------------------------

    def named(self) -> Value:
        """Read a declared name, a function, or one of the constants e, I and 1."""
        first = self.index
        word = self.function_word()
        if word:
            return self.raised(self.function(word))
        kind = self.constant_word()
        if kind:
            return self.raised(self.constant(first, kind))
        symbol = self.symbol()
        if symbol.letters == ("e",) and "e" not in self.context.names:
            unit = self.unit(symbol)
            if unit is not None:
                return self.superscripted(unit, symbol.exponent)
            if symbol.exponent:
                return self.exponential(symbol)
        if symbol.letters[0] in self.context.bound and not symbol.pieces:
            value = scalar(Name("\\" + symbol.letters[0]), symbol.span)
            return self.superscripted(value, symbol.exponent)
        if (delta := self.kronecker(symbol)) is not None:
            return delta
        reading = resolve(symbol, self.context)
        if symbol.primes:
            hint = "write `^\\top` for a transpose"
            raise fault("E223", "a prime behind a name has two meanings", symbol.span, hint)
        ndim = self.context.ndim(reading.name)
        tree: Expression = Name(reading.name, symbol.span)
        if reading.indices:
            tree = Subscript(tree, reading.indices, symbol.span)
            taken = sum(not isinstance(index, Slice) for index in reading.indices)
            ndim = 0 if ndim is None else ndim - taken
        value = self.superscripted(Value(tree, ndim, symbol.span), symbol.exponent)
        return self.entry(value, first)
