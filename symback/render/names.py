"""How people write names: `W1` is W₁, `x_hat` is x̂, `dL_dz2` is ∂L/∂z₂."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from symback.language.tree import Expression


@dataclass(frozen=True, slots=True)
class Style:
    """What printing a formula needs beside the tree.

    `ndim` gives the number of axes of any subexpression; written indices count from `index_base`;
    `display` holds names with the text to print instead, in the output's own language;
    `templates` the functions' as in their entries; names in `declared` are no derivatives. With
    `slashed`, LaTeX writes derivatives on one line.
    """

    ndim: Callable[[Expression], int]
    index_base: int = 0
    display: Mapping[str, str] = field(default_factory=dict)
    templates: Mapping[str, str] = field(default_factory=dict)
    declared: Collection[str] = frozenset()
    slashed: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """A name taken apart: `alpha_hat_1` has base `alpha`, accent `hat` and subscripts `("1",)`."""

    base: str
    accent: str = ""
    subscripts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Derivative:
    """A name such as `d2L_dA_dB`, taken apart; `along` is the direction of a JVP or HVP."""

    of: str
    wrt: tuple[str, ...]
    along: str = ""


_GREEK = {
    unicodedata.name(sign).split()[-1].lower().replace("lamda", "lambda"): sign
    for sign in "αβγδεζηθικλμνξοπρστυφχψω"
}
_WORDS = {
    **_GREEK,
    **{name.capitalize(): sign.upper() for name, sign in _GREEK.items()},
    "lam": "λ",
    "lmbda": "λ",
    "eps": "ε",
    "varepsilon": "ε",
}
_LATEX_GREEK = {sign: f"\\{name}" for name, sign in _GREEK.items() if name != "omicron"}
_LATEX_GREEK |= {s: f"\\{unicodedata.name(s).split()[-1].capitalize()}" for s in "ΓΔΘΞΠΣΥΦΨΩ"}
_LATEX_GREEK |= {"Λ": "\\Lambda", "ε": "\\varepsilon", "ο": "o"}

#: Accents by their ending: the combining character, the LaTeX command for one letter.
_ACCENTS = {
    "hat": ("\u0302", "\\hat"),
    "bar": ("\u0304", "\\bar"),
    "tilde": ("\u0303", "\\tilde"),
    "dot": ("\u0307", "\\dot"),
    "star": ("*", "^{*}"),
    "prime": ("′", "'"),
}

_SUBSCRIPTS = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))
_SUBSCRIPTS |= dict(zip("aehijklmnoprstuvx", "ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
_SUPERSCRIPTS = dict(zip("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾", strict=True))
_SUPERSCRIPTS |= dict(zip("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True))

_DERIVATIVE = re.compile(r"d(?P<order>[2-9]?)(?P<of>[^\W_]\w*?)(?P<wrt>(?:_d[^\W_]\w*?)+)")
_ALONG = re.compile(r"d(?P<of>[^\W_]\w*?)_along_(?P<along>\w+)")
_BASE = re.compile(r"(?P<base>[^\W\d_]+)(?P<digits>\d*)")


def small(text: str, below: bool) -> str:
    """Return `text` in subscript or superscript characters, empty if one has none."""
    table = _SUBSCRIPTS if below else _SUPERSCRIPTS
    found = [table.get(character, "") for character in text]
    return "".join(found) if all(found) else ""


def parts_of(name: str) -> Parts:
    """Take a name apart at its digits, underscores and accents."""
    first, *rest = name.split("_")
    if not all((first, *rest)):
        return Parts(name)
    match = _BASE.fullmatch(first)
    base, digits = (match["base"], match["digits"]) if match else (first, "")
    subscripts = [digits] if digits else []
    accent = ""
    for word in rest:
        if word in _ACCENTS and not accent:
            accent = word
        else:
            subscripts.append(word)
    if not accent and base[1:] in ("hat", "bar", "tilde"):
        base, accent = base[0], base[1:]
    return Parts(base, accent, tuple(subscripts))


def derivative_of(name: str, declared: Collection[str] = ()) -> Derivative | None:
    """Take the name of a derivative apart; None for other names and for declared ones.

    Where `declared` is not empty the parts must be in it, so that `data_dim` stays a name.
    """
    if name in declared or not name.startswith("d"):
        return None
    if along := _ALONG.fullmatch(name):
        return Derivative(along["of"], (), along["along"])
    match = _DERIVATIVE.fullmatch(name)
    if match is None:
        return None
    wrt = tuple(match["wrt"][2:].split("_d"))
    order = int(match["order"] or 1)
    last, direction = wrt[-1], ""
    if order == 2 and "_" in last and last not in declared:
        last, _, direction = last.rpartition("_")
        wrt = (*wrt[:-1], last)
    known = not declared or {match["of"], *wrt} <= {*declared, "L", "F"}
    if len(wrt) != order or not known:
        return None
    return Derivative(match["of"], wrt, direction)


# ---- terminal --------------------------------------------------------------------------------


def text_name(name: str, declared: Collection[str] = ()) -> str:
    """Return a name in Unicode: `alpha_1` is α₁, `z_max` stays, `dL_dz2` is ∂L/∂z₂."""
    derivative = derivative_of(name, declared)
    if derivative is None:
        return _text_plain(name)
    of = _text_plain(derivative.of)
    if derivative.along and not derivative.wrt:
        return f"∂{of}[{_text_plain(derivative.along)}]"
    order = small(str(len(derivative.wrt)), False) if len(derivative.wrt) > 1 else ""
    below = "".join(f"∂{_text_plain(part)}" for part in derivative.wrt)
    along = f" {_text_plain(derivative.along)}" if derivative.along else ""
    return f"∂{order}{of}/{below}{along}"


def _text_plain(name: str) -> str:
    parts = parts_of(name)
    base = _WORDS.get(parts.base, parts.base)
    if parts.accent and len(base) > 1:
        return name
    accented = base + _ACCENTS[parts.accent][0] if parts.accent else base
    subscripts = [
        small(part, True) if len(part) == 1 or part.isdigit() else "" for part in parts.subscripts
    ]
    if not all(subscripts):
        first = subscripts[0] if subscripts and parts.subscripts[0].isdigit() else ""
        rest = parts.subscripts[1:] if first else parts.subscripts
        return accented + first + "".join(f"_{_WORDS.get(part, part)}" for part in rest)
    return accented + ",".join(subscripts)


# ---- LaTeX -----------------------------------------------------------------------------------


def latex_name(name: str, declared: Collection[str] = ()) -> str:
    r"""Return a name in LaTeX: `\alpha_{1}`, `z_{\mathrm{max}}`, a fraction for a derivative."""
    derivative = derivative_of(name, declared)
    if derivative is None:
        return _latex_plain(name)
    of = _latex_plain(derivative.of)
    if derivative.along and not derivative.wrt:
        return rf"\partial {of}\left[{_latex_plain(derivative.along)}\right]"
    order = f"^{{{len(derivative.wrt)}}}" if len(derivative.wrt) > 1 else ""
    below = r"\,".join(rf"\partial {_latex_plain(part)}" for part in derivative.wrt)
    along = rf"\,{_latex_plain(derivative.along)}" if derivative.along else ""
    return rf"\frac{{\partial{order} {of}}}{{{below}}}{along}"


def latex_letter(base: str) -> str:
    """Return the letter or word that a name is built on: `x`, a Greek command, or upright."""
    sign = _WORDS.get(base, base)
    if sign in _LATEX_GREEK:
        return _LATEX_GREEK[sign]
    if len(sign) == 1:
        return sign if sign.isascii() else rf"\mathrm{{{_latin(sign)}}}"
    letters = (_LATEX_GREEK[c] + " " if c in _LATEX_GREEK else _latin(c) for c in sign)
    return rf"\mathrm{{{''.join(letters)}}}".replace("_", r"\_")


def _latin(capital: str) -> str:
    """Return the Latin capital that looks like a Greek one without a command of its own."""
    return dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΧ", "ABEZHIKMNOPTX", strict=True)).get(capital, capital)


def _latex_plain(name: str) -> str:
    parts = parts_of(name)
    base = latex_letter(parts.base)
    mark = ""
    if parts.accent in ("star", "prime"):
        mark = _ACCENTS[parts.accent][1]
    elif parts.accent:
        wide = base.startswith("\\mathrm") and parts.accent in ("hat", "tilde")
        command = f"\\wide{parts.accent}" if wide else _ACCENTS[parts.accent][1]
        base = f"{command}{{{base}}}"
    if not parts.subscripts:
        return base + mark
    return f"{base}_{{{','.join(_latex_subscript(part) for part in parts.subscripts)}}}{mark}"


def _latex_subscript(part: str) -> str:
    if part.isdigit() or len(part) == 1 or part in _WORDS:
        return part if part.isdigit() else latex_letter(part)
    match = _BASE.fullmatch(part)
    if match and match["digits"] and len(match["base"]) == 1:
        return latex_letter(match["base"]) + " " + match["digits"]
    return rf"\mathrm{{{part}}}" if part.isascii() else latex_letter(part)
