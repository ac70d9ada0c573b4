"""How people write names: `W1` is W₁, `x_hat` is x̂, `dL_dz2` is ∂L/∂z₂."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

from symback.language.tree import Expression
from symback.problem.derived import readings
from symback.problem.names import UNNAMED
from symback.render.letters import WORDS, latex_letter, small, spelled_latex


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


#: Accents by their ending: the combining character, the LaTeX command for one letter.
_ACCENTS = {
    "hat": ("\u0302", "\\hat"),
    "bar": ("\u0304", "\\bar"),
    "tilde": ("\u0303", "\\tilde"),
    "dot": ("\u0307", "\\dot"),
    "ddot": ("\u0308", "\\ddot"),
    "star": ("*", "^{*}"),
    "prime": ("′", "'"),
}

#: Accents that stand after the subscripts.
_MARKS = ("star", "prime")

_NONE: Mapping[str, str] = {}

_DERIVATIVE = re.compile(r"d(?P<order>[2-9]?)(?P<of>[^\W_]\w*?)(?P<wrt>(?:_d[^\W_]\w*?)+)")
#: What an expression without a name is called.
_UNNAMED = re.compile(rf"(?:{'|'.join(UNNAMED)})\d*")
_ALONG = re.compile(r"d(?P<of>[^\W_]\w*?)_along_(?P<along>\w+)")
_BASE = re.compile(
    rf"(?P<base>[^\W\d_]+?)(?P<digits>\d*)(?P<accent>{'|'.join(_ACCENTS)}|)(?P<more>\d*)"
)
_ENDING = re.compile(rf"(?P<accent>{'|'.join(_ACCENTS)})(?P<digits>\d*)")


def parts_of(name: str) -> Parts:
    """Take a name apart at its digits, underscores and accents."""
    if name[:-1] in WORDS and name.endswith("_"):
        name = name[:-1]
    first, *rest = name.split("_")
    if not all((first, *rest)):
        return Parts(name)
    base, accent, digits = _beginning(first)
    subscripts = [digits] if digits else []
    for word in rest:
        ending = _ENDING.fullmatch(word)
        if ending and not accent:
            accent = ending["accent"]
            subscripts += [ending["digits"]] if ending["digits"] else []
        else:
            subscripts.append(word)
    return Parts(base, accent, tuple(subscripts))


def _beginning(first: str) -> tuple[str, str, str]:
    """Return letters, accent and digits of what stands before an underscore: `q1dot`, `xhat1`."""
    match = _BASE.fullmatch(first)
    if match and match["accent"] and first.rstrip("0123456789") not in WORDS:
        base, digits = match["base"], match["digits"] + match["more"]
        known = len(base) == 1 or base in WORDS
        if known and not (match["digits"] and match["more"]):
            return base, match["accent"], digits
    letters = first.rstrip("0123456789")
    return (letters, "", first[len(letters) :]) if letters.isalpha() else (first, "", "")


def derivative_of(name: str, declared: Collection[str] = ()) -> Derivative | None:
    """Take the name of a derivative apart; None for other names and for declared ones.

    Where `declared` is not empty the parts must be in it, so that `data_dim` stays a name.
    """
    if name in declared or not name.startswith("d"):
        return None
    if declared:
        found = readings(name, {*declared, *_UNNAMED.findall(name)})
        return Derivative(found[0].of, found[0].wrt, found[0].along or "") if found else None
    if along := _ALONG.fullmatch(name):
        return Derivative(along["of"], (), along["along"])
    match = _DERIVATIVE.fullmatch(name)
    if match is None:
        return None
    wrt = tuple(match["wrt"][2:].split("_d"))
    order = int(match["order"] or 1)
    last, direction = wrt[-1], ""
    if order == 2 and "_" in last:
        last, _, direction = last.rpartition("_")
        wrt = (*wrt[:-1], last)
    return Derivative(match["of"], wrt, direction) if len(wrt) == order else None


# ---- terminal --------------------------------------------------------------------------------


def text_name(name: str, declared: Collection[str] = (), own: Mapping[str, str] = _NONE) -> str:
    """Return a name in Unicode: `alpha_1` is α₁, `z_max` stays, `dL_dz2` is ∂L/∂z₂.

    `own` holds names that are shown otherwise, also where they stand in a derivative.
    """
    derivative = derivative_of(name, declared)
    if derivative is None:
        return _text_plain(name, own)
    of = _text_plain(derivative.of, own)
    if derivative.along and not derivative.wrt:
        return f"∂{of}[{_text_plain(derivative.along, own)}]"
    order = small(str(len(derivative.wrt)), False) if len(derivative.wrt) > 1 else ""
    below = "".join(f"∂{_text_plain(part, own)}" for part in derivative.wrt)
    along = f" {_text_plain(derivative.along, own)}" if derivative.along else ""
    return f"∂{order}{of}/{below}{along}"


def _text_plain(name: str, own: Mapping[str, str]) -> str:
    if name in own:
        return own[name]
    parts = parts_of(name)
    base = WORDS.get(parts.base, parts.base)
    if parts.accent and len(base) > 1:
        return name
    sign = _ACCENTS[parts.accent][0] if parts.accent else ""
    mark = sign if parts.accent in _MARKS else ""
    accented = base + sign.removesuffix(mark)
    subscripts = [
        small(part, True) if len(part) == 1 or part.isdigit() else "" for part in parts.subscripts
    ]
    if not all(subscripts):
        first = subscripts[0] if subscripts and parts.subscripts[0].isdigit() else ""
        rest = parts.subscripts[1:] if first else parts.subscripts
        return accented + first + "".join(f"_{WORDS.get(part, part)}" for part in rest) + mark
    return accented + ",".join(subscripts) + mark


# ---- LaTeX -----------------------------------------------------------------------------------


def latex_name(name: str, declared: Collection[str] = (), own: Mapping[str, str] = _NONE) -> str:
    r"""Return a name in LaTeX: `\alpha_{1}`, `z_{\mathrm{max}}`, a fraction for a derivative.

    `own` holds names that are shown otherwise, also where they stand in a derivative.
    """
    derivative = derivative_of(name, declared)
    if derivative is None:
        return _latex_plain(name, own)
    of = _latex_plain(derivative.of, own)
    if derivative.along and not derivative.wrt:
        return rf"\partial {of}\left[{_latex_plain(derivative.along, own)}\right]"
    order = f"^{{{len(derivative.wrt)}}}" if len(derivative.wrt) > 1 else ""
    below = r"\,".join(rf"\partial {_latex_plain(part, own)}" for part in derivative.wrt)
    along = rf"\,{_latex_plain(derivative.along, own)}" if derivative.along else ""
    return rf"\frac{{\partial{order} {of}}}{{{below}}}{along}"


def _latex_plain(name: str, own: Mapping[str, str]) -> str:
    if name in own:
        return own[name]
    parts = parts_of(name)
    if _is_phrase(parts):
        return spelled_latex(name)
    base = latex_letter(parts.base)
    mark = ""
    if parts.accent in _MARKS:
        mark = _ACCENTS[parts.accent][1]
    elif parts.accent:
        wide = base.startswith("\\mathrm") and parts.accent in ("hat", "tilde")
        command = f"\\wide{parts.accent}" if wide else _ACCENTS[parts.accent][1]
        base = f"{command}{{{base}}}"
    if not parts.subscripts:
        return base + mark
    return f"{base}_{{{','.join(_latex_subscript(part) for part in parts.subscripts)}}}{mark}"


def _is_phrase(parts: Parts) -> bool:
    """Tell whether a name is several words, `hidden_layer`, and no letter with a word below."""
    words = (parts.base, *parts.subscripts)
    return (
        len(words) > 1
        and not parts.accent
        and all(len(word) > 1 and word.isalpha() and word not in WORDS for word in words)
    )


def _latex_subscript(part: str) -> str:
    if part.isdigit() or len(part) == 1 or part in WORDS:
        return part if part.isdigit() else latex_letter(part)
    match = _BASE.fullmatch(part)
    if match and match["digits"] and len(match["base"]) == 1:
        return latex_letter(match["base"]) + " " + match["digits"]
    return rf"\mathrm{{{part}}}" if part.isascii() else latex_letter(part)


# ---- names that would look the same ----------------------------------------------------------


def own_text(known: Collection[str]) -> dict[str, str]:
    """Return what to show for names that would look the same, `W1` and `W_1`: their letters.

    The error signal `delta_x_hat` inside of the step `x_hat` is δ with the name of that.
    """
    own = {name: name for name in _alike({name: text_name(name, known) for name in known})}
    for name, step in _signals(known):
        shown = own.get(step) or text_name(step, known)
        own[name] = f"δ{small(shown, True) or f'_{shown}'}"
    return own


def own_latex(known: Collection[str], labels: Mapping[str, str]) -> dict[str, str]:
    """Return labels, and what to show for names as in `own_text`."""
    shown = {name: labels.get(name) or latex_name(name, known) for name in known}
    own = {name: spelled_latex(name) for name in _alike(shown) if name not in labels}
    for name, step in _signals(known):
        own[name] = rf"\delta_{{{own.get(step) or shown[step]}}}"
    return {**own, **labels}


def _signals(known: Collection[str]) -> Iterator[tuple[str, str]]:
    for name in known:
        step = name.removeprefix("delta_")
        if step != name and step in known:
            yield name, step


def _alike(shown: Mapping[str, str]) -> list[str]:
    """Return the names that share what is shown with another."""
    counts = Counter(shown.values())
    return [name for name, text in shown.items() if counts[text] > 1]
