"""Typeset mathematics and text as pieces of SVG of known size: outlines of glyphs, no fonts needed.

Where a drawing is large, or an outline is not to be had, text elements with measured widths.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from symback.render.visible import without_controls

#: A sign that stands before a term; the typesetter would space it like an operation.
_SIGN = re.compile(r"(^|[(\[=,{|&]|,\\ )\s*-")

#: A bold digit, which the typesetter takes as the character that it is in Unicode.
_BOLD = re.compile(r"\\mathbf\{([0-9])\}")

FAMILY = "'STIX Two Math','STIX Two Text','Cambria Math',Cambria,Georgia,serif"


@dataclass(frozen=True, slots=True)
class Ink:
    """A line of text with its baseline at the origin; `markup` is SVG without colour."""

    width: float
    ascent: float
    descent: float
    markup: str

    @property
    def height(self) -> float:
        """Ascent and descent together."""
        return self.ascent + self.descent


def math_ink(latex: str, text: str, size: float, outlines: bool = True) -> Ink:
    """Set `latex`; `text` stands in where that fails or where no outlines are wanted."""
    if not latex or not outlines:
        return text_ink(text, size, outlines)
    ink = _math_outline(latex, size)
    return ink or text_ink(text, size, outlines)


@lru_cache(maxsize=1024)
def text_ink(text: str, size: float, outlines: bool = True) -> Ink:
    """Set plain text upright."""
    font = _font()
    glyphs = [font.glyphindex(char) for char in text]
    if outlines and glyphs and all(glyphs):
        drawn = _outline(lambda: _ziafont().Text(text, font=font, size=size), size)
        if drawn is not None:
            return drawn
    units = font.info.layout.unitsperem
    advances = (font.advance(glyph, None) if glyph else units for glyph in glyphs)
    width = sum(advances) * size / units
    markup = (
        f'<text font-size="{size:g}" font-family="{FAMILY}" textLength="{width:.1f}" '
        f'lengthAdjust="spacingAndGlyphs" xml:space="preserve">{clean(text)}</text>'
    )
    return Ink(width, 0.76 * size, 0.24 * size, markup)


def clean(text: str) -> str:
    """Escape for XML text and quoted attributes."""
    return escape(without_controls(text), {'"': "&quot;", "'": "&#39;"})


@lru_cache(maxsize=1024)
def _math_outline(latex: str, size: float) -> Ink | None:
    signed = _BOLD.sub(lambda found: chr(0x1D7CE + int(found[1])), _SIGN.sub(r"\1{-}", latex))
    try:
        return _outline(lambda: _ziamath().Latex(signed, size=size, inline=True), size)
    except Exception:  # the typesetter refuses in many ways; the caller has plain text instead
        return None


def _outline(typeset: Callable[[], Any], size: float) -> Ink | None:
    """The glyphs' outlines as one path; None where something else than outlines is needed."""
    root = ElementTree.Element("g")
    config = _ziafont().config
    before = config.svg2, config.precision
    config.svg2, config.precision = False, 2
    try:
        expression = typeset()
        expression.drawon(root, 0, 0)
    finally:
        config.svg2, config.precision = before
    data = []
    for element in root.iter():
        if element.tag == "path":
            data.append(_compact(element.get("d", "")))
        elif element.tag == "rect":
            x, y, w, h = (float(element.get(key, "0")) for key in ("x", "y", "width", "height"))
            data.append(f"M{x:.2f} {y:.2f}h{w:.2f}v{h:.2f}h{-w:.2f}Z")
        elif element.tag not in ("g", "svg"):
            return None
    width, height = expression.getsize()
    descent = max(0.0, -expression.getyofst())
    ink = Ink(width, max(height - descent, 0.74 * size), max(descent, 0.24 * size), "")
    return Ink(ink.width, ink.ascent, ink.descent, f'<path d="{"".join(data)}"/>')


def _compact(data: str) -> str:
    """Drop the blanks around command letters: a fifth of the bytes."""
    words = data.split()
    joined = ""
    for word in words:
        tight = word.isalpha() or not joined or joined[-1].isalpha()
        joined += word if tight else f" {word}"
    return joined


@lru_cache(maxsize=1)
def _font() -> Any:
    from importlib import resources

    _ziamath()
    with resources.as_file(resources.files("ziamath.fonts") / "STIXTwoMath-Regular.ttf") as path:
        return _ziafont().Font(str(path))


@lru_cache(maxsize=1)
def _ziamath() -> ModuleType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import ziamath
    return ziamath


@lru_cache(maxsize=1)
def _ziafont() -> ModuleType:
    _ziamath()
    import ziafont

    return ziafont
