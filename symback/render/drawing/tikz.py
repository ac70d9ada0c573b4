"""A drawing as a TikZ picture: needs the package tikz alone, no TikZ library."""

from __future__ import annotations

from itertools import pairwise

from symback.errors import Diagnostic, LimitError
from symback.explain.drawing.drawing import Drawing, GraphEdge, GraphNode
from symback.render.drawing.curves import controls
from symback.render.drawing.layout import Direction, Point
from symback.render.drawing.mathtext import cell_latex, cells, math_latex
from symback.render.drawing.scene import Scene, build_scene

#: Points of TeX per pixel: 17 px letters become 10 pt ones, and a little room for other fonts.
SCALE = 0.63
#: TeX knows no length beyond 16383 pt.
LONGEST = 16_000.0

_STYLES = r"""
  box/.style={draw=black!60, fill=white, rounded corners=3pt, inner xsep=3pt,
    inner ysep=2.5pt, align=center},
  given box/.style={box, fill=blue!4, rounded corners=8pt},
  step box/.style={box},
  output box/.style={box, fill=yellow!12, draw=orange!60!black, line width=0.9pt},
  slope/.style={fill=white, inner sep=1.2pt, text=blue!75!black, font=\scriptsize},
  flow/.style={draw=black!55, line width=0.5pt, -stealth},
"""


def tikz(drawing: Drawing, width: float | None = None) -> str:
    r"""Draw as a `tikzpicture`; the preamble needs `\usepackage{tikz}` and `amsmath`.

    All `..._latex` of the drawing must be sound mathematics; other texts are typeset as they
    stand. A drawing wider than `width` points is scaled down to it. Raises LimitError E451 if
    it is larger than TeX can measure, ValueError if it has a cycle.
    """
    scene = build_scene(drawing)
    extent = [SCALE * length for length in scene.placement.size]
    if max(extent) > LONGEST:
        hint = "fold it, or take `--format svg`"
        raise LimitError(Diagnostic("E451", "the drawing is too large for TeX", hint))
    scale = ""
    if width is not None and extent[0] > width:
        scale = f"  scale={width / extent[0]:.3f}, transform shape,\n"
    lines = [f"\\begin{{tikzpicture}}[x=1pt, y=-1pt,{_STYLES}{scale}]\n"]
    lines += [_edge(route, scene.direction) for route in scene.placement.routes]
    for edge, place in zip(drawing.edges, scene.places, strict=True):
        if place is not None:
            lines.append(f"  \\node[slope] at {_point(place)} {{${_slope(edge)}$}};\n")
    lines += [_node(scene, node) for node in drawing.nodes]
    lines.append("\\end{tikzpicture}\n")
    return "".join(lines)


def _point(point: Point) -> str:
    return f"({SCALE * point[0]:.1f}, {SCALE * point[1]:.1f})"


def _edge(route: tuple[Point, ...], direction: Direction) -> str:
    data = _point(route[0])
    for k, (start, end) in enumerate(pairwise(route)):
        if k % 2 and start[0] != end[0] and start[1] != end[1]:
            first, second = controls(start, end, direction)
            data += f" .. controls {_point(first)} and {_point(second)} .. {_point(end)}"
        elif _point(start) != _point(end):
            data += f" -- {_point(end)}"
    return f"  \\draw[flow] {data};\n"


def _slope(edge: GraphEdge) -> str:
    return edge.slope_latex or math_latex(edge.slope_text)


def _node(scene: Scene, node: GraphNode) -> str:
    w, h = (SCALE * length for length in scene.boxes[node.name].size)
    options = f"{node.kind} box, minimum width={w:.1f}pt, minimum height={h:.1f}pt"
    place = _point(scene.placement.positions[node.name])
    return f"  \\node[{options}] at {place} {{{_content(node)}}};\n"


def _content(node: GraphNode) -> str:
    formula = node.label_latex or math_latex(node.label_text)
    if node.formula_latex or node.formula_text:
        formula += f" = {node.formula_latex or math_latex(node.formula_text)}"
    values = [rf"\footnotesize${cell_latex(t)}$" for t in cells(node.value_text)]
    gradients = (
        [node.gradient_latex] if node.gradient_latex else map(cell_latex, cells(node.gradient_text))
    )
    slopes = [rf"\footnotesize\textcolor{{red!75!black}}{{${latex}$}}" for latex in gradients]
    if len(values) == len(slopes) == 1 and len(node.value_text + node.gradient_text) <= 20:
        return rf"${formula}$\\[2pt]{values[0]}\quad {slopes[0]}"
    return r"\\[2pt]".join([f"${formula}$", *values, *slopes])
