"""Expressions: text to syntax tree and back; knows neither shapes nor functions."""

from symback.language.parser import parse
from symback.language.printer import write
from symback.language.walks import (
    fold,
    is_sum,
    names,
    operands,
    rebuild,
    replaced,
    size,
    substitute,
    walk,
)

__all__ = [
    "fold",
    "is_sum",
    "names",
    "operands",
    "parse",
    "rebuild",
    "replaced",
    "size",
    "substitute",
    "walk",
    "write",
]
