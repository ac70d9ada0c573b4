"""LaTeX as MathML: converted, then rebuilt from known elements only, so that no text is markup."""

from __future__ import annotations

import html
from functools import lru_cache
from xml.etree import ElementTree

from symback.render.visible import without_controls

_ELEMENTS = frozenset({
    "math", "mrow", "mi", "mo", "mn", "mtext", "mspace", "msub", "msup", "msubsup", "munder",
    "mover", "munderover", "mfrac", "msqrt", "mroot", "mtable", "mtr", "mtd", "mstyle", "mpadded",
    "mphantom", "mmultiscripts", "mprescripts", "none",
})  # fmt: skip
_ATTRIBUTES = frozenset({
    "display", "displaystyle", "stretchy", "fence", "form", "separator", "lspace", "rspace",
    "columnalign", "rowspacing", "columnspacing", "mathvariant", "width", "scriptlevel", "accent",
    "accentunder", "linethickness", "minsize", "maxsize", "symmetric", "largeop", "movablelimits",
    "columnlines",
})  # fmt: skip
_CLOSING = frozenset({")", "]", "}", "|", "‖", "′", "!"})
#: A private letter for `<`, which the converter would take for the start of an element.
_LESS = "\ue000"


@lru_cache(maxsize=1024)
def mathml(latex: str, text: str, block: bool = False) -> str:
    """Convert mathematics; `text` stands in, escaped, where that fails."""
    from latex2mathml.converter import convert

    try:
        source = convert(latex.replace("<", _LESS), display="block" if block else "inline")
        root = _rebuilt(ElementTree.fromstring(source))
    except Exception:  # the converter refuses in many ways; the caller has plain text instead
        return f'<span class="plain">{html.escape(without_controls(text))}</span>'
    root.set("xmlns", "http://www.w3.org/1998/Math/MathML")
    return ElementTree.tostring(root, encoding="unicode")


def _rebuilt(source: ElementTree.Element) -> ElementTree.Element:
    """A copy of known elements and attributes; others become plain rows. Walks with a loop."""
    root = _copy(source)
    waiting = [(source, root)]
    while waiting:
        old, new = waiting.pop()
        for part in old:
            made = _copy(part)
            _space(new, made)
            new.append(made)
            waiting.append((part, made))
    return root


def _space(row: ElementTree.Element, element: ElementTree.Element) -> None:
    """Space as TeX does: a thin space after `log`, none after the sign of a term."""
    if row.tag not in ("math", "mrow", "mtd", "mstyle"):
        return
    before = row[-1] if len(row) else None
    if element.tag == "mo":
        starts = before is None or (before.tag == "mo" and before.text not in _CLOSING)
        if starts and element.text in ("-", "−", "+"):
            element.set("form", "prefix")
    elif before is not None and before.tag == "mi" and len(before.text or "") > 1:
        row.append(ElementTree.Element("mspace", {"width": "0.1667em"}))


def _copy(source: ElementTree.Element) -> ElementTree.Element:
    tag = source.tag.split("}")[-1]
    text = (source.text or "").replace(_LESS, "<")
    if tag == "mi" and text == "<":
        tag = "mo"
    elif tag == "mo" and len(text) > 1 and text.isalpha():
        tag = "mi"
    known = {key: value for key, value in source.attrib.items() if key in _ATTRIBUTES}
    copy = ElementTree.Element(tag if tag in _ELEMENTS else "mrow", known)
    copy.text = "".join(c for c in text if c.isprintable() or c in " \u2061\u2062\u2063")
    return copy
