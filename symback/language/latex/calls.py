"""Reading brackets, and functions with their arguments in brackets or without."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from symback.errors import Span
from symback.language.faults import fault
from symback.language.latex import values
from symback.language.latex.grammar import Grammar, Range
from symback.language.latex.symbols import spellings
from symback.language.latex.tables import (
    BRACKETS,
    FONTS,
    FUNCTIONS,
    GREEK_SIGNS,
    LETTERS,
    LOGARITHMS,
    PAIRWISE,
    Row,
)
from symback.language.latex.values import Value, scalar
from symback.language.parser import parse
from symback.language.tokens import MAX_NAME
from symback.language.tree import Binary, Call, Expression, Negate, Number, Sequence
from symback.language.walks import substitute

#: Signs behind an argument without brackets that it could reach across.
_LOOSE = frozenset(("/", "\\div", "\\cdot", "\\times", "*"))
_JOINING = {"dot": 2, "outer": 2}


class Calls(Grammar):
    """Brackets and functions."""

    # ---- brackets ----------------------------------------------------------------------------

    def bracket(self) -> Value:
        """Read a bracket: a group, a list of entries, an absolute value, a norm."""
        first = self.index
        opening = self.peek
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
            axes = [value.ndim for value in found]
            if axes == [2, 2]:
                return self.frobenius(found, span)
            if axes != [1, 1]:
                raise fault("E224", "an inner product has two vectors", span)
            return scalar(Call("dot", (found[0].tree, found[1].tree)), span)
        if len(found) != 1:
            raise fault("E221", "one value is expected in these bars", span)
        value = found[0]
        if opening == "\\|":
            subscript, superscript, _ = self.scripts()
            kind = self.words(subscript) if subscript else ""
            return self.superscripted(values.norm(value, kind, span), superscript)
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

    def frobenius(self, found: list[Value], span: Span) -> Value:
        """Return the inner product of two matrices, with an `F` under the brackets or without."""
        subscript, superscript, _ = self.scripts()
        if subscript and self.words(subscript) != "F":
            raise fault("E221", "this inner product is not read", span)
        product = Binary("*", found[0].tree, found[1].tree)
        return self.superscripted(scalar(Call("sum", (product,)), span), superscript)

    # ---- functions ---------------------------------------------------------------------------

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
            word = self.plain_word()
        grouped = self.peek == "{" and self.tokens[self.index + 1].text == "("
        called = grouped or self.peek in ("(", "'") or (text in FONTS and len(word) > 1)
        if word in FUNCTIONS and (called or self.peek == "^") and self.applied(word):
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
            called = self.peek in ("(", "\\{")
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
        if subscript and word in ("max", "min"):
            return self.reduced(word, first)
        power = self.exponent_of_function(superscript)
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

    def exponent_of_function(self, part: Range | None) -> Value | None:
        """Return the exponent between a function and its argument, as in `\\sin^2 x`."""
        if part is None:
            return None
        exponent = self.read(part)
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
        if value.digits and self.begins_factor():
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
        ndim = {"same": value.ndim, "scalar": 0, "matrix": 2}.get(row.result)
        if row.result == "diag":
            ndim = None if value.ndim is None else {1: 2, 2: 1}.get(value.ndim)
        stance = value.row if row.elementwise else False
        return Value(Call(row.function, trees), ndim, value.span, stance)

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
