"""Powers of constants, bounded before anybody computes them."""

from __future__ import annotations

from fractions import Fraction

from symback.errors import Diagnostic, LimitError
from symback.language import fold, walk
from symback.language.tree import Binary, Expression, Negate, Number

#: Exact numbers have at most so many bits: some 300,000 decimal digits.
MAX_BITS = 1_000_000
#: Beyond it a power of anything but a constant is a slip, and a trap for exact arithmetic.
MAX_EXPONENT = 1_000_000


def bound_powers(tree: Expression) -> None:
    """Raise LimitError E402, with a span, for a constant power too large to be computed."""
    if any(isinstance(node, Binary) and node.op == "**" for node in walk(tree)):
        fold(tree, _constant)


def _constant(node: Expression, parts: list[Fraction | None]) -> Fraction | None:
    """Return the value of a constant node, None for any other."""
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Negate) and parts[0] is not None:
        return -parts[0]
    if not isinstance(node, Binary):
        return None
    left, right = parts
    if node.op == "**":
        return _power(node, left, right)
    if left is None or right is None:
        return None
    _bound(node, _bits(left) + _bits(right))
    match node.op:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/" if right:
            return left / right
    return None


def _power(node: Binary, base: Fraction | None, exponent: Fraction | None) -> Fraction | None:
    if exponent is None:
        return None
    if base is None:
        if abs(exponent) > MAX_EXPONENT:
            raise _too_large(node, f"exponents go up to {MAX_EXPONENT:,}")
        return None
    _bound(node, max(_bits(base) - 1, base not in (-1, 0, 1)) * abs(exponent))
    if exponent.denominator != 1 or (base == 0 and exponent < 0):
        return None
    if base in (-1, 0, 1):
        return Fraction(1) if exponent % 2 == 0 and (base or not exponent) else base
    return base ** int(exponent)


def _bits(value: Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def _bound(node: Binary, bits: Fraction | int) -> None:
    if bits > MAX_BITS:
        raise _too_large(node, f"this constant has more than {MAX_BITS:,} bits")


def _too_large(node: Binary, message: str) -> LimitError:
    hint = "use a smaller exponent, or work with the logarithm"
    return LimitError(Diagnostic("E402", message, hint, node.span))
