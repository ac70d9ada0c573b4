"""Reading functions, with their arguments in brackets or without."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from symback.language.faults import fault
from symback.language.latex import values
from symback.language.latex.grammar import Grammar, Range
from symback.language.latex.symbols import spellings
from symback.language.latex.tables import (
    BRACKETS,
    FONTS,
    FUNCTIONS,
    GREEK_SIGNS,
    INVERSES,
    LETTERS,
    LOGARITHMS,
    PAIRWISE,
    STEPS,
    Row,
)
from symback.language.latex.values import ONE, Value, scalar
from symback.language.parser import parse
from symback.language.tokens import MAX_NAME
from symback.language.tree import Binary, Call, Expression, Name, Negate, Number
from symback.language.walks import substitute

#: Signs behind an argument without brackets that it could reach across.
_LOOSE = frozenset(("/", "\\div", "\\cdot", "\\times", "*"))
#: Functions with an index below, over which they reduce.
_OVER_INDEX = frozenset(("max", "min", "mean", "var"))
#: Stands for the -1 above a function that makes it its inverse.
_INVERSE = Name("\\inverse")
_JOINING = {"dot": 2, "outer": 2, "clip": 3}


class Calls(Grammar):
    """Functions and what they are applied to."""

    def function_word(self) -> str:
        r"""Step over the name of a function, `\mathrm{ReLU}`, `\sigma` or `tr(`; return it."""
        saved = self.index
        text = self.peek
        word = ""
        if text in FONTS:
            self.index += 1
            word = self.plain(self.argument())
        elif text in LETTERS or text in GREEK_SIGNS:
            self.index += 1
            word = (LETTERS.get(text) or GREEK_SIGNS[text])[0]
        elif text.isalpha():
            self.index += text in STEPS
            word = text if text in STEPS else self.plain_word()
        grouped = self.peek == "{" and self.tokens[self.index + 1].text == "("
        called = grouped or self.peek in ("(", "'") or (text in FONTS and len(word) > 1)
        if word in FUNCTIONS and (called or self.peek == "^") and self.applied(word):
            return word
        if word in STEPS and word not in self.context.names and self.peek == "(":
            word = self.way("step")
            if word:
                return word
        self.index = saved
        return ""

    def applied(self, word: str) -> bool:
        """Tell whether a word that names a function is followed by arguments and not declared."""
        names = self.context.names
        declared = word in names or any(
            sign in names for sign, row in GREEK_SIGNS.items() if row[0] == word
        )
        if self.peek == "^" and not declared:
            saved = self.index
            self.scripts()
            called = self.peek in ("(", "\\{") or (len(word) > 2 and word != "sigma")
            self.index = saved
            return called
        short = set(spellings(f"\\{word}", names)) - {word, *LETTERS.get(f"\\{word}", ())}
        if not declared and len(short) == 1 and f"\\{word}" in LETTERS:
            message = f"`\\{word}` can be the function or `{short.pop()}`"
            self.refuse(message, "write the name in full")
        return not declared

    def plain_word(self) -> str:
        """Step over letters typed without a command; return them if they name a function."""
        word, last = "", self.index
        while last < self.end and self.tokens[last].text.isalpha():
            if word and self.tokens[last].start != self.tokens[last - 1].end:
                break
            word += self.tokens[last].text
            last += 1
            if len(word) > MAX_NAME:
                return ""
        if len(word) < 2 or all(letter in self.context.names for letter in word):
            return ""
        self.index = last
        return word

    def function(self, word: str) -> Value:
        """Read what follows the name of a function, and apply it."""
        first = self.index - 1
        self.deeper()
        row = FUNCTIONS[word]
        subscript, superscript, primes = self.scripts()
        if subscript and word in _OVER_INDEX:
            return self.reduced(word, first)
        power = self.exponent_of_function(word, superscript)
        if power is not None and power.tree == _INVERSE:
            word = next(name for name, row in INVERSES.items() if row == word)
            row, power = FUNCTIONS[word], None
        found = self.arguments(word)
        self.depth -= 1
        span = self.since(first)
        if primes:
            value = self.sloped(row, primes, found[0])
        else:
            value = self.applied_to(word, row, found, subscript)
        value = replace(value, span=span)
        return values.power(value, power, span, entries=True) if power else value

    def reduced(self, word: str, first: int) -> Value:
        """Read a maximum or minimum over an index."""
        self.index = first
        return self.reduction(word)

    def exponent_of_function(self, word: str, part: Range | None) -> Value | None:
        """Return the exponent between a function and its argument, as in `\\sin^2 x`."""
        if part is None:
            return None
        exponent = self.read(part)
        if exponent.tree == Negate(Number(Fraction(1))) and word in INVERSES.values():
            way = self.way("inverse")
            if way:
                return replace(exponent, tree=_INVERSE) if way == "arc" else exponent
        if not (isinstance(exponent.tree, Number) and exponent.tree.value > 1):
            message = "an exponent behind a function has two meanings"
            hint = "put it behind the argument"
            if exponent.tree == Negate(Number(Fraction(1))):
                hint = "write `\\arcsin(x)` for the inverse, `\\sin(x)^{-1}` for one over it"
            raise fault("E223", message, exponent.span, hint)
        return exponent

    def arguments(self, word: str) -> list[Value]:
        """Read the arguments: in brackets, or one factor behind a command such as `\\log`."""
        if self.peek in ("(", "[", "\\{"):
            opening = self.peek
            self.index += 1
            self.open.append(opening)
            found = self.series(BRACKETS[opening])
            self.open.pop()
            return found
        if not self.begins_factor():
            self.refuse("the argument of the function is missing")
        if self.peek == "{":
            return self.group(word)
        first = self.index
        value = self.factor()
        if value.digits and self.begins_factor() and not self.spaced():
            value = values.juxtapose(value, self.factor())
        if (self.begins_factor() and not self.begins_function()) or self.peek in _LOOSE:
            way = self.way("reach")
            if way == "near":
                return [value]
            if way == "far":
                self.index = first
                return [self.term()]
            hint = f"write `\\{word}(a) b` or `\\{word}(a b)`"
            self.refuse("how far the argument of the function reaches is not clear", hint)
        return [value]

    def spaced(self) -> bool:
        r"""Tell whether more than a space is before the next token, or a power of e is next."""
        here, before = self.tokens[self.index], self.tokens[self.index - 1]
        power = here.text == "e" and self.tokens[self.index + 1].text == "^"
        return here.start - before.end > 1 or power or here.text == "\\mathrm"

    def group(self, word: str) -> list[Value]:
        """Read an argument in braces; an exponent behind them could belong to either."""
        value = self.bracket()
        if self.peek in ("^", "_") and word not in ("norm", "abs"):
            hint = "put the argument into round brackets"
            self.refuse("what this script belongs to is not clear", hint)
        return [value]

    def begins_function(self) -> bool:
        """Tell whether a function or a sum comes next, which ends the argument before it."""
        text = self.peek
        return (text[:1] == "\\" and text[1:] in FUNCTIONS) or text in ("\\sum", "\\operatorname")

    def applied_to(self, word: str, row: Row, found: list[Value], subscript: Range | None) -> Value:
        """Return the value of a function at its arguments."""
        value = found[0]
        if subscript:
            return self.logarithm(word, value, subscript)
        trees = tuple(argument.tree for argument in found)
        if len(found) == 2 and word in PAIRWISE:
            axes = max(argument.ndim or 0 for argument in found)
            return Value(Call(PAIRWISE[word], trees), axes, value.span)
        if len(found) != _JOINING.get(word, 1):
            message = f"`{word}` does not have {len(found)} arguments"
            raise fault("E221", message, value.span)
        if value.ndim == 2 and word in ("exp", "log") and self.peek == "'":
            self.refuse("a prime has two meanings here")
        if word == "lg":
            return self.to_some_base(value)
        if row.function == "var":
            return self.variance(value)
        if row.form:
            tree = substitute(parse(row.form), {"x": value.tree})
            return Value(tree, value.ndim, value.span)
        ndim = {"same": value.ndim, "scalar": 0, "matrix": 2}.get(row.result)
        if row.result == "diag":
            ndim = None if value.ndim is None else {1: 2, 2: 1}.get(value.ndim)
        stance = value.row if row.elementwise else False
        return Value(Call(row.function, trees), ndim, value.span, stance)

    def variance(self, value: Value) -> Value:
        """Return the variance, a mean over all entries or over one less."""
        way = self.way("variance")
        if not way:
            message = "a variance can be a mean over n entries or over n - 1"
            raise fault("E223", message, value.span, "write `\\frac{1}{n} \\sum_i`")
        settings = (("ddof", ONE),) if way == "sample" else ()
        return scalar(Call("var", (value.tree,), settings), value.span)

    def to_some_base(self, value: Value) -> Value:
        r"""Return `\lg x`, of which people mean several bases."""
        function = {"ten": "log10", "two": "log2", "e": "log"}.get(self.way("base"))
        if function is None:
            message = "the base of `\\lg` is not the same for all"
            raise fault("E223", message, value.span, "write `\\log_{10}` or `\\ln`")
        return Value(Call(function, (value.tree,)), value.ndim, value.span, value.row)

    def logarithm(self, word: str, value: Value, subscript: Range) -> Value:
        """Return the logarithm to the base in `subscript`."""
        base = self.words(subscript)
        if word != "log":
            raise fault("E221", f"a subscript of `{word}` is not read", value.span)
        if base in LOGARITHMS:
            tree: Expression = Call(LOGARITHMS[base], (value.tree,))
        else:
            below = self.read(subscript)
            tree = Binary("/", Call("log", (value.tree,)), Call("log", (below.tree,)))
        return Value(tree, value.ndim, value.span, value.row)

    def sloped(self, row: Row, primes: int, value: Value) -> Value:
        """Return the derivative of a function of one variable at `value`."""
        if primes > 1 or not row.slope:
            message = f"the derivative of `{row.function}` written by primes is not read"
            raise fault("E220", message, value.span)
        tree = substitute(parse(row.slope), {"x": value.tree})
        return Value(tree, value.ndim, value.span, value.row)
