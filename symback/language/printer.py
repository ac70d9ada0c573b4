"""From the syntax tree back to text, with the parentheses that reading needs and few others."""

from __future__ import annotations

from symback.errors import Span
from symback.language.faults import excess
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
from symback.language.walks import fold

_COMPARE, _SUM, _PRODUCT, _NEGATE, _POWER, _NUMBER, _ATOM = 10, 20, 30, 40, 50, 55, 60

#: operator: (own precedence, least precedence on the left, on the right, as written)
_BINARY = {
    "+": (_SUM, _SUM, _SUM + 1, " + "),
    "-": (_SUM, _SUM, _SUM + 1, " - "),
    "*": (_PRODUCT, _PRODUCT, _PRODUCT + 1, "*"),
    "/": (_PRODUCT, _PRODUCT, _PRODUCT + 1, "/"),
    "@": (_PRODUCT, _PRODUCT, _PRODUCT + 1, " @ "),
    "**": (_POWER, _POWER + 1, _NEGATE, "**"),
}

#: Python refuses to write longer integers; 4,300 digits are about 14,284 bits.
_MAX_BITS = 14_000

Piece = tuple[str, int]


def write(expression: Expression) -> str:
    """Return text that parses back to an equal tree; a bare fraction is written `p/q`.

    Raises: LimitError E495 for a number of more than about 4,200 digits.
    """
    return fold(expression, _piece)[0]


def _piece(node: Expression, parts: list[Piece]) -> Piece:
    match node:
        case Name(id=text):
            return text, _ATOM
        case Number():
            return _number(node)
        case Binary(op=op):
            own, left, right, sign = _BINARY[op]
            left += _mixed(node)
            return _inside(parts[0], left) + sign + _inside(parts[1], right), own
        case Negate():
            return "-" + _inside(parts[0], _NEGATE), _NEGATE
        case Compare(op=op):
            left_text, right_text = (_inside(part, _COMPARE + 1) for part in parts)
            return f"{left_text} {op} {right_text}", _COMPARE
        case Transpose():
            return _inside(parts[0], _ATOM) + ".T", _ATOM
        case Subscript():
            items = ", ".join(text for text, _ in parts[1:])
            return f"{_inside(parts[0], _ATOM)}[{items}]", _ATOM
    return _listing(node, [text for text, _ in parts]), _ATOM


def _listing(node: Expression, texts: list[str]) -> str:
    match node:
        case Call(function=function, arguments=arguments, keywords=keywords):
            count = len(arguments)
            named = zip(keywords, texts[count:], strict=True)
            texts = texts[:count] + [f"{key}={text}" for (key, _), text in named]
            return f"{function}({', '.join(texts)})"
        case Sequence(bracket="("):
            return f"({', '.join(texts)}{',' if len(texts) == 1 else ''})"
        case Sequence():
            return f"[{', '.join(texts)}]"
        case Slice(start=start, stop=stop, step=step):
            rest = iter(texts)
            first, second, third = (
                "" if part is None else next(rest) for part in (start, stop, step)
            )
            return f"{first}:{second}" + (f":{third}" if third else "")
        case Literal(value=str(value)):
            return f"'{value}'" if '"' in value else f'"{value}"'
    if isinstance(node, Literal):
        return "..." if node.value is ... else str(node.value)
    return ""


def _mixed(node: Binary) -> bool:
    """Tell whether parentheses help the eye: `(A @ x)*y` and `(x*y) @ z`, but `2*A @ x`."""
    inner = node.left
    if not isinstance(inner, Binary) or "@" not in (node.op, inner.op) or node.op == inner.op:
        return False
    return not isinstance(inner.left, Number)


def _inside(piece: Piece, least: int) -> str:
    text, precedence = piece
    return text if precedence >= least else f"({text})"


def _number(node: Number) -> Piece:
    value = node.value
    if node.text:
        return node.text, _NEGATE if node.text.startswith("-") else _NUMBER
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > _MAX_BITS:
        raise excess("E495", "a number of more than 4,200 digits is not written", _span(node))
    if value.denominator != 1:
        return str(value), _PRODUCT
    return str(value.numerator), _NUMBER if value >= 0 else _NEGATE


def _span(node: Number) -> Span:
    return node.span or Span(0, 0)
