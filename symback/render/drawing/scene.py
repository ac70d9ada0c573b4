"""Everything measured and placed: what the SVG and the TikZ picture have in common."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from symback.explain.drawing.drawing import Drawing, GraphEdge
from symback.render.drawing.ink import Ink, math_ink
from symback.render.drawing.labels import MOST_TO_ARRANGE, covered, place_labels
from symback.render.drawing.layout import Direction, Placement, Point, Size, layout
from symback.render.drawing.nodebox import NodeBox, live_ink, node_box

SLOPE_SIZE = 13.0
#: Room for a local derivative that changes.
SLOPE_WIDTH = 26.0
LABEL_PADDING = (4.0, 2.0)
#: Larger drawings are set with text elements: outlines would take seconds and megabytes.
MOST_OUTLINED = 300
#: A drawing no wider and no taller than this reads left to right; in a page, beside its text.
ROOM, PAGE_ROOM = (1100.0, 800.0), (660.0, 720.0)
#: How much room labels get along their edges: more where one would cover another.
MORE_ROOM = (1.0, 2.0, 3.0)


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known once everything is measured and placed."""

    drawing: Drawing
    boxes: dict[str, NodeBox]
    slopes: list[Ink | None]
    direction: Direction
    placement: Placement
    places: list[Point | None]
    """Centres of the labels of the edges."""


def build_scene(drawing: Drawing, live: bool = False) -> Scene:
    """Measure and place a drawing, in pixels.

    It goes right, or down where that is better because right is too large.
    With `live` numbers are texts that a page can change. Raises ValueError if the drawing has a
    cycle.
    """
    outlines = len(drawing.nodes) + len(drawing.edges) <= MOST_OUTLINED
    boxes = {node.name: node_box(node, outlines, live) for node in drawing.nodes}
    slopes = [
        live_ink(edge.slope_text, f"slope {k}", least=SLOPE_WIDTH)
        if live and is_number(edge.slope_text) and not edge.back
        else _slope(edge, outlines)
        for k, edge in enumerate(drawing.edges)
    ]
    right = _place(drawing, boxes, slopes, "right")
    room = PAGE_ROOM if live else ROOM
    if _excess(right, room) <= 1:
        return right
    down = _place(drawing, boxes, slopes, "down")
    return down if _excess(down, room) < _excess(right, room) else right


def _excess(scene: Scene, room: Size) -> float:
    """Return how many times larger a drawing is than what is easily read, by width or height."""
    width, height = scene.placement.size
    return max(width / room[0], height / room[1])


def is_number(text: str) -> bool:
    """Whether a local derivative is written as a number, which holds at one point only."""
    return any(c.isdigit() for c in text) and not any(c.isalpha() for c in text)


def _place(
    drawing: Drawing, boxes: dict[str, NodeBox], slopes: list[Ink | None], direction: Direction
) -> Scene:
    """Place nodes and labels, with as much room between the layers as the labels need."""
    labels = [label_size(ink) for ink in slopes]
    best: Scene | None = None
    least = inf
    for more in MORE_ROOM if any(slopes) and len(labels) <= MOST_TO_ARRANGE else (1.0,):
        room = [(w * more, h) if direction == "right" else (w, h * more) for w, h in labels]
        placement = layout(
            [node.name for node in drawing.nodes],
            [(edge.source, edge.target) for edge in drawing.edges],
            {name: box.size for name, box in boxes.items()},
            direction,
            room,
        )
        places = place_labels(placement, labels, direction)
        hidden = covered(places, labels)
        if hidden < least:
            best, least = Scene(drawing, boxes, slopes, direction, placement, places), hidden
        if not hidden:
            break
    assert best is not None
    return best


def _slope(edge: GraphEdge, outlines: bool) -> Ink | None:
    if not (edge.slope_text or edge.slope_latex):
        return None
    return math_ink(edge.slope_latex, edge.slope_text or edge.slope_latex, SLOPE_SIZE, outlines)


def label_size(ink: Ink | None) -> Size:
    """Extent of an edge's label with its padding; nothing for no label."""
    if ink is None:
        return (0.0, 0.0)
    return (ink.width + 2 * LABEL_PADDING[0], ink.height + 2 * LABEL_PADDING[1])
