"""Letters by their names and in their small forms: Greek ones, ℓ and ℏ, in Unicode and in LaTeX."""

from __future__ import annotations

import unicodedata

_GREEK = {
    unicodedata.name(sign).split()[-1].lower().replace("lamda", "lambda"): sign
    for sign in "αβγδεζηθικλμνξοπρστυφχψω"
}
#: Words that stand for a letter.
WORDS = {
    **_GREEK,
    **{name.capitalize(): sign.upper() for name, sign in _GREEK.items()},
    "lam": "λ",
    "lmbda": "λ",
    "eps": "ε",
    "varepsilon": "ε",
    "vartheta": "ϑ",
    "varphi": "φ",
    "varrho": "ϱ",
    "varpi": "ϖ",
    "varsigma": "ς",
    "ell": "ℓ",
    "hbar": "ℏ",
    "nabla": "∇",
}
#: Words with a command of their own, and signs that have one.
_COMMANDS = {word: f"\\{word}" for word in ("varphi", "vartheta", "varrho", "varpi", "varsigma")}
_COMMANDS |= {word: f"\\{word}" for word in ("ell", "hbar", "nabla")}
_LATEX_GREEK = {sign: f"\\{name}" for name, sign in _GREEK.items() if name != "omicron"}
_LATEX_GREEK |= {s: f"\\{unicodedata.name(s).split()[-1].capitalize()}" for s in "ΓΔΘΞΠΣΥΦΨΩ"}
_LATEX_GREEK |= {"Λ": "\\Lambda", "ε": "\\varepsilon", "ο": "o"}
_LATEX_GREEK |= {WORDS[word]: command for word, command in _COMMANDS.items() if word != "varphi"}

_SUBSCRIPTS = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))
_SUBSCRIPTS |= dict(zip("aehijklmnoprstuvx", "ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
_SUPERSCRIPTS = dict(zip("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾", strict=True))
_SUPERSCRIPTS |= dict(zip("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True))


def small(text: str, below: bool) -> str:
    """Return `text` in subscript or superscript characters, empty if one has none."""
    table = _SUBSCRIPTS if below else _SUPERSCRIPTS
    found = [table.get(character, "") for character in text]
    return "".join(found) if all(found) else ""


def latex_letter(base: str) -> str:
    """Return the letter or word that a name is built on: `x`, a Greek command, or upright."""
    if base in _COMMANDS:
        return _COMMANDS[base]
    sign = WORDS.get(base, base)
    if sign in _LATEX_GREEK:
        return _LATEX_GREEK[sign]
    return sign if len(sign) == 1 and sign.isascii() else spelled_latex(sign)


def spelled_latex(name: str) -> str:
    r"""Return a name letter by letter, upright: `\mathrm{W\_1}`."""
    letters = (_LATEX_GREEK[c] + " " if c in _LATEX_GREEK else _latin(c) for c in name)
    return rf"\mathrm{{{''.join(letters)}}}".replace("_", r"\_")


def _latin(capital: str) -> str:
    """Return the Latin capital that looks like a Greek one without a command of its own."""
    return dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΧ", "ABEZHIKMNOPTX", strict=True)).get(capital, capital)
