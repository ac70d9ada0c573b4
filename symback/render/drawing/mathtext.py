"""Unicode mathematics as LaTeX, `10⁻⁵` as `10^{-5}`; nothing in the text acts as a command."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵀ"
_LOWERED = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙᵢⱼₖ"
_SCRIPTS = dict(zip(_RAISED + _LOWERED, "0123456789+-=()niT0123456789+-=()nijk", strict=True))
_ACCENTS = {"\u0302": r"\hat", "\u0303": r"\tilde", "\u0304": r"\bar", "\u0307": r"\dot"}
_GREEK = {
    chr(code): "\\" + unicodedata.name(chr(code)).split()[-1].lower()
    for code in range(0x3B1, 0x3CA)
    if code not in (0x3BF, 0x3C2)
} | {"λ": r"\lambda", "ο": "o", "ς": r"\varsigma"}
_CAPITALS = {c: "\\" + unicodedata.name(c).split()[-1].capitalize() for c in "ΓΔΘΞΠΣΥΦΨΩ"} | {
    "Λ": r"\Lambda"
}
_SYMBOLS = {
    "−": "-", "·": r"\cdot ", "×": r"\times ", "∂": r"\partial ", "⊙": r"\odot ", "≈": r"\approx ",
    "≤": r"\le ", "≥": r"\ge ", "≠": r"\ne ", "…": r"\ldots ", "⋯": r"\cdots ", "∞": r"\infty ",
    "′": "'", "√": r"\surd ", "Σ": r"\Sigma ", "∑": r"\sum ", "∏": r"\prod ", "±": r"\pm ",
    "½": r"\tfrac{1}{2}", "∇": r"\nabla ", "→": r"\to ", "←": r"\gets ", "‖": r"\| ", "⊤": r"\top ",
    "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$", "_": r"\_",
    "\\": r"\backslash ", "^": r"\hat{\ }", "~": r"\sim ", " ": r"\ ", "\n": r"\ ",
}  # fmt: skip
_LETTERS = _GREEK | _CAPITALS
_BRACKETS = dict.fromkeys(map(ord, "≈⎡⎢⎣⎤⎥⎦"), " ")
_PLAIN = frozenset("+-*/=<>()[],.:;!?|'`\"@")


def math_latex(text: str) -> str:
    """LaTeX for math mode that shows `text`; characters without a form are shown as `?`."""
    parts: list[str] = []
    word = ""
    for char in text:
        if char.isascii() and char.isalpha():
            word += char
            continue
        if word:
            parts.append(_word(word))
            word = ""
        if char in _ACCENTS and parts:
            parts[-1] = f"{_ACCENTS[char]}{{{parts[-1].strip()}}}"
        else:
            parts.append(_char(char, parts))
    return "".join([*parts, _word(word) if word else ""])


def _word(word: str) -> str:
    return word if len(word) == 1 else rf"\mathrm{{{word}}}"


def _char(char: str, parts: list[str]) -> str:
    """One character; a script joins the script before it, which is taken off `parts`."""
    if char in _SCRIPTS:
        mark = "_" if char in _LOWERED else "^"
        body = r"\top " if char == "ᵀ" else _SCRIPTS[char]
        if parts and parts[-1].startswith(mark + "{"):
            return f"{parts.pop()[:-1]}{body}}}"
        return f"{mark}{{{body}}}"
    if char in _LETTERS:
        return _LETTERS[char] + " "
    if char in _PLAIN or (char.isascii() and char.isdigit()):
        return char
    return _SYMBOLS.get(char, "?")


def cells(text: str) -> tuple[str, ...]:
    """Lines of a value that are set one by one: a matrix drawn with tall brackets is one cell."""
    lines = tuple(line for line in text.split("\n") if line)
    return (text,) if _is_matrix(lines) else lines


def _is_matrix(lines: Sequence[str]) -> bool:
    ends = [(line[:1], line[-1:]) for line in lines]
    inner = all(end == ("⎢", "⎥") for end in ends[1:-1])
    return len(lines) > 1 and ends[0] == ("⎡", "⎤") and ends[-1] == ("⎣", "⎦") and inner


def aloud(text: str) -> str:
    """Return a value to be read aloud: `rows 1, 2; 3, 4` for a matrix drawn with tall brackets."""
    lines = text.split("\n")
    if len(lines) == 1:
        return text
    rows = (line.translate(_BRACKETS).split() for line in lines)
    return "rows " + "; ".join(map(", ".join, rows))


def cell_latex(text: str) -> str:
    """Set one cell: a matrix as such, any other text as mathematics."""
    lines = text.split("\n")
    if not _is_matrix(lines):
        return math_latex(text)
    rows = (" & ".join(map(math_latex, line[1:-1].split())) for line in lines)
    body = r" \\ ".join(rows)
    return rf"\begin{{bmatrix}} {body} \end{{bmatrix}}"
