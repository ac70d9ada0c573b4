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
    "^": "write `**` for a power, `.T` for a transpose",
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
    "...": "`...` stands only inside `[...]` and the quoted labels of `einsum`",
}

#: Functions under the names of other systems: what to write instead.
ELSEWHERE: dict[str, str] = {
    "array": "write the list itself, `[1, 2]`",
    "tensor": "write the list itself, `[1, 2]`",
    "matrix": "write the list of rows, `[[1, 2], [3, 4]]`",
    "matmul": "write `a @ b`",
    "mm": "write `a @ b`",
    "multiply": "write `a*b`",
    "mul": "write `a*b`",
    "divide": "write `a/b`",
    "add": "write `a + b`",
    "subtract": "write `a - b`",
    "inner": "write `dot(a, b)`",
    "vdot": "write `dot(a, b)`",
    "ln": "write `log(x)`",
    "lg": "write `log10(x)`",
    "σ": "write `sigmoid(x)`",
    "logistic": "write `sigmoid(x)`",
    "expit": "write `sigmoid(x)`",
    "swish": "write `silu(x)`",
    "sen": "write `sin(x)`",
    "tg": "write `tan(x)`",
    "ctg": "write `cot(x)`",
    "arctg": "write `atan(x)`",
    "sgn": "write `sign(x)`",
    "fabs": "write `abs(x)`",
    "average": "write `mean(x)`",
    "avg": "write `mean(x)`",
    "inverse": "write `inv(A)`",
    "determinant": "write `det(A)`",
    "tr": "write `trace(A)`",
    "identity": "write `eye(n)`",
    "permute": "write `transpose(x, axes)`",
    "concatenate": "write `concat([a, b])`",
    "cat": "write `concat([a, b])`",
    "hstack": "write `concat([a, b], axis=1)`",
    "vstack": "write `concat([a, b], axis=0)`",
    "range": "write `arange(n)`",
    "len": "declare the length, `shape: [n]`, and write `n`",
    "shape": "declare the lengths, `shape: [m, n]`, and write `m` and `n`",
    "factorial": "write `gamma(n + 1)`",
    "diff": "write `grad(L, x)`",
    "derivative": "write `grad(L, x)`",
    "nll_loss": "write `-sum(t*log(p))`",
    "eigvals": "eigenvalues may be complex, numbers are real: write `eigvalsh(A)`",
    "eig": "eigenvalues may be complex, numbers are real: write `eigvalsh(A)`",
    "conj": "numbers are real: `conj(x)` is `x`",
    "real": "numbers are real: real and imaginary parts need names of their own",
    "imag": "numbers are real: real and imaginary parts need names of their own",
    "complex": "numbers are real: real and imaginary parts need names of their own",
    "mae": "write `mean(abs(y - t))`",
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
    "“": 'write `"` around labels, nothing around names',
    "”": 'write `"` around labels, nothing around names',
    "‘": "write `'` around labels, nothing around names",
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
