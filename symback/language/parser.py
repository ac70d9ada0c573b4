"""Reading expressions: a Pratt parser for the arithmetic of Python and NumPy, and nothing else.

Binding, loosest first: comparisons (one at a time), `+ -`, `* / @`, unary `- +`, `**` (to the
right, its exponent may have a sign), then calls, `[...]` and `.T`.
"""

from __future__ import annotations

from symback.errors import Span
from symback.language.cursor import QUOTES, Cursor
from symback.language.faults import RESERVED, excess, fault
from symback.language.tokens import MAX_NAME, number
from symback.language.tree import (
    Binary,
    Call,
    Compare,
    Expression,
    Literal,
    Name,
    Negate,
    Number,
    Sequence,
    Slice,
    Subscript,
    Transpose,
)
from symback.language.walks import walk

MAX_NODES = 5_000

_COMPARE, _UNARY, _POWER = 10, 40, 50
#: operator: how strongly it holds what stands on its left.
_BINDING = dict.fromkeys(("<", "<=", ">", ">=", "==", "!="), _COMPARE)
_BINDING |= {"+": 20, "-": 20, "*": 30, "/": 30, "@": 30, "**": _POWER}
_LITERALS = {"None": None, "True": True, "False": False}
_WORDS = frozenset(_LITERALS) | frozenset(RESERVED)
#: Settings under the names that PyTorch has for them.
_SETTINGS = {"dim": "axis", "keepdim": "keepdims", "correction": "ddof", "kernel_size": "k"}
_DIGITS = frozenset("0123456789.")
_POSTFIX = frozenset("[.(")


def parse(text: str) -> Expression:
    """Return the syntax tree of one expression; spans are offsets into `text`.

    Limits: 10,000 characters, 5,000 nodes, nesting 100 deep, numbers of 1,000 digits.
    Raises: InputError E201 to E209 with span and hint; LimitError E491 to E494.
    """
    parser = _Parser(text)
    tree = parser.expression(0)
    if parser.tokens[parser.index]:
        parser.unexpected()
    # Every node has a token of its own, so that few tokens need no count.
    if len(parser.tokens) > MAX_NODES and sum(1 for _ in walk(tree)) > MAX_NODES:
        message = f"the expression has more than {MAX_NODES} nodes"
        raise excess("E493", message, Span(0, len(text)), "split it into named steps")
    return tree


class _Parser(Cursor):
    """One method a rule of the grammar."""

    def expression(self, least: int) -> Expression:
        """Read operands joined by operators that bind at least as strongly as `least`."""
        first = self.index
        tokens = self.tokens
        left = self.operand()
        while True:
            op = tokens[self.index]
            binding = _BINDING.get(op, -1)
            if binding < least or binding < 0:
                return left
            self.index += 1
            if binding == _POWER:
                self.deeper()
                right = self.expression(_UNARY)
                self.depth -= 1
            else:
                right = self.expression(binding + 1)
            if binding != _COMPARE:
                left = Binary(op, left, right, self.span(first))
                continue
            left = Compare(op, left, right, self.span(first))
            if _BINDING.get(tokens[self.index]) == _COMPARE:
                hint = "write `(a < b)*(b < c)`"
                raise fault("E204", "comparisons are not chained", self.here(), hint)

    def operand(self) -> Expression:
        """Read one operand with the calls, subscripts and `.T` behind it."""
        first = self.index
        token = self.tokens[first]
        letter = token[:1]
        if letter.isalpha() or letter == "_":
            node = self.name(token)
        elif letter in _DIGITS and token != "." and token != "...":
            self.index += 1
            start = self.starts[first]
            node = Number(number(token, start), token, Span(start, start + len(token)))
        elif token in ("-", "+"):
            return self.sign(token)
        elif token == "(":
            node = self.group()
        elif token == "[":
            node = Sequence(self.items("]"), "[", self.span(first))
        else:
            self.no_operand(token)
        links = self.depth
        while self.tokens[self.index] in _POSTFIX:
            links += 1
            self.bound(links)
            node = self.postfix(node, first)
        return node

    def sign(self, token: str) -> Expression:
        """Read a signed operand; a plus sign leaves no trace."""
        first = self.index
        self.index += 1
        self.deeper()
        inner = self.expression(_UNARY)
        self.depth -= 1
        return Negate(inner, self.span(first)) if token == "-" else inner

    def name(self, token: str) -> Expression:
        """Read a name, a call or one of the words None, True, False."""
        first = self.index
        self.index += 1
        span = self.span(first)
        if token in _WORDS:
            self.refuse_word_or_sign(token, span)
            return Literal(_LITERALS[token], span)
        if len(token) > MAX_NAME or token[:2] == "__":
            rule = f"has at most {MAX_NAME} characters and does not begin with `__`"
            raise fault("E205", f"a name {rule}", span, "choose another name")
        if self.tokens[self.index] == "(":
            return self.call(token)
        return Name(token, span)

    def call(self, function: str) -> Call:
        """Read the arguments behind a name: positional ones first, then `key=value`."""
        first = self.index - 1
        self.calls += 1
        self.enter()
        arguments: list[Expression] = []
        keywords: dict[str, Expression] = {}
        while self.tokens[self.index] != ")":
            key, keyed = self.tokens[self.index], self.tokens[self.index + 1 : self.index + 2]
            if keyed == ["="] and key.isidentifier():
                key = _SETTINGS.get(key, key)
                if key in keywords:
                    raise fault("E208", f"the argument `{key}` is given twice", self.here())
                self.index += 2
                keywords[key] = self.argument()
            elif keywords:
                message = f"an argument without a name follows `{next(reversed(keywords))}=`"
                raise fault("E208", message, self.here(), "put named arguments last")
            else:
                arguments.append(self.argument())
            self.separator(")")
        self.leave()
        self.calls -= 1
        return Call(function, tuple(arguments), tuple(keywords.items()), self.span(first))

    def argument(self) -> Expression:
        """Read one argument of a call, which alone may be a quoted text."""
        token = self.tokens[self.index]
        if len(token) > 1 and token[0] in QUOTES:
            self.index += 1
            return Literal(token[1:-1], self.span(self.index - 1))
        if token in ("*", "**"):
            message = f"`{token}` does not unpack arguments"
            raise fault("E203", message, self.here(), "write the arguments out")
        return self.expression(0)

    def group(self) -> Expression:
        """Read `(a)`, or inside a call also a tuple of settings `(a, b)`."""
        first = self.index
        self.enter()
        found: list[Expression] = []
        comma = False
        while self.tokens[self.index] != ")":
            found.append(self.expression(0))
            comma = self.separator(")")
        self.leave()
        if len(found) == 1 and not comma:
            return found[0]
        if not self.calls:
            message = "a tuple stands only as an argument of a function"
            raise fault("E202", message, self.span(first), "a vector is written `[a, b]`")
        return Sequence(tuple(found), "(", self.span(first))

    def items(self, closing: str, slices: bool = False) -> tuple[Expression, ...]:
        """Read what stands in brackets, separated by commas; a last comma may stand."""
        self.enter()
        found: list[Expression] = []
        while self.tokens[self.index] != closing:
            found.append(self.item() if slices else self.expression(0))
            self.separator(closing)
        self.leave()
        return tuple(found)

    def item(self) -> Expression:
        """Read one subscript: an expression, a slice or `...`."""
        first = self.index
        if self.tokens[first] == "...":
            self.index += 1
            return Literal(..., self.span(first))
        parts: list[Expression | None] = []
        while True:
            empty = self.tokens[self.index] in (":", ",", "]")
            parts.append(None if empty else self.expression(0))
            if self.tokens[self.index] != ":" or len(parts) == 3:
                break
            self.index += 1
        if len(parts) == 1:
            return parts[0] or self.no_operand(self.tokens[self.index])
        start, stop, step = (*parts, None)[:3]
        return Slice(start, stop, step, self.span(first))

    def postfix(self, node: Expression, first: int) -> Expression:
        """Read one subscript or `.T`, or refuse a call of what is no name."""
        token = self.tokens[self.index]
        if token == "[":
            items = self.items("]", slices=True)
            if not items:
                raise fault("E202", "the subscript is empty", self.span(first), "write `x[:]`")
            return Subscript(node, items, self.span(first))
        if token == "(":
            hint = "write `*` for a product"
            raise fault("E202", "only a name can be called", self.here(), hint)
        self.index += 1
        attribute = self.tokens[self.index]
        if attribute != "T":
            self.no_attribute(attribute, first)
        self.index += 1
        return Transpose(node, self.span(first))
