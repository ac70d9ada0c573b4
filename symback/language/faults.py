"""Building the errors of this package, and the hints for what other notations write."""

from __future__ import annotations

import unicodedata

from symback.errors import Diagnostic, InputError, LimitError, Span


def fault(code: str, message: str, span: Span | None, hint: str | None = None) -> InputError:
    """Return an error with one diagnostic, at `span` if its place is known."""
    return InputError(Diagnostic(code, message, hint, span))


def excess(code: str, message: str, span: Span, hint: str | None = None) -> LimitError:
    """Return the error for an expression beyond one of the limits, at `span`."""
    return LimitError(Diagnostic(code, message, hint, span))


#: ASCII tokens that other languages have and expressions do not: what to write instead.
REFUSED: dict[str, str] = {
    "^": "write `**` for a power",
    "%": "write `mod(a, b)`",
    "//": "write `floor(a/b)`",
    "=": "write `==` to compare; definitions stand in `define`",
    ":=": "names are defined in `define`",
    "->": "`->` stands only inside the quoted labels of `einsum`",
    "=>": "write `>=`",
    "=<": "write `<=`",
    "<>": "write `!=`",
    "!": "write `gamma(n + 1)` for a factorial, `!=` for unequal",
    "|": "write `abs(x)` for |x|, `norm(x)` for its length",
    "&": "conditions are 0 or 1: combine them by `*`",
    "~": "conditions are 0 or 1: write `1 - c`",
    "<<": "write `x*2**n`",
    ">>": "write `x/2**n`",
    "++": "write one `+`",
    "{": "write parentheses `(...)`",
    "}": "write parentheses `(...)`",
    "\\": "LaTeX is read in answers only, between `$...$`",
    "$": "LaTeX is read in answers only, between `$...$`",
    ";": "write one expression",
    ":": "a slice stands inside `[...]`",
    "?": "write `where(condition, a, b)`",
    "#": "comments belong to the file, not into an expression",
    "`": "names are written without quotes",
    "...": "write the `:` of every axis",
}

#: Words of Python that are not names here.
RESERVED: dict[str, str] = {
    "and": "conditions are 0 or 1: combine them by `*`",
    "or": "conditions are 0 or 1: write `maximum(a, b)`",
    "not": "conditions are 0 or 1: write `1 - c`",
    "if": "write `where(condition, a, b)`",
    "else": "write `where(condition, a, b)`",
    "for": "write a list out, or use `sum` and `einsum`",
    "in": "write out the comparisons",
    "is": "write `==`",
}

_SYMBOLS: dict[str, str] = {
    "−": "write `-`",
    "–": "write `-`",
    "—": "write `-`",
    "×": "write `*`",
    "·": "write `*`",
    "⋅": "write `*`",
    "∗": "write `*`",
    "⊙": "write `*`, which is elementwise",
    "∘": "write `*`, which is elementwise",
    "⊗": "write `outer(a, b)` or `kron(A, B)`",
    "÷": "write `/`",
    "√": "write `sqrt(x)`",
    "ᵀ": "write `.T`",
    "⊤": "write `.T`",
    "⁻": "write `**-1`, or `inv(A)` for a matrix",
    "½": "write `1/2`",
    "≤": "write `<=`",
    "≥": "write `>=`",
    "≠": "write `!=`",
    "∂": "write `dL_dx` for ∂L/∂x",
    "∇": "write `dL_dx` for the gradient",
    "Σ": "write `sum(x)`",
    "∑": "write `sum(x)`",
    "‖": "write `norm(x)`",
    "∞": "infinity is not a number here",
    "“": 'write `"`',
    "”": 'write `"`',
    "‘": "write `'`",
    "’": "write `'`, or `.T` for a transpose",
}


def foreign(character: str, start: int) -> InputError:
    """Return the error for a character outside ASCII and the Greek alphabet."""
    point = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "")
    shown = f"`{character}` ({point})" if character.isprintable() else point
    what = f"{shown} {name.lower()}".rstrip()
    plain = unicodedata.normalize("NFKC", character)
    hint = _SYMBOLS.get(character)
    if hint is None and plain.isspace():
        hint = "write an ordinary space"
    elif hint is None and plain != character and plain.isprintable():
        hint = f"write `**{plain}`" if name.startswith("SUPERSCRIPT") else f"write `{plain}`"
    hint = hint or "names have Latin and Greek letters, digits and `_`"
    message = f"the character {what} is not part of expressions"
    return fault("E201", message, Span(start, start + 1), hint)
