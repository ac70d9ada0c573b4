"""A drawing as an indented list: what is left where no picture fits."""

from __future__ import annotations

import textwrap

from symback.explain.drawing import Drawing, GraphEdge, GraphNode
from symback.render.drawing.ink import without_controls


def listing(drawing: Drawing, width: int = 80) -> str:
    """Name every node with value and gradient, and under it what uses it."""
    nodes = {node.name: node for node in drawing.nodes}
    users: dict[str, list[GraphEdge]] = {}
    for edge in drawing.edges:
        users.setdefault(edge.source, []).append(edge)
    outputs = [node.label_text for node in drawing.nodes if node.kind == "output"]
    top = outputs[0] if len(outputs) == 1 else ""
    lines: list[str] = []
    for node in drawing.nodes:
        lines += _wrapped(_node(node, top), width, "", "    ")
        for edge in users.get(node.name, ()):
            lines += _wrapped(_use(edge, nodes), width, "  → ", "      ")
    return "\n".join(lines) + "\n" if lines else ""


def _node(node: GraphNode, top: str) -> str:
    text = node.label_text + (f" = {node.formula_text}" if node.formula_text else "")
    if node.value_text:
        text += f" = {node.value_text}"
    if node.gradient_text:
        text += f"   ∂{top}/∂{node.label_text} = {node.gradient_text}"
    return text


def _use(edge: GraphEdge, nodes: dict[str, GraphNode]) -> str:
    target, source = nodes[edge.target].label_text, nodes[edge.source].label_text
    if not edge.slope_text:
        return target
    return f"{target}   ∂{target}/∂{source} = {edge.slope_text}"


def _wrapped(text: str, width: int, first: str, rest: str) -> list[str]:
    flat = without_controls(text.replace("\n", " ").replace("\t", " "))
    return textwrap.wrap(
        flat,
        max(width, 20),
        initial_indent=first,
        subsequent_indent=rest,
        replace_whitespace=False,
    )
