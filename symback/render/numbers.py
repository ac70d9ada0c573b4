"""Numbers in sentences: signs as people write them, powers of ten, brackets where needed."""

from __future__ import annotations

from typing import Any

from symback.numeric import Digits, format_number
from symback.numeric.value import Value

#: Significant digits of numbers that are not short exact decimals.
DIGITS = 4
_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def digits_of(value: Value, place: tuple[int, ...] = (), digits: int | None = None) -> Digits:
    """Return the digits of one entry of a value."""
    count = DIGITS if digits is None else digits
    entry: Any = value.entries[place]
    return format_number(entry, count, bool(value.proved[place]))


def number_text(found: Digits) -> str:
    """Return a number in Unicode: `−0.5`, `1.234×10⁻⁹`, `undefined`."""
    if not found.digits:
        return "undefined"
    sign = "−" if found.negative else ""
    if found.scientific:
        return f"{sign}{found.mantissa}×10{str(found.exponent).translate(_SUPERSCRIPTS)}"
    return sign + found.plain


def number_latex(found: Digits) -> str:
    r"""Return a number in LaTeX: `-0.5`, `1.234\cdot 10^{-9}`, `\text{undefined}`."""
    if not found.digits:
        return r"\text{undefined}"
    sign = "-" if found.negative else ""
    if found.scientific:
        return rf"{sign}{found.mantissa}\cdot 10^{{{found.exponent}}}"
    return sign + found.plain


def factor(text: str) -> str:
    """Return a number as a factor of a product, negative ones in brackets."""
    return f"({text})" if text.startswith(("−", "-")) else text


def is_proved(value: Value) -> bool:
    """Tell whether every digit of a value is known to be right."""
    return bool(value.proved.all())


def entry_of(value: Value, place: tuple[int, ...]) -> Value:
    """Return one entry of a value as a scalar; `place` counts from 0, or back from -1."""
    at = tuple(range(length)[k] for k, length in zip(place, value.shape, strict=True))
    one = tuple(slice(k, k + 1) for k in at)
    return Value(value.name, value.entries[one].reshape(()), value.proved[one].reshape(()))
