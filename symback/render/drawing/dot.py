"""A drawing in Graphviz' language, to be laid out by other tools."""

from __future__ import annotations

from symback.explain.drawing.drawing import Drawing, GraphNode
from symback.render.drawing.ink import clean

_SHAPES = {
    "given": 'style="rounded,filled" fillcolor="#f3f6fa"',
    "step": 'style="filled" fillcolor="white"',
    "output": 'style="filled" fillcolor="#fff8e6" color="#9a6700" penwidth=2',
}


def dot(drawing: Drawing) -> str:
    """Draw as a `digraph`; nodes are numbered, every text is escaped inside its label."""
    number = {node.name: k for k, node in enumerate(drawing.nodes)}
    title = f"  label=<{clean(drawing.title)}> labelloc=t\n" if drawing.title else ""
    lines = [
        "digraph {\n  rankdir=LR\n",
        title,
        '  node [shape=box fontname="serif" color="#57606a"]\n',
        '  edge [fontname="serif" fontcolor="#0a5fc2" color="#6e7781"]\n',
    ]
    for node in drawing.nodes:
        lines.append(f"  n{number[node.name]} [label=<{_label(node)}> {_SHAPES[node.kind]}]\n")
    for edge in drawing.edges:
        slope = f" [label=<{_lines(edge.slope_text)}>]" if edge.slope_text.strip() else ""
        lines.append(f"  n{number[edge.source]} -> n{number[edge.target]}{slope}\n")
    return "".join([*lines, "}\n"])


def _label(node: GraphNode) -> str:
    text = node.label_text + (f" = {node.formula_text}" if node.formula_text else "")
    parts = [_lines(text)]
    if node.value_text:
        parts.append(_lines(node.value_text))
    if node.gradient_text:
        parts.append(f'<font color="#c01f2e">{_lines(node.gradient_text)}</font>')
    return "<br/>".join(part for part in parts if part)


def _lines(text: str) -> str:
    return "<br/>".join(clean(line) or " " for line in text.split("\n"))
