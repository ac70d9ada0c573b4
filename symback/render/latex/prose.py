r"""Prose for LaTeX: every character of a file appears as itself, none acts as a command."""

from __future__ import annotations

import re
import unicodedata

from symback.render.latex.lint import lint_latex
from symback.render.visible import one_line

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\(\$\)", "&": r"\&", "#": r"\#",
    "%": r"\%", "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
    "<": r"\(<\)", ">": r"\(>\)", "|": r"\(|\)", '"': "''",
    "–": "--", "—": "---", "‘": "`", "’": "'", "“": "``", "”": "''", "…": r"\ldots{}",
    "−": r"\(-\)", "×": r"\(\times\)", "·": r"\(\cdot\)", "∂": r"\(\partial\)", "′": r"\('\)",
    "≤": r"\(\le\)", "≥": r"\(\ge\)", "≠": r"\(\ne\)", "≈": r"\(\approx\)", "∞": r"\(\infty\)",
    "→": r"\(\to\)", "←": r"\(\gets\)", "⊙": r"\(\odot\)", "∇": r"\(\nabla\)", "½": r"\(\tfrac12\)",
    "ß": r"\ss{}", "æ": r"\ae{}", "Æ": r"\AE{}", "œ": r"\oe{}", "Œ": r"\OE{}", "ø": r"\o{}",
    "Ø": r"\O{}", "ł": r"\l{}", "Ł": r"\L{}", "ı": r"\i{}", "§": r"\(\S\)", "\n": " ",
    "`": r"\`{}",
}  # fmt: skip
_SPECIAL |= dict(zip("₀₁₂₃₄₅₆₇₈₉", (rf"\(_{k}\)" for k in range(10)), strict=True))
_SPECIAL |= dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", (rf"\(^{k}\)" for k in range(10)), strict=True))
_ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u",
    "\u0307": ".", "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0327": "c",
}  # fmt: skip
_GREEK = re.compile(r"GREEK (SMALL|CAPITAL) LETTER ([A-Z]+)$")
_LIKE_LATIN = frozenset(
    ("ALPHA", "BETA", "EPSILON", "ZETA", "ETA", "IOTA", "KAPPA", "MU", "NU", "RHO", "TAU", "CHI")
)

#: Commands that a name's own `latex` may use: letters, accents, fonts, spaces.
_ALLOWED = frozenset(
    re.findall(
        "[A-Za-z]+",
        """
alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu
xi pi rho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma
Upsilon Phi Psi Omega ell hbar hat bar tilde vec dot ddot widehat widetilde overline
underline mathbf mathrm mathit mathsf mathtt mathcal mathbb boldsymbol bm text
operatorname left right prime star ast top dagger perp parallel infty nabla partial odot
cdot times quad
""",
    )
)
_COMMANDS = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
#: Longer names are not typeset as the file says.
MAX_LABEL = 80


def tex_text(text: str) -> str:
    r"""Return prose in LaTeX; control characters are made visible, unknown signs named."""
    return "".join(map(_character, one_line(text)))


def _character(character: str) -> str:
    if character in _SPECIAL:
        return _SPECIAL[character]
    if character.isascii():
        return character
    parts = unicodedata.normalize("NFD", character)
    base, mark = parts[0], parts[1:]
    if base.isascii() and base.isalpha() and mark in _ACCENTS:
        letter = rf"\{base}" if base in "ij" and mark != "\u0327" else base
        return rf"\{_ACCENTS[mark]}{{{letter}}}"
    greek = _GREEK.match(unicodedata.name(character, ""))
    if greek:
        return _greek(greek[1] == "CAPITAL", greek[2].replace("LAMDA", "LAMBDA"))
    return f"[U+{ord(character):04X}]"


def _greek(capital: bool, name: str) -> str:
    if name in ("OMICRON",) or (capital and name in _LIKE_LATIN):
        latin = {"ETA": "H", "RHO": "P", "CHI": "X", "NU": "N", "MU": "M"}.get(name, name[0])
        return latin if capital else "o"
    if name == "FINAL":
        return r"\(\varsigma\)"
    return rf"\(\{name.capitalize() if capital else name.lower()}\)"


def own_label(latex: str) -> str | None:
    """Return the LaTeX that a file gives for a name, None if it is more than the look of a name.

    Only letters, accents, fonts, scripts and spaces are let through, and only what TeX accepts.
    """
    if len(latex) > MAX_LABEL or not latex.isascii() or not latex.isprintable():
        return None
    commands = [found[1] for found in _COMMANDS.finditer(latex)]
    if any(one not in _ALLOWED and one not in (",", ";", ":", "!", " ") for one in commands):
        return None
    if re.search(r"[%$#&~]", latex) or lint_latex(latex):
        return None
    return latex.strip() or None
