"""Reading one factor: what kind it is, fractions, functions and names."""

from __future__ import annotations

from symback.language.faults import fault
from symback.language.latex import matrices, values
from symback.language.latex.atoms import Atoms
from symback.language.latex.brackets import Brackets
from symback.language.latex.calls import Calls
from symback.language.latex.derivatives import Derivatives
from symback.language.latex.reductions import Reductions
from symback.language.latex.sides import levels
from symback.language.latex.supposed import Suppositions
from symback.language.latex.symbols import Reading, Symbol
from symback.language.latex.tables import BRACKETS, FUNCTIONS, LETTERS, PRODUCTS, UNREAD
from symback.language.latex.values import Value, scalar
from symback.language.tree import Expression, Name, Slice, Subscript

_STARTS = frozenset(("\\frac", "\\sqrt", "\\sum", "\\prod", "\\partial", "\\nabla", "\\begin"))
_STARTS |= {"\\pi", "{", "\\mathbb", "\\binom"}

#: Signs behind which a sum in braces means what it does without them.
_ALONE = frozenset(("", "+", "=", "(", "[", "{", "\\{", "&", "\\\\", ",", "|", "\\|", "\\langle"))
_ALONE |= {"<", ">", "\\le", "\\ge", "\\ne", "\\lvert", "\\lVert", "}", "\\approx"}


class Factors(Atoms, Brackets, Calls, Derivatives, Reductions, Suppositions):
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
            return self.raised(self.braces() if text == "{" else self.bracket())
        special = self.special(text)
        if special is not None:
            return self.raised(special)
        if text[1:] in FUNCTIONS and text[0] == "\\" and text not in LETTERS:
            self.index += 1
            return self.raised(self.function(text[1:]))
        if not self.begins_symbol():
            what = f"the command `{text}` is not read" if text[:1] == "\\" else self.missing(text)
            code = "E220" if text[:1] == "\\" else "E221"
            raise fault(code, what, self.here, UNREAD.get(text))
        return self.named()

    def missing(self, text: str) -> str:
        """Say what is wrong where a factor should stand."""
        return f"a value is missing before `{text}`" if text else "the formula ends too early"

    def special(self, text: str) -> Value | None:
        """Read roots, matrices, derivatives and pi."""
        first = self.index
        if text == "\\sqrt":
            return self.root()
        if text == "\\binom":
            return self.binomial()
        if text == "\\begin":
            return matrices.environment(self)
        if text == "\\pi" and "pi" not in self.context.names:
            self.index += 1
            return scalar(Name("pi"), self.since(first))
        if text == "\\nabla":
            return self.nabla()
        if text == "\\bar":
            return self.mean()
        if self.differential(first):
            return self.quotient()
        return None

    def braces(self) -> Value:
        """Read a group in braces, which print nothing: a sum in them must stand alone."""
        first = self.index
        before = "factor" if self.beside else self.tokens[first - 1].text if first else ""
        self.beside = False
        inside = self.tokens[first + 1 : self.closing(first) - 1]
        deep = levels(inside)
        signs = [place for place, token in enumerate(inside)
                 if token.text in ("+", "-") and not deep[place]]  # fmt: skip
        value = self.bracket()
        joined = self.begins_factor() or self.peek in (*PRODUCTS, "_", "^", "!")
        only_sign = signs == [0] and before in PRODUCTS
        if signs and not only_sign and (joined or before not in _ALONE):
            hint = "write round brackets"
            raise fault("E223", "braces print nothing: this sum runs on", self.since(first), hint)
        return value

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
        upright = self.peek in ("\\mathrm", "\\text", "\\operatorname")
        symbol = self.symbol()
        constant = self.euler(symbol, upright)
        if constant is not None:
            return constant
        if symbol.letters[0] in self.context.bound and not symbol.pieces:
            value = scalar(Name("\\" + symbol.letters[0]), symbol.span)
            return self.superscripted(value, symbol.exponent)
        if (delta := self.kronecker(symbol)) is not None:
            return delta
        reading = self.resolved(symbol)
        if isinstance(reading, Value):
            return self.superscripted(reading, symbol.exponent)
        return self.declared(symbol, reading, first)

    def declared(self, symbol: Symbol, reading: Reading, first: int) -> Value:
        """Return the value of a declared name, or of its component."""
        ndim = self.context.ndim(reading.name)
        tree: Expression = Name(reading.name, symbol.span)
        if reading.indices:
            tree = Subscript(tree, reading.indices, symbol.span)
            taken = sum(not isinstance(index, Slice) for index in reading.indices)
            ndim = 0 if ndim is None else ndim - taken
        line = any(isinstance(index, Slice) for index in reading.indices[1:])
        value = Value(tree, ndim, symbol.span, None if line and ndim == 1 else False)
        if self.peek == "!" and not symbol.exponent:
            value = self.factorial(value, first)
        if symbol.primes:
            slope = self.primed_name(symbol, reading.name)
            value = slope or self.primed(value, symbol.primes, symbol.span)
        return self.entry(self.superscripted(value, symbol.exponent), first)
