"""The contents of a node's box, measured and set: its formula above, value and gradient below."""

from __future__ import annotations

from dataclasses import dataclass

from symback.explain.drawing.drawing import GraphNode
from symback.render.drawing.ink import Ink, clean, math_ink, text_ink
from symback.render.drawing.layout import Size
from symback.render.drawing.mathtext import cell_latex, cells

FORMULA_SIZE = 17.0
NUMBER_SIZE = 14.0
PADDING = (12.0, 8.0)
LINE_GAP = 5.0
COLUMN_GAP = 16.0
#: Value and gradient stand side by side up to this width, else one above the other.
WIDEST_PAIR = 150.0
#: Room for a number that changes.
LIVE_WIDTH = 58.0
#: How much wider a page's own font may be.
LIVE_STRETCH = 1.2
#: Rows of a matrix are set in a font whose characters are equally wide, in units of its size.
ROW_MARKS, ROW_ADVANCE = frozenset("⎡⎢⎣"), 0.61


@dataclass(frozen=True, slots=True)
class NodeBox:
    """Size of a box and its contents as SVG, with the origin in the centre of the box."""

    size: Size
    markup: str


@dataclass(frozen=True, slots=True)
class _Row:
    """Inks side by side, each with its class."""

    cells: tuple[tuple[str, Ink], ...]

    @property
    def width(self) -> float:
        return sum(ink.width for _, ink in self.cells) + COLUMN_GAP * (len(self.cells) - 1)

    @property
    def ascent(self) -> float:
        return max(ink.ascent for _, ink in self.cells)

    @property
    def height(self) -> float:
        return self.ascent + max(ink.descent for _, ink in self.cells)


def node_box(node: GraphNode, outlines: bool, live: bool) -> NodeBox:
    """Set a node; with `outlines` false in text elements, which is quick but needs fonts.

    With `live` the numbers are text elements that a page can find and change.
    """
    formula = _formula(node, outlines)
    numbers = _numbers(node, outlines, live)
    rows = [_Row((("formula", formula),)), *numbers]
    width = max(row.width for row in rows) + 2 * PADDING[0]
    rule = 2 * LINE_GAP if numbers else 0.0
    height = sum(row.height for row in rows) + rule + 2 * PADDING[1]
    height += LINE_GAP * max(0, len(numbers) - 1)
    width, height = max(width, 44.0), max(height, 34.0)
    markup = []
    y = -height / 2 + PADDING[1] + (height - 2 * PADDING[1] - _content(rows, rule)) / 2
    for k, row in enumerate(rows):
        if k == 1:
            y += LINE_GAP
            markup.append(f'<path class="sb-rule" d="M{-width / 2:.1f} {y:.1f}h{width:.1f}"/>')
            y += LINE_GAP
        elif k:
            y += LINE_GAP
        markup.append(_row_markup(row, y))
        y += row.height
    return NodeBox((width, height), "".join(markup))


def _content(rows: list[_Row], rule: float) -> float:
    return sum(row.height for row in rows) + rule + LINE_GAP * max(0, len(rows) - 2)


def _row_markup(row: _Row, top: float) -> str:
    x = -row.width / 2
    parts = []
    for kind, ink in row.cells:
        place = f'transform="translate({x:.2f} {top + row.ascent:.2f})"'
        parts.append(f'<g class="sb-{kind}" {place}>{ink.markup}</g>')
        x += ink.width + COLUMN_GAP
    return "".join(parts)


def _formula(node: GraphNode, outlines: bool) -> Ink:
    latex, text = node.label_latex, node.label_text
    if node.formula_text or node.formula_latex:
        latex = f"{latex} = {node.formula_latex}" if node.formula_latex else ""
        text = f"{text} = {node.formula_text}"
    return math_ink(latex, text, FORMULA_SIZE, outlines)


def _numbers(node: GraphNode, outlines: bool, live: bool) -> list[_Row]:
    values, slopes = (
        [
            (kind, live_ink(line, f"{kind} {node.name}", k) if live else number_ink(line, outlines))
            for k, line in enumerate(lines_of(text, outlines and not live))
        ]
        for kind, text in (("value", node.value_text), ("gradient", node.gradient_text))
    )
    if node.gradient_latex:
        latex, text = node.gradient_latex, node.gradient_text
        slopes = [("gradient", math_ink(latex, text, NUMBER_SIZE, outlines))]
    if len(values) == len(slopes) == 1:
        pair = _Row((values[0], slopes[0]))
        if pair.width <= WIDEST_PAIR:
            return [pair]
    return [_Row((cell,)) for cell in (*values, *slopes)]


def live_ink(text: str, key: str, line: int = 0, least: float = LIVE_WIDTH) -> Ink:
    """Set a number as a text element that is found by its key, with room for other numbers."""
    ink = text_ink(text, NUMBER_SIZE, False)
    is_row = not ROW_MARKS.isdisjoint(text)
    drawn = ROW_ADVANCE * NUMBER_SIZE * len(text) if is_row else LIVE_STRETCH * ink.width
    width = max(drawn, least)
    row = 'class="sb-row" xml:space="preserve" ' if is_row else ""
    markup = (
        f'<text {row}x="{width / 2:.1f}" text-anchor="middle" font-size="{NUMBER_SIZE:g}" '
        f'data-live="{clean(key)}" data-line="{line}">{clean(text)}</text>'
    )
    return Ink(width, ink.ascent, ink.descent, markup)


def number_ink(text: str, outlines: bool) -> Ink:
    """Set a number or another short text, given in Unicode."""
    if not outlines:
        return text_ink(text, NUMBER_SIZE, False)
    return math_ink(cell_latex(text), text, NUMBER_SIZE)


def lines_of(text: str, outlines: bool) -> tuple[str, ...]:
    """Lines of a value; where there are outlines a matrix is set as a whole."""
    return cells(text) if outlines else tuple(line for line in text.split("\n") if line)
