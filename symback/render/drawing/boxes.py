"""A drawing in characters for the terminal; a list where it does not fit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from rich.cells import cell_len

from symback.explain.drawing.drawing import Drawing, GraphNode
from symback.render.drawing.channels import Wire, assign_rows
from symback.render.drawing.grid import Grid
from symback.render.drawing.layout import Placement, Spacing, layout
from symback.render.drawing.listing import listing
from symback.render.visible import without_controls

#: Drawings of more nodes are always listed: nobody follows lines over so many screens.
MOST_BOXED = 120
#: Longer local derivatives are left out of the picture; shorter ones, too, where it is narrow.
LONGEST_SLOPE, SHORT_SLOPE = 14, 5
#: Parts of the width that layers are tried to be kept to: labels may reach beyond them.
SHARES = (1.0, 0.92, 0.84, 0.76)


@dataclass(frozen=True, slots=True)
class _Form:
    """How to draw: gradients under their names or beside them, and what there is room for."""

    tall: bool = False
    longest: int = LONGEST_SLOPE
    widest: float = inf


@dataclass(slots=True)
class _Sheet:
    """Boxes as lines of text, their places in columns, and the layers they stand in."""

    drawing: Drawing
    texts: dict[str, list[str]]
    left: dict[str, int]
    layers: list[list[str]]
    wires: list[list[tuple[Wire, str, str]]]
    """Per gap: a wire, its target ("" if it goes on) and its local derivative."""
    width: int


def boxes(drawing: Drawing, width: int = 80) -> str:
    """Draw top down in at most `width` columns, or list the nodes.

    They are listed where a drawing would have more crossings than edges. Raises ValueError on a
    cycle.
    """
    if not 0 < len(drawing.nodes) <= MOST_BOXED:
        return listing(drawing, width)
    for form in _forms(width):
        sheet = _sheet(drawing, form)
        if sheet.width > width or min(sheet.left.values()) < 0:
            continue
        drawn = _draw(sheet)
        if drawn.count("┼") <= len(drawing.edges):
            return drawn
    return listing(drawing, width)


def _forms(width: int) -> Iterable[_Form]:
    """Yield ways to draw, the best first, from which the first is taken that fits."""
    yield _Form()
    for longest in (LONGEST_SLOPE, SHORT_SLOPE):
        for tall in (False, True):
            for share in SHARES:
                yield _Form(tall, longest, share * width)


def _sheet(drawing: Drawing, form: _Form) -> _Sheet:
    texts = {node.name: _lines(node, drawing, form.tall) for node in drawing.nodes}
    slopes = [_short(edge.slope_text, form.longest) for edge in drawing.edges]
    room = max((cell_len(slope) for slope in slopes), default=0) + 3
    arriving: dict[str, int] = {}
    for edge in drawing.edges:
        arriving[edge.target] = arriving.get(edge.target, 0) + 1
    sizes = {}
    for name, lines in texts.items():
        widest = max(cell_len(line) for line in lines) + 4
        widest = max(widest, (arriving.get(name, 0) - 1) * room + 5)
        sizes[name] = (float(widest + (widest + 1) % 2), float(len(lines) + 2))
    names = [node.name for node in drawing.nodes]
    pairs = [(edge.source, edge.target) for edge in drawing.edges]
    spacing = Spacing(
        layer=1,
        node=3,
        piece=3,
        port=room,
        spread=0,
        slant=0,
        straight=False,
        apart=False,
        widest=form.widest,
    )
    placement = layout(names, pairs, sizes, "down", (), spacing)
    left = {n: int(placement.positions[n][0] - sizes[n][0] / 2 + 0.5) for n in names}
    heights = sorted({place[1] for place in placement.positions.values()})
    number = {height: k for k, height in enumerate(heights)}
    layers: list[list[str]] = [[] for _ in heights]
    for name in names:
        layers[number[placement.positions[name][1]]].append(name)
        texts[name] = [_centred(line, int(sizes[name][0]) - 4) for line in texts[name]]
    wires = _wires(drawing, placement, slopes, number)
    right = max(left[name] + int(sizes[name][0]) for name in names)
    columns = [wire.high + 1 + cell_len(s) + 2 for gap in wires for wire, _, s in gap]
    return _Sheet(drawing, texts, left, layers, wires, max([right, *columns]))


def _wires(
    drawing: Drawing, placement: Placement, slopes: list[str], number: dict[float, int]
) -> list[list[tuple[Wire, str, str]]]:
    gaps: list[list[tuple[Wire, str, str]]] = [[] for _ in number]
    for edge, route, slope in zip(drawing.edges, placement.routes, slopes, strict=True):
        layer = number[placement.positions[edge.source][1]]
        columns = [int(point[0]) for point in route[1:-1]]
        last = len(columns) // 2 - 1
        for k in range(last + 1):
            wire = Wire(edge.source, columns[2 * k], columns[2 * k + 1])
            ends = (edge.target, slope) if k == last else ("", "")
            gaps[layer + k].append((wire, *ends))
    return gaps


def _lines(node: GraphNode, drawing: Drawing, tall: bool) -> list[str]:
    """Formula, value and gradient, each with its name, for the inside of a box.

    If `tall`, the gradient stands under its name.
    """
    lines = [node.label_text + (f" = {node.formula_text}" if node.formula_text else "")]
    if node.value_text:
        lines += _block("= " if node.formula_text else f"{lines.pop()} = ", node.value_text)
    if node.gradient_text:
        name = f"∂{drawing.differentiated}/∂{node.label_text}"
        if node.gradient_text == name:
            lines.append(name)
        else:
            lines += [f"{name} ="] if tall else []
            lines += _block("" if tall else f"{name} = ", node.gradient_text)
    return [without_controls(line).replace("\t", " ") for line in lines]


def _block(head: str, text: str) -> list[str]:
    """Lines that stay aligned when each is centred by itself."""
    first, *rest = text.split("\n")
    lines = [head + first, *(" " * cell_len(head) + line for line in rest)]
    width = max(cell_len(line) for line in lines)
    return [line + " " * (width - cell_len(line)) for line in lines]


def _short(text: str, longest: int) -> str:
    text = without_controls(text).replace("\t", " ")
    return text if cell_len(text) <= longest and "\n" not in text else ""


def _centred(line: str, width: int) -> str:
    free = width - cell_len(line)
    return " " * (free // 2) + line + " " * (free - free // 2)


def _draw(sheet: _Sheet) -> str:
    tracks = [assign_rows([wire for wire, _, _ in gap]) for gap in sheet.wires]
    tops, row = [], 0
    for layer, gap, rows in zip(sheet.layers, sheet.wires, tracks, strict=True):
        tops.append(row)
        row += max(len(sheet.texts[name]) for name in layer) + 2
        if gap:
            row += max(rows) + 2 + any(slope for _, _, slope in gap)
    grid = Grid(sheet.width, row)
    for k, layer in enumerate(sheet.layers):
        for name in layer:
            _box(grid, tops[k], sheet.left[name], sheet.texts[name])
    for k, (gap, rows) in enumerate(zip(sheet.wires, tracks, strict=True)):
        tallest = max(len(sheet.texts[name]) for name in sheet.layers[k]) + 2
        _gap(grid, sheet, k, tops[k] + tallest, rows)
        for wire, _, _ in gap:
            _through(grid, sheet, wire, k, tops)
    for gap, (_, below) in zip(sheet.wires, pairwise([*tops, row]), strict=False):
        _arrows(grid, gap, below)
    return grid.render()


def _box(grid: Grid, top: int, left: int, lines: list[str]) -> None:
    width = cell_len(lines[0]) + 4
    bottom = top + len(lines) + 1
    for row in (top, bottom):
        grid.horizontal(row, left, left + width - 1)
    for column in (left, left + width - 1):
        grid.vertical(column, top, bottom)
    for k, line in enumerate(lines):
        grid.write(top + 1 + k, left + 1, f" {line} ")


def _gap(grid: Grid, sheet: _Sheet, k: int, first: int, rows: list[int]) -> None:
    """The lines of one gap, whose rows begin at `first`; a row up to the next layer's top."""
    gap = sheet.wires[k]
    bottom = first + max(rows, default=0) + 1 + any(slope for _, _, slope in gap)
    for (wire, target, _), row in zip(gap, rows, strict=True):
        grid.vertical(wire.start, first - 1, first + row)
        grid.horizontal(first + row, wire.start, wire.end)
        grid.vertical(wire.end, first + row, bottom if target else bottom + 1)


def _through(grid: Grid, sheet: _Sheet, wire: Wire, k: int, tops: list[int]) -> None:
    """Join a wire with the box above it, or run it down the whole layer that it passes."""
    tallest = tops[k] + max(len(sheet.texts[name]) for name in sheet.layers[k]) + 1
    start = tops[k]
    if wire.source in sheet.layers[k]:
        start += len(sheet.texts[wire.source]) + 1
    grid.vertical(wire.start, start, tallest)


def _arrows(grid: Grid, gap: list[tuple[Wire, str, str]], below: int) -> None:
    for wire, target, _ in gap:
        if target:
            grid.write(below - 1, wire.end, "▼")
    for wire, target, slope in gap:
        start = wire.end + 2
        if target and slope and grid.is_free(below - 2, start - 1, start + cell_len(slope)):
            grid.write(below - 2, start, slope)
