"""The place of the parser in its tokens, and everything that can be wrong there."""

from __future__ import annotations

from typing import NoReturn

from symback.errors import Span
from symback.language.faults import ELSEWHERE, REFUSED, RESERVED, excess, fault
from symback.language.tokens import tokenize

MAX_DEPTH = 100

QUOTES = frozenset("\"'")
_CLOSING = {"(": ")", "[": "]"}
_MODULES = frozenset(("np", "numpy", "torch", "F", "jnp", "math", "sp", "sympy"))


class Cursor:
    """The tokens of one text, and the place of the next one to read."""

    def __init__(self, text: str) -> None:
        self.tokens, self.starts = tokenize(text)
        self.index = 0
        self.depth = 0
        self.calls = 0
        self.open: list[int] = []

    def span(self, first: int) -> Span:
        """From token `first` to the last token read."""
        last = self.index - 1
        return Span(self.starts[first], self.starts[last] + len(self.tokens[last]))

    def here(self) -> Span:
        """The next token, or the place behind the end."""
        start = self.starts[self.index]
        return Span(start, start + len(self.tokens[self.index]))

    def deeper(self) -> None:
        """Enter a bracket, a sign or an exponent."""
        self.depth += 1
        self.bound(self.depth)

    def bound(self, depth: int) -> None:
        """Raise E492 beyond the nesting that those who walk the tree can bear."""
        if depth > MAX_DEPTH:
            message = f"the expression is nested more than {MAX_DEPTH} deep"
            raise excess("E492", message, self.here(), "split it into named steps")

    def unexpected(self) -> NoReturn:
        """Raise what is wrong with the next token, found where an operator could stand."""
        token, span = self.tokens[self.index], self.here()
        before = self.tokens[self.index - 1] if self.index else ""
        self.refuse_word_or_sign(token, span)
        if before == "lambda":
            raise fault("E203", "functions are not defined in expressions", span, "name the steps")
        if token == "" or (self.open and token in ")]"):
            self.unclosed(span)
        if token in (")", "]", ","):
            message = f"`{token}` stands outside brackets"
            raise fault("E209", message, span, self._list_or_decimal(token, before))
        if token[0] in QUOTES:
            self.misplaced_string(token, span)
        if before[-1:].isdigit() and token in ("j", "J"):
            message = "numbers are real: there is no imaginary unit"
            raise fault("E202", message, span, "real and imaginary parts need names of their own")
        hint = f"write `{before}*{token}` for a product" if len(before + token) < 60 else None
        if before.isdigit() and token.isdigit():
            hint = "put commas between the entries of a list"
        message = f"an operator is missing between `{_short(before)}` and `{_short(token)}`"
        raise fault("E202", message, span, hint)

    def _list_or_decimal(self, token: str, before: str) -> str:
        hint = "a list is written `[a, b]`"
        after = self.tokens[self.index + 1] if token == "," else ""
        if before.isdigit() and after.isdigit():
            return f"write the decimal `{before}.{after}`; {hint}"
        return hint

    def unclosed(self, span: Span) -> NoReturn:
        """Raise that the innermost bracket is not closed by the next token."""
        if not self.open:
            raise fault("E202", "the expression ends too early", span)
        first = self.open[-1]
        bracket = self.tokens[first]
        start = self.starts[first]
        message = f"`{bracket}` is not closed"
        raise fault("E209", message, Span(start, start + 1), f"add `{_CLOSING[bracket]}`")

    def refuse_word_or_sign(self, token: str, span: Span) -> None:
        """Raise E203 if the token belongs to another language."""
        if token in REFUSED:
            raise fault("E203", f"`{token}` is not part of expressions", span, REFUSED[token])
        if token in RESERVED:
            raise fault("E203", f"`{token}` is not part of expressions", span, RESERVED[token])

    def misplaced_string(self, token: str, span: Span) -> NoReturn:
        """Raise E207 for a quotation that is no argument, or a lone quote."""
        if len(token) == 1:
            hint = "write `.T` for a transpose, `dL_dx` for a derivative"
            raise fault("E207", f"the quote {token} is not closed", span, hint)
        message = "a quoted text stands only as an argument of a function"
        raise fault("E207", message, span, "names are written without quotes")

    def enter(self) -> None:
        """Step over an opening bracket."""
        self.deeper()
        self.open.append(self.index)
        self.index += 1

    def leave(self) -> None:
        """Step over the closing bracket."""
        self.open.pop()
        self.depth -= 1
        self.index += 1

    def separator(self, closing: str) -> bool:
        """Step over a comma, or stop before the closing bracket; tell whether it was a comma."""
        token = self.tokens[self.index]
        if token == ",":
            self.index += 1
            return True
        if token != closing:
            self.unexpected()
        return False

    def no_attribute(self, attribute: str, first: int) -> NoReturn:
        """Raise E206 for a dot that does not begin `.T`."""
        span = Span(self.starts[self.index - 1], self.here().end)
        hint = "the transpose is written `.T`"
        if self.tokens[self.index + 1 : self.index + 2] == ["("] and attribute.isidentifier():
            plain = self.index - first == 2 and self.tokens[first] not in _MODULES
            hint = f"write `{attribute}({self.tokens[first] if plain else '...'})`"
        hint = ELSEWHERE.get(attribute, hint)
        if attribute in ("csv", "npy"):
            name = f"{self.tokens[first]}.{attribute}"
            hint = f"values from a file are written `{{file: {name}}}`"
        raise fault("E206", "a value has no attribute but `.T`", span, hint)

    def no_operand(self, token: str) -> NoReturn:
        """Raise what is wrong where an operand should stand."""
        span = self.here()
        self.refuse_word_or_sign(token, span)
        if token == "" and self.index and self.tokens[self.index - 1] in _CLOSING:
            self.unclosed(span)
        if token[:1] in QUOTES and token:
            self.misplaced_string(token, span)
        what = f"found `{token}`" if token else "found the end"
        lone = self.tokens[self.index - 1] if self.index else token
        hint = f"complete what stands at `{_short(lone)}`, or remove it" if lone else None
        raise fault("E202", f"an operand is missing: {what}", span, hint)


def _short(token: str) -> str:
    return token if len(token) <= 30 else token[:29] + "…"
