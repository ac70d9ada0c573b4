"""A drawing as a stand-alone SVG: glyph outlines, light and dark, no script and no reference."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from symback.explain.drawing.drawing import Drawing, GraphNode
from symback.render.drawing.caption import BULLET
from symback.render.drawing.curves import controls
from symback.render.drawing.ink import Ink, clean, text_ink
from symback.render.drawing.layout import Direction, Point
from symback.render.drawing.mathtext import aloud
from symback.render.drawing.scene import LABEL_PADDING, Scene, build_scene, label_size
from symback.render.drawing.style import PAGE_STYLE

MARGIN = 18.0


def svg(drawing: Drawing, interactive: bool = False) -> str:
    """Draw as SVG.

    It goes right, or down where right is too wide. `interactive` leaves out
    style and ground, marks every node with its name and makes it focusable, and keeps numbers as
    texts: for a page that brings its own style. Raises ValueError if the drawing has a cycle.
    """
    scene = build_scene(drawing, interactive)
    width, height = (length + 2 * MARGIN for length in scene.placement.size)
    legend = "" if interactive else _legend(drawing, height)
    if legend:
        width, height = max(width, 330.0), height + 20.0
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" class="sb-drawing" '
    )
    title = clean(drawing.title or "computational graph")
    role = "graphics-document" if interactive else "img"
    parts = [f'{head}role="{role}" aria-label="{title}">\n<title>{title}</title>\n']
    if not interactive:
        parts.append(f"<desc>{clean(_description(drawing))}</desc>\n<style>{PAGE_STYLE}</style>\n")
        parts.append(f'<rect class="sb-page" width="{width:.0f}" height="{height:.0f}"/>\n')
    shift = (width - scene.placement.size[0]) / 2
    parts.append(f'<g transform="translate({shift:.1f} {MARGIN:g})">\n')
    parts.extend(_edges(scene))
    parts.extend(_node(scene, node, interactive) for node in drawing.nodes)
    parts.append(f"</g>\n{legend}</svg>\n")
    return "".join(parts)


def _edges(scene: Scene) -> list[str]:
    """All lines first, then all labels: no line runs over a label."""
    sizes = [label_size(ink) for ink in scene.slopes]
    lines, labels = [], []
    for k, (edge, route) in enumerate(
        zip(scene.drawing.edges, scene.placement.routes, strict=True)
    ):
        ends = f'data-source="{clean(edge.source)}" data-target="{clean(edge.target)}"'
        lines.append(
            f'<g class="sb-edge" {ends}><path class="sb-line" d="{_path(route, scene.direction)}"/>'
            f'<path class="sb-head" d="{_head(route[-1], scene.direction)}"/></g>\n'
        )
        ink, place = scene.slopes[k], scene.places[k]
        if ink is not None and place is not None:
            labels.append(f'<g class="sb-slope" {ends}>{_label(ink, place, sizes[k])}</g>\n')
    return lines + labels


def _label(ink: Ink, centre: Point, size: Point) -> str:
    x, y = centre[0] - size[0] / 2, centre[1] - size[1] / 2
    baseline = y + LABEL_PADDING[1] + ink.ascent
    return (
        f'<rect class="sb-halo" x="{x:.1f}" y="{y:.1f}" width="{size[0]:.1f}" '
        f'height="{size[1]:.1f}" rx="4"/>'
        f'<g transform="translate({x + LABEL_PADDING[0]:.2f} {baseline:.2f})">{ink.markup}</g>'
    )


def _path(route: Sequence[Point], direction: Direction) -> str:
    x, y = route[0]
    data = f"M{x:.1f} {y:.1f}"
    for k, (start, end) in enumerate(pairwise(route)):
        if k == len(route) - 2:
            end = _before_tip(end, direction)
        if k % 2 and (start[0] != end[0] and start[1] != end[1]):
            first, second = controls(start, end, direction)
            data += "C" + " ".join(f"{p[0]:.1f} {p[1]:.1f}" for p in (first, second, end))
        elif start != end:
            data += f"L{end[0]:.1f} {end[1]:.1f}"
    return data


def _before_tip(tip: Point, direction: Direction) -> Point:
    return (tip[0] - 6, tip[1]) if direction == "right" else (tip[0], tip[1] - 6)


def _head(tip: Point, direction: Direction) -> str:
    if direction == "right":
        return f"M{tip[0] - 0.5:.1f} {tip[1]:.1f}l-8.5 -4.2 2 4.2 -2 4.2z"
    return f"M{tip[0]:.1f} {tip[1] - 0.5:.1f}l-4.2 -8.5 4.2 2 4.2 -2z"


def _node(scene: Scene, node: GraphNode, interactive: bool) -> str:
    box = scene.boxes[node.name]
    x, y = scene.placement.positions[node.name]
    w, h = box.size
    text = clean(describe(node))
    focus = f' tabindex="0" data-quantity="{clean(node.name)}"' if interactive else ""
    title = "" if interactive else f"<title>{text}</title>"
    radius = min(h / 2, 16.0) if node.kind == "given" else 6.0
    return (
        f'<g class="sb-node sb-{node.kind}" role="img" aria-label="{text}"{focus} '
        f'transform="translate({x:.2f} {y:.2f})">{title}'
        f'<rect x="{-w / 2:.1f}" y="{-h / 2:.1f}" width="{w:.1f}" height="{h:.1f}" '
        f'rx="{radius:g}"/>{box.markup}</g>\n'
    )


def describe(node: GraphNode) -> str:
    """A node in words: `e = a + b, value 3, gradient −3`."""
    text = node.label_text + (f" = {node.formula_text}" if node.formula_text else "")
    for word, number in (("value", node.value_text), ("gradient", node.gradient_text)):
        if number:
            text += f", {word} {aloud(number)}"
    return text


def _description(drawing: Drawing) -> str:
    outputs = ", ".join(n.label_text for n in drawing.nodes if n.kind == "output")
    end = f" leading to {outputs}" if outputs else ""
    return f"Computational graph of {len(drawing.nodes)} quantities{end}."


def legend_of(drawing: Drawing) -> list[tuple[str, str]]:
    """Return the kinds of texts in a drawing, each with what it is."""
    entries = []
    if any(node.value_text for node in drawing.nodes):
        entries.append(("value", "value"))
    if any(node.gradient_text for node in drawing.nodes):
        entries.append(("gradient", "gradient"))
    if any(edge.slope_text or edge.slope_latex for edge in drawing.edges):
        dots = any(edge.back and BULLET in edge.slope_text for edge in drawing.edges)
        says = f"local derivative: {BULLET} is the gradient that comes back"
        entries.append(("slope", says if dots else "local derivative"))
    return entries


def _legend(drawing: Drawing, top: float) -> str:
    """What the colours mean, in one line under the drawing."""
    x, parts = MARGIN, []
    for kind, word in legend_of(drawing):
        ink = text_ink(word, 12.0)
        parts.append(
            f'<g class="sb-{kind}" transform="translate({x:.1f} {top + 4:.1f})">'
            f'<circle cx="3" cy="-4" r="3"/><g transform="translate(11 0)">{ink.markup}</g></g>'
        )
        x += ink.width + 32
    return f'<g class="sb-legend">{"".join(parts)}</g>\n' if parts else ""
