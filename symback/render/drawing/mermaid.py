"""A drawing as a Mermaid flowchart, for Markdown pages that render it."""

from __future__ import annotations

import re

from symback.explain.drawing.drawing import Drawing, GraphNode
from symback.render.visible import without_controls

_MARKUP = re.compile(r"[^\w .,+=()/\u0080-\U0010ffff]|_")
_BRACKETS = {
    "given": ('("', '")'),
    "step": ('["', '"]'),
    "output": ('[["', '"]]'),
}


def mermaid(drawing: Drawing) -> str:
    """Draw as `flowchart LR`; nodes are numbered, what could be markup is written as codes."""
    number = {node.name: k for k, node in enumerate(drawing.nodes)}
    lines = ["flowchart LR\n"]
    for node in drawing.nodes:
        opening, closing = _BRACKETS[node.kind]
        lines.append(f"  n{number[node.name]}{opening}{_label(node)}{closing}\n")
    for edge in drawing.edges:
        arrow = f'-- "{_escape(edge.slope_text)}" -->' if edge.slope_text.strip() else "-->"
        lines.append(f"  n{number[edge.source]} {arrow} n{number[edge.target]}\n")
    return "".join(lines)


def _label(node: GraphNode) -> str:
    text = node.label_text + (f" = {node.formula_text}" if node.formula_text else "")
    parts = [_escape(text) or " "]
    if node.value_text:
        parts.append(_escape(node.value_text))
    if node.gradient_text:
        parts.append("∂ " + _escape(node.gradient_text))
    return "<br/>".join(parts)


def _escape(text: str) -> str:
    """Lines become line breaks, and what could be markup a numbered code."""
    lines = without_controls(text).split("\n")
    return "<br/>".join(_MARKUP.sub(lambda m: f"#{ord(m[0])};", line) for line in lines)
