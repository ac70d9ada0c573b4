"""Where faults are: those of shapes and of functions' rules get the place of the call."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache

from symback.errors import Diagnostic, InputError, Span, SymbackError
from symback.functions.forms.entries import ShapeFault, UnknownLength
from symback.language import fold, parse, rebuild
from symback.language.faults import fault
from symback.language.tree import Expression

#: What to do about a dimension that has no size.
SIZES = "write numbers in `shape`, or give values whose sizes tell the dimensions"


class located:
    """Give a shape fault raised inside, and one without a place, its place in the text."""

    __slots__ = ("span",)

    def __init__(self, span: Span | None) -> None:
        self.span = span

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, ShapeFault):
            unknown = isinstance(error, UnknownLength)
            hint = error.hint or (SIZES if unknown else None)
            code = "E311" if unknown else "E301"
            raise fault(code, str(error), self.span, hint) from error
        if isinstance(error, SymbackError) and not all(one.span for one in error.diagnostics):
            placed = (
                one if one.span else replace(one, span=self.span) for one in error.diagnostics
            )
            raise type(error)(placed) from error


@contextmanager
def differentiating(name: str) -> Iterator[None]:
    """Name the function whose derivative is formed in a shape fault raised inside."""
    try:
        with located(None):
            yield
    except InputError as error:
        raise InputError(_in_derivative(name, one) for one in error.diagnostics) from error


def _in_derivative(name: str, one: Diagnostic) -> Diagnostic:
    if one.code not in ("E301", "E302", "E311") or "derivative" in one.message:
        return one
    return replace(one, message=f"in the derivative of `{name}`: {one.message}")


@lru_cache(maxsize=1024)
def parsed_rule(text: str) -> Expression:
    """Read a rule or definition of a function; its nodes have no place in the user's text."""
    return fold(parse(text), lambda node, parts: replace(rebuild(node, parts), span=None))
