r"""Reading numbers: `0{,}5`, `5\%`, `2\frac{1}{2}`, `3!`, `\binom{4}{2}`."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from symback.language.faults import fault
from symback.language.latex import values
from symback.language.latex.grammar import Grammar
from symback.language.latex.tables import FONTS
from symback.language.latex.tokens import TWOFOLD
from symback.language.latex.values import ONE, Value, scalar
from symback.language.tokens import number
from symback.language.tree import Binary, Call, Expression, Number, Sequence

#: The largest number whose factorial is written out.
MAX_FACTORIAL = 20


class Numerals(Grammar):
    """Factors that are numbers."""

    def number(self) -> Value:
        """Read digits; `1_{z > 0}` and `1\\{z > 0\\}` are conditions."""
        first = self.index
        token = self.tokens[first]
        self.index += 1
        if self.peek == "_" and token.text == "1":
            return self.condition(first)
        text = token.text + self.exponent_of_ten()
        if TWOFOLD.fullmatch(token.text):
            text = self.with_comma(text)
        value = number(text, token.start)
        if self.peek == "\\%":
            self.index += 1
            value /= 100
            text = f"{Decimal(text).scaleb(-2):f}"
        return scalar(Number(value, text, token.span), self.since(first), digits=True)

    def with_comma(self, text: str) -> str:
        """Return digits with a comma before decimals, or without one in a thousand."""
        way = self.way("comma")
        if not way:
            both = text.replace("{,}", "."), text.replace("{,}", "")
            message = f"`{text}` can be {both[0]} and {both[1]}"
            raise fault(
                "E223", message, self.tokens[self.index - 1].span, "write a point or no comma"
            )
        return text.replace("{,}", "." if way == "decimals" else "")

    def exponent_of_ten(self) -> str:
        r"""Step over `e-4` behind digits, also `\mathrm{e}{-4}`; return it, empty without one."""
        texts = [token.text for token in self.tokens[self.index : self.index + 9]]
        here, before = self.tokens[self.index], self.tokens[self.index - 1]
        word = [text for text in texts if text not in FONTS and text not in ("{", "}")]
        if not word or word[0] not in ("e", "E") or here.start != before.end:
            return ""
        signs = word[1:2] if word[1:2] in (["-"], ["+"]) else []
        digits = word[1 + len(signs)] if len(word) > 1 + len(signs) else ""
        if not digits.isdecimal() or (word[0] == "E" and "E" in self.context.names):
            return ""
        if not self.way("exponent"):
            self.refuse("a number with `e` is not clear in LaTeX", "write `\\cdot 10^{-3}`")
        while self.peek != digits:
            self.index += 1
        self.index += 1
        while self.peek == "}":
            self.index += 1
        return "e" + "".join(signs) + digits

    def factorial(self, value: Value, first: int) -> Value:
        """Return `value!`, and step over the sign."""
        while self.peek == "!":
            self.index += 1
            if value.ndim != 0:
                raise fault("E224", "the factorial of an array is not read", self.since(first))
            tree = value.tree
            found: Expression = Call("gamma", (Binary("+", tree, ONE),))
            if isinstance(tree, Number) and tree.value in range(MAX_FACTORIAL + 1):
                found = Number(Fraction(_factorial(int(tree.value))))
            value = scalar(found, self.since(first), digits=value.digits)
        return value

    def binomial(self) -> Value:
        r"""Read `\binom{n}{k}`: a coefficient, or two entries of a vector."""
        first = self.index
        self.index += 1
        above, below = self.read(self.argument()), self.read(self.argument())
        span = self.since(first)
        if above.ndim != 0 or below.ndim != 0:
            raise fault("E224", "the entries of this vector are not all scalars", span)
        way = self.way("pair")
        if way == "vector":
            return Value(Sequence((above.tree, below.tree)), 1, span)
        if not way:
            hint = "write a vector with `\\begin{pmatrix}`"
            raise fault("E223", "this can be a binomial coefficient and a vector", span, hint)
        one, other = above.tree, below.tree
        if isinstance(one, Number) and isinstance(other, Number):
            return self.of_numbers(one, other, above, first)
        gammas = [Call("gamma", (Binary("+", tree, ONE),))
                  for tree in (one, other, Binary("-", one, other))]  # fmt: skip
        tree = Binary("/", gammas[0], Binary("*", gammas[1], gammas[2]))
        return scalar(tree, span)

    def of_numbers(self, above: Number, below: Number, value: Value, first: int) -> Value:
        """Return a binomial coefficient of numbers."""
        n, k = above.value, below.value
        if n.denominator != 1 or k.denominator != 1 or not 0 <= k <= n <= MAX_FACTORIAL:
            raise fault("E221", "this binomial coefficient is not read", self.since(first))
        found = _factorial(int(n)) // (_factorial(int(k)) * _factorial(int(n - k)))
        return scalar(Number(Fraction(found)), self.since(first), value.digits)

    def mixed_number(self, left: Value, right: Value) -> Value | None:
        r"""Return `2\frac{1}{2}`, None where it is a product."""
        fraction = isinstance(right.tree, Binary) and isinstance(left.tree, Number)
        way = self.way("mixed") if fraction and left.digits and right.digits else ""
        if way == "sum":
            span = values.join(left, right)
            return scalar(Binary("+", left.tree, right.tree), span, digits=True)
        if way == "product":
            return values.juxtapose(left, right)
        return None


def _factorial(n: int) -> int:
    """Return n!."""
    return n * _factorial(n - 1) if n else 1
