"""What a scalar stands for: the core schema of YAML 1.2, with exact numbers."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TypeAlias

from symback.language.tokens import MAX_DIGITS, MAX_EXPONENT, exact
from symback.language.tree import Number
from symback.problem.nodes import Scalar

_DECIMAL = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_BASED = re.compile(r"0o[0-7]{1,300}|0x[0-9a-fA-F]{1,250}")
_WORDS: dict[str, bool | None] = dict.fromkeys(("", "~", "null", "Null", "NULL"))
_WORDS |= dict.fromkeys(("true", "True", "TRUE"), True)
_WORDS |= dict.fromkeys(("false", "False", "FALSE"), False)
NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
#: Numbers to Python and YAML 1.1, text to YAML 1.2: `1_000`.
GROUPED = re.compile(r"[-+]?[0-9][0-9_]*_[0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?")

TOO_LONG = (
    f"a number has at most {MAX_DIGITS} significant digits and an exponent of at most"
    f" {MAX_EXPONENT}"
)

Meaning: TypeAlias = bool | Number | str | None


def meaning(scalar: Scalar) -> Meaning:
    """Return what a scalar stands for: None, True, False, an exact number, or its text.

    Quoted and block scalars are text; so is a number beyond the limits (see `is_decimal`).
    """
    if scalar.style != "plain":
        return scalar.text
    text = scalar.text
    if text in _WORDS:
        return _WORDS[text]
    if _DECIMAL.fullmatch(text):
        return decimal(text) or text
    if _BASED.fullmatch(text):
        return Number(Fraction(int(text, 0)), text)
    return text


def is_decimal(text: str) -> bool:
    """Whether `text` is a decimal number, of whatever length."""
    return _DECIMAL.fullmatch(text) is not None


def decimal(text: str) -> Number | None:
    """Return the exact value of a signed decimal text; None if it is beyond the limits."""
    value = exact(text.lstrip("+-"))
    if value is None:
        return None
    return Number(-value if text[0] == "-" else value, text.lstrip("+"))
